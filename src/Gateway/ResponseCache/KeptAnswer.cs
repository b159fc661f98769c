using GraphGateway.Execution;
using GraphGateway.Http;
using GraphGateway.Operations;

namespace GraphGateway.Gateway;

/// <summary>What became of the last answer of a plan: who waits for an equal request that is on its way.</summary>
internal enum AnswerKeeping
{
    /// <summary>Not known: those wait who are the same client.</summary>
    Unknown,

    /// <summary>It was kept for all: all wait.</summary>
    Shared,

    /// <summary>It was kept for its client: those wait who are the same client.</summary>
    Private,

    /// <summary>It was not kept: nobody waits for what will not be for him.</summary>
    No,
}

/// <summary>An answer that is kept.</summary>
/// <param name="body">The answer.</param>
/// <param name="policy">How long it may be given.</param>
/// <param name="client">Whose it is (<see cref="ClientIdentity.Number"/>); 0 for all.</param>
/// <param name="cost">What it came to; null where nobody has counted it.</param>
/// <param name="clock">Tells how old it is.</param>
internal sealed class KeptAnswer(WholeResponse body, CachePolicy policy, long client, CostFigures? cost, TimeProvider clock)
{
    private readonly long keptAt = clock.GetTimestamp();
    private readonly DateTimeOffset keptOn = clock.GetUtcNow();
    private int isRefreshed;

    /// <summary>The answer.</summary>
    public WholeResponse Body => body;

    /// <summary>Whose it is; 0 for all.</summary>
    public long Client => client;

    /// <summary>For one client alone.</summary>
    public bool IsPrivate => policy.IsPrivate;

    /// <summary>What it came to.</summary>
    public CostFigures? Cost => cost;

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

    /// <summary>True for the one who is to make another one.</summary>
    public bool TryRefresh() => Interlocked.Exchange(ref isRefreshed, 1) == 0;

    /// <summary>Where the other one was not kept, the next who comes tries again.</summary>
    public void RefreshEnded() => Volatile.Write(ref isRefreshed, 0);

    private long SecondsOf(long ticks) => Math.Max(ticks / clock.TimestampFrequency, 0);
}
