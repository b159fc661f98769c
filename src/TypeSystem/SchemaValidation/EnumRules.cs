namespace GraphGateway.TypeSystem;

/// <summary>An enum has values, well named (<see href="https://spec.graphql.org/September2025/#sec-Enums.Type-Validation">Spec §3.9</see>).</summary>
internal static class EnumRules
{
    internal static void Check(SchemaRuleContext context, NamedType type)
    {
        if (type is not EnumType @enum)
        {
            return;
        }

        if (@enum.Values.IsEmpty)
        {
            context.ReportAtType($"Enum type {type} must define one or more values.", type);
        }

        foreach (var value in @enum.Values)
        {
            NameRules.Check(context, value.Name, value.Origin);
        }
    }
}
