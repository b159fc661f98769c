namespace GraphGateway.Composition;

/// <summary>
/// NO_QUERIES (§4.4.1), EMPTY_MERGED_OBJECT_TYPE, EMPTY_MERGED_INTERFACE_TYPE, EMPTY_MERGED_INPUT_OBJECT_TYPE, EMPTY_MERGED_ENUM_TYPE,
/// EMPTY_MERGED_UNION_TYPE (§4.4.2 to §4.4.5).
/// </summary>
internal static class EmptyTypeRules
{
    internal static void NoQueries(MergedSchema merged, ProblemSink problems)
    {
        var query = merged.Types.GetValueOrDefault("Query");
        if (query is null || query.IsInaccessible || !query.PublicFields.Any())
        {
            var types = merged.Sources.Models.Select(model => model.Types.GetValueOrDefault("Query")).OfType<SourceType>().ToArray();
            var marks = Marks(types);
            problems.Error(
                ProblemCode.NoQueries,
                marks is null
                    ? "No source has a field of Query, so that there would be nothing to ask."
                    : $"Every field of Query is {marks}, so that there would be nothing to ask.",
                "Add a field to Query in at least one source" + (marks is null ? "." : $", or remove {marks} from one."),
                marks is null ? merged.Sources.Models.Select(model => model.SchemaPlace) : types.Select(type => type.Place));
        }
    }

    // What hides the fields of a type; null when there are none.
    private static string? Marks(SourceType[] types)
    {
        var fields = types.SelectMany(type => type.Fields.Values).ToArray();
        var isInternal = fields.Any(field => field.IsInternal);
        return !fields.Any(field => !field.IsInternal) ? (isInternal ? "@internal" : null)
            : isInternal ? "@inaccessible or @internal"
            : "@inaccessible";
    }

    internal static void EmptyMergedTypes(MergedSchema merged, ProblemSink problems)
    {
        foreach (var type in merged.PublicTypes.Where(type => type.Name != "Query"))
        {
            var (code, isEmpty, reason) = type.Kind switch
            {
                TypeKind.Object => (ProblemCode.EmptyMergedObjectType, !type.PublicFields.Any(), Hidden("field")),
                TypeKind.Interface => (ProblemCode.EmptyMergedInterfaceType, !type.PublicFields.Any(), Hidden("field")),
                TypeKind.InputObject => (
                    ProblemCode.EmptyMergedInputObjectType,
                    type.InputFields.Values.All(field => field.IsInaccessible),
                    type.InputFields.Count == 0 ? "no field of it is in all its sources" : Hidden("field")),
                TypeKind.Enum => (ProblemCode.EmptyMergedEnumType, type.EnumValues.All(value => value.IsInaccessible), Hidden("value")),
                TypeKind.Union => (
                    ProblemCode.EmptyMergedUnionType,
                    type.Members.All(member => merged.Types[member].IsInaccessible),
                    "every member of it is @inaccessible or @internal"),
                _ => (default, false, ""),
            };
            if (isEmpty)
            {
                problems.Error(
                    code,
                    $"{type.Name} would be empty for clients: {reason}.",
                    type is { Kind: TypeKind.InputObject, InputFields.Count: 0 }
                        ? $"Add a field to {type.Name} that all its sources have, or give it another name where it is another type."
                        : $"Keep something of {type.Name} visible, or mark {Referring(merged, type.Name)} as @inaccessible.",
                    type.Group.Places);
            }
        }
    }

    // What clients see must not refer to what they do not see.
    private static string Referring(MergedSchema merged, string typeName)
    {
        var fields = merged.PublicTypes.SelectMany(type => type.PublicFields).ToArray();
        var inputs = fields.SelectMany(field => field.Arguments.Values).Concat(merged.PublicTypes.SelectMany(type => type.InputFields.Values));
        string[] referring =
        [
            .. fields.Where(field => TypeNodes.Named(field.Type) == typeName).Select(field => field.Coordinate),
            .. inputs.Where(input => !input.IsInaccessible && TypeNodes.Named(input.Type) == typeName).Select(input => input.Coordinate),
        ];
        return referring.Length == 0 ? "the type itself" : $"the type itself and what refers to it ({string.Join(", ", referring)})";
    }

    private static string Hidden(string member) => $"every {member} of it is @inaccessible or @internal in one of its sources";
}
