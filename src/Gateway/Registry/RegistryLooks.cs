using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>
/// When the registry is looked at. A store is asked once in the interval. A registry elsewhere is asked again at once, and answers when something else is live; where that
/// fails it is asked without waiting, in pauses that grow to <see cref="LongestPause"/> and differ from gateway to gateway, so that a registry that comes back is not asked
/// by all at the same time.
/// </summary>
internal sealed class RegistryLooks(RegistrySource source, TimeSpan interval, TimeProvider clock, Random random)
{
    /// <summary>Between two questions to a registry elsewhere that cannot be waited for.</summary>
    public static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private readonly bool canWait = source.CanWait;

    // After this launch is waited; null: it is asked at once which one is live, since it is not known, or the registry may be another one than before.
    private LiveLaunch? last;

    // In a row, since it could be waited for.
    private int failures;
    private long begun = clock.GetTimestamp();
    private bool isAskedAtOnce = source.CanWait;

    /// <summary>The next look. Throws as <see cref="RegistrySource"/> does.</summary>
    /// <param name="known">What need not be sent again.</param>
    /// <param name="stopping">Ends it.</param>
    public async Task<RegistryAnswer> NextAsync(Func<LiveLaunch, bool> known, CancellationToken stopping)
    {
        if (Pause() is var pause && pause > TimeSpan.Zero)
        {
            await Task.Delay(pause, clock, stopping);
        }

        begun = clock.GetTimestamp();
        isAskedAtOnce = false;
        var after = last;
        last = null;
        try
        {
            var answer = after is null ? await source.AskAsync(known, stopping) : await source.WaitAsync(after, known, stopping);
            if (canWait)
            {
                failures = after is null ? failures : 0;
                last = answer.Live;
                isAskedAtOnce = (after is null && last is not null) || answer.Text is not null;
            }

            return answer;
        }
        catch (Exception) when (!stopping.IsCancellationRequested)
        {
            failures++;
            throw;
        }
    }

    private TimeSpan Pause()
    {
        if (isAskedAtOnce)
        {
            return TimeSpan.Zero;
        }

        // Doubled with each failure, and half to all of it.
        var pause = !canWait || failures == 0 ? interval
            : TimeSpan.FromTicks((long)(Math.Min(interval.Ticks * Math.Pow(2, Math.Min(failures - 1, 30)), Math.Max(LongestPause.Ticks, interval.Ticks)) * (0.5 + (random.NextDouble() / 2))));
        return pause - clock.GetElapsedTime(begun);
    }
}
