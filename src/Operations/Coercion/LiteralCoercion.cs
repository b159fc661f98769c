using System.Globalization;
using System.Text.Json;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Operations;

/// <summary>
/// Coerces literals, with variables in them, to values of the kinds that <see cref="VariableValues"/> holds: the "Input Coercion" sections
/// of Spec §3.5 to §3.12.
/// </summary>
public static class LiteralCoercion
{
    /// <summary>The value of a literal; false when it is none of the type, which validation excludes but for variables at run time.</summary>
    public static bool TryCoerce(ValueNode literal, GraphQLType type, VariableValues variables, ScalarCoercions scalars, out object? value)
    {
        value = null;
        switch (literal, type)
        {
            case (VariableNode variable, _):
                return variables.TryGetValue(variable.Name.Value, out value) && !(value is null && type.IsNonNull);
            case (_, NonNullType nonNull):
                return literal is not NullValueNode && TryCoerce(literal, nonNull.OfType, variables, scalars, out value);
            case (NullValueNode, _):
                return true;
            case (_, ListType list):
                return TryCoerceList(literal, list, variables, scalars, out value);
            case (_, InputObjectType input):
                return TryCoerceInputObject(literal, input, variables, scalars, out value);
            case (_, EnumType @enum):
                value = literal is EnumValueNode name ? @enum.FindValue(name.Value)?.Name : null;
                return value is not null;
            case (_, ScalarType { IsBuiltIn: true } scalar):
                value = SpecifiedScalar(literal, scalar);
                return value is not null;
            case (_, ScalarType scalar):
                var result = scalars.Read(scalar.Name, LiteralJson.Convert(literal, variables));
                value = result.Value;
                return result.Error is null;
            default:
                throw new ArgumentException($"{type} is not an input type.", nameof(type));
        }
    }

    private static bool TryCoerceList(ValueNode literal, ListType type, VariableValues variables, ScalarCoercions scalars, out object? value)
    {
        value = null;
        var items = new List<object?>();
        foreach (var node in literal is ListValueNode list ? list.Values : [literal])
        {
            object? item = null;
            var isMissing = IsMissing(node, variables);
            if (isMissing ? type.OfType.IsNonNull : !TryCoerce(node, type.OfType, variables, scalars, out item))
            {
                return false;
            }

            items.Add(item);
        }

        value = items;
        return true;
    }

    private static bool TryCoerceInputObject(
        ValueNode literal, InputObjectType type, VariableValues variables, ScalarCoercions scalars, out object? value)
    {
        value = null;
        if (literal is not ObjectValueNode @object)
        {
            return false;
        }

        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var definition in type.Fields)
        {
            var given = @object.Fields.FirstOrDefault(field => field.Name.Value == definition.Name)?.Value;
            var node = given is null || IsMissing(given, variables) ? definition.DefaultValue : given;
            if (node is null)
            {
                if (definition.Type.IsNonNull)
                {
                    return false;
                }
            }
            else if (TryCoerce(node, definition.Type, variables, scalars, out var field))
            {
                fields[definition.Name] = field;
            }
            else
            {
                return false;
            }
        }

        if (type.IsOneOf && (fields.Count != 1 || fields.Values.First() is null))
        {
            return false;
        }

        value = fields;
        return true;
    }

    private static bool IsMissing(ValueNode node, VariableValues variables) =>
        node is VariableNode variable && !variables.TryGetValue(variable.Name.Value, out _);

    // Spec §3.5.1 to §3.5.5; null when the literal is not of the scalar.
    private static object? SpecifiedScalar(ValueNode literal, ScalarType type) => (type.Name, literal) switch
    {
        ("Int", IntValueNode node) when int.TryParse(node.Value, CultureInfo.InvariantCulture, out var number) => number,
        ("Float", IntValueNode node) => ParseDouble(node.Value),
        ("Float", FloatValueNode node) => ParseDouble(node.Value),
        ("String", StringValueNode node) => node.Value,
        ("Boolean", BooleanValueNode node) => node.Value,
        ("ID", StringValueNode node) => node.Value,
        ("ID", IntValueNode node) => node.Value,
        _ => null,
    };

    private static object? ParseDouble(string digits) =>
        double.TryParse(digits, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}

/// <summary>Literals as JSON, for custom scalars: an enum value becomes a string, a variable the JSON that the client gave.</summary>
internal static class LiteralJson
{
    internal static JsonElement Convert(ValueNode literal, VariableValues variables)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            Write(writer, literal, variables);
        }

        return JsonDocument.Parse(stream.GetBuffer().AsMemory(0, (int)stream.Length)).RootElement.Clone();
    }

    private static void Write(Utf8JsonWriter writer, ValueNode literal, VariableValues variables)
    {
        switch (literal)
        {
            case IntValueNode node:
                writer.WriteRawValue(node.Value);
                break;
            case FloatValueNode node:
                writer.WriteRawValue(node.Value);
                break;
            case StringValueNode node:
                writer.WriteStringValue(node.Value);
                break;
            case EnumValueNode node:
                writer.WriteStringValue(node.Value);
                break;
            case BooleanValueNode node:
                writer.WriteBooleanValue(node.Value);
                break;
            case VariableNode node when variables.TryGetProvided(node.Name.Value, out var json):
                json.WriteTo(writer);
                break;
            case VariableNode node when variables.TryGetValue(node.Name.Value, out var value):
                JsonSerializer.Serialize(writer, value);
                break;
            case ListValueNode node:
                writer.WriteStartArray();
                foreach (var item in node.Values)
                {
                    Write(writer, item, variables);
                }

                writer.WriteEndArray();
                break;
            case ObjectValueNode node:
                writer.WriteStartObject();
                foreach (var field in node.Fields)
                {
                    writer.WritePropertyName(field.Name.Value);
                    Write(writer, field.Value, variables);
                }

                writer.WriteEndObject();
                break;
            default:
                writer.WriteNullValue();
                break;
        }
    }
}
