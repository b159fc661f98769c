namespace GraphGateway.ControlPlane;

/// <summary>
/// Finds names in a schema that are longer than a registry takes. GraphQL has no bound for them; but what is told of a schema repeats its names for each member, and so does
/// the supergraph: a name as long as the schema would make both many times larger than that.
/// </summary>
internal static class LongNames
{
    /// <summary>The line of the first name, or number, of more than so many characters, from 1; null where there is none. Descriptions, texts and comments may be longer.</summary>
    /// <param name="schema">The schema.</param>
    /// <param name="most">So many.</param>
    public static int? FindLine(ReadOnlySpan<char> schema, int most)
    {
        for (var at = 0; at < schema.Length;)
        {
            var end = schema[at] switch
            {
                '#' => EndOfLine(schema, at),
                '"' => EndOfText(schema, at),
                var character when IsOfName(character) => EndOfName(schema, at),
                _ => at + 1,
            };
            if (IsOfName(schema[at]) && end - at > most)
            {
                return 1 + schema[..at].Count('\n');
            }

            at = end;
        }

        return null;
    }

    private static bool IsOfName(char character) => char.IsAsciiLetterOrDigit(character) || character == '_';

    private static int EndOfName(ReadOnlySpan<char> schema, int at)
    {
        while (at < schema.Length && IsOfName(schema[at]))
        {
            at++;
        }

        return at;
    }

    private static int EndOfLine(ReadOnlySpan<char> schema, int at) => schema[at..].IndexOfAny('\n', '\r') is >= 0 and var length ? at + length : schema.Length;

    // A text ends with its line where its quotation mark is missing: the parser says so.
    private static int EndOfText(ReadOnlySpan<char> schema, int at)
    {
        var isBlock = schema[at..].StartsWith("\"\"\"");
        var mark = isBlock ? "\"\"\"" : "\"";
        for (var end = at + mark.Length; end < schema.Length; end++)
        {
            if (schema[end..].StartsWith(mark))
            {
                return end + mark.Length;
            }

            // Of a block only \""" is one.
            if (schema[end] == '\\' && (!isBlock || schema[(end + 1)..].StartsWith(mark)))
            {
                end += mark.Length;
            }
            else if (!isBlock && schema[end] is '\n' or '\r')
            {
                return end;
            }
        }

        return schema.Length;
    }
}
