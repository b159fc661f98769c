using System.Globalization;
using System.Text;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary>
/// Texts of schemas, files and clients in Markdown as code hosts read it (<see href="https://github.github.com/gfm/">GitHub Flavored Markdown</see>): whatever stands
/// in them, they are text. They make no element, end no cell of a table, link to nothing and call nobody.
/// </summary>
internal static class MarkdownText
{
    /// <summary>So many characters of one text are shown.</summary>
    internal const int MostCharacters = 500;

    // Between a mark and what follows it: as text it is not seen, and the mark marks nothing. A host looks for names and links in the text as it is shown, so that a backslash is not enough.
    private const string Apart = "&#8203;";

    /// <summary>A text in a sentence or a cell.</summary>
    internal static string Of(string text)
    {
        var result = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (i == MostCharacters)
            {
                return result.Append('…').ToString();
            }

            Append(result, text, i);
        }

        return result.ToString();
    }

    /// <summary>A text as code: a name, a place in a file.</summary>
    internal static string Code(string text) => text.Length == 0 ? ""
        : text.Length <= MostCharacters && text.All(character => character is not ('`' or '|') && !char.IsControl(character)) && !UnseenText.IsIn(text) ? $"`{text}`"
        : $"<code>{Of(text)}</code>";

    private static void Append(StringBuilder result, string text, int at)
    {
        var character = text[at];
        var next = at + 1 < text.Length ? text[at + 1] : ' ';
        if (char.IsControl(character))
        {
            result.Append(' ');
            return;
        }

        if (char.IsLowSurrogate(character) && at > 0 && char.IsHighSurrogate(text[at - 1]))
        {
            // It was told with its other half.
            return;
        }

        var isWhole = Rune.TryGetRuneAt(text, at, out var rune);
        if (!isWhole || UnseenText.Is(rune))
        {
            // What turns the direction of the text, or is nothing to see, is told as what it is.
            result.Append(CultureInfo.InvariantCulture, $"U+{(isWhole ? rune.Value : character):X4}");
            return;
        }

        if (!rune.IsBmp)
        {
            result.Append(rune);
            return;
        }

        result.Append(character switch
        {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '|' => "&#124;",
            '.' when EndsWithWww(text, at) => $"{Apart}.",
            '\\' or '`' or '*' or '_' or '[' or ']' or '{' or '}' or '~' or '$' or '!' or '^' or '=' => $"\\{character}",
            _ => $"{character}",
        });
        if (character is '@' or '#' or '%' or '!' or '~' or '$' or '&' or ':' && (char.IsLetterOrDigit(next) || next is '/' or '_' or '"' or '+' or '-'))
        {
            result.Append(Apart);
        }
    }

    private static bool EndsWithWww(string text, int at) => at >= 3 && text.AsSpan(at - 3, 3).Equals("www", StringComparison.OrdinalIgnoreCase);
}
