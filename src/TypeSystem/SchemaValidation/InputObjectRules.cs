using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>
/// An input object has fields of input types; a OneOf's are nullable and without defaults
/// (<see href="https://spec.graphql.org/September2025/#sec-Input-Objects.Type-Validation">Spec §3.10</see>).
/// </summary>
internal static class InputObjectRules
{
    internal static void Check(SchemaRuleContext context, NamedType type)
    {
        if (type is not InputObjectType input)
        {
            return;
        }

        if (input.Fields.IsEmpty)
        {
            context.ReportAtType($"Input Object type {type} must define one or more fields.", type);
        }

        foreach (var field in input.Fields)
        {
            var coordinate = $"{type}.{field.Name}";
            NameRules.Check(context, field.Name, field.Origin);
            InputValueRules.CheckType(context, field, coordinate);
            InputValueRules.CheckDeprecation(context, field, $"input field {coordinate}");
            if (input.IsOneOf)
            {
                CheckOneOf(context, field, coordinate);
            }
        }
    }

    /// <summary>Spec §3.10, Input Object Extensions: <c>@oneOf</c> stands on the definition. graphql-js 16 does not check it.</summary>
    internal static void CheckExtensions(SchemaRuleContext context)
    {
        foreach (var input in context.Schema.Types.OfType<InputObjectType>())
        {
            // What comes first defines the type, in dialects where an extension may do so.
            foreach (var (source, node) in input.Origins.Skip(1))
            {
                foreach (var directive in ((InputObjectTypeDefinitionNode)node).Directives.Where(static applied => applied.Name.Value == "oneOf"))
                {
                    context.Report(
                        $"Directive \"@oneOf\" must not be provided by an extension of Input Object type {input}: apply it to its definition.",
                        new Place(source, directive.Start));
                }
            }
        }
    }

    private static void CheckOneOf(SchemaRuleContext context, InputValueDefinition field, string coordinate)
    {
        if (field.Type.IsNonNull)
        {
            context.Report($"OneOf input field {coordinate} must be nullable.", Places.OfTypeReference(field.Origin));
        }

        if (field.DefaultValue is not null)
        {
            context.Report($"OneOf input field {coordinate} cannot have a default value.", Places.Of(field.Origin));
        }
    }
}
