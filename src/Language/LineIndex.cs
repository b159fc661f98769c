using System.Text;

namespace GraphGateway.Language;

/// <summary>
/// Where the lines of a text begin, and how many UTF-16 code units stand before each of its blocks: a location costs the same wherever it is,
/// also in a text of one long line.
/// </summary>
internal sealed class LineIndex
{
    private const int BlockSize = 1024;
    private readonly ReadOnlyMemory<byte> utf8;
    private readonly int[] lineStarts;

    // Null for ASCII, where bytes are code units.
    private readonly int[]? unitsBefore;

    public LineIndex(ReadOnlyMemory<byte> utf8)
    {
        this.utf8 = utf8;
        lineStarts = FindLineStarts(utf8.Span);
        unitsBefore = Ascii.IsValid(utf8.Span) ? null : CountBlocks(utf8.Span);
    }

    /// <summary>Line and column of an offset; of one outside the text those of its nearest end.</summary>
    public SourceLocation LocationOf(int offset)
    {
        offset = Math.Clamp(offset, 0, utf8.Length);
        var index = Array.BinarySearch(lineStarts, offset);
        var line = index >= 0 ? index : ~index - 1;
        return new SourceLocation(line + 1, UnitsBefore(offset) - UnitsBefore(lineStarts[line]) + 1);
    }

    private int UnitsBefore(int offset)
    {
        if (unitsBefore is null)
        {
            return offset;
        }

        var block = offset / BlockSize;
        return unitsBefore[block] + CountUnits(utf8.Span[(block * BlockSize)..offset]);
    }

    private static int[] CountBlocks(ReadOnlySpan<byte> text)
    {
        var counts = new int[(text.Length / BlockSize) + 1];
        for (var i = 1; i < counts.Length; i++)
        {
            counts[i] = counts[i - 1] + CountUnits(text.Slice((i - 1) * BlockSize, BlockSize));
        }

        return counts;
    }

    // Each character's first byte counts one; that of four bytes stands for two code units. So a cut within a character does no harm.
    private static int CountUnits(ReadOnlySpan<byte> text)
    {
        var count = 0;
        foreach (var one in text)
        {
            count += (one & 0xC0) == 0x80 ? 0 : one >= 0xF0 ? 2 : 1;
        }

        return count;
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
