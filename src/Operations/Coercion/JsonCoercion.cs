using System.Globalization;
using System.Text.Json;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Operations;

/// <summary>
/// Coerces the JSON of one variable: the "Input Coercion" sections of Spec §3.5 to §3.12. Every problem is reported with its path, and
/// coercion goes on.
/// </summary>
internal sealed class JsonCoercion(VariableDefinitionNode variable, CoercionErrors errors, ScalarCoercions scalars)
{
    private readonly List<object> path = [];

    /// <summary>The value; its content is of no use once an error was reported.</summary>
    internal object? Coerce(JsonElement json, GraphQLType type)
    {
        if (errors.IsFull)
        {
            return null;
        }

        if (type is NonNullType nonNull)
        {
            if (json.ValueKind != JsonValueKind.Null)
            {
                return Coerce(json, nonNull.OfType);
            }

            return Report(json, $"Expected non-nullable type \"{type}\" not to be null.");
        }

        if (json.ValueKind == JsonValueKind.Null)
        {
            return null;
        }

        return type switch
        {
            ListType list => CoerceList(json, list),
            InputObjectType input => CoerceInputObject(json, input),
            EnumType @enum => CoerceEnum(json, @enum),
            ScalarType scalar => CoerceScalar(json, scalar),
            _ => throw new ArgumentException($"{type} is not an input type.", nameof(type)),
        };
    }

    // Spec §3.11: what is not a list is a list of one.
    private List<object?> CoerceList(JsonElement json, ListType type)
    {
        if (json.ValueKind != JsonValueKind.Array)
        {
            return [Coerce(json, type.OfType)];
        }

        var items = new List<object?>(json.GetArrayLength());
        foreach (var item in json.EnumerateArray())
        {
            path.Add(items.Count);
            items.Add(Coerce(item, type.OfType));
            path.RemoveAt(path.Count - 1);
        }

        return items;
    }

    // Spec §3.10
    private object? CoerceInputObject(JsonElement json, InputObjectType type)
    {
        if (json.ValueKind != JsonValueKind.Object)
        {
            return Report(json, $"Expected type \"{type}\" to be an object.");
        }

        var fields = new Dictionary<string, object?>(StringComparer.Ordinal);
        var count = 0;
        foreach (var field in type.Fields)
        {
            if (json.TryGetProperty(field.Name, out var given))
            {
                count++;
                path.Add(field.Name);
                fields[field.Name] = Coerce(given, field.Type);
                path.RemoveAt(path.Count - 1);
            }
            else if (field.DefaultValue is { } defaultValue)
            {
                if (LiteralCoercion.TryCoerce(defaultValue, field.Type, VariableValues.Empty, scalars, out var value))
                {
                    fields[field.Name] = value;
                }
            }
            else if (field.Type.IsNonNull)
            {
                Report(json, $"Field \"{field.Name}\" of required type \"{field.Type}\" was not provided.");
            }
        }

        foreach (var property in json.EnumerateObject())
        {
            if (type.FindField(property.Name) is null)
            {
                count++;
                var hint = errors.DidYouMean("", property.Name, type.Fields.Select(static field => field.Name));
                Report(json, $"Field \"{property.Name}\" is not defined by type \"{type}\".{hint}");
            }
        }

        if (type.IsOneOf)
        {
            CheckOneOf(json, type, fields);
        }

        if (count < json.GetPropertyCount())
        {
            ReportTwice(json, type);
        }

        return fields;
    }

    // RFC 8259, section 4: of two that have one name, one reader takes the first and another the last. What was looked at here, its cost too, must be
    // what a source takes.
    private void ReportTwice(JsonElement json, InputObjectType type)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var twice = json.EnumerateObject().First(property => !seen.Add(property.Name));
        Report(json, $"Field \"{twice.Name}\" of type \"{type}\" is given more than once.");
    }

    // Spec §3.10.1
    private void CheckOneOf(JsonElement json, InputObjectType type, Dictionary<string, object?> fields)
    {
        if (fields.Count != 1)
        {
            Report(json, $"Exactly one key must be specified for OneOf type \"{type}\".");
        }

        var first = fields.Keys.FirstOrDefault();
        if (first is not null && json.TryGetProperty(first, out var value) && value.ValueKind == JsonValueKind.Null)
        {
            path.Add(first);
            Report(value, $"Field \"{first}\" must be non-null.");
            path.RemoveAt(path.Count - 1);
        }
    }

    // Spec §3.9
    private object? CoerceEnum(JsonElement json, EnumType type)
    {
        var names = type.Values.Select(static value => value.Name);
        if (json.ValueKind != JsonValueKind.String)
        {
            var shown = JsonInspection.Inspect(json);
            var hint = errors.DidYouMean("the enum value", shown, names);
            return Report(json, $"Enum \"{type}\" cannot represent non-string value: {shown}.{hint}");
        }

        var name = json.GetString()!;
        return type.FindValue(name) is { } value
            ? value.Name
            : Report(json, $"Value \"{name}\" does not exist in \"{type}\" enum.{errors.DidYouMean("the enum value", name, names)}");
    }

    private object? CoerceScalar(JsonElement json, ScalarType type)
    {
        var result = type.IsBuiltIn ? SpecifiedScalar(json, type) : scalars.Read(type.Name, json);
        return result.Error is { } error ? Report(json, error) : result.Value;
    }

    // Spec §3.5.1 to §3.5.5
    private static ScalarValue SpecifiedScalar(JsonElement json, ScalarType type) => type.Name switch
    {
        "Int" => Int(json),
        "Float" => json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var number) && double.IsFinite(number)
            ? ScalarValue.Of(number)
            : ScalarValue.Invalid($"Float cannot represent non numeric value: {JsonInspection.Inspect(json)}"),
        "String" => json.ValueKind == JsonValueKind.String
            ? ScalarValue.Of(json.GetString())
            : ScalarValue.Invalid($"String cannot represent a non string value: {JsonInspection.Inspect(json)}"),
        "Boolean" => json.ValueKind is JsonValueKind.True or JsonValueKind.False
            ? ScalarValue.Of(json.GetBoolean())
            : ScalarValue.Invalid($"Boolean cannot represent a non boolean value: {JsonInspection.Inspect(json)}"),
        _ => Id(json),
    };

    // A number without a fraction is an integer however it is written: 1.0 and 1e2 are.
    private static ScalarValue Int(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Number || !json.TryGetDouble(out var number) || !double.IsInteger(number))
        {
            return ScalarValue.Invalid($"Int cannot represent non-integer value: {JsonInspection.Inspect(json)}");
        }

        return number is < int.MinValue or > int.MaxValue
            ? ScalarValue.Invalid($"Int cannot represent non 32-bit signed integer value: {JavaScriptNumber.Format(number)}")
            : ScalarValue.Of((int)number);
    }

    private static ScalarValue Id(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return ScalarValue.Of(json.GetString());
        }

        // Digits are kept as they came: an ID may be longer than a double is exact.
        if (json.ValueKind == JsonValueKind.Number && json.TryGetDouble(out var number) && double.IsInteger(number))
        {
            var raw = json.GetRawText();
            return ScalarValue.Of(raw.AsSpan().ContainsAny('.', 'e', 'E') ? number.ToString("F0", CultureInfo.InvariantCulture) : raw);
        }

        return ScalarValue.Invalid($"ID cannot represent value: {JsonInspection.Inspect(json)}");
    }

    private object? Report(JsonElement json, string message)
    {
        var name = variable.Variable.Name;
        var at = path.Count == 0
            ? ""
            : $" at \"{name}{string.Concat(path.Select(static key => key is int index ? $"[{index}]" : $".{key}"))}\"";
        errors.Report($"Variable \"${name}\" got invalid value {JsonInspection.Inspect(json)}{at}; {message}", variable.Start);
        return null;
    }
}
