using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Operations;

/// <summary>The arguments in definition order, or the one error. Exactly one of the two is there.</summary>
public readonly record struct ArgumentCoercionResult(IReadOnlyDictionary<string, object?>? Values, GraphQLError? Error)
{
    /// <summary>True when there are values.</summary>
    [MemberNotNullWhen(true, nameof(Values))]
    [MemberNotNullWhen(false, nameof(Error))]
    public bool IsSuccess => Error is null;
}

/// <summary>
/// Coerces the arguments of a field or directive
/// (<see href="https://spec.graphql.org/September2025/#CoerceArgumentValues()">Spec §6.4.1, CoerceArgumentValues</see>). Messages and
/// locations are graphql-js's; an error is without a path, which the caller knows.
/// </summary>
public static class ArgumentCoercion
{
    private static readonly Dictionary<string, object?> None = [];

    /// <summary>
    /// An argument that is not given and has no default is not in the result; one that is given null is there with null. The values are of
    /// the kinds that <see cref="VariableValues"/> holds.
    /// </summary>
    /// <param name="definitions">The arguments that the field or directive defines.</param>
    /// <param name="arguments">Those that are given.</param>
    /// <param name="parent">The field or directive: the location of what is missing.</param>
    /// <param name="source">The text of the document.</param>
    /// <param name="variables">The request's coerced variables.</param>
    /// <param name="scalars">How custom scalars are read; null passes them through.</param>
    public static ArgumentCoercionResult Coerce(
        ImmutableArray<InputValueDefinition> definitions,
        ImmutableArray<ArgumentNode> arguments,
        SyntaxNode parent,
        SourceText source,
        VariableValues variables,
        ScalarCoercions? scalars = null)
    {
        if (definitions.IsEmpty)
        {
            return new ArgumentCoercionResult(None, null);
        }

        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var definition in definitions)
        {
            var given = arguments.FirstOrDefault(argument => argument.Name.Value == definition.Name)?.Value;
            var missingVariable = given is VariableNode variable && !variables.TryGetValue(variable.Name.Value, out _) ? variable : null;
            var isGiven = given is not null && missingVariable is null;
            if (!isGiven && definition.DefaultValue is null)
            {
                if (definition.Type.IsNonNull)
                {
                    return Error(source, Missing(definition, missingVariable), missingVariable ?? parent);
                }

                continue;
            }

            var literal = isGiven ? given! : definition.DefaultValue!;
            if (definition.Type.IsNonNull && IsNull(literal, variables))
            {
                return Error(source, $"Argument \"{definition.Name}\" of non-null type \"{definition.Type}\" must not be null.", literal);
            }

            if (!LiteralCoercion.TryCoerce(literal, definition.Type, variables, scalars ?? ScalarCoercions.PassThrough, out var value))
            {
                // A default stands in another text than the document.
                return Error(
                    source, $"Argument \"{definition.Name}\" has invalid value {Printer.Print(literal)}.", isGiven ? literal : parent);
            }

            values[definition.Name] = value;
        }

        return new ArgumentCoercionResult(values, null);
    }

    private static string Missing(InputValueDefinition definition, VariableNode? variable)
    {
        var start = $"Argument \"{definition.Name}\" of required type \"{definition.Type}\" was";
        return variable is null
            ? $"{start} not provided."
            : $"{start} provided the variable \"${variable.Name}\" which was not provided a runtime value.";
    }

    private static bool IsNull(ValueNode literal, VariableValues variables) =>
        literal is NullValueNode || (literal is VariableNode variable && variables.TryGetValue(variable.Name.Value, out var value) && value is null);

    private static ArgumentCoercionResult Error(SourceText source, string message, SyntaxNode at) =>
        new(null, GraphQLError.At(source, message, ErrorCode.BadUserInput, at.Start));
}
