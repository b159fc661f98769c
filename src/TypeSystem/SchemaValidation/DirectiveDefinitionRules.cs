namespace GraphGateway.TypeSystem;

/// <summary>Directive definitions are well named and take input types (<see href="https://spec.graphql.org/September2025/#sec-Type-System.Directives">Spec §3.13</see>).</summary>
internal static class DirectiveDefinitionRules
{
    internal static void Check(SchemaRuleContext context)
    {
        foreach (var directive in context.Schema.DirectiveDefinitions)
        {
            NameRules.Check(context, directive.Name, directive.Origin);
            foreach (var argument in directive.Arguments)
            {
                NameRules.Check(context, argument.Name, argument.Origin);
                if (!argument.Type.Named.IsInputType)
                {
                    // graphql-js points at the whole argument here, but at its type for a field's argument.
                    context.Report(
                        $"The type of @{directive.Name}({argument.Name}:) must be Input Type but got: {argument.Type}.",
                        Places.Of(argument.Origin));
                }

                InputValueRules.CheckDeprecation(context, argument, $"argument @{directive.Name}({argument.Name}:)");
            }
        }
    }
}
