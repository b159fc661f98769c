using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>How old something is that is kept, and how long it may be given. It counts from when it is made.</summary>
/// <param name="policy">How long it may be given.</param>
/// <param name="clock">Tells how old it is.</param>
internal sealed class KeptTime(CachePolicy policy, TimeProvider clock)
{
    private readonly Moment keptAt = Moment.Of(clock);

    /// <summary>For how many seconds it held when it was made.</summary>
    public long Lifetime => SecondsOf(policy.FreshUntil - keptAt.Steady);

    /// <summary>For how many more it may be given while another one is made.</summary>
    public long StaleTime => SecondsOf(policy.StaleUntil - policy.FreshUntil);

    /// <summary>How old it is, in seconds.</summary>
    public long Age => SecondsOf(SteadyAt(Moment.Of(clock)) - keptAt.Steady);

    /// <summary>Whether it holds now; else it may be given while another one is made, or not at all.</summary>
    public bool IsFresh => IsFreshAt(Moment.Of(clock));

    /// <summary>The same of a moment.</summary>
    public bool IsFreshAt(in Moment now) => SteadyAt(now) < policy.FreshUntil;

    /// <summary>Whether it may be given at all.</summary>
    public bool IsUsableAt(in Moment now) => SteadyAt(now) < policy.StaleUntil;

    // A clock that is set back makes nothing younger; one that is set forward, or goes on while the machine sleeps, makes it older.
    private long SteadyAt(in Moment now)
    {
        var beyond = now.Ahead - keptAt.Ahead;
        return beyond > TimeSpan.TicksPerSecond ? now.Steady + (long)Math.Min(TimeSpan.FromTicks(beyond).TotalSeconds * clock.TimestampFrequency, long.MaxValue / 4) : now.Steady;
    }

    private long SecondsOf(long ticks) => Math.Max(ticks / clock.TimestampFrequency, 0);
}

/// <summary>A moment by both clocks. PERF: many entities are held beside one of them, since to ask a clock is dearer than to find an entity.</summary>
/// <param name="Steady">By the clock that is never set.</param>
/// <param name="Ahead">How far the clock that may be set is ahead of the other one, in ticks of <see cref="TimeSpan"/>: it stays the same as long as nobody sets it, and the machine does not sleep.</param>
internal readonly record struct Moment(long Steady, long Ahead)
{
    /// <summary>Now.</summary>
    public static Moment Of(TimeProvider clock)
    {
        var steady = clock.GetTimestamp();
        return new(steady, clock.GetUtcNow().UtcTicks - clock.GetElapsedTime(0, steady).Ticks);
    }
}
