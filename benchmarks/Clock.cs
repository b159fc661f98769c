namespace GraphGateway.Benchmarks;

/// <summary>Runs one thing again and again for a while and tells what one run takes; <c>node/language.mjs</c> has the same loop.</summary>
internal static class Clock
{
    private static object? sink;

    /// <summary>
    /// The mean of what a run takes in nanoseconds: processor time of the whole process, its garbage collector and compiler included, which
    /// says the same on a busy machine as on an idle one.
    /// </summary>
    /// <param name="operation">What is measured. Its result is kept until the next one, so that nothing can be left out.</param>
    /// <param name="duration">How long; at least one run is made.</param>
    public static double Run(Func<object> operation, TimeSpan duration)
    {
        var start = Environment.CpuUsage.TotalTime;
        var runs = 0L;
        var batch = 1L;
        var elapsed = TimeSpan.Zero;
        while (elapsed < duration)
        {
            for (var i = 0L; i < batch; i++)
            {
                sink = operation();
            }

            runs += batch;
            elapsed = Environment.CpuUsage.TotalTime - start;
            // The clock is read about once a millisecond.
            batch = Math.Max(1, (long)(runs / Math.Max(elapsed.TotalMilliseconds, 0.001)));
        }

        GC.KeepAlive(sink);
        return elapsed.TotalNanoseconds / runs;
    }

    /// <summary>The middle one of several values.</summary>
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return sorted.Length % 2 == 1 ? sorted[sorted.Length / 2] : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;
    }
}
