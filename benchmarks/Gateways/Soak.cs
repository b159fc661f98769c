using System.Globalization;

namespace GraphGateway.Benchmarks;

/// <summary>
/// Looks at a gateway's memory while it is under load, thirty times (each minute of half an hour), and says how much more there is in the last third than in the first. Of ours
/// also the managed heap, which its own page for Prometheus tells.
/// </summary>
internal sealed class Soak : IAsyncDisposable
{
    private const int Looks = 30;
    private const string HeapMetric = "dotnet_gc_last_collection_heap_size_bytes{";
    private static readonly Uri Page = new("http://127.0.0.1:14492/metrics");

    private readonly CancellationTokenSource end = new();
    private readonly Task looking;

    private Soak(GatewayRow row, PinnedProcess process, TimeSpan pause) => looking = LookAsync(row, process, pause);

    /// <summary>What a gateway of ours is started with in addition.</summary>
    public static (string, string)[] Environment { get; } =
        [("Gateway__Telemetry__Prometheus", "On"), ("Gateway__Telemetry__PrometheusUrl", Page.ToString())];

    /// <summary>Begins to look; disposing it prints what came of it.</summary>
    /// <param name="row">The gateway.</param>
    /// <param name="process">Its process.</param>
    /// <param name="seconds">How long it will be under load.</param>
    public static Soak Start(GatewayRow row, PinnedProcess process, int seconds) => new(row, process, TimeSpan.FromSeconds(Math.Max(1, seconds / (double)Looks)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await looking;
        end.Dispose();
    }

    private async Task LookAsync(GatewayRow row, PinnedProcess process, TimeSpan pause)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var looks = new List<(double Resident, double? Heap)>();
        using var timer = new PeriodicTimer(pause, TimeProvider.System);
        try
        {
            while (await timer.WaitForNextTickAsync(end.Token))
            {
                looks.Add((process.ResidentMegabytes(), await HeapAsync(client)));
                Console.Error.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{row.Name} after {(pause * looks.Count).TotalSeconds:0} s: {looks[^1].Resident:0.0} MB resident, {looks[^1].Heap?.ToString("0.0", CultureInfo.InvariantCulture) ?? "unknown"} MB of managed heap after its last collection"));
            }
        }
        catch (OperationCanceledException)
        {
            // The load has ended.
        }

        if (looks.Count >= 3)
        {
            Console.Out.WriteLine(
                $"{row.Name}: resident {Growth([.. looks.Select(look => look.Resident)])}, managed heap {Growth([.. looks.Select(look => look.Heap).OfType<double>()])}");
        }
    }

    private static string Growth(double[] values)
    {
        var third = values.Length / 3;
        return third == 0 ? "unknown" : string.Create(
            CultureInfo.InvariantCulture,
            $"{Clock.Median(values[..third]):0.0} MB in the first third, {Clock.Median(values[^third..]):0.0} MB in the last (medians), {values.Min():0.0} to {values.Max():0.0} MB");
    }

    private static async Task<double?> HeapAsync(HttpClient client)
    {
        try
        {
            var lines = (await client.GetStringAsync(Page)).Split('\n').Where(line => line.StartsWith(HeapMetric, StringComparison.Ordinal));
            return lines.Sum(line => double.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 2)..].Split(' ')[0], CultureInfo.InvariantCulture)) / 1e6;
        }
        catch (HttpRequestException)
        {
            // A gateway without such a page.
            return null;
        }
    }
}
