using System.Diagnostics;
using System.Globalization;
using System.Net;
using GraphGateway.ControlPlane;
using GraphGateway.TestKit;
using Npgsql;

namespace GraphGateway.Benchmarks;

/// <summary>
/// How long commands and pages take on a registry in which one source has 10,000 versions and its stage 10,000 launches, beside 200 other stages. Each command is a process of its own, as somebody
/// calls it, and counts from its start to its end.
/// </summary>
internal static class ManyVersions
{
    private const string Graph = "shop";
    private const string Stage = "production";
    private const int Versions = 10_000;
    private const int OtherStages = 198;
    private const int Runs = 5;
    private const int Port = 14510;
    private const int OtherFields = 300;

    private static readonly Uri Url = new($"http://127.0.0.1:{Port}");
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Measures it on SQLite, and on PostgreSQL where <see cref="Requirements.PostgresVariable"/> has a server.</summary>
    public static async Task MeasureAsync(Report report)
    {
        using var folder = new TemporaryFolder();
        var schema = folder.Write("orders.graphqls", SchemaOf(Versions - 1) + "\nextend type Query { another: Int }");
        var columns = new List<(string Name, Dictionary<string, double> Times)>();
        await MeasureAsync("SQLite", Path.Combine(folder.Path, "registry.db"), folder, schema, columns);
        if (Requirements.PostgresConnectionString is { } server)
        {
            var name = $"benchmark_{Guid.NewGuid():N}";
            await RunAsync(server, $"CREATE DATABASE {name}");
            try
            {
                await MeasureAsync("PostgreSQL", new NpgsqlConnectionStringBuilder(server) { Database = name }.ConnectionString, folder, schema, columns);
            }
            finally
            {
                NpgsqlConnection.ClearAllPools();
                await RunAsync(server, $"DROP DATABASE {name} WITH (FORCE)");
            }
        }

        report.Paragraph(
            $"**{Versions:N0} versions** of a source, as many launches of its stage, and {OtherStages} other stages, half of them in another graph. Commands: the median of {Runs}, each from the start of its process to its end. Pages and their server: the median of {Runs} requests to a server that runs.");
        report.Table(["", .. columns.Select(column => column.Name)], columns[0].Times.Keys.Select(row => new[] { row }.Concat(columns.Select(column => double.IsNaN(column.Times[row]) ? "" : Report.Duration(column.Times[row] * 1e9))).ToArray()));
    }

    private static async Task MeasureAsync(string name, string store, TemporaryFolder folder, string schema, List<(string, Dictionary<string, double>)> columns)
    {
        Console.Error.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss} {name}: {Versions} versions are published");
        var key = Path.Combine(folder.Path, $"key-{name}");
        await RegistryStore.MakeKeyAsync(store, key);
        await FillAsync(store);
        Console.Error.WriteLine($"{TimeProvider.System.GetUtcNow():HH:mm:ss} {name}: measured");
        var direct = await CommandsAsync(schema, ["--store", store]);
        columns.Add((name, direct));
        using var server = PinnedProcess.Start(
            0, folder.Path, Path.Combine(folder.Path, $"log-{name}"), [], "dotnet", RegistryStore.Command, "registry", "serve", "--store", store, "--urls", Url.ToString(), "--pepper-file", folder.Write("pepper", new string('p', 32)));
        while (!await RegistryStore.IsThereAsync(new Uri(Url, "/openapi.json")))
        {
            await Task.Delay(Pause, TimeProvider.System);
        }

        var remote = await CommandsAsync(schema, ["--registry", Url.ToString(), "--key-file", key]);
        foreach (var (row, time) in await PagesAsync(await File.ReadAllTextAsync(key)))
        {
            remote[row] = time;
            direct[row] = double.NaN;
        }

        columns.Add(($"{name} over HTTP", remote));
    }

    private static async Task<Dictionary<string, double>> CommandsAsync(string schema, string[] place)
    {
        string[] stage = ["--graph", Graph, "--stage", Stage];
        (string Name, string[] Arguments)[] commands =
        [
            ("`list`", ["list"]), ("`list --graph --stage`", ["list", .. stage]), ("`check`", ["check", .. stage, "--source", "orders", "--schema", schema]),
            ("`history --stage`", ["history", .. stage]), ("`history --stage --first 10000`", ["history", .. stage, "--first", "10000"]),
            ("`history --source --first 10000`", ["history", "--graph", Graph, "--source", "orders", "--first", "10000"]),
        ];
        var times = new Dictionary<string, double>();
        foreach (var (name, arguments) in commands)
        {
            var runs = new List<double>();
            for (var run = 0; run < Runs; run++)
            {
                runs.Add(await CommandAsync([.. arguments, .. place]));
            }

            times[name] = Clock.Median(runs);
        }

        return times;
    }

    private static async Task<double> CommandAsync(string[] arguments)
    {
        var start = Stopwatch.GetTimestamp();
        await using var process = ChildProcess.StartDotnet(RegistryStore.Command, arguments);
        var result = await process.WaitForExitAsync();
        return result is { ExitCode: 0, Output.Length: > 0 } ? Stopwatch.GetElapsedTime(start).TotalSeconds : throw new InvalidOperationException(process.Everything);
    }

    private static async Task<Dictionary<string, double>> PagesAsync(string key)
    {
        using var client = new HttpClient { BaseAddress = Url };
        using var form = new FormUrlEncodedContent([new("key", key)]);
        using var session = await client.PostAsync(new Uri("/registry/sign-in", UriKind.Relative), form);
        var times = new Dictionary<string, double>();
        foreach (var (name, path, part) in new[]
        {
            ("page of all graphs", "/registry", Stage), ("page of a graph", $"/registry/graphs/{Graph}", "orders"), ("page of a stage", $"/registry/graphs/{Graph}/stages/{Stage}", $"#{Versions}"),
            ("page of a source", $"/registry/graphs/{Graph}/sources/orders", "orders"), ("page of a launch's changes", $"/registry/graphs/{Graph}/stages/{Stage}/launches/{Versions}/changes", "field"),
        })
        {
            var runs = new List<double>();
            for (var run = 0; run < Runs; run++)
            {
                var start = Stopwatch.GetTimestamp();
                using var response = await client.GetAsync(new Uri(path, UriKind.Relative));
                var text = await response.Content.ReadAsStringAsync();
                runs.Add(Stopwatch.GetElapsedTime(start).TotalSeconds);
                if (response.StatusCode != HttpStatusCode.OK || !text.Contains(part, StringComparison.Ordinal))
                {
                    throw new InvalidOperationException($"{path}: {response.StatusCode} {text}");
                }
            }

            times[name] = Clock.Median(runs);
        }

        return times;
    }

    private static async Task FillAsync(string store)
    {
        await using var registry = SchemaRegistry.At(store);
        await registry.PrepareAsync(default);
        for (var i = 0; i < OtherStages; i++)
        {
            // A graph has room for 100 stages.
            await PublishAsync(registry, i % 2 == 0 ? Graph : $"{Graph}2", $"stage{i}", new SourcePublication("users", "type Query { users: Int }"));
        }

        await PublishAsync(registry, Graph, Stage, new SourcePublication("users", "type Query { users: Int }"));
        for (var version = 1; version < Versions; version++)
        {
            await PublishAsync(registry, Graph, Stage, new SourcePublication("orders", SchemaOf(version)));
        }
    }

    // Of many fields, one of which is another one in each version.
    private static string SchemaOf(int version) =>
        $"type Query {{ field{version}: Int {string.Concat(Enumerable.Range(0, OtherFields).Select(i => $"order{i}(id: ID!): String "))} }}";

    private static async Task PublishAsync(SchemaRegistry registry, string graph, string stage, SourcePublication publication)
    {
        var result = await registry.PublishAsync(graph, stage, [publication], new LaunchNote("benchmark", publication.Hash[..7]), TimeProvider.System.GetUtcNow(), default);
        if (result.Launch is not { Status: LaunchStatus.Live })
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"Not published: {result.Refusal}"));
        }
    }

    private static async Task RunAsync(string server, string text)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }
}
