using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using GraphGateway.TestKit;

namespace GraphGateway.Benchmarks;

/// <summary>Gateways beside each other: the same sources, graph and query, one process after the other on a core of its own.</summary>
internal static class GatewaysSuite
{
    private const int SourcesPort = 14490;
    private const int GatewayCore = 1;
    private const int OtherCore = 0;
    private static readonly Uri Sources = new($"http://127.0.0.1:{SourcesPort}");
    private static readonly Uri Front = new("http://127.0.0.1:14491");
    private static readonly TimeSpan StartTime = TimeSpan.FromSeconds(60);

    /// <summary>Measures and prints; see <c>benchmarks/README.md</c> for the options.</summary>
    public static int Run(string[] args)
    {
        if (GatewayOptions.Read(args) is not { } options)
        {
            return 2;
        }

        var all = GatewayRow.All(Front);
        if (options.IsList)
        {
            Console.Out.WriteLine(string.Join('\n', all.Select(row => row.Name)));
            return 0;
        }

        if (options.Rows.Find(name => !all.Any(row => row.Name == name)) is { } unknown)
        {
            Console.Error.WriteLine($"There is no row `{unknown}`; --list names them.");
            return 2;
        }

        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, _ => Stop());
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, _ => Stop());
        using var hangUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, _ => Stop());
        try
        {
            return Measure(options, options.Rows.Count == 0 ? all : [.. all.Where(row => options.Rows.Contains(row.Name))]).GetAwaiter().GetResult();
        }
        catch (InvalidOperationException failure)
        {
            Console.Error.WriteLine(failure.Message);
            return 1;
        }
        finally
        {
            PinnedProcess.StopAll();
        }
    }

    private static void Stop()
    {
        PinnedProcess.StopAll();
        Environment.Exit(130);
    }

    private static async Task<int> Measure(GatewayOptions options, GatewayRow[] rows)
    {
        Directory.CreateDirectory(GatewayRow.Folder);
        await Compose();
        GatewayRow.WriteGrafbaseSettings(Front);
        using var shop = PinnedProcess.Start(
            OtherCore, NodePeer.Folder, Log("sources"), [("PORT", $"{SourcesPort}"), ("NODE_ENV", "production")], "node", "shop.mjs");
        await using var front = await SourceFront.Start(Sources, Front, TimeSpan.FromMilliseconds(options.Delay));
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        await WaitFor(client, shop, new Uri(Sources, "whole"), Body("{warehouse}"), "sources", token: null);
        var visits = new List<(GatewayRow Row, GatewayVisit Visit)>();
        var failures = new List<string>();
        foreach (var row in rows.Where(row => row.Needs is not null && !Path.Exists(row.Needs)))
        {
            Console.Error.WriteLine($"{row.Name}: not installed; `npm ci` in benchmarks/node brings it where it runs on this system.");
        }

        var present = rows.Where(row => row.Needs is null || Path.Exists(row.Needs)).ToArray();
        for (var round = 1; round <= (options.IsCountOnly ? 1 : options.Rounds); round++)
        {
            foreach (var row in present)
            {
                try
                {
                    var visit = await Visit(options, row, front, client);
                    visits.Add((row, visit));
                    Console.Error.WriteLine($"round {round} {row.Name}: {visit}");
                }
                catch (InvalidOperationException failure)
                {
                    failures.Add($"{row.Name}: {failure.Message}");
                    Console.Error.WriteLine($"round {round} {failures[^1]}");
                }
            }
        }

        if (failures.Count > 0)
        {
            Console.Error.WriteLine($"No table: {failures.Count} of the runs failed, or answered other than the sources know.");
            return 1;
        }

        if (!options.IsCountOnly)
        {
            GatewayReport.Make(options, visits, [.. rows.Except(present).Select(row => row.Name)]);
        }

        return 0;
    }

    /// <summary>One run of one gateway: start, check, count, warm up, measure, check, stop.</summary>
    private static async Task<GatewayVisit> Visit(GatewayOptions options, GatewayRow row, SourceFront front, HttpClient client)
    {
        var body = Body(row.Query ?? await File.ReadAllTextAsync(Repository.PathOf("benchmarks/Gateways/shopfront.graphql")));
        var url = new Uri($"http://127.0.0.1:{GatewayRow.Port}/graphql");
        var environment = options.IsSoak ? row.Environment.Concat(Soak.Environment) : row.Environment;
        await CheckFree(client, url);
        using var process = PinnedProcess.Start(GatewayCore, GatewayRow.Folder, Log(row.Name), environment, row.Command);
        await WaitFor(client, process, url, body, row.Name, row.Token);
        var expected = JsonNode.Parse((await Ask(client, new Uri(Sources, "whole"), body, token: null)).Text);
        var bytes = await Check(client, url, body, expected, row.Token);
        var before = front.Calls;
        await Check(client, url, body, expected, row.Token);
        var visit = new GatewayVisit { Bytes = bytes, Calls = front.Calls - before };
        if (options.IsCountOnly)
        {
            return visit;
        }

        if (options.Warmup > 0)
        {
            await Load.Run(GatewayRow.Port, "/graphql", body, row.Token, options.Connections, TimeSpan.FromSeconds(options.Warmup));
        }

        before = front.Calls;
        var (cpu, _) = process.Usage();
        var busy = ProcessorTime();
        await using var soak = options.IsSoak ? Soak.Start(row, process, options.Seconds) : null;
        var load = await Load.Run(GatewayRow.Port, "/graphql", body, row.Token, options.Connections, TimeSpan.FromSeconds(options.Seconds));
        var (cpuAfter, peak) = process.Usage();
        busy = ProcessorTime() - busy;
        var calls = front.Calls - before;
        await Check(client, url, body, expected, row.Token);
        if (process.HasEnded)
        {
            throw new InvalidOperationException($"It has ended; {Log(row.Name)} has what it said.");
        }

        if (load.Failures > 0)
        {
            throw new InvalidOperationException($"{load.Failures} of {load.Requests} answers under load had another status than 200.");
        }

        return visit with
        {
            Rate = load.Requests / load.Seconds,
            Median = load.Percentile(0.5),
            Late = load.Percentile(0.99),
            Processor = (cpuAfter - cpu) * 1000 / load.Requests,
            Core = (cpuAfter - cpu) / load.Seconds,
            Foreign = Math.Max(0, busy - (cpuAfter - cpu)) / load.Seconds,
            Peak = peak,
            CallsUnderLoad = (double)calls / load.Requests,
        };
    }

    private static async Task Compose()
    {
        var settings = new StringBuilder("federation_version: 2\nsubgraphs:\n");
        foreach (var source in GatewayRow.Sources)
        {
            settings.Append($"  {source}:\n    routing_url: {new Uri(Front, source)}\n    schema:\n      file: {Repository.PathOf($"benchmarks/Gateways/sources/{source}.graphql")}\n");
        }

        var file = Path.Combine(GatewayRow.Folder, "supergraph.yaml");
        await File.WriteAllTextAsync(file, settings.ToString());
        using var compose = Process.Start(
            "dotnet", [Repository.PathOf("src/Cli/bin/Release/net10.0/graphgateway.dll"), "compose", file, "--format", "apollo", "--output", GatewayRow.Supergraph]);
        await compose.WaitForExitAsync();
        if (compose.ExitCode != 0)
        {
            throw new InvalidOperationException("The sources cannot be composed.");
        }
    }

    // What an earlier run has left behind would answer in its place, and be measured.
    private static async Task CheckFree(HttpClient client, Uri url)
    {
        try
        {
            await client.GetAsync(url);
        }
        catch (HttpRequestException failure) when (failure.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return;
        }

        throw new InvalidOperationException($"Something else listens on port {GatewayRow.Port} already.");
    }

    private static async Task WaitFor(HttpClient client, PinnedProcess process, Uri url, byte[] body, string name, string? token)
    {
        var start = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(start) < StartTime)
        {
            try
            {
                if ((await Ask(client, url, body, token)).Status == 200)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // It does not listen yet.
            }

            if (process.HasEnded)
            {
                throw new InvalidOperationException($"It ended before it answered; {Log(name)} has what it said.");
            }

            await Task.Delay(TimeSpan.FromMilliseconds(200), TimeProvider.System);
        }

        throw new InvalidOperationException($"It did not answer within {StartTime.TotalSeconds} s; {Log(name)} has what it said.");
    }

    /// <summary>The answer must be, as JSON, what the whole shop in one server answers.</summary>
    /// <returns>The answer's bytes.</returns>
    private static async Task<int> Check(HttpClient client, Uri url, byte[] body, JsonNode? expected, string? token)
    {
        var (status, text) = await Ask(client, url, body, token);
        JsonNode? answer;
        try
        {
            answer = JsonNode.Parse(text);
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"An answer is no JSON (status {status}).");
        }

        return status == 200 && answer?["errors"] is null && JsonNode.DeepEquals(answer?["data"], expected?["data"])
            ? Encoding.UTF8.GetByteCount(text)
            : throw new InvalidOperationException($"Another answer than the right one (status {status}): {text[..Math.Min(text.Length, 300)]}");
    }

    private static async Task<(int Status, string Text)> Ask(HttpClient client, Uri url, byte[] body, string? token)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = Servers.Json(body), Headers = { Accept = { new("application/json") } } };
        request.Headers.Authorization = token is null ? null : new("Bearer", token);
        using var response = await client.SendAsync(request);
        return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static byte[] Body(string query) => JsonSerializer.SerializeToUtf8Bytes(new { query });

    private static string Log(string name) => Path.Combine(GatewayRow.Folder, name + ".log");

    /// <summary>Seconds that the gateway's core has worked, for whomever.</summary>
    private static double ProcessorTime()
    {
        // proc(5): user, nice, system, idle, iowait, irq, softirq.
        var fields = File.ReadLines("/proc/stat").First(line => line.StartsWith($"cpu{GatewayCore} ", StringComparison.Ordinal)).Split(' ');
        return new[] { 1, 2, 3, 6, 7 }.Sum(at => long.Parse(fields[at], System.Globalization.CultureInfo.InvariantCulture)) / 100.0;
    }
}
