using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>Questions about a FieldSelectionMap (Composite Schemas spec, Appendix A).</summary>
internal static class Maps
{
    /// <summary>The fields of the type itself that a map reads.</summary>
    public static IEnumerable<string> FieldNames(SelectedValueNode map) => map.Entries.SelectMany(entry =>
        entry.Path is { } path ? [path.Segments[0].FieldName.Value]
        : entry.Object is { } value ? value.Fields.SelectMany(field => field.Value is null ? [field.Name.Value] : FieldNames(field.Value))
        : []);

    /// <summary>True when the value can be null though no source failed: a field on the way is nullable, or a type condition can miss.</summary>
    public static bool CanBeNull(PlanningGraph graph, ResultShape shape, TypeSet types, SelectedValueNode map) =>
        map.Entries.All(entry => entry.Path is { } path && CanBeNull(graph, graph.Find(shape.Type.Name), types, path));

    private static bool CanBeNull(PlanningGraph graph, GraphType? type, TypeSet types, SelectedPathNode path)
    {
        if (path.TypeName is { } first && !types.IsSubsetOf(graph.PossibleTypes(first.Value)))
        {
            return true;
        }

        foreach (var segment in path.Segments)
        {
            var definitions = types.Ordinals().Select(ordinal => graph.Schema.ObjectTypes[ordinal].FindField(segment.FieldName.Value)).ToList();
            if (type is null || definitions.Count == 0 || definitions.Any(definition => definition is not { Type.IsNonNull: true }))
            {
                return true;
            }

            if (definitions[0]!.Type.Named is CompositeType composite)
            {
                type = graph[composite];
                types = type.Type.PossibleTypes;
                if (segment.TypeName is { } condition && !types.IsSubsetOf(graph.PossibleTypes(condition.Value)))
                {
                    return true;
                }
            }
        }

        return false;
    }
}
