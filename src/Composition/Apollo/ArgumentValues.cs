using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>INVALID_GRAPHQL for arguments of directives whose value is not of the argument's type (Spec §5.6.1).</summary>
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
                    Check(input, schema, argument.Directives, argument.Origin, problems);
                }
            }

            foreach (var field in (type as InputObjectType)?.Fields ?? [])
            {
                Check(input, schema, field.Directives, field.Origin, problems);
            }

            foreach (var value in (type as EnumType)?.Values ?? [])
            {
                Check(input, schema, value.Directives, value.Origin, problems);
            }
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
