using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>How old something is that is kept, and how long it may be given. It counts from when it is made.</summary>
/// <param name="policy">How long it may be given.</param>
/// <param name="clock">Tells how old it is.</param>
internal sealed class KeptTime(CachePolicy policy, TimeProvider clock)
{
    private readonly long keptAt = clock.GetTimestamp();
    private readonly DateTimeOffset keptOn = clock.GetUtcNow();

    /// <summary>For how many seconds it held when it was made.</summary>
    public long Lifetime => SecondsOf(policy.FreshUntil - keptAt);

    /// <summary>For how many more it may be given while another one is made.</summary>
    public long StaleTime => SecondsOf(policy.StaleUntil - policy.FreshUntil);

    /// <summary>How old it is, in seconds.</summary>
    public long Age => SecondsOf(Now - keptAt);

    /// <summary>Whether it holds; else it may be given while another one is made, or not at all.</summary>
    public bool IsFresh => Now < policy.FreshUntil;

    /// <summary>Whether it may be given at all.</summary>
    public bool IsUsable => Now < policy.StaleUntil;

    // A clock that is set back makes nothing younger; one that is set forward, or goes on while the machine sleeps, makes it older.
    private long Now
    {
        get
        {
            var steady = clock.GetTimestamp();
            var beyond = clock.GetUtcNow() - keptOn - clock.GetElapsedTime(keptAt, steady);
            return beyond > TimeSpan.FromSeconds(1) ? steady + (long)Math.Min(beyond.TotalSeconds * clock.TimestampFrequency, long.MaxValue / 4) : steady;
        }
    }

    private long SecondsOf(long ticks) => Math.Max(ticks / clock.TimestampFrequency, 0);
}
