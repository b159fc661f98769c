using System.Runtime.InteropServices;
using System.Text.Json;
using System.Text.Unicode;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// Whether all names and strings of a JSON value are text. JSON's grammar lets through what is none: bytes that are not UTF-8, and an escape
/// of half a surrogate pair (<see href="https://www.rfc-editor.org/rfc/rfc8259#section-8.2">RFC 8259 §8.2</see>). Reading such a string throws.
/// </summary>
internal static class WellFormedText
{
    /// <summary>True when every name and string can be read.</summary>
    public static bool Is(JsonElement value)
    {
        var json = JsonMarshal.GetRawUtf8Value(value);
        return Utf8.IsValid(json) && HasWholeSurrogatePairs(json);
    }

    private static bool HasWholeSurrogatePairs(ReadOnlySpan<byte> json)
    {
        // Valid JSON has backslashes in strings alone, each at the start of an escape.
        var position = 0;
        while (json[position..].IndexOf((byte)'\\') is >= 0 and var skip)
        {
            position += skip;
            var unit = Escaped(json[position..]);
            if (char.IsLowSurrogate(unit) || (char.IsHighSurrogate(unit) && !char.IsLowSurrogate(Escaped(json[(position + 6)..]))))
            {
                return false;
            }

            position += char.IsHighSurrogate(unit) ? 12 : 2;
        }

        return true;
    }

    /// <summary>The code unit of an escape such as <c>\u00e9</c> at the start; zero when there is none of this form.</summary>
    private static char Escaped(ReadOnlySpan<byte> json) =>
        json is [(byte)'\\', (byte)'u', _, _, _, _, ..]
            ? (char)((Digit(json[2]) << 12) | (Digit(json[3]) << 8) | (Digit(json[4]) << 4) | Digit(json[5]))
            : '\0';

    private static int Digit(byte hexadecimal) => hexadecimal switch
    {
        <= (byte)'9' => hexadecimal - '0',
        <= (byte)'F' => hexadecimal - 'A' + 10,
        _ => hexadecimal - 'a' + 10,
    };
}
