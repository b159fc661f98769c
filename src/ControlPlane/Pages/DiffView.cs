using System.Globalization;

namespace GraphGateway.ControlPlane;

/// <summary>Two texts, line by line: what has come and what has gone, with some lines around it; what is the same is folded.</summary>
internal sealed class DiffView
{
    /// <summary>Bytes of each text that are compared; larger ones are not.</summary>
    public const int MostBytes = 16 * 1024 * 1024;

    private const int Around = 3;
    private const int MostRows = 2_000;

    private readonly TextLines old;
    private readonly TextLines now;
    private readonly CodeLines oldCode;
    private readonly CodeLines newCode;
    private readonly List<Html?> rows = [];
    private int rowsLeft = MostRows;

    private DiffView(TextLines old, TextLines now)
    {
        (this.old, this.now) = (old, now);
        (oldCode, newCode) = (new CodeLines(old, 0, old.Count - 1), new CodeLines(now, 0, now.Count - 1));
    }

    /// <summary>How the new text differs from the old one.</summary>
    /// <param name="before">The old one.</param>
    /// <param name="after">The new one.</param>
    /// <param name="label">What they are.</param>
    public static Html Of(string before, string after, string label)
    {
        if (before == after)
        {
            return Html.Of("p", "Not a letter is different.");
        }

        if (Math.Max(before.Length, after.Length) > MostBytes)
        {
            return Html.Of("p", string.Create(CultureInfo.InvariantCulture, $"These texts are larger than {MostBytes / 1024 / 1024} MB and are not compared line by line here."));
        }

        var view = new DiffView(new TextLines(before), new TextLines(after));
        return view.Show(LineDiff.Of(view.old, view.now), label);
    }

    private Html Show(IReadOnlyList<LineRun> runs, string label)
    {
        for (var at = 0; at < runs.Count && rowsLeft > 0; at++)
        {
            if (runs[at].IsEqual)
            {
                ShowEqual(runs[at], at == 0, at == runs.Count - 1);
            }
            else
            {
                ShowChange(runs[at]);
            }
        }

        var (gone, come) = (runs.Where(run => !run.IsEqual).Sum(run => run.OldCount), runs.Where(run => !run.IsEqual).Sum(run => run.NewCount));
        return Html.Many(
            Html.Of("p", Html.Of("span", $"+{come:N0}").Class("come"), " ", Html.Of("span", $"\u2212{gone:N0}").Class("gone"), $" {(come + gone == 1 ? "line" : "lines")}"),
            gone + come == 0 ? Html.Of("p", "Only the ends of lines are different.") : Parts.Scrolled(label, Html.Of("pre", Html.Of("code", [.. rows])).Class("diff")),
            rowsLeft > 0 ? null : Html.Of("p", string.Create(CultureInfo.InvariantCulture, $"The first {MostRows:N0} lines of the comparison are shown, and the rest is left out.")).Class("notice"));
    }

    private void ShowEqual(LineRun run, bool isFirst, bool isLast)
    {
        var (head, tail) = (isFirst ? 0 : Around, isLast ? 0 : Around);

        // A fold of one line would be as long as the line.
        if (run.OldCount <= head + tail + 1)
        {
            (head, tail) = (run.OldCount, 0);
        }

        ShowSame(run, 0, head);
        if (run.OldCount > head + tail)
        {
            rows.Add(Html.Many(Html.Of("span", $"{Parts.Count(run.OldCount - head - tail, "line")} the same").Class("fold"), "\n"));
        }

        ShowSame(run, run.OldCount - tail, tail);
    }

    private void ShowSame(LineRun run, int from, int count)
    {
        for (var at = from; at < from + count && rowsLeft > 0; at++, rowsLeft--)
        {
            rows.Add(Row("span", "same", run.Old + at, run.New + at, newCode.Line(run.New + at)));
        }
    }

    private void ShowChange(LineRun run)
    {
        for (var at = 0; at < run.OldCount && rowsLeft > 0; at++, rowsLeft--)
        {
            rows.Add(Row("del", "gone", run.Old + at, null, oldCode.Line(run.Old + at, at < run.NewCount ? Different(old.BytesOf(run.Old + at), now.BytesOf(run.New + at)) : default)));
        }

        for (var at = 0; at < run.NewCount && rowsLeft > 0; at++, rowsLeft--)
        {
            rows.Add(Row("ins", "come", null, run.New + at, newCode.Line(run.New + at, at < run.OldCount ? Different(now.BytesOf(run.New + at), old.BytesOf(run.Old + at)) : default)));
        }
    }

    private static Html Row(string element, string kind, int? oldLine, int? newLine, Html code) => Html.Many(
        Html.Of(element, code).Class($"line {kind}").With("data-o", oldLine is { } before ? CodeLines.Number(before) : "").With("data-n", newLine is { } after ? CodeLines.Number(after) : ""),
        "\n");

    // What of a line is not in the one that it stands against: without what both begin and end with, where that is much of it.
    private static (int From, int To) Different(ReadOnlySpan<byte> line, ReadOnlySpan<byte> other)
    {
        var most = Math.Min(line.Length, other.Length);
        var before = line.CommonPrefixLength(other);
        var after = 0;
        while (after < most - before && line[^(after + 1)] == other[^(after + 1)])
        {
            after++;
        }

        // Not in the middle of a character.
        while (before > 0 && before < line.Length && (line[before] & 0xC0) == 0x80)
        {
            before--;
        }

        while (after > 0 && (line[^after] & 0xC0) == 0x80)
        {
            after--;
        }

        return 2 * (line[..before].TrimStart((byte)' ').Length + after) >= line.Length - before + line[..before].TrimStart((byte)' ').Length ? (before, line.Length - after) : default;
    }
}
