using System.Diagnostics;
using System.Globalization;

namespace GraphGateway.Benchmarks;

/// <summary>
/// Two gateways of ours at the same time on one core, of which one works while the other waits: turns are so short that a host that is slower for a while is so for both.
/// What they cost can be told apart where runs one after the other only show what the host did meanwhile.
/// </summary>
internal static class InTurns
{
    /// <summary>Measures and prints the second row's processor time beside the first one's.</summary>
    /// <param name="options">Its turn, the seconds of each row in a round, and its rounds, each with new processes.</param>
    /// <param name="rows">Two of ours.</param>
    /// <param name="client">Checks their answers.</param>
    public static async Task<int> Measure(GatewayOptions options, GatewayRow[] rows, HttpClient client)
    {
        if (rows is not [var first, var second] || rows.Any(row => !row.Name.StartsWith("graphgateway", StringComparison.Ordinal)))
        {
            Console.Error.WriteLine("--turn is for two rows of `graphgateway`.");
            return 2;
        }

        var pairs = new List<(double First, double Second)>();
        var means = new List<double>();
        for (var round = 1; round <= options.Rounds; round++)
        {
            // Who is started first has its code compiled while nothing else runs: each is it in turn.
            var own = round % 2 == 1 ? await Round(options, first, second, client) : [.. (await Round(options, second, first, client)).Select(pair => (pair.Second, pair.First))];
            pairs.AddRange(own);
            means.Add(Ratio(own));
            Console.Error.WriteLine($"round {round}: {Sum(own)}");
        }

        // The code that a process compiles differs from start to start, which moves whole rounds: these, and not their turns, are what is drawn from.
        var mean = means.Average();
        var error = Math.Sqrt(means.Sum(ratio => Math.Pow(ratio - mean, 2)) / Math.Max(1, means.Count - 1) / means.Count);
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"`{second.Name}` beside `{first.Name}`: {Sum(pairs)}; median of {means.Count} rounds {Clock.Median(means):0.000}, mean {mean:0.000} with a standard error of {error:0.000}."));
        return 0;
    }

    private static async Task<List<(double First, double Second)>> Round(GatewayOptions options, GatewayRow first, GatewayRow second, HttpClient client)
    {
        using var one = await RunningGateway.Start(client, first.At(GatewayRow.Port), GatewayRow.Port, []);
        using var two = await RunningGateway.Start(client, second.At(GatewayRow.Port + 1), GatewayRow.Port + 1, []);
        using var toOne = await one.Open(options.Connections);
        using var toTwo = await two.Open(options.Connections);
        var turn = TimeSpan.FromMilliseconds(options.Turn);
        for (var seconds = 0; seconds < options.Warmup; seconds++)
        {
            await toOne.Run(TimeSpan.FromSeconds(1));
            await toTwo.Run(TimeSpan.FromSeconds(1));
        }

        var pairs = new List<(double, double)>();
        for (var start = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(start).TotalSeconds < options.Seconds;)
        {
            // Who comes second in one pair comes first in the next: a host that gets slower meets both.
            var (a, b) = (await Turn(one, toOne, turn), await Turn(two, toTwo, turn));
            pairs.Add((a, b));
            (b, a) = (await Turn(two, toTwo, turn), await Turn(one, toOne, turn));
            pairs.Add((a, b));
        }

        await one.Check();
        await two.Check();
        return pairs;
    }

    /// <summary>Processor milliseconds for each request of one turn.</summary>
    private static async Task<double> Turn(RunningGateway gateway, Load load, TimeSpan turn)
    {
        var (before, _) = gateway.Process.Usage();
        var result = await load.Run(turn);
        var (after, _) = gateway.Process.Usage();
        gateway.CheckAlive(result);
        return (after - before) * 1000 / result.Requests;
    }

    private static double Ratio(List<(double First, double Second)> pairs) => pairs.Average(pair => pair.Second) / pairs.Average(pair => pair.First);

    private static string Sum(List<(double First, double Second)> pairs)
    {
        var (first, second) = (pairs.Average(pair => pair.First), pairs.Average(pair => pair.Second));
        return string.Create(CultureInfo.InvariantCulture, $"{Ratio(pairs):0.000} times ({first * 1e3:0.0} and {second * 1e3:0.0} µs, {(second - first) * 1e3:0.0} µs more)");
    }
}
