using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>A supergraph, or the problems that prevent one; exactly one of the two is there.</summary>
/// <param name="Supergraph">The supergraph; null when there are errors.</param>
/// <param name="Errors">What is wrong, with locations in the text that was read.</param>
public sealed record SupergraphResult(Supergraph? Supergraph, ImmutableArray<GraphQLError> Errors);
