using System.Text;

namespace GraphGateway.ControlPlane;

/// <summary>A run of lines that are the same in both texts, or not: then those of the old one are gone, and those of the new one in their place.</summary>
/// <param name="IsEqual">Whether they are the same.</param>
/// <param name="Old">The first line in the old text, from 0.</param>
/// <param name="OldCount">How many there.</param>
/// <param name="New">The first line in the new text, from 0.</param>
/// <param name="NewCount">How many there.</param>
internal readonly record struct LineRun(bool IsEqual, int Old, int OldCount, int New, int NewCount);

/// <summary>
/// What is equal of two texts, by lines: first what is the same at both ends, then lines that both have once, in the longest order that both have (patience diff),
/// and the same between these; where there are none, the longest common subsequence while that is small. So its work is bounded, and what is beyond is told as
/// replaced.
/// </summary>
internal sealed class LineDiff
{
    private const int MostCells = 1_000_000;
    private const int MostDepth = 40;

    private readonly int[] old;
    private readonly int[] now;
    private readonly List<LineRun> runs = [];
    private long cells = 16L * MostCells;

    private LineDiff(int[] old, int[] now)
    {
        (this.old, this.now) = (old, now);
    }

    /// <summary>All lines of both, in runs.</summary>
    public static IReadOnlyList<LineRun> Of(TextLines old, TextLines now)
    {
        // Equal lines have equal numbers.
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        var diff = new LineDiff(NumbersOf(old), NumbersOf(now));
        diff.Compare(0, old.Count, 0, now.Count, 0);
        return diff.runs;

        int[] NumbersOf(TextLines text)
        {
            var of = new int[text.Count];
            for (var line = 0; line < of.Length; line++)
            {
                var words = Encoding.UTF8.GetString(text.BytesOf(line));
                of[line] = numbers.TryGetValue(words, out var known) ? known : numbers[words] = numbers.Count;
            }

            return of;
        }
    }

    private void Compare(int oldFrom, int oldTo, int newFrom, int newTo, int depth)
    {
        var before = 0;
        while (oldFrom + before < oldTo && newFrom + before < newTo && old[oldFrom + before] == now[newFrom + before])
        {
            before++;
        }

        Add(true, oldFrom, before, newFrom, before);
        (oldFrom, newFrom) = (oldFrom + before, newFrom + before);
        var after = 0;
        while (oldFrom < oldTo - after && newFrom < newTo - after && old[oldTo - after - 1] == now[newTo - after - 1])
        {
            after++;
        }

        CompareMiddle(oldFrom, oldTo - after, newFrom, newTo - after, depth);
        Add(true, oldTo - after, after, newTo - after, after);
    }

    private void CompareMiddle(int oldFrom, int oldTo, int newFrom, int newTo, int depth)
    {
        var size = (long)(oldTo - oldFrom) * (newTo - newFrom);
        if (size > 0 && depth < MostDepth && AnchorsOf(oldFrom, oldTo, newFrom, newTo) is { Count: > 0 } anchors)
        {
            foreach (var (oldLine, newLine) in anchors)
            {
                Compare(oldFrom, oldLine, newFrom, newLine, depth + 1);
                Add(true, oldLine, 1, newLine, 1);
                (oldFrom, newFrom) = (oldLine + 1, newLine + 1);
            }

            Compare(oldFrom, oldTo, newFrom, newTo, depth + 1);
        }
        else if (size > 0 && size <= MostCells && size <= cells)
        {
            cells -= size;
            CompareAll(oldFrom, oldTo, newFrom, newTo);
        }
        else
        {
            Add(false, oldFrom, oldTo - oldFrom, newFrom, newTo - newFrom);
        }
    }

    // The longest common subsequence, from its table of lengths.
    private void CompareAll(int oldFrom, int oldTo, int newFrom, int newTo)
    {
        var (rows, columns) = (oldTo - oldFrom, newTo - newFrom);
        var length = new int[rows + 1, columns + 1];
        for (var row = rows - 1; row >= 0; row--)
        {
            for (var column = columns - 1; column >= 0; column--)
            {
                length[row, column] = old[oldFrom + row] == now[newFrom + column]
                    ? length[row + 1, column + 1] + 1
                    : Math.Max(length[row + 1, column], length[row, column + 1]);
            }
        }

        var (atOld, atNew) = (0, 0);
        while (atOld < rows || atNew < columns)
        {
            if (atOld < rows && atNew < columns && old[oldFrom + atOld] == now[newFrom + atNew])
            {
                Add(true, oldFrom + atOld++, 1, newFrom + atNew++, 1);
            }
            else if (atNew == columns || (atOld < rows && length[atOld + 1, atNew] >= length[atOld, atNew + 1]))
            {
                Add(false, oldFrom + atOld++, 1, newFrom + atNew, 0);
            }
            else
            {
                Add(false, oldFrom + atOld, 0, newFrom + atNew++, 1);
            }
        }
    }

    // Lines that are there once on each side, in the longest order that both sides have them in.
    private List<(int Old, int New)> AnchorsOf(int oldFrom, int oldTo, int newFrom, int newTo)
    {
        var (inOld, inNew) = (OnceIn(old, oldFrom, oldTo), OnceIn(now, newFrom, newTo));
        var pairs = inOld.Where(line => line.Value >= 0 && inNew.GetValueOrDefault(line.Key, -1) >= 0)
            .Select(line => (Old: line.Value, New: inNew[line.Key])).OrderBy(pair => pair.Old).ToList();

        // The longest increasing subsequence: of each length the one that ends first, and whom each follows.
        var (ends, follows) = (new List<int>(), new int[pairs.Count]);
        for (var at = 0; at < pairs.Count; at++)
        {
            var (low, high) = (0, ends.Count);
            while (low < high)
            {
                var middle = (low + high) / 2;
                (low, high) = pairs[ends[middle]].New < pairs[at].New ? (middle + 1, high) : (low, middle);
            }

            follows[at] = low == 0 ? -1 : ends[low - 1];
            if (low == ends.Count)
            {
                ends.Add(at);
            }
            else
            {
                ends[low] = at;
            }
        }

        var chain = new List<(int, int)>();
        for (var at = ends.Count == 0 ? -1 : ends[^1]; at >= 0; at = follows[at])
        {
            chain.Add(pairs[at]);
        }

        chain.Reverse();
        return chain;
    }

    // By the number of the line: where it is; -1 where it is more than once.
    private static Dictionary<int, int> OnceIn(int[] text, int from, int to)
    {
        var once = new Dictionary<int, int>();
        for (var line = from; line < to; line++)
        {
            once[text[line]] = once.ContainsKey(text[line]) ? -1 : line;
        }

        return once;
    }

    private void Add(bool isEqual, int oldFrom, int oldCount, int newFrom, int newCount)
    {
        if (oldCount == 0 && newCount == 0)
        {
            return;
        }

        if (runs.Count > 0 && runs[^1].IsEqual == isEqual)
        {
            runs[^1] = runs[^1] with { OldCount = runs[^1].OldCount + oldCount, NewCount = runs[^1].NewCount + newCount };
        }
        else
        {
            runs.Add(new LineRun(isEqual, oldFrom, oldCount, newFrom, newCount));
        }
    }
}
