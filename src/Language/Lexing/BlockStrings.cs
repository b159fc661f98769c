using System.Text;

namespace GraphGateway.Language;

/// <summary>
/// StringValue in triple quotes (<see href="https://spec.graphql.org/September2025/#sec-String-Value">Spec §2.9.4</see>).
/// </summary>
internal static class BlockStrings
{
    /// <summary>The offset after the closing quotes; or the end of the text with an <paramref name="error"/>.</summary>
    public static int FindEnd(ReadOnlySpan<byte> text, int start, out string? error)
    {
        error = null;
        var position = start + 3;
        while (true)
        {
            var length = text[position..].IndexOf("\"\"\""u8);
            if (length < 0)
            {
                error = "Unterminated string.";
                return text.Length;
            }

            position += length + 3;
            // \""" stands for three quotes
            if (length == 0 || text[position - 4] != '\\')
            {
                return position;
            }
        }
    }

    /// <summary>
    /// The value of a literal, given with its quotes
    /// (<see href="https://spec.graphql.org/September2025/#BlockStringValue()">Spec, BlockStringValue</see>).
    /// </summary>
    public static string Decode(ReadOnlySpan<byte> literal)
    {
        var text = Encoding.UTF8.GetString(literal[3..^3]);
        if (text.AsSpan().IndexOfAny('\n', '\r', '\\') < 0)
        {
            return IsBlank(text) ? "" : text;
        }

        var lines = SplitLines(text.Replace("\\\"\"\"", "\"\"\"", StringComparison.Ordinal));
        return Dedent(lines);
    }

    /// <summary>
    /// A literal of this value in graphql-js's layout: on lines of its own when it is long, has several lines, or ends with what would
    /// run into the closing quotes.
    /// </summary>
    public static string Print(string value)
    {
        var escaped = value.Replace("\"\"\"", "\\\"\"\"", StringComparison.Ordinal);
        var lines = SplitLines(escaped);
        var isSingleLine = lines.Length == 1;

        // Without a first line of its own, the indentation that all other lines share would be taken for layout.
        var needsFirstLine = !isSingleLine && lines.Skip(1).All(line => line.Length == 0 || line[0] is ' ' or '\t');
        var endsWithQuotes = escaped.EndsWith("\\\"\"\"", StringComparison.Ordinal);
        var needsLastLine = (value.EndsWith('"') && !endsWithQuotes) || value.EndsWith('\\');
        var isSpread = !isSingleLine || value.Length > 70 || needsLastLine || needsFirstLine || endsWithQuotes;

        // The indentation of a single line must stay behind the quotes, where it counts.
        var skipsFirstLine = isSingleLine && value is [' ' or '\t', ..];
        var before = (isSpread && !skipsFirstLine) || needsFirstLine ? "\n" : "";
        var after = isSpread || needsLastLine ? "\n" : "";
        return $"\"\"\"{before}{escaped}{after}\"\"\"";
    }

    /// <summary>Lines end with \r\n, \n or \r.</summary>
    public static string[] SplitLines(string text) =>
        text.Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n').Split('\n');

    private static string Dedent(string[] lines)
    {
        var commonIndent = int.MaxValue;
        var first = -1;
        var last = -1;
        for (var i = 0; i < lines.Length; i++)
        {
            var indent = LeadingWhitespace(lines[i]);
            if (indent == lines[i].Length)
            {
                continue;
            }

            first = first < 0 ? i : first;
            last = i;
            // The first line stands behind the quotes: its indentation says nothing.
            commonIndent = i == 0 ? commonIndent : Math.Min(commonIndent, indent);
        }

        var value = new StringBuilder();
        for (var i = Math.Max(first, 0); i <= last; i++)
        {
            value.Append(i > first ? "\n" : "");
            value.Append(i == 0 ? lines[i] : lines[i].AsSpan(Math.Min(commonIndent, lines[i].Length)));
        }

        return value.ToString();
    }

    private static bool IsBlank(string line) => LeadingWhitespace(line) == line.Length;

    private static int LeadingWhitespace(string line)
    {
        var length = line.AsSpan().IndexOfAnyExcept(' ', '\t');
        return length < 0 ? line.Length : length;
    }
}
