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
        map.Entries.All(entry => (entry.Path is { } path && CanBeNull(graph, graph.Find(shape.Type.Name), types, path))
            || (map.Entries.Length > 1 && entry.Object is { } alternative && alternative.Fields.Any(field => Decides(alternative, field))));

    /// <summary>
    /// True when an object that is one of several alternatives is none without this field. Alternatives are for an input with <c>@oneOf</c>
    /// (Appendix A, SelectedValue): the only field of such an input must have a value. Where there are more fields, those with a type condition
    /// tell the alternatives apart.
    /// </summary>
    public static bool Decides(SelectedObjectNode alternative, SelectedObjectFieldNode field) =>
        alternative.Fields.Length == 1 || (field.Value is { } value && value.Entries.All(HasCondition));

    private static bool HasCondition(SelectedValueEntryNode entry) =>
        entry.Path is { } path && (path.TypeName is not null || path.Segments.Any(segment => segment.TypeName is not null));

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
