using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>
/// The arguments of applied directives have values of their types
/// (<see href="https://spec.graphql.org/September2025/#sec-Values-of-Correct-Type">Spec §5.6.1</see>). graphql-js 16 reads the arguments of
/// <c>@deprecated</c> and <c>@specifiedBy</c> alone, and throws while it builds the schema; the messages are those of that.
/// </summary>
internal static class DirectiveValueRules
{
    // What they say is part of the schema, whatever definition the document gives them.
    private static readonly NonNullType NonNullString = new(SpecifiedScalars.String);

    /// <summary>Of the directives that the schema itself is read from. Never passed over: their values would be lost without a word.</summary>
    internal static void CheckBuiltIn(SchemaRuleContext context)
    {
        foreach (var (part, directive) in Applied(context.Schema))
        {
            switch (directive.Name.Value)
            {
                case "deprecated" when directive.Argument("reason") is NullValueNode reason:
                    context.Report(
                        "Argument \"reason\" of \"@deprecated\" must not be null: leave it out for the default reason, or give one.",
                        part.At(reason.Start));
                    break;
                case "deprecated" when directive.Argument("reason") is { } reason:
                    CheckValue(context, part, "reason", reason, NonNullString);
                    break;
                case "specifiedBy" when directive.Argument("url") is { } url:
                    CheckValue(context, part, "url", url, NonNullString);
                    break;
            }
        }
    }

    /// <summary>Of all other directives that the schema defines.</summary>
    internal static void CheckOthers(SchemaRuleContext context)
    {
        foreach (var (part, directive) in Applied(context.Schema))
        {
            if (directive.Name.Value is "deprecated" or "specifiedBy" || context.Schema.FindDirective(directive.Name.Value) is not { } definition)
            {
                continue;
            }

            foreach (var argument in directive.Arguments)
            {
                if (definition.FindArgument(argument.Name.Value) is { } expected)
                {
                    CheckValue(context, part, argument.Name.Value, argument.Value, expected.Type);
                }
            }
        }
    }

    private static void CheckValue(SchemaRuleContext context, SourcedDefinition part, string name, ValueNode value, GraphQLType type)
    {
        if (value is NullValueNode && type.IsNonNull)
        {
            context.Report($"Argument \"{name}\" of non-null type \"{type}\" must not be null.", part.At(value.Start));
        }
        else if (LiteralProblems.Of(value, type).Count > 0)
        {
            context.Report($"Argument \"{name}\" has invalid value {Printer.Print(value)}.", part.At(value.Start));
        }
    }

    private static IEnumerable<(SourcedDefinition Part, DirectiveNode Directive)> Applied(Schema schema)
    {
        var uses = ImmutableArray.CreateBuilder<DirectiveUse>();
        foreach (var origin in Origins(schema))
        {
            if (origin.Node is not TypeSystemNode node)
            {
                continue;
            }

            uses.Clear();
            DirectiveUses.AddTo(uses, new SourcedDefinition(origin.Source, node));
            for (var i = 0; i < uses.Count; i++)
            {
                foreach (var directive in uses[i].Directives)
                {
                    yield return (uses[i].Part, directive);
                }
            }
        }
    }

    private static IEnumerable<SyntaxOrigin> Origins(Schema schema) =>
        schema.Origins
            .Concat(schema.DirectiveDefinitions.Select(static directive => directive.Origin).OfType<SyntaxOrigin>())
            .Concat(schema.Types.SelectMany(static type => type.Origins));
}
