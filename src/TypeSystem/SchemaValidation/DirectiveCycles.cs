using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>
/// A directive's definition does not use the directive, neither on its arguments nor on the types of its arguments and what they contain
/// (<see href="https://spec.graphql.org/September2025/#sec-Type-System.Directives.Type-Validation">Spec §3.13, rules 2 and 3</see>;
/// graphql-js 16 does not check it).
/// </summary>
internal static class DirectiveCycles
{
    internal static void Check(SchemaRuleContext context)
    {
        foreach (var directive in context.Schema.DirectiveDefinitions)
        {
            if (!directive.IsBuiltIn && Uses(context.Schema, directive).Contains(directive.Name))
            {
                context.Report(
                    $"Directive @{directive.Name} cannot reference itself, directly or through its arguments.", Places.Of(directive.Origin));
            }
        }
    }

    /// <summary>The names of all directives that are met from the arguments of one.</summary>
    private static HashSet<string> Uses(Schema schema, DirectiveDefinition root)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var types = new HashSet<NamedType>();
        var open = new Stack<ImmutableArray<InputValueDefinition>>([root.Arguments]);
        while (open.TryPop(out var values))
        {
            foreach (var value in values)
            {
                Follow(value.Directives);
                if (types.Add(value.Type.Named))
                {
                    FollowType(value.Type.Named);
                }
            }
        }

        return found;

        void Follow(ImmutableArray<DirectiveNode> applied)
        {
            foreach (var directive in applied)
            {
                if (found.Add(directive.Name.Value) && schema.FindDirective(directive.Name.Value) is { } definition)
                {
                    open.Push(definition.Arguments);
                }
            }
        }

        void FollowType(NamedType type)
        {
            Follow(type.Directives);
            switch (type)
            {
                case EnumType @enum:
                    foreach (var value in @enum.Values)
                    {
                        Follow(value.Directives);
                    }

                    break;
                case InputObjectType input:
                    open.Push(input.Fields);
                    break;
            }
        }
    }
}
