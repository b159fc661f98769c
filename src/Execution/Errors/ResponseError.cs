using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using GraphGateway.Language;

namespace GraphGateway.Execution;

/// <summary>An error as it is written (Spec §7.1.6).</summary>
internal sealed record ResponseError
{
    /// <summary>The source's own message as JSON; null: <see cref="Message"/> is written.</summary>
    public ReadOnlyMemory<byte>? MessageJson { get; init; }

    public required string Message { get; init; }

    /// <summary>Strings and ints; null when it belongs to no field.</summary>
    public object[]? Path { get; init; }

    public required ErrorCode Code { get; init; }

    public string? Service { get; init; }

    /// <summary>Extensions of a forwarded error; its own code counts.</summary>
    public ReadOnlyMemory<byte> ExtensionsJson { get; init; }

    /// <summary>About how many bytes it is as JSON: more rather than less.</summary>
    public long Size => 256L + (MessageJson?.Length ?? 2 * Message.Length) + ExtensionsJson.Length
        + (Path?.Sum(static segment => segment is string key ? 6L * key.Length : 12L) ?? 0);

    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("message"u8);
        if (MessageJson is { } message)
        {
            writer.WriteRawValue(message.Span, skipInputValidation: true);
        }
        else
        {
            writer.WriteStringValue(Message);
        }

        WritePath(writer);
        writer.WriteStartObject("extensions"u8);
        WriteExtensions(writer);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private void WritePath(Utf8JsonWriter writer)
    {
        if (Path is null)
        {
            return;
        }

        writer.WriteStartArray("path"u8);
        foreach (var segment in Path)
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

    // A key with half of a surrogate pair is no text, and would be none in the answer: it is told as the source has written it.
    private static string NameOf(JsonProperty member)
    {
        try
        {
            return member.Name;
        }
        catch (InvalidOperationException)
        {
            return Encoding.UTF8.GetString(JsonMarshal.GetRawUtf8PropertyName(member));
        }
    }

    private void WriteExtensions(Utf8JsonWriter writer)
    {
        using var own = ExtensionsJson.Length == 0 ? null : JsonDocument.Parse(ExtensionsJson, new JsonDocumentOptions { MaxDepth = 1024 });
        if (own is null || !own.RootElement.EnumerateObject().Any(static member => NameOf(member) == "code"))
        {
            writer.WriteString("code"u8, Code.ToWire());
        }

        if (Service is not null)
        {
            writer.WriteString("service"u8, Service);
        }

        if (own is null)
        {
            return;
        }

        foreach (var member in own.RootElement.EnumerateObject())
        {
            var name = NameOf(member);
            if (Service is null || name != "service")
            {
                writer.WritePropertyName(name);
                writer.WriteRawValue(JsonMarshal.GetRawUtf8Value(member.Value), skipInputValidation: true);
            }
        }
    }
}
