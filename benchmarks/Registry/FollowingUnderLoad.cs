using GraphGateway.ControlPlane.Tests.Following;

namespace GraphGateway.Benchmarks;

/// <summary>A gateway that follows a registry while it is asked 200 times a second. Where an answer is missing or not wholly of one version, there is no table.</summary>
/// <param name="places">Where the gateway follows the registry.</param>
/// <param name="rounds">How often each is measured beside the other.</param>
/// <param name="sizes">Of which graphs a publish a second is measured.</param>
/// <param name="cores">Whether with a gateway that may use all processors, or with one that has one for itself.</param>
internal sealed class FollowingUnderLoad(FollowedPlace[] places, GraphSize[] sizes, bool[] cores, int rounds)
{
    private const int Rate = 200;
    private const int Publishes = 50;
    private const int Rollbacks = 5;
    private const int MorePublishes = 100;

    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // The default, and a shorter one where each of many changes is waited for.
    private static readonly TimeSpan UsualInterval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan ShortInterval = TimeSpan.FromMilliseconds(200);

    // Connections of an old graph are closed when the time of a request is over (60 s) and nobody needs them.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(75);

    /// <summary>50 publishes and 5 rollbacks in a row, each as soon as the one before is served.</summary>
    public async Task LoadAsync(Report report)
    {
        var rows = new List<string[]>();
        foreach (var place in places)
        {
            await using var world = await RegistryWorld.StartAsync(place, GraphSize.Large, movesAddresses: true, ShortInterval);
            await QuietAsync(world, WarmUp);
            var began = TimeProvider.System.GetTimestamp();
            var result = await UnderLoadAsync(world, async () => await ChangeAsync(world, Publishes, Rollbacks));
            rows.Add([NameOf(place), $"{Publishes}", $"{Rollbacks}", $"{result.Latencies.Length:N0}", $"{result.Failures}", $"{result.Versions.Count}", $"{TimeProvider.System.GetElapsedTime(began).TotalSeconds:0} s", .. Percentiles(result)]);
        }

        report.Paragraph($"**Publishing under load.** {Rate} requests a second, {GraphSize.Large}. Each change is made when the one before is served. Versions: of how many there were answers.");
        report.Table(["Followed", "Publishes", "Rollbacks", "Requests", "Failed or mixed", "Versions", "In", "p50", "p99", "Slowest"], rows);
    }

    /// <summary>A publish a second beside none, in turns.</summary>
    public async Task PaceAsync(Report report)
    {
        var rows = new List<string[]>();
        foreach (var (place, size, all) in places.SelectMany(place => sizes.SelectMany(size => cores.Select(all => (place, size, all)))))
        {
            await using var world = await RegistryWorld.StartAsync(place, size, movesAddresses: false, UsualInterval, all);
            await UnderLoadAsync(world, () => PublishAsync(world, WarmUp));
            var (quiet, busy) = (new List<OpenLoadResult>(), new List<OpenLoadResult>());
            var (quietSeconds, busySeconds) = (new List<double>(), new List<double>());
            var pauses = new Dictionary<List<OpenLoadResult>, double[]>();
            for (var round = 0; round < rounds; round++)
            {
                await MeasureAsync(quiet, quietSeconds, () => QuietAsync(world, Round));
                await MeasureAsync(busy, busySeconds, () => UnderLoadAsync(world, () => PublishAsync(world, Round)));
                Console.Error.WriteLine($"{place}, {(all ? "all cores" : "a core")}, round {round + 1}: quiet {Show(quiet[^1])}, publishing {Show(busy[^1])} ({busy[^1].Versions.Count} versions), processor {quietSeconds[^1]:0.00} s and {busySeconds[^1]:0.00} s, stopped for {pauses[quiet][^1]:0.000} s and {pauses[busy][^1]:0.000} s");
            }

            async Task MeasureAsync(List<OpenLoadResult> results, List<double> seconds, Func<Task<OpenLoadResult>> run)
            {
                var before = world.ProcessorSeconds();
                var stopped = await RegistryWorld.PausesAsync();
                results.Add(await run());
                seconds.Add(world.ProcessorSeconds() - before);
                pauses[results] = [.. pauses.GetValueOrDefault(results, []), await RegistryWorld.PausesAsync() - stopped];
            }

            double Median(List<OpenLoadResult> results, double share) => Clock.Median(results.Select(result => result.Percentile(share)));
            foreach (var (name, results, seconds) in new[] { ("quiet", quiet, quietSeconds), ("a publish a second", busy, busySeconds) })
            {
                rows.Add(
                [
                    $"{NameOf(place)}, {(all ? "all cores" : "a core of its own")}, {size}: {name}", Milliseconds(Median(results, 0.5)), Milliseconds(Median(results, 0.99)), Milliseconds(Median(results, 1)),
                    results == quiet ? "" : Report.Digits(Median(busy, 0.99) / Median(quiet, 0.99)), string.Join(", ", results.Select(result => Report.Digits(result.Percentile(0.99)))),
                    $"{Clock.Median(seconds):0.0} s", $"{Clock.Median(pauses[results]):0.00} s", $"{Clock.Median(results.Select(result => (double)result.Versions.Count)):0}",
                ]);
            }
        }

        report.Paragraph($"**A publish a second beside none.** {Rate} requests a second for {Round.TotalSeconds:0} s, {rounds} times each in turns, in the same gateway; medians. Latencies count from the moment at which a request was to be sent.");
        report.Table(["Followed", "p50", "p99", "Slowest", "p99 beside quiet", "p99 of each, ms", "Gateway's processor time", "Stopped by its collector", "Versions"], rows);
    }

    /// <summary>What memory a gateway takes after 10, 50 and 150 publishes.</summary>
    public static async Task MemoryAsync(Report report)
    {
        var rows = new List<string[]>();
        await using var world = await RegistryWorld.StartAsync(FollowedPlace.Http, GraphSize.Large, movesAddresses: true, ShortInterval);
        await QuietAsync(world, WarmUp);
        await LookAsync(0);
        foreach (var count in new[] { 10, Publishes - 10, MorePublishes })
        {
            await UnderLoadAsync(world, () => ChangeAsync(world, count, 0));
            await LookAsync(world.Served - 1);
        }

        async Task LookAsync(int publishes)
        {
            await QuietAsync(world, Rest);
            var (resident, heap) = await world.MemoryAsync();
            rows.Add([$"{publishes}", $"{resident:0} MB", $"{heap:0} MB"]);
            Console.Error.WriteLine(string.Join(" ", rows[^1]));
        }

        report.Paragraph($"**Memory.** The gateway after so many publishes, each {Rest.TotalSeconds:0} s after the last, with {Rate} requests a second all the time. The heap is that of the last collection, whichever it was.");
        report.Table(["Publishes", "Resident", "Managed heap"], rows);
    }

    private static async Task ChangeAsync(RegistryWorld world, int publishes, int rollbacks)
    {
        for (var i = 1; i <= publishes; i++)
        {
            await world.PublishAsync();
            await world.ServedAsync();
            if (rollbacks > 0 && i % (publishes / rollbacks) == 0)
            {
                await world.RollbackAsync();
                await world.ServedAsync();
            }
        }
    }

    private static async Task PublishAsync(RegistryWorld world, TimeSpan time)
    {
        using var timer = new PeriodicTimer(Second, TimeProvider.System);
        for (var second = 0; second < (int)time.TotalSeconds; second++)
        {
            await world.PublishAsync();
            await timer.WaitForNextTickAsync();
        }
    }

    private static Task<OpenLoadResult> QuietAsync(RegistryWorld world, TimeSpan time) => UnderLoadAsync(world, () => Task.Delay(time, TimeProvider.System));

    private static async Task<OpenLoadResult> UnderLoadAsync(RegistryWorld world, Func<Task> work)
    {
        using var end = new CancellationTokenSource();
        var load = world.Load.RunAsync(Rate, end.Token);
        try
        {
            await work();
        }
        finally
        {
            await end.CancelAsync();
        }

        var result = await load;
        return result.Failures == 0 ? result : throw new InvalidOperationException($"{result.Failures} of {result.Failures + result.Latencies.Length} requests failed, or their answers were mixed:\n{string.Join('\n', result.Examples)}");
    }

    private static string NameOf(FollowedPlace place) => place == FollowedPlace.Store ? "in the store" : "over HTTP";

    private static IEnumerable<string> Percentiles(OpenLoadResult result) => new[] { 0.5, 0.99, 1 }.Select(share => Milliseconds(result.Percentile(share)));

    private static string Show(OpenLoadResult result) => $"p50 {Report.Digits(result.Percentile(0.5))}, p99 {Report.Digits(result.Percentile(0.99))}, slowest {Report.Digits(result.Percentile(1))} ms";

    private static string Milliseconds(double milliseconds) => Report.Duration(milliseconds * 1e6);
}
