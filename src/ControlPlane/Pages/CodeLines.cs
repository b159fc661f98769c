using System.Globalization;
using System.Text;
using GraphGateway.Language;

namespace GraphGateway.ControlPlane;

/// <summary>Lines of a GraphQL text in their colours.</summary>
/// <param name="text">The text.</param>
/// <param name="first">The first line that is wanted, from 0.</param>
/// <param name="last">The last one.</param>
/// <param name="isPlain">True: no colours, as for settings.</param>
internal sealed class CodeLines(TextLines text, int first, int last, bool isPlain = false)
{
    /// <summary>Bytes of a line that are shown.</summary>
    public const int LineBytes = 1_000;

    /// <summary>Lines of a page.</summary>
    public const int PageLines = 1_000;

    private readonly IReadOnlyList<SyntaxSpan> spans = isPlain ? [] : text.Highlight(first, last);

    /// <summary>A text, a page of its lines at a time.</summary>
    /// <param name="text">The text.</param>
    /// <param name="label">What it is.</param>
    /// <param name="path">Where the page is.</param>
    /// <param name="line">The line that the page begins with, from 1; what is no such line is the first.</param>
    /// <param name="isPlain">True: no colours.</param>
    public static Html Page(string text, string label, string path, int? line, bool isPlain = false)
    {
        var lines = new TextLines(text);
        var from = line is { } wanted && wanted <= lines.Count ? wanted - 1 : 0;
        var to = Math.Min(from + PageLines, lines.Count);
        var code = new CodeLines(lines, from, to - 1, isPlain);
        return Html.Many(
            lines.Count <= PageLines ? null : Html.Of("p", string.Create(CultureInfo.InvariantCulture, $"Lines {from + 1:N0} to {to:N0} of {lines.Count:N0}.")),
            Parts.More(from == 0 ? null : PagePaths.With(path, ("line", Math.Max(1, from + 1 - PageLines))), "Lines before these"),
            Parts.Scrolled(label, Html.Of("pre", Html.Of("code", [.. Enumerable.Range(from, to - from).Select(at => Html.Many(
                Html.Of("span", code.Line(at)).Class("line").Id($"L{at + 1}").With("data-n", Number(at)), "\n"))]))),
            Parts.More(to == lines.Count ? null : PagePaths.With(path, ("line", to + 1)), "Lines after these"));
    }

    public static string Number(int line) => (line + 1).ToString(CultureInfo.InvariantCulture);

    /// <summary>Where a line of a text stands: its page, and there the line.</summary>
    public static string PathOf(string path, int line) => (line <= PageLines ? path : PagePaths.With(path, ("line", ((line - 1) / PageLines * PageLines) + 1))) + $"#L{line}";

    /// <summary>A line in its colours.</summary>
    /// <param name="line">The line, from 0.</param>
    /// <param name="marked">Bytes of the line that are marked: the first, and the one after the last.</param>
    public Html Line(int line, (int From, int To) marked = default)
    {
        var (start, lineEnd) = text[line];
        var end = lineEnd - start <= LineBytes ? lineEnd : text.CharacterAt(start + LineBytes);
        var (markFrom, markTo) = (start + marked.From, start + marked.To);
        var pieces = new List<Html?>();
        var next = FirstSpan(start);
        for (var at = start; at < end;)
        {
            while (next < spans.Count && spans[next].End <= at)
            {
                next++;
            }

            SyntaxSpan? span = next < spans.Count && spans[next].Start <= at ? spans[next] : null;
            var until = Math.Min(end, span?.End ?? (next < spans.Count ? spans[next].Start : end));
            until = at < markFrom ? Math.Min(until, markFrom) : at < markTo ? Math.Min(until, markTo) : until;
            var piece = (Html)text.Slice(at, until);
            piece = span is { } known ? Html.Of("span", piece).Class(ClassOf(known.Class)) : piece;
            pieces.Add(at >= markFrom && at < markTo ? Html.Of("mark", piece) : piece);
            at = until;
        }

        if (end < lineEnd)
        {
            pieces.Add(Html.Of("span", string.Create(CultureInfo.InvariantCulture, $" ({lineEnd - end:N0} more bytes are not shown)")).Class("cut"));
        }

        return Html.Many([.. pieces]);
    }

    /// <summary>The byte of a line at which a column begins.</summary>
    /// <param name="line">The line, from 0.</param>
    /// <param name="column">The column, from 1, in UTF-16 code units.</param>
    public int ByteAt(int line, int column)
    {
        var words = Encoding.UTF8.GetString(text.BytesOf(line));
        return Encoding.UTF8.GetByteCount(words.AsSpan(0, Math.Clamp(column - 1, 0, words.Length)));
    }

    private int FirstSpan(int start)
    {
        var (low, high) = (0, spans.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = spans[middle].End <= start ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private static string ClassOf(SyntaxClass found) => found switch
    {
        SyntaxClass.Keyword => "kw",
        SyntaxClass.TypeName => "ty",
        SyntaxClass.Directive => "di",
        SyntaxClass.Text => "st",
        SyntaxClass.Number => "nu",
        _ => "co",
    };
}
