using System.Collections.Immutable;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

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
        Key = labels.IsEmpty && contexts.IsEmpty ? "" : $"{string.Join(",", labels)}|{string.Join(",", contexts)}";
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
