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
/// <param name="labels">By what it is found when it is to be forgotten; null where nobody can say so.</param>
/// <param name="clock">Tells how old it is.</param>
internal sealed class KeptAnswer(WholeResponse body, CachePolicy policy, long client, CostFigures? cost, KeptLabels? labels, TimeProvider clock) : IKept
{
    private readonly KeptTime time = new(policy, clock);
    private int isRefreshed;

    /// <summary>The answer.</summary>
    public WholeResponse Body => body;

    /// <summary>How long it may be given.</summary>
    public CachePolicy Policy => policy;

    /// <summary>Whose it is; 0 for all.</summary>
    public long Client => client;

    /// <summary>For one client alone.</summary>
    public bool IsPrivate => policy.IsPrivate;

    /// <summary>What it came to.</summary>
    public CostFigures? Cost => cost;

    /// <inheritdoc cref="KeptTime.Lifetime"/>
    public long Lifetime => time.Lifetime;

    /// <inheritdoc cref="KeptTime.StaleTime"/>
    public long StaleTime => time.StaleTime;

    /// <inheritdoc cref="KeptTime.Age"/>
    public long Age => time.Age;

    /// <inheritdoc cref="KeptTime.IsFresh"/>
    public bool IsFresh => time.IsFresh;

    /// <inheritdoc/>
    public bool IsUsableAt(in Moment now) => time.IsUsableAt(now);

    /// <inheritdoc/>
    public KeptLabels? Labels => labels;

    // Twice the body: for its compressed forms.
    /// <inheritdoc/>
    public long Size => (2L * body.Length) + (labels?.Size ?? 0);

    /// <summary>True for the one who is to make another one.</summary>
    public bool TryRefresh() => Interlocked.Exchange(ref isRefreshed, 1) == 0;

    /// <summary>Where the other one was not kept, the next who comes tries again.</summary>
    public void RefreshEnded() => Volatile.Write(ref isRefreshed, 0);
}
