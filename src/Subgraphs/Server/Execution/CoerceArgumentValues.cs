using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Coercing-Field-Arguments">Spec §6.4.1, Coercing Field Arguments</see>. The messages
/// and their places are graphql-js's; a mistake is the field's error.
/// </summary>
internal static class CoerceArgumentValues
{
    /// <summary>CoerceArgumentValues() of a field.</summary>
    /// <exception cref="InputMistake">An argument has no value that fits.</exception>
    public static IReadOnlyDictionary<string, object?> Coerce(BoundSchema schema, FieldGroup group, IReadOnlyDictionary<string, object?> variables) =>
        group.Field.Arguments.IsEmpty
            ? LiteralCoercion.NoVariables
            : Coerce(schema, group.Field.Arguments, group.Nodes[0].Arguments, group.Nodes[0].Start, variables);

    /// <summary>CoerceArgumentValues() of whatever has arguments.</summary>
    /// <exception cref="InputMistake">An argument has no value that fits.</exception>
    private static Dictionary<string, object?> Coerce(
        BoundSchema schema,
        ImmutableArray<InputValueDefinition> definitions,
        ImmutableArray<ArgumentNode> arguments,
        int start,
        IReadOnlyDictionary<string, object?> variables)
    {
        var values = new Dictionary<string, object?>();
        foreach (var definition in definitions)
        {
            var given = arguments.FirstOrDefault(argument => argument.Name.Value == definition.Name)?.Value;
            var variable = given as VariableNode;
            if (given is null || (variable is not null && !variables.ContainsKey(variable.Name.Value)))
            {
                if (definition.DefaultValue is not null)
                {
                    values[definition.Name] = LiteralCoercion.CoerceDefault(schema, definition);
                }
                else if (definition.Type.IsNonNull)
                {
                    throw new InputMistake(
                        $"Argument \"{definition.Name}\" of required type \"{definition.Type}\" was "
                        + (variable is null ? "not provided." : $"provided the variable \"${variable.Name.Value}\" which was not provided a runtime value."),
                        given?.Start ?? start);
                }

                continue;
            }

            var isNull = given is NullValueNode || (variable is not null && variables[variable.Name.Value] is null);
            if (isNull && definition.Type.IsNonNull)
            {
                throw new InputMistake($"Argument \"{definition.Name}\" of non-null type \"{definition.Type}\" must not be null.", given.Start);
            }

            if (!LiteralCoercion.TryCoerce(schema, given, definition.Type, variables, out var value))
            {
                throw new InputMistake($"Argument \"{definition.Name}\" has invalid value {LiteralText.Print(given)}.", given.Start);
            }

            values[definition.Name] = value;
        }

        return values;
    }
}
