namespace GraphGateway.ControlPlane;

/// <summary>
/// Gives memory back to the system when a process has nothing to do after a burst: without requests the runtime collects nothing, and would keep what the burst took for hours.
/// Looked at every <see cref="Interval"/>, it collects only after <see cref="Quiet"/> without work, only where the process has grown by <see cref="LeastGrowth"/>, and three times
/// for a burst at most. For one thread.
/// </summary>
/// <param name="runtime">What is asked of the runtime.</param>
public sealed class IdleMemory(IdleMemory.Runtime runtime)
{
    /// <summary>Bytes by which the process must have grown since the last time.</summary>
    public const long LeastGrowth = 64 * 1024 * 1024;

    // Looks without work until memory is given back, and between that and the next times: the runtime's own pools let go of what has lain for a minute.
    private const int QuietLooks = 2;
    private const int LooksBetween = 7;
    private const int MostTimes = 3;

    private int looks;
    private int times;
    private long usual = runtime.ResidentBytes();

    /// <summary>Between two looks.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How long there must have been no work.</summary>
    public static TimeSpan Quiet { get; } = QuietLooks * Interval;

    /// <summary>One look.</summary>
    /// <param name="isBusy">True where there is work, or was since the last look.</param>
    public void Look(bool isBusy)
    {
        if (isBusy)
        {
            (looks, times) = (0, 0);
            return;
        }

        var resident = runtime.ResidentBytes();
        usual = Math.Min(usual, resident);
        looks++;
        var isDue = times == 0 ? looks >= QuietLooks && resident - usual >= LeastGrowth : times < MostTimes && looks % LooksBetween == 0;
        if (isDue)
        {
            times++;
            runtime.Collect();
            usual = runtime.ResidentBytes();
        }
    }

    /// <summary>What is asked of the runtime.</summary>
    /// <param name="ResidentBytes">What the process has of the machine's memory. Bytes.</param>
    /// <param name="Collect">Collects, and gives back to the system what can be.</param>
    public sealed record Runtime(Func<long> ResidentBytes, Action Collect)
    {
        /// <summary>That of this process.</summary>
        public static Runtime Own { get; } = new(
            static () => Environment.WorkingSet, static () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));
    }
}
