using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>Which sources can be entered from a point.</summary>
internal sealed class CloseQuestion(Reachability reachability, StandPoint point) : Question
{
    private StandSet found = point.Stands;

    /// <summary>The sources that are known by now.</summary>
    internal StandSet Reached { get; private set; } = point.Stands;

    /// <inheritdoc/>
    public override void Ask() => found = reachability.CloseByLookups(point, Reached);

    /// <inheritdoc/>
    public override void Undo() => found = Reached;

    /// <inheritdoc/>
    public override bool Keep()
    {
        var isBetter = found.Items.Length > Reached.Items.Length;
        Reached = found;
        return isBetter;
    }

    /// <inheritdoc/>
    public override void Settle()
    {
        base.Settle();
        point.Closed = Reached;
        point.Question = null;
    }
}

/// <summary>Whether what a field requires can be had at a point, and its source be entered with it.</summary>
internal sealed class RequireQuestion(Reachability reachability, TypeIndex type, StandSet closed, EntryIndex entry, PathFacts facts) : Question
{
    private bool found;

    /// <summary>True when it is known that it can.</summary>
    internal bool IsMet { get; private set; }

    /// <inheritdoc/>
    public override void Ask() => found = reachability.IsRequirementMet(type, closed, entry, facts);

    /// <inheritdoc/>
    public override void Undo() => found = IsMet;

    /// <inheritdoc/>
    public override bool Keep()
    {
        var isBetter = found && !IsMet;
        IsMet |= found;
        return isBetter;
    }
}
