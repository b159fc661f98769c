using System.Text.Json;
using GraphGateway.Language;

namespace GraphGateway.Subgraphs.Server;

/// <summary>An object of the response: response keys in the order in which they were asked for.</summary>
internal sealed class ResultObject(IReadOnlyList<FieldGroup> fields, object?[] values)
{
    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        for (var i = 0; i < values.Length; i++)
        {
            writer.WritePropertyName(fields[i].ResponseKey);
            ResultValues.Write(writer, values[i]);
        }

        writer.WriteEndObject();
    }
}

/// <summary>
/// Stands where a value should be and an error is: it goes up to the nearest place that may be null
/// (<see href="https://spec.graphql.org/September2025/#sec-Handling-Execution-Errors">Spec §6.4.4</see>), and only there becomes an entry in
/// <c>errors</c>.
/// </summary>
internal sealed record FailedValue(GraphQLError Error);

/// <summary>Writes result values: objects, lists, and what scalars serialize to.</summary>
internal static class ResultValues
{
    /// <summary>Nesting inside one scalar's value.</summary>
    private const int MaxDepth = 64;

    public static void Write(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case ResultObject result:
                result.Write(writer);
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case decimal number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case IReadOnlyDictionary<string, object?> members:
                WriteMembers(writer, members);
                break;
            case System.Collections.IEnumerable items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            default:
                JsonSerializer.Serialize(writer, value);
                break;
        }
    }

    /// <summary>
    /// Whether JSON has such a value: a number that is finite, a list or dictionary of such values. Asked where the value's own place can
    /// still have an error; when it is written it is too late.
    /// </summary>
    public static bool CanBeWritten(object? value, int depth = 0) => value switch
    {
        null or string or bool or int or long or decimal or JsonElement => true,
        double number => double.IsFinite(number),
        float number => float.IsFinite(number),
        _ when depth > MaxDepth => false,
        IReadOnlyDictionary<string, object?> members => members.Values.All(member => CanBeWritten(member, depth + 1)),
        System.Collections.IEnumerable items => items.Cast<object?>().All(item => CanBeWritten(item, depth + 1)),
        IFormattable and (short or ushort or byte or sbyte or uint or ulong or Guid or DateTime or DateTimeOffset or DateOnly or TimeOnly) => true,
        _ => false,
    };

    private static void WriteMembers(Utf8JsonWriter writer, IReadOnlyDictionary<string, object?> members)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in members)
        {
            writer.WritePropertyName(name);
            Write(writer, value);
        }

        writer.WriteEndObject();
    }
}
