using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>Templates and paths in the form that people read: <c>{ __typename, id, owner: owner { id } }</c>.</summary>
internal static class TemplateText
{
    public static string Of(ValueTemplate template, Schema schema, TypeSet types) => template switch
    {
        LeafTemplate leaf => leaf.Field.Key,
        CompositeTemplate composite => $"{composite.Field.Key}{Brackets(composite.Field)} {Below(composite, schema)}",
        TypenameTemplate { FixedName: { } name } => $"\"{name}\"",
        TypenameTemplate => "__typename",
        ObjectTemplate @object => $"{{ {string.Join(", ", @object.Entries.Select(entry => Entry(entry, schema, types)))} }}",
        ContextTemplate context => string.Join(" | ", context.Alternatives.Select(alternative =>
            $"{Of(alternative.Value, schema, alternative.AppliesTo)} of {Names(alternative.AppliesTo, schema)}")),
        ChoiceTemplate choice => string.Join(" | ", choice.Alternatives.Select(alternative =>
            Condition(alternative.AppliesTo, schema, types) + Of(alternative.Value, schema, alternative.AppliesTo))),
        _ => "?",
    };

    /// <summary>The fields that a template reads, those above it included.</summary>
    public static IEnumerable<ResultField> FieldsOf(ValueTemplate template) => template switch
    {
        LeafTemplate leaf => [leaf.Field],
        CompositeTemplate composite => FieldsOf(composite.Inner).Prepend(composite.Field),
        ObjectTemplate @object => @object.Entries.SelectMany(entry => FieldsOf(entry.Value)),
        ContextTemplate context => context.Alternatives.SelectMany(alternative => FieldsOf(alternative.Value)),
        ChoiceTemplate choice => choice.Alternatives.SelectMany(alternative => FieldsOf(alternative.Value)),
        _ => [],
    };

    /// <summary>A path through the answer, with brackets for the lists on the way.</summary>
    public static string Of(IEnumerable<ResultField> path) => string.Join('.', path.Select(field => field.Key + Brackets(field)));

    /// <summary>Type names in the schema's order.</summary>
    public static string Names(TypeSet types, Schema schema) =>
        string.Join('|', types.Ordinals().Select(ordinal => schema.ObjectTypes[ordinal].Name));

    private static string Below(CompositeTemplate composite, Schema schema)
    {
        var types = schema.FindType(composite.Field.Shape!.Type.Name) is CompositeType type ? type.PossibleTypes : default;
        return composite.Inner is ObjectTemplate ? Of(composite.Inner, schema, types) : $"{{ {Of(composite.Inner, schema, types)} }}";
    }

    private static string Entry(TemplateEntry entry, Schema schema, TypeSet types)
    {
        var value = Of(entry.Value, schema, entry.AppliesTo);
        var text = value == entry.Name ? entry.Name : $"{entry.Name}: {value}";
        return Condition(entry.AppliesTo, schema, types) + text;
    }

    private static string Condition(TypeSet applies, Schema schema, TypeSet types) =>
        types.IsSubsetOf(applies) ? "" : $"<{Names(applies, schema)}> ";

    private static string Brackets(ResultField field) => string.Concat(field.Definition.Type.ToString()!.Where(c => c == '[').Select(_ => "[]"));
}
