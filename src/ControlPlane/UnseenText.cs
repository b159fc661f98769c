using System.Buffers;
using System.Globalization;
using System.Text;

namespace GraphGateway.ControlPlane;

/// <summary>
/// Characters that are not seen, or change how what stands beside them is seen: control characters, those that turn the direction of a text, separators of lines,
/// halves of characters, blanks that are no spaces. Schemas, tags and names of clients are anybody's texts: whoever shows them to people shows these by their numbers.
/// </summary>
public static class UnseenText
{
    /// <summary>Whether a character is one of these. An end of a line and a tab are none.</summary>
    /// <param name="rune">The character; half of one is U+FFFD, which is seen.</param>
    public static bool Is(Rune rune) => rune.Value switch
    {
        '\n' or '\r' or '\t' => false,

        // They have a width or none, and nothing to see, in categories of letters, marks and signs: fillers of Hangul, a blank of Braille, joiners, selectors.
        0x034F or 0x115F or 0x1160 or 0x17B4 or 0x17B5 or (>= 0x180B and <= 0x180F) or 0x2800 or 0x3164 or 0xFFA0 or (>= 0xE0000 and <= 0xE0FFF) => true,
        _ => Rune.GetUnicodeCategory(rune) is UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator,
    };

    /// <summary>Whether a text has one of these, or half of a character.</summary>
    /// <param name="text">The text.</param>
    public static bool IsIn(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            if (Rune.DecodeFromUtf16(text, out var rune, out var length) != OperationStatus.Done || Is(rune))
            {
                return true;
            }

            text = text[length..];
        }

        return false;
    }

    /// <summary>A text as it can be shown: these, and halves of characters, by their numbers.</summary>
    /// <param name="text">The text.</param>
    /// <param name="form">How a number is written.</param>
    public static string Show(ReadOnlySpan<char> text, Func<int, string> form)
    {
        ArgumentNullException.ThrowIfNull(form);
        if (!IsIn(text))
        {
            return text.ToString();
        }

        var shown = new StringBuilder(text.Length);
        while (!text.IsEmpty)
        {
            var status = Rune.DecodeFromUtf16(text, out var rune, out var length);
            var part = text[..length];
            if (status != OperationStatus.Done)
            {
                shown.Append(form(part[0]));
            }
            else if (Is(rune))
            {
                shown.Append(form(rune.Value));
            }
            else
            {
                shown.Append(part);
            }

            text = text[length..];
        }

        return shown.ToString();
    }
}
