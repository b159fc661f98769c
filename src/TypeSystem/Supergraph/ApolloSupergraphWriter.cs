using System.Collections.Immutable;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>An Apollo supergraph, or why there is none; exactly one of the two is there.</summary>
/// <param name="Text">The document, ending with a newline; null when there are obstacles.</param>
/// <param name="Obstacles">Everything that the format has no words for.</param>
public sealed record ApolloSupergraphResult(string? Text, ImmutableArray<JoinObstacle> Obstacles);

/// <summary>
/// Writes a supergraph as Apollo's composition does (<see href="https://specs.apollo.dev/join/v0.5">join 0.5</see>), for Apollo's router and
/// gateway. <see cref="SupergraphReader"/> reads it back. What the format does not carry, and nobody misses there, is how a source batches.
/// </summary>
public static class ApolloSupergraphWriter
{
    /// <summary>The document, or all that stands in its way.</summary>
    public static ApolloSupergraphResult Write(Supergraph supergraph)
    {
        ArgumentNullException.ThrowIfNull(supergraph);
        var obstacles = JoinObstacles.Find(supergraph);
        return obstacles.IsEmpty ? new ApolloSupergraphResult(new JoinWriter(supergraph).Write(), []) : new ApolloSupergraphResult(null, obstacles);
    }
}
