using System.Buffers;
using System.Globalization;
using System.Text;

namespace GraphGateway.Language;

/// <summary>
/// StringValue in double quotes (<see href="https://spec.graphql.org/September2025/#sec-String-Value">Spec §2.9.4</see>):
/// finding its end and checking its escapes first, decoding it later and only when a node needs the value.
/// </summary>
internal static class StringLiterals
{
    private static readonly SearchValues<byte> Stops = SearchValues.Create("\"\\\n\r"u8);

    /// <summary>The offset after the closing quote; or the offset of what <paramref name="error"/> says.</summary>
    public static int FindEnd(ReadOnlySpan<byte> text, int start, out string? error)
    {
        error = null;
        var position = start + 1;
        while (true)
        {
            var length = text[position..].IndexOfAny(Stops);
            if (length < 0 || text[position + length] is (byte)'\n' or (byte)'\r')
            {
                error = "Unterminated string.";
                return length < 0 ? text.Length : position + length;
            }

            position += length;
            if (text[position] == '"')
            {
                return position + 1;
            }

            var size = ReadEscape(text, position, out _, out error);
            if (error is not null)
            {
                return position;
            }

            position += size;
        }
    }

    /// <summary>The value of a literal that <see cref="FindEnd"/> has accepted, given with its quotes.</summary>
    public static string Decode(ReadOnlySpan<byte> literal)
    {
        var text = literal[1..^1];
        var backslash = text.IndexOf((byte)'\\');
        if (backslash < 0)
        {
            return Encoding.UTF8.GetString(text);
        }

        var value = new StringBuilder(text.Length);
        while (backslash >= 0)
        {
            value.Append(Encoding.UTF8.GetString(text[..backslash]));
            var size = ReadEscape(text, backslash, out var rune, out _);
            value.Append(rune.ToString());
            text = text[(backslash + size)..];
            backslash = text.IndexOf((byte)'\\');
        }

        return value.Append(Encoding.UTF8.GetString(text)).ToString();
    }

    /// <summary>A literal of this value, with escapes for quotes, backslashes and control characters.</summary>
    public static string Print(string value)
    {
        var literal = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' => literal.Append("\\\""),
                '\\' => literal.Append("\\\\"),
                '\b' => literal.Append("\\b"),
                '\t' => literal.Append("\\t"),
                '\n' => literal.Append("\\n"),
                '\f' => literal.Append("\\f"),
                '\r' => literal.Append("\\r"),
                < ' ' or (>= '\u007F' and <= '\u009F') => literal.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:X4}"),
                _ => literal.Append(c),
            };
        }

        return literal.Append('"').ToString();
    }

    /// <summary>Size in bytes of the escape sequence at a backslash, and the code point that it stands for.</summary>
    private static int ReadEscape(ReadOnlySpan<byte> text, int position, out Rune rune, out string? error)
    {
        var next = At(text, position + 1);
        if (next == 'u')
        {
            return At(text, position + 2) == '{'
                ? ReadVariableWidth(text, position, out rune, out error)
                : ReadFixedWidth(text, position, out rune, out error);
        }

        var value = next switch
        {
            '"' or '\\' or '/' => next,
            'b' => '\b',
            'f' => '\f',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            _ => -1,
        };
        error = value < 0 ? $"Invalid character escape sequence: \"{Utf16Slice(text, position, 2)}\"." : null;
        rune = value < 0 ? default : new Rune(value);
        return 2;
    }

    /// <summary><c>\u{1F600}</c>: at most 12 characters in all.</summary>
    private static int ReadVariableWidth(ReadOnlySpan<byte> text, int position, out Rune rune, out string? error)
    {
        error = null;
        var point = 0;
        var size = 3;
        while (size < 12)
        {
            var code = At(text, position + size++);
            if (code == '}')
            {
                // "\u{}" has no digit.
                if (size >= 5 && Rune.TryCreate(point, out rune))
                {
                    return size;
                }

                break;
            }

            point = (point << 4) | HexDigit(code);
            if (point < 0)
            {
                break;
            }
        }

        rune = default;
        error = InvalidUnicode(text, position, size);
        return size;
    }

    /// <summary><c>\u00E9</c>, or a pair of surrogates <c>\uD83D\uDE00</c> as in JSON.</summary>
    private static int ReadFixedWidth(ReadOnlySpan<byte> text, int position, out Rune rune, out string? error)
    {
        error = null;
        var code = Hex16(text, position + 2);
        if (Rune.TryCreate(code, out rune))
        {
            return 6;
        }

        if (code >= 0 && At(text, position + 6) == '\\' && At(text, position + 7) == 'u')
        {
            var trailing = Hex16(text, position + 8);
            if (trailing >= 0 && Rune.TryCreate((char)code, (char)trailing, out rune))
            {
                return 12;
            }
        }

        error = InvalidUnicode(text, position, 6);
        return 6;
    }

    private static string InvalidUnicode(ReadOnlySpan<byte> text, int position, int size) =>
        $"Invalid Unicode escape sequence: \"{Utf16Slice(text, position, size)}\".";

    private static int Hex16(ReadOnlySpan<byte> text, int position) =>
        (HexDigit(At(text, position)) << 12)
        | (HexDigit(At(text, position + 1)) << 8)
        | (HexDigit(At(text, position + 2)) << 4)
        | HexDigit(At(text, position + 3));

    // -1 makes every value that it is or-ed into negative.
    private static int HexDigit(int code) => code is >= 0 and < 128 && char.IsAsciiHexDigit((char)code)
        ? int.Parse([(char)code], NumberStyles.HexNumber, CultureInfo.InvariantCulture)
        : -1;

    private static int At(ReadOnlySpan<byte> text, int position) => position < text.Length ? text[position] : -1;

    /// <summary>At most so many UTF-16 code units from an offset: messages count as graphql-js does.</summary>
    private static string Utf16Slice(ReadOnlySpan<byte> text, int position, int units)
    {
        // A code unit takes at most 3 bytes; 4 leaves room for a last character that is cut in two.
        var slice = Encoding.UTF8.GetString(text[position..Math.Min(text.Length, position + (units * 4))]);
        return slice[..Math.Min(units, slice.Length)];
    }
}
