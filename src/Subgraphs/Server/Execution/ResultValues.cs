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
