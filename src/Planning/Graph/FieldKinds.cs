using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Text;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// Tells object types apart whose field can come from different fetches. What is below a field of an interface is one position of the
/// answer, and who stands there can be asked for more of its objects: of all of them, or a step that needs their key would miss those that
/// another fetch brought. So the objects below get a position for each kind.
/// </summary>
internal sealed class FieldKinds
{
    private readonly PlanningGraph graph;
    private readonly ConcurrentDictionary<(GraphType Type, string Field), Kind> kinds = new();
    private readonly HashSet<string> providedComposites;
    private readonly TypeSet[] given;
    private readonly LookupCalls calls;

    public FieldKinds(PlanningGraph graph)
    {
        this.graph = graph;
        providedComposites = ProvidedComposites(graph);
        given = GivenTypes(graph);
        calls = new LookupCalls(graph, given);
    }

    // How a field comes from its sources, and by which lookups each of them is entered (empty: by none).
    private sealed record Kind(string Origin, ImmutableArray<string> Entries);

    /// <inheritdoc cref="LookupCalls.EntryOf"/>
    public string EntryOf(Lookup lookup) => calls.EntryOf(lookup);

    /// <summary>
    /// The types in parts whose field comes from the same sources in the same way: entered alike, with the same result. A type that a source
    /// cannot be entered by goes with any other: it comes from where its objects are, or not at all.
    /// </summary>
    public List<TypeSet> PartsOf(TypeSet types, string field)
    {
        var parts = new List<(Kind Kind, TypeSetBuilder Types)>();
        foreach (var ordinal in types.Ordinals())
        {
            var kind = kinds.GetOrAdd((graph.ObjectAt(ordinal), field), static (key, self) => self.Describe(key.Type, key.Field), this);
            var index = parts.FindIndex(part => part.Kind == kind || GoTogether(part.Kind, kind));
            if (index < 0)
            {
                index = parts.Count;
                parts.Add((kind, default));
            }

            ref var joined = ref CollectionsMarshal.AsSpan(parts)[index];
            joined.Kind = Join(joined.Kind, kind);
            joined.Types.Add(ordinal);
        }

        return parts.ConvertAll(static part => part.Types.Take());
    }

    private static bool GoTogether(Kind a, Kind b) => a.Origin == b.Origin
        && a.Entries.Zip(b.Entries).All(pair => pair.First.Length == 0 || pair.Second.Length == 0 || pair.First == pair.Second);

    private static Kind Join(Kind a, Kind b) => a == b
        ? a
        : a with { Entries = [.. a.Entries.Zip(b.Entries, (first, second) => first.Length == 0 ? second : first)] };

    private Kind Describe(GraphType type, string name)
    {
        var origin = new StringBuilder(providedComposites.Contains(name) ? type.Name : "");
        var entries = ImmutableArray.CreateBuilder<string>();
        foreach (var ordinal in type.SourcesByField.GetValueOrDefault(name, []))
        {
            var at = type.BySource[ordinal]!;
            var field = at.Fields[name];
            origin.Append('\n').Append(ordinal).Append(' ').Append(field.Result?.Name).Append(field.Definition.IsExternal ? " external " : " ")
                .Append(Text(field.Definition.Provides));
            if (field.Needs is { } needs)
            {
                origin.Append(" needs ").Append(Text(needs.Selection)).AppendJoin(' ', needs.Contexts.Select(FieldNeeds.Identity));
            }

            entries.Add(string.Join(" or ", at.Lookups.Select(lookup => Describe(type, lookup)).Distinct(StringComparer.Ordinal)));
        }

        return new Kind(origin.ToString(), entries.ToImmutable());
    }

    private string Describe(GraphType type, Lookup lookup) => $"{calls.EntryOf(lookup)} {LookupCalls.KeyOf(type, lookup, given)}";

    // By source: the object types that some field of it gives.
    private static TypeSet[] GivenTypes(PlanningGraph graph)
    {
        var given = new TypeSet[graph.Sources.Length];
        foreach (var at in graph.Supergraph.Types.Select(type => graph.Find(type.Name)).OfType<GraphType>().SelectMany(type => type.BySource).OfType<TypeAtSource>())
        {
            foreach (var field in at.Fields.Values)
            {
                if (field.Below is { } result && !result.PossibleTypes.IsSubsetOf(given[result.Source.Ordinal]))
                {
                    given[result.Source.Ordinal] = given[result.Source.Ordinal].Union(result.PossibleTypes);
                }
            }
        }

        return given;
    }

    private static string Text(SelectionSetNode? selection) => selection is null ? "" : Printer.Print(selection);

    // What is provided below a field depends on the way to it: each type for itself.
    private static HashSet<string> ProvidedComposites(PlanningGraph graph)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var provides in graph.Supergraph.Types.SelectMany(type => type.Fields).SelectMany(field => field.Sources).Select(source => source.Provides))
        {
            Collect(provides, names);
        }

        return names;
    }

    private static void Collect(SelectionSetNode? selection, HashSet<string> names)
    {
        foreach (var item in selection?.Selections ?? [])
        {
            if (item is FieldNode { SelectionSet: not null } field)
            {
                names.Add(field.Name.Value);
            }

            Collect(item is FieldNode node ? node.SelectionSet : ((InlineFragmentNode)item).SelectionSet, names);
        }
    }
}
