using System.Runtime.CompilerServices;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// Which lookups are one entry. Types of an interface that are each looked up by a field of their own, by the same key from the same sources,
/// come to the same: one step of the plan's building enters them all, and what is below is one position. Only when the plan is put together
/// it becomes a fetch for each field (<see cref="LookupParts"/>). Otherwise positions would multiply with each level of such interfaces.
/// </summary>
internal sealed class LookupCalls
{
    private const string Representations = "_entities";
    private static readonly ConditionalWeakTable<Lookup, string> Calls = [];

    // By source: of each call of a lookup field the entry that it is a part of, where others can be, too.
    private readonly Lazy<Dictionary<string, string?>>[] entries;

    /// <summary>Of the lookups of a graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="given">By source: the object types that some field of it gives.</param>
    public LookupCalls(PlanningGraph graph, TypeSet[] given)
    {
        entries = [.. graph.Sources.Select(source => new Lazy<Dictionary<string, string?>>(() => Entries(graph, source, given)))];
    }

    /// <summary>What tells one way to enter a source from another: lookups with the same can be one fetch.</summary>
    public static string CallOf(Lookup lookup) => Calls.GetValue(lookup, static lookup => lookup.Kind == LookupKind.Representations
        ? Representations
        : $"{string.Join('.', lookup.Path)}.{lookup.FieldName}"
            + $"({string.Join(", ", lookup.Arguments.Select(argument => $"{argument.Name}: {Printer.Print(argument.Map)}"))})");

    /// <summary>The same for lookups of a source that one step can enter by.</summary>
    public string EntryOf(Lookup lookup) => entries[lookup.Source.Ordinal].Value.GetValueOrDefault(CallOf(lookup)) ?? CallOf(lookup);

    /// <summary>The lookup's key, and where its fields come from: that decides after which fetch the source can be asked.</summary>
    /// <param name="type">The type that is looked up.</param>
    /// <param name="lookup">The lookup.</param>
    /// <param name="given">By source: the object types that some field of it gives.</param>
    public static string KeyOf(GraphType type, Lookup lookup, TypeSet[] given) => Printer.Print(lookup.Key) + " "
        + string.Join(' ', lookup.Key.Selections.OfType<FieldNode>().Select(part => string.Join(
            ',',
            type.SourcesByField.GetValueOrDefault(part.Name.Value, [])
                .Where(source => BringsKey(type, type.BySource[source]!, part.Name.Value, given)))));

    // A source that has to be given the field before it can tell it brings it to nobody: types that differ in such sources only are alike.
    private static bool BringsKey(GraphType type, TypeAtSource at, string field, TypeSet[] given) => !at.Source.IsGateway
        && (given[at.Source.Ordinal].Contains(((ObjectType)type.Type).Ordinal)
            || at.Lookups.Exists(lookup => !lookup.Key.Selections.OfType<FieldNode>().Any(part => part.Name.Value == field)));

    // A call stays with itself where its types do not come to the same, and where a field requires others: then each waits for what its own
    // fields require.
    private static Dictionary<string, string?> Entries(PlanningGraph graph, SourceSchema source, TypeSet[] given)
    {
        var entries = new Dictionary<string, string?>(StringComparer.Ordinal);
        for (var ordinal = 0; ordinal < graph.Schema.ObjectTypes.Length; ordinal++)
        {
            if (graph.Find(graph.Schema.ObjectTypes[ordinal].Name)?.BySource[source.Ordinal] is not { } at)
            {
                continue;
            }

            foreach (var lookup in at.Lookups.Where(lookup => lookup.Kind == LookupKind.Field))
            {
                var entry = at.IsInterfaceObject || source.IsGateway || at.Fields.Values.Any(static field => field.Needs is not null)
                    ? null
                    : $"by {KeyOf(at.Type, lookup, given)}{(lookup.IsNonNull ? " non-null" : "")}{(GatewaySource.Decides(lookup) ? " decides" : "")}";
                if (!entries.TryAdd(CallOf(lookup), entry) && entries[CallOf(lookup)] != entry)
                {
                    entries[CallOf(lookup)] = null;
                }
            }
        }

        return entries;
    }
}
