using System.Diagnostics;
using System.Runtime.InteropServices;
using System.Text;
using GraphGateway.TestKit;

namespace GraphGateway.Benchmarks;

/// <summary>Gateways beside each other: the same sources, graph and query, one process after the other on a core of its own.</summary>
internal static class GatewaysSuite
{
    private const int OtherCore = 0;
    private static readonly Uri Front = new("http://127.0.0.1:14491");

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
            return Measure(options, options.Rows.Count == 0 ? all : [.. options.Rows.Select(name => all.First(row => row.Name == name))]).GetAwaiter().GetResult();
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
            OtherCore, NodePeer.Folder, RunningGateway.Log("sources"), [("PORT", $"{RunningGateway.Sources.Port}"), ("NODE_ENV", "production")], "node", "shop.mjs");
        await using var front = await SourceFront.Start(RunningGateway.Sources, Front, TimeSpan.FromMilliseconds(options.Delay));
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(20) };
        await RunningGateway.WaitFor(client, shop, RunningGateway.Whole, RunningGateway.Body("{warehouse}"), "sources", token: null);
        if (options.Turn > 0)
        {
            return await InTurns.Measure(options, rows, client);
        }

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
        using var gateway = await RunningGateway.Start(client, row, GatewayRow.Port, options.IsSoak ? Soak.Environment : []);
        var process = gateway.Process;
        var before = front.Calls;
        await gateway.Check();
        var visit = new GatewayVisit { Bytes = gateway.Bytes, Calls = front.Calls - before };
        if (options.IsCountOnly)
        {
            return visit;
        }

        if (options.Warmup > 0)
        {
            await gateway.Load(options.Connections, options.Warmup);
        }

        before = front.Calls;
        var (cpu, _) = process.Usage();
        var busy = ProcessorTime();
        await using var soak = options.IsSoak ? Soak.Start(row, process, options.Seconds) : null;
        var load = await gateway.Load(options.Connections, options.Seconds);
        var (cpuAfter, peak) = process.Usage();
        busy = ProcessorTime() - busy;
        var calls = front.Calls - before;
        await gateway.Check();
        gateway.CheckAlive(load);

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

    /// <summary>Seconds that the gateway's core has worked, for whomever.</summary>
    private static double ProcessorTime()
    {
        // proc(5): user, nice, system, idle, iowait, irq, softirq.
        var fields = File.ReadLines("/proc/stat").First(line => line.StartsWith($"cpu{RunningGateway.Core} ", StringComparison.Ordinal)).Split(' ');
        return new[] { 1, 2, 3, 6, 7 }.Sum(at => long.Parse(fields[at], System.Globalization.CultureInfo.InvariantCulture)) / 100.0;
    }
}
