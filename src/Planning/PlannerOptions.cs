using System.Collections.Immutable;

namespace GraphGateway.Planning;

/// <summary>What a plan depends on besides graph and operation. Part of a plan cache's key.</summary>
public sealed record PlannerOptions
{
    /// <summary>The usual: no label is on, and the default fuel.</summary>
    public static PlannerOptions Default { get; } = new();

    /// <summary>The labels of progressive overrides that are on for this request.</summary>
    public ImmutableHashSet<string> ActiveLabels { get; init; } = [];

    /// <summary>
    /// How many plans are tried besides the greedy one, at most; one with more than 8 fetches counts for several. Counted, not timed: the same operation on the same graph gives the same
    /// plan on every machine. 0 takes the greedy plan.
    /// </summary>
    public int AttemptsMax { get; init; } = 32;
}
