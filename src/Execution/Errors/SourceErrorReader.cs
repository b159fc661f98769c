using System.Text;
using System.Text.Json;

namespace GraphGateway.Execution;

/// <summary>Reads an entry of a source's <c>errors</c> (Spec §7.1.6). What does not look like an error is one all the same.</summary>
internal static class SourceErrorReader
{
    private static readonly byte[] NoMessage = "\"Unexpected error from a source.\""u8.ToArray();

    public static SourceError Read(JsonElement error)
    {
        if (error.ValueKind != JsonValueKind.Object)
        {
            return new SourceError(NoMessage, [], null);
        }

        var message = error.TryGetProperty("message"u8, out var text) && text.ValueKind == JsonValueKind.String ? Bytes(text) : NoMessage;
        var extensions = error.TryGetProperty("extensions"u8, out var map) && map.ValueKind == JsonValueKind.Object ? Bytes(map) : [];
        return new SourceError(message, extensions, error.TryGetProperty("path"u8, out var path) ? ReadPath(path) : null);
    }

    private static byte[] Bytes(JsonElement element) => Encoding.UTF8.GetBytes(element.GetRawText());

    private static object[]? ReadPath(JsonElement path)
    {
        if (path.ValueKind != JsonValueKind.Array || path.GetArrayLength() == 0)
        {
            return null;
        }

        var segments = new object[path.GetArrayLength()];
        for (var i = 0; i < segments.Length; i++)
        {
            var segment = path[i];
            if (segment.ValueKind == JsonValueKind.Number && segment.TryGetInt32(out var index))
            {
                segments[i] = index;
            }
            else if (segment.ValueKind == JsonValueKind.String && TryGetString(segment) is { } key)
            {
                segments[i] = key;
            }
            else
            {
                return null;
            }
        }

        return segments;
    }

    private static string? TryGetString(JsonElement element)
    {
        try
        {
            return element.GetString();
        }
        catch (InvalidOperationException)
        {
            // Half of a surrogate pair: the key of no field.
            return null;
        }
    }
}
