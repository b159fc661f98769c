namespace GraphGateway.Cli;

/// <summary>Rows for people, in columns that are as wide as their widest cell.</summary>
internal static class TextTable
{
    internal static void Write(TextWriter output, string[][] rows)
    {
        rows = [.. rows.Select(row => row.Select(cell => PeopleWriter.Show(cell)).ToArray())];
        var widths = Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        foreach (var row in rows)
        {
            output.WriteLine(string.Join("  ", row.Select((cell, column) => cell.PadRight(widths[column]))).TrimEnd());
        }
    }
}
