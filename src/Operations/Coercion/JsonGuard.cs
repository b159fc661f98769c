using System.Runtime.InteropServices;
using System.Text.Json;

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
                return IsUnicode(JsonMarshal.GetRawUtf8Value(json), json.GetString) ? null : NotUnicode;
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
                    if (!IsUnicode(JsonMarshal.GetRawUtf8PropertyName(property), () => property.Name))
                    {
                        return NotUnicode;
                    }

                    if (FindProblem(property.Value, depthLeft - 1) is { } problem)
                    {
                        return problem;
                    }
                }

                return null;
            default:
                return null;
        }
    }

    private const string NotUnicode = "contain an unpaired surrogate, which is not Unicode text.";

    // Only an escape can hold half a character: the bytes themselves are UTF-8. The decoder is asked for those few texts alone.
    private static bool IsUnicode(ReadOnlySpan<byte> raw, Func<string?> decode)
    {
        if (raw.IndexOf("\\ud"u8) < 0 && raw.IndexOf("\\uD"u8) < 0)
        {
            return true;
        }

        try
        {
            return decode() is not null;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
