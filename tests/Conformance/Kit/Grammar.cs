using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphGateway.Language;
using Xunit;

namespace GraphGateway.Conformance;

/// <summary>The helpers of the section on the language: a text parses, or it does not.</summary>
internal static class Grammar
{
    private static readonly JsonWriterOptions Json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The text is a document; the printer, which the spec leaves free, shows what was read.</summary>
    public static void Reads(string text, string printed)
    {
        var result = Parser.ParseDocument(new SourceText(text));

        Assert.Equal("", Show(result.Error));
        Assert.Equal(printed, Printer.Print(result.Value!));
    }

    /// <summary>Both texts are the same document to the grammar.</summary>
    public static void ReadsAlike(string text, string other)
    {
        var result = Parser.ParseDocument(new SourceText(other));
        Assert.Equal("", Show(result.Error));
        Reads(text, Printer.Print(result.Value!));
    }

    /// <summary>The text is no document: <c>line:column message</c>.</summary>
    public static void Refuses(string text, string error) =>
        Assert.Equal(error, Show(Parser.ParseDocument(new SourceText(text)).Error));

    /// <summary>Bytes that are no document.</summary>
    public static void Refuses(byte[] text, string error) =>
        Assert.Equal(error, Show(Parser.ParseDocument(new SourceText(text)).Error));

    /// <summary>The text is a value; <paramref name="json"/> is what it evaluates to, variables as <c>$name</c>.</summary>
    public static void Evaluates(string text, string json)
    {
        var result = Parser.ParseValue(new SourceText(text));
        Assert.Equal("", Show(result.Error));
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream, Json))
        {
            Write(writer, result.Value!);
        }

        Assert.Equal(json, Encoding.UTF8.GetString(stream.ToArray()));
    }

    /// <summary>The text is no value.</summary>
    public static void RefusesValue(string text, string error) =>
        Assert.Equal(error, Show(Parser.ParseValue(new SourceText(text)).Error));

    /// <summary>The text is no value where variables are not allowed.</summary>
    public static void RefusesConst(string text, string error) =>
        Assert.Equal(error, Show(Parser.ParseConstValue(new SourceText(text)).Error));

    private static string Show(GraphQLError? error) =>
        error is null ? "" : string.Concat(error.Locations.Select(place => $"{place.Line}:{place.Column} ")) + error.Message;

    private static void Write(Utf8JsonWriter writer, ValueNode value)
    {
        switch (value)
        {
            case IntValueNode number:
                writer.WriteRawValue(number.Value);
                break;
            case FloatValueNode number:
                writer.WriteRawValue(number.Value);
                break;
            case StringValueNode text:
                writer.WriteStringValue(text.Value);
                break;
            case BooleanValueNode boolean:
                writer.WriteBooleanValue(boolean.Value);
                break;
            case NullValueNode:
                writer.WriteNullValue();
                break;
            case EnumValueNode name:
                writer.WriteStringValue(name.Value);
                break;
            case VariableNode variable:
                writer.WriteStringValue($"${variable.Name.Value}");
                break;
            case ListValueNode list:
                writer.WriteStartArray();
                foreach (var item in list.Values)
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case ObjectValueNode members:
                writer.WriteStartObject();
                foreach (var field in members.Fields)
                {
                    writer.WritePropertyName(field.Name.Value);
                    Write(writer, field.Value);
                }

                writer.WriteEndObject();
                break;
        }
    }
}
