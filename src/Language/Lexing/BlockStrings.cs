using System.Text;

namespace GraphGateway.Language;

/// <summary>StringValue in triple quotes (<see href="https://spec.graphql.org/September2025/#sec-String-Value">Spec §2.9.4</see>).</summary>
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
