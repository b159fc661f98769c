using GraphGateway.Language;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Coercing-Field-Arguments">Spec §6.4.1, CoerceArgumentValues</see>. The messages are
/// graphql-js's; a mistake is the field's error.
/// </summary>
internal static class CoerceArgumentValues
{
    /// <exception cref="GraphQLException">An argument has no value that fits.</exception>
    public static IReadOnlyDictionary<string, object?> Coerce(BoundSchema schema, FieldGroup group, IReadOnlyDictionary<string, object?> variables)
    {
        if (group.Field.Arguments.IsEmpty)
        {
            return LiteralCoercion.NoVariables;
        }

        var node = group.Nodes[0];
        var values = new Dictionary<string, object?>();
        foreach (var definition in group.Field.Arguments)
        {
            var given = node.Arguments.FirstOrDefault(argument => argument.Name.Value == definition.Name)?.Value;
            var variable = given as VariableNode;
            if (given is null || (variable is not null && !variables.ContainsKey(variable.Name.Value)))
            {
                if (definition.DefaultValue is not null)
                {
                    values[definition.Name] = LiteralCoercion.CoerceDefault(schema, definition);
                }
                else if (definition.Type.IsNonNull)
                {
                    throw new GraphQLException(
                        $"Argument \"{definition.Name}\" of required type \"{definition.Type}\" was "
                        + (variable is null ? "not provided." : $"provided the variable \"${variable.Name.Value}\" which was not provided a runtime value."),
                        ErrorCode.BadUserInput);
                }

                continue;
            }

            var isNull = given is NullValueNode || (variable is not null && variables[variable.Name.Value] is null);
            if (isNull && definition.Type.IsNonNull)
            {
                throw new GraphQLException($"Argument \"{definition.Name}\" of non-null type \"{definition.Type}\" must not be null.", ErrorCode.BadUserInput);
            }

            if (!LiteralCoercion.TryCoerce(schema, given, definition.Type, variables, out var value))
            {
                throw new GraphQLException($"Argument \"{definition.Name}\" has invalid value {LiteralText.Print(given)}.", ErrorCode.BadUserInput);
            }

            values[definition.Name] = value;
        }

        return values;
    }
}
