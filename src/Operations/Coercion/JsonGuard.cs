using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace GraphGateway.Operations;

/// <summary>Refuses JSON that later steps could not handle: nested too deeply, or with text that is not Unicode.</summary>
internal static class JsonGuard
{
    /// <summary>What is wrong, as the end of a sentence; null when nothing is.</summary>
    internal static string? FindProblem(JsonElement json, int depthLeft)
    {
        switch (json.ValueKind)
        {
            case JsonValueKind.String:
                return FindProblem(JsonMarshal.GetRawUtf8Value(json), json.GetString);
            case JsonValueKind.Array or JsonValueKind.Object when depthLeft == 0:
                return "are nested too deeply.";
            case JsonValueKind.Array:
                foreach (var item in json.EnumerateArray())
                {
                    if (FindProblem(item, depthLeft - 1) is { } problem)
                    {
                        return problem;
                    }
                }

                return null;
            case JsonValueKind.Object:
                foreach (var property in json.EnumerateObject())
                {
                    var problem = FindProblem(JsonMarshal.GetRawUtf8PropertyName(property), () => property.Name)
                        ?? FindProblem(property.Value, depthLeft - 1);
                    if (problem is not null)
                    {
                        return problem;
                    }
                }

                return null;
            default:
                return null;
        }
    }

    // JsonDocument looks at neither when it parses, and throws when the text is read. Only an escape can hold half a character; the decoder
    // is asked for those few texts alone.
    private static string? FindProblem(ReadOnlySpan<byte> raw, Func<string?> decode)
    {
        if (!Utf8.IsValid(raw))
        {
            return "contain bytes that are not UTF-8.";
        }

        if (raw.IndexOf("\\ud"u8) < 0 && raw.IndexOf("\\uD"u8) < 0)
        {
            return null;
        }

        try
        {
            return decode() is null ? NotUnicode : null;
        }
        catch (InvalidOperationException)
        {
            return NotUnicode;
        }
    }

    private const string NotUnicode = "contain an unpaired surrogate, which is not Unicode text.";
}
