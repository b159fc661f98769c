using System.Runtime.CompilerServices;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>Where a constant does not fit its type, and why: the input coercion of literals (Spec §3.5 to §3.12).</summary>
internal sealed class LiteralProblems
{
    private readonly List<(SyntaxNode At, string Problem)> found = [];

    private LiteralProblems()
    {
    }

    /// <summary>All that does not fit, in document order; empty when the value can be coerced. The messages are graphql-js 17's.</summary>
    internal static IReadOnlyList<(SyntaxNode At, string Problem)> Of(ValueNode value, GraphQLType type)
    {
        var problems = new LiteralProblems();
        problems.Check(value, type);
        return problems.found;
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

    private void Report(SyntaxNode at, string problem) => found.Add((at, problem));
}
