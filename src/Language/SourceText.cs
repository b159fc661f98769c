using System.Text;

namespace GraphGateway.Language;

/// <summary>A place in a source text, both one-based; the column counts UTF-16 code units, as graphql-js does.</summary>
public readonly record struct SourceLocation(int Line, int Column);

/// <summary>The UTF-8 text of a document and the name it is reported under (a file's path, or "GraphQL request").</summary>
public sealed class SourceText
{
    // Made when a location is first asked for; two threads may both make it.
    private int[]? lineStarts;

    /// <summary>Wraps bytes that the caller does not change afterwards.</summary>
    public SourceText(ReadOnlyMemory<byte> utf8, string name = "GraphQL request")
    {
        Utf8 = utf8;
        Name = name;
    }

    /// <summary>Encodes a string.</summary>
    public SourceText(string text, string name = "GraphQL request")
        : this(Encoding.UTF8.GetBytes(text), name)
    {
    }

    /// <summary>The bytes, as they came.</summary>
    public ReadOnlyMemory<byte> Utf8 { get; }

    /// <summary>What messages call this text.</summary>
    public string Name { get; }

    /// <summary>
    /// Line and column of a byte offset. Lines end with \n, \r\n or \r (Spec §2.1.2). The first call looks for all lines of the text.
    /// </summary>
    public SourceLocation LocationOf(int offset)
    {
        var text = Utf8.Span;
        offset = Math.Clamp(offset, 0, text.Length);
        var starts = lineStarts ??= FindLineStarts(text);
        var index = Array.BinarySearch(starts, offset);
        var line = index >= 0 ? index : ~index - 1;
        return new SourceLocation(line + 1, Encoding.UTF8.GetCharCount(text[starts[line]..offset]) + 1);
    }

    private static int[] FindLineStarts(ReadOnlySpan<byte> text)
    {
        var starts = new List<int> { 0 };
        var position = 0;
        while (text[position..].IndexOfAny((byte)'\n', (byte)'\r') is >= 0 and var length)
        {
            position += length + 1;
            // \r\n is one line end, and the line begins after both.
            if (text[position - 1] == '\r' && position < text.Length && text[position] == '\n')
            {
                position++;
            }

            starts.Add(position);
        }

        return [.. starts];
    }
}
