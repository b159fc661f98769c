using System.Buffers;
using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphGateway.Language;

namespace GraphGateway.Http;

/// <summary>
/// Writes errors in the response format
/// (<see href="https://spec.graphql.org/September2025/#sec-Errors">Spec §7.1.6</see>): message, locations, path, and extensions with the code first.
/// </summary>
public static class ErrorWriter
{
    /// <summary>How every writer of responses is set up: compact, and no escapes that JSON does not ask for.</summary>
    public static JsonWriterOptions JsonOptions { get; } =
        new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    /// <summary>A JSON array of errors.</summary>
    public static void WriteErrors(Utf8JsonWriter writer, IReadOnlyList<GraphQLError> errors)
    {
        writer.WriteStartArray();
        for (var i = 0; i < errors.Count; i++)
        {
            WriteError(writer, errors[i]);
        }

        writer.WriteEndArray();
    }

    /// <summary>A JSON array of errors, straight into a buffer.</summary>
    public static void WriteErrors(IBufferWriter<byte> output, IReadOnlyList<GraphQLError> errors)
    {
        using var writer = new Utf8JsonWriter(output, JsonOptions);
        WriteErrors(writer, errors);
    }

    /// <summary>One error, a JSON object.</summary>
    public static void WriteError(Utf8JsonWriter writer, GraphQLError error)
    {
        writer.WriteStartObject();
        writer.WriteString("message"u8, error.Message);
        WriteLocations(writer, error.Locations);
        WritePath(writer, error.Path);
        WriteExtensions(writer, error);
        writer.WriteEndObject();
    }

    private static void WriteLocations(Utf8JsonWriter writer, ImmutableArray<SourceLocation> locations)
    {
        if (locations.IsDefaultOrEmpty)
        {
            return;
        }

        writer.WriteStartArray("locations"u8);
        foreach (var location in locations)
        {
            writer.WriteStartObject();
            writer.WriteNumber("line"u8, location.Line);
            writer.WriteNumber("column"u8, location.Column);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WritePath(Utf8JsonWriter writer, ImmutableArray<object> path)
    {
        if (path.IsDefault)
        {
            return;
        }

        writer.WriteStartArray("path"u8);
        foreach (var segment in path)
        {
            if (segment is int index)
            {
                writer.WriteNumberValue(index);
            }
            else
            {
                writer.WriteStringValue((string)segment);
            }
        }

        writer.WriteEndArray();
    }

    private static void WriteExtensions(Utf8JsonWriter writer, GraphQLError error)
    {
        if (error.Code is null && error.Extensions.IsDefaultOrEmpty)
        {
            return;
        }

        writer.WriteStartObject("extensions"u8);
        if (error.Code is { } code)
        {
            writer.WriteString("code"u8, code.ToWire());
        }

        foreach (var (name, value) in error.Extensions)
        {
            writer.WritePropertyName(name);
            WriteExtension(writer, value);
        }

        writer.WriteEndObject();
    }

    private static void WriteExtension(Utf8JsonWriter writer, object? value)
    {
        switch (value)
        {
            case null:
                writer.WriteNullValue();
                break;
            case string text:
                writer.WriteStringValue(text);
                break;
            case bool flag:
                writer.WriteBooleanValue(flag);
                break;
            case int number:
                writer.WriteNumberValue(number);
                break;
            case long number:
                writer.WriteNumberValue(number);
                break;
            case double number:
                writer.WriteNumberValue(number);
                break;
            case JsonElement element:
                element.WriteTo(writer);
                break;
            case ReadOnlyMemory<byte> rawJson:
                writer.WriteRawValue(rawJson.Span, skipInputValidation: true);
                break;
            default:
                writer.WriteStringValue(value.ToString());
                break;
        }
    }
}

/// <summary>A response that has errors and no data.</summary>
internal sealed class ErrorBody(ImmutableArray<GraphQLError> errors, ReadOnlyMemory<byte> extensions = default) : IGraphQLResponseBody
{
    public void WriteTo(IBufferWriter<byte> output, ResultPosition position)
    {
        output.Write("{"u8);
        position.WriteMembers(output);
        output.Write("\"errors\":"u8);
        ErrorWriter.WriteErrors(output, errors);
        if (!extensions.IsEmpty)
        {
            output.Write(",\"extensions\":"u8);
            output.Write(extensions.Span);
        }

        output.Write("}"u8);
    }

    public void Dispose()
    {
        // holds no pooled memory
    }
}
