using System.Text;
using GraphGateway.Language;

namespace GraphGateway.ControlPlane;

/// <summary>A text by its lines, which end with \n, \r\n or \r.</summary>
internal sealed class TextLines
{
    private readonly byte[] utf8;
    private readonly List<(int Start, int End)> lines = [];

    /// <param name="text">The text.</param>
    public TextLines(string text)
    {
        utf8 = Encoding.UTF8.GetBytes(text);
        var start = 0;
        while (start < utf8.Length)
        {
            var length = utf8.AsSpan(start).IndexOfAny((byte)'\n', (byte)'\r');
            var end = length < 0 ? utf8.Length : start + length;
            lines.Add((start, end));
            start = end + (end + 1 < utf8.Length && utf8[end] == '\r' && utf8[end + 1] == '\n' ? 2 : 1);
        }
    }

    /// <summary>The bytes of all of it.</summary>
    public ReadOnlySpan<byte> Utf8 => utf8;

    /// <summary>How many lines it has.</summary>
    public int Count => lines.Count;

    /// <summary>Where a line begins and ends, in bytes, without its end. The first has the number 0.</summary>
    public (int Start, int End) this[int line] => lines[line];

    /// <summary>A line without its end.</summary>
    public ReadOnlySpan<byte> BytesOf(int line) => utf8.AsSpan(lines[line].Start, lines[line].End - lines[line].Start);

    /// <summary>The text between two bytes.</summary>
    public string Slice(int start, int end) => Encoding.UTF8.GetString(utf8, start, end - start);

    /// <summary>The colours of some lines.</summary>
    public IReadOnlyList<SyntaxSpan> Highlight(int firstLine, int lastLine) =>
        lines.Count == 0 || lastLine < firstLine ? [] : SyntaxHighlight.Of(utf8, lines[firstLine].Start, lines[lastLine].End);

    /// <summary>The greatest place up to a byte at which a character begins.</summary>
    public int CharacterAt(int at)
    {
        while (at > 0 && at < utf8.Length && (utf8[at] & 0xC0) == 0x80)
        {
            at--;
        }

        return at;
    }
}
