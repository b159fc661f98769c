using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>INVALID_GRAPHQL for defaults, and for arguments of directives, whose value is not of the type (Spec §5.6.1).</summary>
internal static class ArgumentValues
{
    internal static void Check(SourceInput input, Schema schema, ProblemSink problems)
    {
        foreach (var type in schema.Types.Where(type => !type.IsBuiltIn))
        {
            foreach (var origin in type.Origins)
            {
                Check(input, schema, (origin.Node as TypeSystemNode)?.Directives ?? [], origin, problems);
            }

            foreach (var field in (type as ComplexType)?.Fields ?? [])
            {
                Check(input, schema, field.Directives, field.Origin, problems);
                foreach (var argument in field.Arguments)
                {
                    CheckDefault(input, $"{field}({argument.Name}:)", argument, problems);
                    Check(input, schema, argument.Directives, argument.Origin, problems);
                }
            }

            foreach (var field in (type as InputObjectType)?.Fields ?? [])
            {
                CheckDefault(input, $"{type}.{field.Name}", field, problems);
                Check(input, schema, field.Directives, field.Origin, problems);
            }

            foreach (var value in (type as EnumType)?.Values ?? [])
            {
                Check(input, schema, value.Directives, value.Origin, problems);
            }
        }
    }

    private static void CheckDefault(SourceInput input, string coordinate, InputValueDefinition value, ProblemSink problems)
    {
        if (value.DefaultValue is { } given && !Literals.Fits(given, value.Type, mayMiss: true))
        {
            problems.Error(
                ProblemCode.InvalidGraphql,
                $"The default {Printer.Print(given)} of {coordinate} is not of its type {value.Type}.",
                "Write a default of the type, or leave it out.",
                new Place(input.Name, value.Origin!.Value.Source, value.Origin.Value.Node.Start));
        }
    }

    private static void Check(
        SourceInput input, Schema schema, ImmutableArray<DirectiveNode> applied, SyntaxOrigin? origin, ProblemSink problems)
    {
        foreach (var directive in applied)
        {
            var definition = schema.FindDirective(directive.Name.Value);
            foreach (var argument in directive.Arguments)
            {
                if (definition?.FindArgument(argument.Name.Value) is { } expected && !Literals.Fits(argument.Value, expected.Type))
                {
                    problems.Error(
                        ProblemCode.InvalidGraphql,
                        $"The argument \"{argument.Name}\" of @{SourceLinks.OwnName(directive.Name.Value)} is {expected.Type}, and not {Printer.Print(argument.Value)}.",
                        "Write a value of the type.",
                        new Place(input.Name, origin!.Value.Source, directive.Start));
                }
            }
        }
    }
}
