using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Gateway;

/// <summary>By which of their fields entities are asked for: what a key can have that is to be forgotten.</summary>
internal static class EntityKeys
{
    /// <summary>The fields of the keys by which a source knows objects that can be of a type, or is asked for them, in the order of their names; empty where there are none.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="source">The source.</param>
    /// <param name="type">An object type, an interface or a union.</param>
    public static IEnumerable<string> FieldsOf(Supergraph graph, SourceSchema source, string type) =>
        LookupsOf(graph, source, type).Select(static lookup => lookup.Key).Concat(TypesOf(graph, type).SelectMany(known => known.In(source)?.Keys ?? []).Select(static key => key.Fields))
            .SelectMany(static fields => fields.Selections.OfType<FieldNode>()).Select(static field => field.Name.Value)
            .Where(static name => name != "__typename").Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal);

    /// <summary>The field of an entity that is an argument of the lookups by which it can be asked for; null where it is none, or not the same one in all.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="source">The source.</param>
    /// <param name="type">The type of the place where it stands.</param>
    /// <param name="argument">The argument.</param>
    public static string? FieldOf(Supergraph graph, SourceSchema source, string type, string argument)
    {
        var maps = LookupsOf(graph, source, type).SelectMany(static lookup => lookup.Arguments).Where(other => other.Name == argument).Select(static other => Printer.Print(other.Map)).Distinct().ToList();
        return maps is [var map] && map.All(static character => char.IsAsciiLetterOrDigit(character) || character == '_') ? map : null;
    }

    private static IEnumerable<Lookup> LookupsOf(Supergraph graph, SourceSchema source, string type) =>
        TypesOf(graph, type).SelectMany(static known => known.Lookups).Where(lookup => lookup.Source.Ordinal == source.Ordinal);

    // It may be asked for as one of its objects, or as what it is one of.
    private static IEnumerable<SupergraphType> TypesOf(Supergraph graph, string type) =>
        PlanLabels.WithAbstract(graph, PlanLabels.WithPossible(graph, [type])).Select(graph.FindType).OfType<SupergraphType>();
}
