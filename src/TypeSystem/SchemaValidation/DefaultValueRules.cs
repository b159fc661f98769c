namespace GraphGateway.TypeSystem;

/// <summary>
/// A default value can be coerced to its type
/// (<see href="https://spec.graphql.org/September2025/#sec-Objects.Type-Validation">Spec §3.6, rule 2.4.5</see>, asked of the arguments of
/// interfaces and directives and of input fields alike). graphql-js 16 does not check it; the messages are its successor's.
/// </summary>
internal static class DefaultValueRules
{
    internal static void Check(SchemaRuleContext context)
    {
        foreach (var directive in context.Schema.DirectiveDefinitions.Where(static directive => !directive.IsBuiltIn))
        {
            Check(context, directive.Arguments, argument => $"@{directive.Name}({argument}:)");
        }

        foreach (var type in context.Schema.Types.Where(static type => !type.IsBuiltIn))
        {
            if (type is InputObjectType input)
            {
                Check(context, input.Fields, field => $"{input}.{field}");
            }

            foreach (var field in (type as ComplexType)?.Fields ?? [])
            {
                Check(context, field.Arguments, argument => $"{field}({argument}:)");
            }
        }
    }

    private static void Check(SchemaRuleContext context, IEnumerable<InputValueDefinition> values, Func<string, string> coordinate)
    {
        foreach (var value in values)
        {
            if (value is { DefaultValue: { } defaultValue, Origin.Source: { } source })
            {
                foreach (var (at, problem) in LiteralProblems.Of(defaultValue, value.Type))
                {
                    context.Report($"{coordinate(value.Name)} has invalid default value: {problem}", new Place(source, at.Start));
                }
            }
        }
    }
}
