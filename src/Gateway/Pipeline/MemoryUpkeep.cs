using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>
/// Gives memory back to the system when the gateway has nothing to do after a burst: without requests the runtime collects nothing, and would keep what
/// the burst took for hours. A request never waits for it but one that comes in the very moment: it collects only after
/// <see cref="Quiet"/> without an answer of a source, only where the process has grown by <see cref="LeastGrowth"/>, and three times for a burst at most.
/// </summary>
internal sealed class MemoryUpkeep(AnswerMemory memory, TimeProvider clock, MemoryUpkeep.Runtime runtime) : BackgroundService
{
    /// <summary>Bytes by which the process must have grown since the last time.</summary>
    public const long LeastGrowth = 64 * 1024 * 1024;

    // Looks without an answer until memory is given back, and between that and the next times: the runtime's own pools let go of what has lain for a minute.
    private const int QuietLooks = 2;
    private const int LooksBetween = 7;
    private const int MostTimes = 3;

    private int looks;
    private int times;
    private long usual = runtime.ResidentBytes();

    /// <summary>A look is over; for tests, which have nothing else to wait for.</summary>
    public event Action? Looked;

    /// <summary>Between two looks.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromSeconds(10);

    /// <summary>How long there must have been no answer of a source.</summary>
    public static TimeSpan Quiet { get; } = QuietLooks * Interval;

    /// <summary>What is asked of the runtime.</summary>
    /// <param name="ResidentBytes">What the process has of the machine's memory. Bytes.</param>
    /// <param name="Collect">Collects, and gives back to the system what can be.</param>
    internal sealed record Runtime(Func<long> ResidentBytes, Action Collect)
    {
        /// <summary>That of this process.</summary>
        public static Runtime Own { get; } = new(
            static () => Environment.WorkingSet, static () => GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true));
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            Look();
            Looked?.Invoke();
        }
    }

    private void Look()
    {
        memory.Trim();
        if (memory.TakeUse() || memory.HeldBytes > 0)
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
}
