using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>An entity that is kept.</summary>
/// <param name="value">Its JSON, an object, as its source gave it.</param>
/// <param name="policy">How long it may be given, and whether it is for one client alone.</param>
/// <param name="labels">By what it is found when it is to be forgotten.</param>
/// <param name="clock">Tells how old it is.</param>
internal sealed class KeptEntity(byte[] value, CachePolicy policy, KeptLabels? labels, TimeProvider clock) : IKept
{
    private readonly KeptTime time = new(policy, clock);

    /// <summary>Its JSON.</summary>
    public byte[] Value => value;

    /// <summary>How long it may be given.</summary>
    public CachePolicy Policy => policy;

    /// <inheritdoc cref="KeptTime.IsFreshAt"/>
    public bool IsFreshAt(in Moment now) => time.IsFreshAt(now);

    /// <inheritdoc/>
    public bool IsUsableAt(in Moment now) => time.IsUsableAt(now);

    /// <inheritdoc/>
    public KeptLabels? Labels => labels;

    /// <inheritdoc/>
    public long Size => value.Length + (labels?.Size ?? 0);
}

/// <summary>
/// All that entities of one question have in common: the source, the document, its variables and the client's headers that the source gets. Their keys have
/// its number instead of all those bytes. One that went to make room is made anew with another number: what was kept under the first is not found any more.
/// </summary>
/// <param name="number">Its number.</param>
/// <param name="name">Its name in the shared store; null where there is none.</param>
internal sealed class EntityPart(long number, byte[]? name) : IKept
{
    private volatile AnswerKeeping keeping;

    /// <summary>Its number.</summary>
    public long Number => number;

    /// <summary>Its name in the shared store, which is the same in all replicas; null where there is none.</summary>
    public byte[]? Name => name;

    /// <summary>What became of the last answer: whether others wait for one that is on its way.</summary>
    public AnswerKeeping Keeping
    {
        get => keeping;
        set => keeping = value;
    }

    /// <inheritdoc/>
    public bool IsUsableAt(in Moment now) => true;

    /// <inheritdoc/>
    public KeptLabels? Labels => null;

    /// <inheritdoc/>
    public long Size => sizeof(long) + (name?.Length ?? 0);
}
