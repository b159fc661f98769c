namespace GraphGateway.Benchmarks;

/// <summary>What was measured of one number of entities in one place: for each of <see cref="CachingGraph.Ways"/> the processor time of a request, turn by turn.</summary>
/// <param name="name">Its first cells.</param>
internal sealed class CachingRow(params string[] name)
{
    private readonly List<double>[] turns = [.. CachingGraph.Ways.Select(static _ => new List<double>())];

    /// <summary>The table's head.</summary>
    public static readonly string[] Header =
        ["Entities", "", "Ids alone", "Whole", "Fetched", "Kept", "Step fetched", "Step kept", "Kept beside fetched", "The same over ids"];

    // The ways in short turns, each after each other one equally often: what else happens on the machine falls on all alike.
    private static readonly int[][] Orders = [[0, 1, 3, 2], [1, 2, 0, 3], [2, 3, 1, 0], [3, 0, 2, 1]];

    /// <summary>Measures all ways in turns.</summary>
    /// <param name="rounds">How often each; rounded up to a multiple of four.</param>
    /// <param name="measure">Microseconds of one request of a way.</param>
    public async Task MeasureAsync(int rounds, Func<int, Task<double>> measure)
    {
        for (var round = 0; round < rounds || round % Orders.Length != 0; round++)
        {
            foreach (var way in Orders[round % Orders.Length])
            {
                turns[way].Add(await measure(way));
            }
        }

        Console.Error.WriteLine($"{string.Join(' ', name)}: {string.Join(", ", CachingGraph.Ways.Zip(turns, static (way, all) => $"{way} {Clock.Median(all):0.00} us"))}; kept beside fetched {Ratio(1)}");
    }

    /// <summary>The row of the table.</summary>
    public string[] Cells() =>
    [
        .. name, .. turns.Select(static way => Report.Duration(Clock.Median(way) * 1e3)),
        Report.Duration(Clock.Median(Above(2, 1)) * 1e3), Report.Duration(Clock.Median(Above(3, 1)) * 1e3), Ratio(1), Ratio(0),
    ];

    // The machine is not equally fast all the time: what is compared is what was measured in the same round.
    private IEnumerable<double> Above(int way, int without) => turns[way].Zip(turns[without], static (one, less) => one - less);

    private string Ratio(int without)
    {
        var all = Above(3, without).Zip(Above(2, without), static (kept, fetched) => kept / fetched).Order().ToArray();
        return $"{Report.Digits(Clock.Median(all))} ({Report.Digits(all[all.Length / 4])} to {Report.Digits(all[all.Length * 3 / 4])})";
    }
}
