using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// INVALID_GRAPHQL for a default value that does not fit its type
/// (<see href="https://graphql.github.io/composite-schemas-spec/draft/#sec-Invalid-GraphQL">Composite Schemas, Invalid GraphQL</see>),
/// which the type validation of GraphQL itself leaves open.
/// </summary>
internal static class DefaultValueRules
{
    internal static void Check(SourceInput input, Schema schema, ProblemSink problems)
    {
        foreach (var type in schema.Types.Where(type => !type.IsBuiltIn))
        {
            switch (type)
            {
                case ComplexType complex:
                    foreach (var field in complex.Fields)
                    {
                        Check(input, field.Arguments, argument => $"the argument {field}({argument.Name}:)", problems);
                    }

                    break;
                case InputObjectType inputObject:
                    Check(input, inputObject.Fields, field => $"the input field {type.Name}.{field.Name}", problems);
                    break;
            }
        }
    }

    private static void Check(
        SourceInput input, IEnumerable<InputValueDefinition> values, Func<InputValueDefinition, string> describe, ProblemSink problems)
    {
        foreach (var value in values.Where(value => value.DefaultValue is not null && !Literals.Fits(value.DefaultValue, value.Type)))
        {
            problems.Error(
                ProblemCode.InvalidGraphql,
                $"The default value {Printer.Print(value.DefaultValue!)} of {describe(value)} is no value of {value.Type}.",
                $"Mend the schema of {input.Name}: it must be valid GraphQL on its own.",
                new Place(input.Name, value.Origin?.Source ?? input.Documents[0], value.DefaultValue!.Start));
        }
    }
}
