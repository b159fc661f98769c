using System.Collections.Immutable;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>The outcome of composition.</summary>
/// <param name="Supergraph">The supergraph; null when a problem is an error.</param>
/// <param name="Problems">Errors and warnings, in the order in which they were found.</param>
public sealed record CompositionResult(Supergraph? Supergraph, ImmutableArray<CompositionProblem> Problems)
{
    /// <summary>How many more problems there are than are told: of errors and of warnings the first 1,000 are.</summary>
    public int MoreProblems { get; init; }

    /// <summary>The supergraph in its canonical form, as <see cref="SupergraphWriter"/> writes it; null without one, and where it was not asked for.</summary>
    public string? Text { get; init; }

    /// <summary>True when there is a supergraph.</summary>
    public bool IsSuccess => Supergraph is not null;
}
