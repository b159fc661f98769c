using System.Collections.Immutable;

namespace GraphGateway.Composition;

/// <summary>The rules that a source of the Apollo dialect must keep on its own; this is the table of contents.</summary>
internal static class ApolloSourceRules
{
    internal static ImmutableArray<Action<SourceModel, ProblemSink>> All { get; } = [];
}
