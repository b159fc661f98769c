using System.Runtime.CompilerServices;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>
/// A default value can be coerced to its type
/// (<see href="https://spec.graphql.org/September2025/#sec-Objects.Type-Validation">Spec §3.6, rule 2.4.5</see>, asked of the arguments of
/// interfaces and directives and of input fields alike). graphql-js 16 does not check it; the messages are its successor's.
/// </summary>
internal sealed class DefaultValueRules
{
    private readonly SchemaRuleContext context;
    private readonly string coordinate;
    private readonly SourceText source;

    private DefaultValueRules(SchemaRuleContext context, string coordinate, SourceText source)
    {
        this.context = context;
        this.coordinate = coordinate;
        this.source = source;
    }

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
                new DefaultValueRules(context, coordinate(value.Name), source).Check(defaultValue, value.Type);
            }
        }
    }

    private void Check(ValueNode value, GraphQLType type)
    {
        // The parser limits how deep a value is.
        RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (type)
        {
            case NonNullType when value is NullValueNode:
                Report(value, $"Expected value of non-null type \"{type}\" not to be null.");
                break;
            case NonNullType nonNull:
                Check(value, nonNull.OfType);
                break;
            case var _ when value is NullValueNode:
                break;
            case ListType list when value is ListValueNode items:
                foreach (var item in items.Values)
                {
                    Check(item, list.OfType);
                }

                break;
            case ListType list:
                Check(value, list.OfType);
                break;
            case InputObjectType input:
                CheckObject(value, input);
                break;
            case EnumType @enum:
                CheckEnum(value, @enum);
                break;
            case ScalarType scalar when ScalarLiterals.Problem(scalar, value) is { } problem:
                Report(value, problem);
                break;
        }
    }

    private void CheckObject(ValueNode value, InputObjectType type)
    {
        if (value is not ObjectValueNode @object)
        {
            Report(value, $"Expected value of type \"{type}\" to be an object, found: {Printer.Print(value)}.");
            return;
        }

        var given = new HashSet<string>(StringComparer.Ordinal);
        foreach (var field in @object.Fields)
        {
            given.Add(field.Name.Value);
            if (type.FindField(field.Name.Value) is { } definition)
            {
                Check(field.Value, definition.Type);
            }
            else
            {
                Report(field, $"Expected value of type \"{type}\" not to include unknown field \"{field.Name}\".");
            }
        }

        foreach (var field in type.Fields.Where(field => field.IsRequired && !given.Contains(field.Name)))
        {
            Report(value, $"Expected value of type \"{type}\" to include required field \"{field.Name}\" of type \"{field.Type}\".");
        }

        if (type.IsOneOf && (given.Count != 1 || @object.Fields[0].Value is NullValueNode))
        {
            Report(value, $"Exactly one key must be specified for OneOf type \"{type}\", and it must be non-null.");
        }
    }

    private void CheckEnum(ValueNode value, EnumType type)
    {
        if (value is not EnumValueNode name)
        {
            Report(value, $"Enum \"{type}\" cannot represent non-enum value: {Printer.Print(value)}.");
        }
        else if (type.FindValue(name.Value) is null)
        {
            Report(value, $"Value \"{name.Value}\" does not exist in \"{type}\" enum.");
        }
    }

    private void Report(SyntaxNode at, string problem) =>
        context.Report($"{coordinate} has invalid default value: {problem}", new Place(source, at.Start));
}
