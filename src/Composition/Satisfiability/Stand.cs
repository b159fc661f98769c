using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

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
        Key = $"{typeName}|{string.Join(",", Stands.Select(stand => stand.Key))}{facts.Key}";
    }

    internal string TypeName { get; }

    internal PathFacts Facts { get; }

    internal ImmutableArray<Stand> Stands { get; }

    internal string Key { get; }
}

/// <summary>
/// What the way to a point has decided, and holds for all below it: which labels are on (progressive <c>@override</c>), and which contexts
/// a value above sets (<c>@context</c>).
/// </summary>
internal sealed class PathFacts
{
    private PathFacts(ImmutableSortedDictionary<string, bool> labels, ImmutableSortedSet<string> contexts)
    {
        Labels = labels;
        Contexts = contexts;
        Key = labels.IsEmpty && contexts.IsEmpty ? "" : $"|{string.Join(",", labels)}|{string.Join(",", contexts)}";
    }

    internal static PathFacts None { get; } = new(
        ImmutableSortedDictionary.Create<string, bool>(StringComparer.Ordinal), ImmutableSortedSet.Create<string>(StringComparer.Ordinal));

    internal ImmutableSortedDictionary<string, bool> Labels { get; }

    internal ImmutableSortedSet<string> Contexts { get; }

    /// <summary>Equal facts have equal keys.</summary>
    internal string Key { get; }

    /// <summary>A context as it is named here: each source has its own.</summary>
    internal static string Context(SourceSchema source, string name) => $"{source.Ordinal}:{name}";

    internal PathFacts With(string label, bool isOn) => new(Labels.SetItem(label, isOn), Contexts);

    internal PathFacts With(ImmutableArray<string> contexts) => contexts.IsEmpty ? this : new(Labels, Contexts.Union(contexts));
}
