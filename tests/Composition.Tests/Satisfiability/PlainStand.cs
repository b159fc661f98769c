using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition.Tests.Plain;

/// <summary>
/// A source in which a query can stand at a type, and what that source provides there beyond its own fields (<c>@provides</c>).
/// </summary>
/// <param name="Source">The source's ordinal.</param>
/// <param name="TypeName">The type by which the source returned the value; it may be narrower than the composed one.</param>
/// <param name="View">External fields that it gives here; null when none.</param>
internal sealed record Stand(int Source, string TypeName, SelectionSetNode? View)
{
    /// <summary>Equal stands have equal keys.</summary>
    internal string Key { get; } = View is null ? $"{Source}:{TypeName}" : $"{Source}:{TypeName}({Syntax.Fields(View)})";
}

/// <summary>A composed object type, and every source in which a query can stand there after the same path.</summary>
internal sealed class StandPoint
{
    internal StandPoint(string typeName, IEnumerable<Stand> stands, PathFacts facts)
    {
        TypeName = typeName;
        Facts = facts;
        Stands = [.. stands.DistinctBy(stand => stand.Key).OrderBy(stand => stand.Key, StringComparer.Ordinal)];
        Key = $"{typeName}|{string.Join(",", Stands.Select(stand => stand.Key))}|{string.Join(",", facts.Labels)}|{string.Join(",", facts.Contexts)}";
    }

    internal string TypeName { get; }

    internal PathFacts Facts { get; }

    internal ImmutableArray<Stand> Stands { get; }

    internal string Key { get; }
}
