using System.Text;

namespace GraphGateway.Language;

/// <summary>A place in a source text, both one-based; the column counts UTF-16 code units, as graphql-js does.</summary>
public readonly record struct SourceLocation(int Line, int Column);

/// <summary>The UTF-8 text of a document and the name it is reported under (a file's path, or "GraphQL request").</summary>
public sealed class SourceText
{
    // Made when a location is first asked for; two threads may both make it.
    private LineIndex? lines;

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
    /// Line and column of a byte offset. Lines end with \n, \r\n or \r (Spec §2.1.2). The first call reads the whole text.
    /// </summary>
    public SourceLocation LocationOf(int offset) => (lines ??= new LineIndex(Utf8)).LocationOf(offset);
}
