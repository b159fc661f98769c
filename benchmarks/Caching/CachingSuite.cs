using System.Globalization;

namespace GraphGateway.Benchmarks;

/// <summary>
/// What a step that asks for entities costs the gateway where it has kept them, beside where it fetches them: one gateway, four requests in turns. From both is taken off what the same answer
/// costs without the step: once from one source that gives all of it, so that only what is done for the step is left, and once the ids alone, so that reading and writing the entities'
/// fields is counted as well. Over sockets, and without them.
/// </summary>
internal static class CachingSuite
{
    private const int UsualRounds = 100;

    private static readonly int[] Counts = [1, 10, 100];

    /// <summary>Measures and writes the table; with <c>show</c>, and how many rounds, it only prints it; with <c>repeat</c>, a way, a number of entities and seconds it does one thing again and again.</summary>
    public static int Run(string[] args)
    {
        try
        {
            return args is ["repeat", var way, var count, var seconds]
                ? Repeat(way, Number(count), TimeSpan.FromSeconds(Number(seconds))).GetAwaiter().GetResult()
                : Measure(args is ["show", ..], args is ["show", var given, ..] ? Number(given) : UsualRounds, args is [_, _, var only] ? only : "").GetAwaiter().GetResult();
        }
        finally
        {
            PinnedProcess.StopAll();
        }
    }

    private static async Task<int> Measure(bool onlyShows, int rounds, string only)
    {
        var rows = new List<CachingRow>();
        if (only != "without")
        {
            await using var process = await CachingProcess.StartAsync();
            foreach (var count in Counts)
            {
                rows.Add(await process.MeasureAsync(count, rounds));
            }
        }

        if (only != "over")
        {
            await using var inside = await CachingInProcess.StartAsync();
            foreach (var count in Counts)
            {
                rows.Add(await inside.MeasureAsync(count, rounds));
            }
        }

        var report = new Report("caching: an entity that is kept, beside one that is fetched");
        report.Environment($"the gateway on a core of its own; {rounds} turns each");
        report.Table(CachingRow.Header, rows.Select(static row => row.Cells()));
        report.Paragraph(
            "Processor time of the gateway for one request, when its compiler has ended: medians of the turns. \"Whole\" has the same answer from one source. \"Step\" is what is above it; \"over ids\" is what is above \"ids alone\", "
            + "so that there reading the entities' fields, and writing them to the client, counts on both sides. Ratios are medians of those of single turns, with their quartiles. Equal requests are not shared. What is asked: [README](../README.md).");
        if (onlyShows)
        {
            report.Print();
        }
        else
        {
            report.Write("caching");
        }

        return 0;
    }

    private static async Task<int> Repeat(string way, int count, TimeSpan duration)
    {
        await using var inside = await CachingInProcess.StartAsync();
        inside.Repeat(way, count, duration);
        return 0;
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
