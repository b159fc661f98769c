using System.Text;

namespace GraphGateway.Cli;

/// <summary>A table of a comment.</summary>
/// <param name="Title">What it has, such as <c>2 breaking changes</c>.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Count">How many rows there are.</param>
/// <param name="Rows">The cells of each row, in Markdown, the most important first; made as they are needed.</param>
/// <param name="IsFolded">True: its reader opens it.</param>
internal sealed record MarkdownTable(string Title, string[] Columns, int Count, IEnumerable<string[]> Rows, bool IsFolded)
{
    /// <summary>So many rows are shown at most.</summary>
    internal int MostRows { get; init; } = int.MaxValue;
}

/// <summary>
/// A comment on a change, in Markdown: a title, a sentence that says what it comes to, and tables, the most important first. It has no more characters than a code host
/// takes: what there is no room for is told by its number.
/// </summary>
/// <param name="title">The title.</param>
/// <param name="summary">The sentence.</param>
/// <param name="tables">The tables; empty ones are left out.</param>
internal sealed class MarkdownComment(string title, string summary, IEnumerable<MarkdownTable> tables)
{
    /// <summary>What a comment of GitHub may have, the least of the hosts that fold.</summary>
    internal const int MostCharacters = 65_536;

    // Of each table so much is shown, however long those before it are.
    private const int Share = 4_000;

    /// <inheritdoc/>
    public override string ToString()
    {
        var text = new StringBuilder($"## {title}\n\n{summary}\n");
        MarkdownTable[] all = [.. tables.Where(table => table.Count > 0)];
        var room = MostCharacters - text.Length - all.Sum(table => Frame(table, HeadOf(table), RestOf(table.Count)).Length);
        var shares = all.Select(table => Fitting(table, Share).Rows.Length).ToArray();
        for (var i = 0; i < all.Length; i++)
        {
            var (rows, count) = Fitting(all[i], room - shares[(i + 1)..].Sum());
            room -= rows.Length;
            text.Append(Frame(all[i], count == 0 ? "" : HeadOf(all[i]) + rows, count == all[i].Count ? "" : RestOf(all[i].Count - count)));
        }

        return text.ToString();
    }

    private static string Frame(MarkdownTable table, string rows, string rest) => table.IsFolded
        ? $"\n<details>\n<summary>{table.Title}</summary>\n{rows}{rest}\n</details>\n"
        : $"\n### {table.Title}\n{rows}{rest}";

    private static string HeadOf(MarkdownTable table) => $"\n| {string.Join(" | ", table.Columns)} |\n|{string.Concat(Enumerable.Repeat("---|", table.Columns.Length))}\n";

    private static string RestOf(int count) => $"\nAnd {count} more: `--json` tells all.\n";

    private static (string Rows, int Count) Fitting(MarkdownTable table, int room)
    {
        var (rows, count) = (new StringBuilder(), 0);
        foreach (var cells in table.Rows.Take(table.MostRows))
        {
            var row = $"| {string.Join(" | ", cells)} |\n";
            if (rows.Length + row.Length > room)
            {
                break;
            }

            rows.Append(row);
            count++;
        }

        return (rows.ToString(), count);
    }
}
