namespace GraphGateway.TypeSystem;

/// <summary>
/// Objects and interfaces have fields, of output types, whose arguments are of input types
/// (<see href="https://spec.graphql.org/September2025/#sec-Objects.Type-Validation">Spec §3.6</see>, §3.7).
/// </summary>
internal static class FieldRules
{
    internal static void Check(SchemaRuleContext context, NamedType type)
    {
        if (type is not ComplexType complex)
        {
            return;
        }

        if (complex.Fields.IsEmpty)
        {
            context.ReportAtType($"Type {type.Name} must define one or more fields.", type);
        }

        foreach (var field in complex.Fields)
        {
            NameRules.Check(context, field.Name, field.Origin);
            if (!field.Type.Named.IsOutputType)
            {
                context.Report($"The type of {field} must be Output Type but got: {field.Type}.", Places.OfTypeReference(field.Origin));
            }

            foreach (var argument in field.Arguments)
            {
                NameRules.Check(context, argument.Name, argument.Origin);
                if (InputValueRules.IsFine(argument))
                {
                    continue;
                }

                InputValueRules.CheckType(context, argument, $"{field}({argument.Name}:)");
                InputValueRules.CheckDeprecation(context, argument, $"argument {field}({argument.Name}:)");
            }
        }
    }
}

/// <summary>What is asked of arguments and input fields alike (Spec §3.6.1, §3.10).</summary>
internal static class InputValueRules
{
    /// <summary>Both checks would pass: their words need not be made.</summary>
    internal static bool IsFine(InputValueDefinition value) => value.Type.Named.IsInputType && value.DeprecationReason is null;

    internal static void CheckType(SchemaRuleContext context, InputValueDefinition value, string coordinate)
    {
        if (!value.Type.Named.IsInputType)
        {
            context.Report($"The type of {coordinate} must be Input Type but got: {value.Type}.", Places.OfTypeReference(value.Origin));
        }
    }

    internal static void CheckDeprecation(SchemaRuleContext context, InputValueDefinition value, string what)
    {
        if (value.IsRequired && value.DeprecationReason is not null)
        {
            context.Report(
                $"Required {what} cannot be deprecated.",
                [.. Places.OfDeprecated(value), .. Places.OfTypeReference(value.Origin)]);
        }
    }
}
