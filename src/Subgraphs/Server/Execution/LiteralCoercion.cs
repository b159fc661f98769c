using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// Turns literals of the document, with their variables, into coerced values
/// (<see href="https://spec.graphql.org/September2025/#sec-Input-Objects.Input-Coercion">Spec §3.5 - §3.12, Input Coercion</see>). Validation
/// has seen the literals; what can still be wrong is a custom scalar's content or a variable's null.
/// </summary>
internal static class LiteralCoercion
{
    /// <summary>False when the literal is not a value of the type, also when it is a variable without a value.</summary>
    public static bool TryCoerce(
        BoundSchema schema,
        ValueNode literal,
        GraphQLType type,
        IReadOnlyDictionary<string, object?> variables,
        out object? value)
    {
        value = null;
        if (literal is VariableNode variable)
        {
            // The variable's value was coerced to the variable's type, which validation has found to fit here.
            return variables.TryGetValue(variable.Name.Value, out value) && !(value is null && type.IsNonNull);
        }

        if (type is NonNullType nonNull)
        {
            return literal is not NullValueNode && TryCoerce(schema, literal, nonNull.OfType, variables, out value);
        }

        if (literal is NullValueNode)
        {
            return true;
        }

        return type switch
        {
            ListType list => TryCoerceList(schema, literal, list, variables, out value),
            InputObjectType input => TryCoerceObject(schema, literal, input, variables, out value),
            EnumType @enum => TryCoerceEnum(literal, @enum, out value),
            ScalarType scalar => TryCoerceScalar(schema, literal, scalar, variables, out value),
            _ => false,
        };
    }

    /// <summary>The coerced default of an argument or input field. A default that is not of its type is found when the schema is bound.</summary>
    public static object? CoerceDefault(BoundSchema schema, InputValueDefinition definition) =>
        TryCoerce(schema, definition.DefaultValue!, definition.Type, NoVariables, out var value)
            ? value
            : throw new InvalidOperationException($"The default of \"{definition.Name}\" is not a value of {definition.Type}.");

    public static IReadOnlyDictionary<string, object?> NoVariables { get; } = new Dictionary<string, object?>();

    private static bool TryCoerceList(
        BoundSchema schema,
        ValueNode literal,
        ListType list,
        IReadOnlyDictionary<string, object?> variables,
        out object? value)
    {
        var items = new List<object?>();
        value = items;
        foreach (var node in literal is ListValueNode listNode ? listNode.Values : [literal])
        {
            if (IsMissing(node, variables))
            {
                // A variable without a value is null inside a list.
                if (list.OfType.IsNonNull)
                {
                    return false;
                }

                items.Add(null);
            }
            else if (TryCoerce(schema, node, list.OfType, variables, out var item))
            {
                items.Add(item);
            }
            else
            {
                return false;
            }
        }

        return true;
    }

    private static bool TryCoerceObject(
        BoundSchema schema,
        ValueNode literal,
        InputObjectType type,
        IReadOnlyDictionary<string, object?> variables,
        out object? value)
    {
        var coerced = new Dictionary<string, object?>();
        value = coerced;
        if (literal is not ObjectValueNode node)
        {
            return false;
        }

        foreach (var field in type.Fields)
        {
            var given = node.Fields.FirstOrDefault(member => member.Name.Value == field.Name)?.Value;
            if (given is null || IsMissing(given, variables))
            {
                if (field.DefaultValue is not null)
                {
                    coerced[field.Name] = CoerceDefault(schema, field);
                }
                else if (field.Type.IsNonNull)
                {
                    return false;
                }
            }
            else if (TryCoerce(schema, given, field.Type, variables, out var member))
            {
                coerced[field.Name] = member;
            }
            else
            {
                return false;
            }
        }

        return !type.IsOneOf || (coerced.Count == 1 && coerced.Values.First() is not null);
    }

    private static bool TryCoerceEnum(ValueNode literal, EnumType type, out object? value)
    {
        value = (literal as EnumValueNode)?.Value;
        return value is string name && type.FindValue(name) is not null;
    }

    private static bool TryCoerceScalar(
        BoundSchema schema,
        ValueNode literal,
        ScalarType type,
        IReadOnlyDictionary<string, object?> variables,
        out object? value)
    {
        var result = schema.Scalar(type).Parse(new ScalarInput(literal, variables));
        value = result.Value;
        return result.Error is null;
    }

    private static bool IsMissing(ValueNode node, IReadOnlyDictionary<string, object?> variables) =>
        node is VariableNode variable && !variables.ContainsKey(variable.Name.Value);
}
