using System.Text.Json;

namespace GraphGateway.Execution;

/// <summary>Names that a source has written with escapes. No name needs one; who writes one anyway is read by the book.</summary>
internal static class JsonNames
{
    // No document, and so no name in it, is longer: what is may stay as it is, for it is nobody's.
    private const int LongestName = 1_000_000;

    /// <summary>The name without its escapes; as it is where it is none.</summary>
    /// <param name="text">What stands between the quotes.</param>
    public static ReadOnlySpan<byte> Unescape(ReadOnlySpan<byte> text) => TryUnescape(text, out var name) ? name : text;

    /// <summary>False for half of a surrogate pair, and for what is too long for a name.</summary>
    public static bool TryUnescape(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> name)
    {
        name = default;
        if (text.Length > LongestName)
        {
            return false;
        }

        var quoted = new byte[text.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        text.CopyTo(quoted.AsSpan(1));
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        var decoded = new byte[text.Length];
        try
        {
            name = decoded.AsSpan(0, reader.CopyString(decoded));
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }
}
