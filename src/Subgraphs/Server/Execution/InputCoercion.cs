using System.Text;
using System.Text.Json;
using GraphGateway.TypeSystem;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// Turns values that came as JSON into coerced values: scalars by their bindings, enum values as names, lists, input objects as dictionaries
/// (<see href="https://spec.graphql.org/September2025/#sec-Input-Objects.Input-Coercion">Spec §3.5 - §3.12, Input Coercion</see>). Every
/// mistake is reported, each with its place in the value, until <c>isFull</c>; the messages are graphql-js's.
/// </summary>
internal sealed class InputCoercion(BoundSchema schema, Func<bool> isFull, Action<string, string, string> report)
{
    /// <summary>The coerced value; meaningless when something was reported.</summary>
    /// <param name="value">What was sent.</param>
    /// <param name="type">What is asked.</param>
    /// <param name="path">Where, such as <c>.lines[2].quantity</c>; empty at the top.</param>
    public object? Coerce(JsonElement value, GraphQLType type, string path)
    {
        if (isFull())
        {
            return null;
        }

        if (type is NonNullType nonNull)
        {
            if (value.ValueKind != JsonValueKind.Null)
            {
                return Coerce(value, nonNull.OfType, path);
            }

            report(path, "null", $"Expected non-nullable type \"{type}\" not to be null.");
            return null;
        }

        if (value.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return type switch
        {
            ListType list => CoerceList(value, list, path),
            InputObjectType input => CoerceObject(value, input, path),
            EnumType @enum => CoerceEnum(value, @enum, path),
            ScalarType scalar => CoerceScalar(value, scalar, path),
            _ => throw new InvalidOperationException($"{type} is no input type."),
        };
    }

    private List<object?> CoerceList(JsonElement value, ListType list, string path)
    {
        if (value.ValueKind != JsonValueKind.Array)
        {
            // Spec §3.11: a single value is a list of one.
            return [Coerce(value, list.OfType, path)];
        }

        var items = new List<object?>(value.GetArrayLength());
        foreach (var item in value.EnumerateArray())
        {
            items.Add(Coerce(item, list.OfType, $"{path}[{items.Count}]"));
        }

        return items;
    }

    private Dictionary<string, object?> CoerceObject(JsonElement value, InputObjectType type, string path)
    {
        var coerced = new Dictionary<string, object?>();
        if (value.ValueKind != JsonValueKind.Object)
        {
            report(path, Inspect(value), $"Expected type \"{type}\" to be an object.");
            return coerced;
        }

        foreach (var field in type.Fields)
        {
            if (value.TryGetProperty(field.Name, out var member))
            {
                coerced[field.Name] = Coerce(member, field.Type, $"{path}.{field.Name}");
            }
            else if (field.DefaultValue is not null)
            {
                coerced[field.Name] = LiteralCoercion.CoerceDefault(schema, field);
            }
            else if (field.Type.IsNonNull)
            {
                report(path, Inspect(value), $"Field \"{field.Name}\" of required type \"{field.Type}\" was not provided.");
            }
        }

        foreach (var member in value.EnumerateObject())
        {
            if (type.FindField(member.Name) is null)
            {
                var hint = Suggestions.DidYouMean(member.Name, type.Fields.Select(field => field.Name));
                report(path, Inspect(value), $"Field \"{member.Name}\" is not defined by type \"{type}\".{hint}");
            }
        }

        if (type.IsOneOf)
        {
            CheckOneOf(coerced, value, path);
        }

        return coerced;

        void CheckOneOf(Dictionary<string, object?> members, JsonElement given, string place)
        {
            if (members.Count != 1)
            {
                report(place, Inspect(given), $"Exactly one key must be specified for OneOf type \"{type}\".");
            }

            if (members.Keys.FirstOrDefault() is { } first && given.GetProperty(first).ValueKind == JsonValueKind.Null)
            {
                report($"{place}.{first}", "null", $"Field \"{first}\" must be non-null.");
            }
        }
    }

    private string? CoerceEnum(JsonElement value, EnumType type, string path)
    {
        if (value.ValueKind != JsonValueKind.String)
        {
            report(path, Inspect(value), $"Enum \"{type}\" cannot represent non-string value: {Inspect(value)}.");
            return null;
        }

        var name = value.GetString()!;
        if (type.FindValue(name) is null)
        {
            var hint = Suggestions.DidYouMean("the enum value", name, type.Values.Select(known => known.Name));
            report(path, Inspect(value), $"Value \"{name}\" does not exist in \"{type}\" enum.{hint}");
        }

        return name;
    }

    private object? CoerceScalar(JsonElement value, ScalarType type, string path)
    {
        var result = schema.Scalar(type).Parse(new ScalarInput(value));
        if (result.Error is { } error)
        {
            report(path, Inspect(value), error);
        }

        return result.Value;
    }

    /// <summary>A JSON value as graphql-js shows it in messages: names of members without quotes, deep and long parts cut.</summary>
    public static string Inspect(JsonElement value)
    {
        var text = new StringBuilder();
        Inspect(value, text, depth: 0);
        return text.ToString();
    }

    private static void Inspect(JsonElement value, StringBuilder text, int depth)
    {
        const int maxDepth = 2;
        const int maxItems = 10;
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                var members = value.EnumerateObject().ToList();
                if (members.Count == 0 || depth >= maxDepth)
                {
                    text.Append(members.Count == 0 ? "{}" : "[Object]");
                    break;
                }

                text.Append("{ ");
                for (var i = 0; i < members.Count; i++)
                {
                    text.Append(i == 0 ? "" : ", ").Append(members[i].Name).Append(": ");
                    Inspect(members[i].Value, text, depth + 1);
                }

                text.Append(" }");
                break;
            case JsonValueKind.Array:
                var count = value.GetArrayLength();
                if (count == 0 || depth >= maxDepth)
                {
                    text.Append(count == 0 ? "[]" : "[Array]");
                    break;
                }

                text.Append('[');
                for (var i = 0; i < Math.Min(count, maxItems); i++)
                {
                    text.Append(i == 0 ? "" : ", ");
                    Inspect(value[i], text, depth + 1);
                }

                text.Append(count > maxItems ? $", ... {count - maxItems} more item{(count - maxItems > 1 ? "s" : "")}]" : "]");
                break;
            default:
                text.Append(value.ValueKind == JsonValueKind.String ? ShownValue.Of(value.GetString()!) : value.GetRawText());
                break;
        }
    }
}
