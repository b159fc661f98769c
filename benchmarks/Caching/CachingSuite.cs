using System.Globalization;
using System.Text;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;

namespace GraphGateway.Benchmarks;

/// <summary>
/// What an entity costs the gateway that it has kept, beside one that it fetches: the gateway alone on a core, its sources and those who ask on the other. Of
/// each request that with the ids alone is taken off, which both have in common.
/// </summary>
internal static class CachingSuite
{
    private const int UsualRounds = 5;
    private const int Connections = 16;
    private const int GatewayPort = 7540;
    private const int GatewayCore = 1;
    private const string Lists = "http://127.0.0.1:7541";
    private const string Details = "http://127.0.0.1:7542";

    private static readonly int[] Counts = [1, 10, 100];
    private static readonly Uri Gateway = new($"http://127.0.0.1:{GatewayPort}/graphql");

    private static readonly string Supergraph = $$"""
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source {
          LISTS @gateway__source(name: "lists", dialect: APOLLO, url: "{{Lists}}/graphql")
          DETAILS @gateway__source(name: "details", dialect: APOLLO, url: "{{Details}}/graphql")
        }
        type Query @gateway__type(in: [LISTS, DETAILS]) { items(first: Int): [Item] @gateway__field(in: LISTS) }
        type Item @gateway__type(in: [LISTS, DETAILS]) @gateway__key(in: [LISTS, DETAILS], fields: "id") @gateway__lookup(in: DETAILS, key: "id") {
          id: ID! @gateway__field(in: [LISTS, DETAILS])
          name: String @gateway__field(in: DETAILS)
          text: String @gateway__field(in: DETAILS)
          price: Float @gateway__field(in: DETAILS)
        }
        """;

    /// <summary>Measures and writes the table; with <c>show</c>, and how many rounds, it only prints it.</summary>
    public static int Run(string[] args)
    {
        try
        {
            var rounds = args is ["show", var given] ? int.Parse(given, CultureInfo.InvariantCulture) : UsualRounds;
            return Measure(args is ["show", ..], rounds).GetAwaiter().GetResult();
        }
        finally
        {
            PinnedProcess.StopAll();
        }
    }

    private static async Task<int> Measure(bool onlyShows, int rounds)
    {
        Directory.CreateDirectory(GatewayRow.Folder);
        await File.WriteAllTextAsync(Path.Combine(GatewayRow.Folder, "caching.graphql"), Supergraph);
        await using var lists = await Serve(Lists, body => $"{{\"data\":{{\"items\":[{Items(CountOf(body), id => $"{{\"id\":\"{id}\"}}")}]}}}}");
        await using var details = await Serve(
            Details,
            body => $"{{\"data\":{{\"_entities\":[{Items(body.Split("\"id\":").Length - 1, id => $"{{\"name\":\"Item number {id}\",\"text\":\"{new string('t', 120)}\",\"price\":{id}.5}}")}]}}}}");
        var rows = new List<string[]>();
        foreach (var count in Counts)
        {
            var (ids, fetched, kept) = (new List<double>(), new List<double>(), new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                ids.Add(await Processor($"{{items(first:{count}){{id}}}}", "Off"));
                fetched.Add(await Processor($"{{items(first:{count}){{id name text price}}}}", "Off"));
                kept.Add(await Processor($"{{items(first:{count}){{id name text price}}}}", "On"));
                Console.Error.WriteLine($"{count} entities, round {round + 1}: ids alone {ids[^1]:0.0} us, fetched {fetched[^1]:0.0} us, kept {kept[^1]:0.0} us");
            }

            rows.Add(Row(count, Clock.Median(ids), Clock.Median(fetched), Clock.Median(kept)));
        }

        var report = new Report("caching: an entity that is kept, beside one that is fetched");
        report.Environment($"the gateway on a core of its own, {Connections} connections, {rounds} rounds");
        report.Table(["Entities", "Ids alone", "Fetched", "Kept", "More for fetched", "More for kept", "Kept beside fetched"], rows);
        report.Paragraph("Processor time of the gateway for one request. Equal requests are not shared. What is asked: [README](../README.md).");
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

    private static string[] Row(int count, double ids, double fetched, double kept) =>
    [
        $"{count}", Report.Duration(ids * 1e3), Report.Duration(fetched * 1e3), Report.Duration(kept * 1e3),
        Report.Duration((fetched - ids) * 1e3), Report.Duration((kept - ids) * 1e3), Report.Digits((kept - ids) / (fetched - ids)),
    ];

    // Microseconds of the gateway's processor time for one request, warm.
    private static async Task<double> Processor(string query, string entities)
    {
        var log = Path.Combine(GatewayRow.Folder, "caching.log");
        using var gateway = PinnedProcess.Start(
            GatewayCore, GatewayRow.Folder, log, [],
            "dotnet", Repository.PathOf("src/Gateway/bin/Release/net10.0/GraphGateway.Gateway.dll"), "--urls", $"http://127.0.0.1:{GatewayPort}",
            $"--Gateway:Supergraph={Path.Combine(GatewayRow.Folder, "caching.graphql")}", "--Gateway:Deduplication:SourceRequests=Off", $"--Gateway:ResponseCache:Entities={entities}");
        var body = Encoding.UTF8.GetBytes($"{{\"query\":\"{query}\"}}");
        await Started(gateway, body, log);
        await Load.Run(GatewayPort, "/graphql", body, token: null, Connections, TimeSpan.FromSeconds(5));
        var (before, _) = gateway.Usage();
        var load = await Load.Run(GatewayPort, "/graphql", body, token: null, Connections, TimeSpan.FromSeconds(5));
        var (after, _) = gateway.Usage();
        return load.Failures == 0 ? (after - before) * 1e6 / load.Requests : throw new InvalidOperationException($"{load.Failures} answers had another status than 200.");
    }

    private static async Task Started(PinnedProcess gateway, byte[] body, string log)
    {
        using var client = new HttpClient();
        while (!gateway.HasEnded)
        {
            try
            {
                using var response = await client.PostAsync(Gateway, Servers.Json(body));
                var text = await response.Content.ReadAsStringAsync();
                if (response.IsSuccessStatusCode && !text.Contains("\"errors\"", StringComparison.Ordinal))
                {
                    return;
                }

                throw new InvalidOperationException($"Another answer than the right one: {text}");
            }
            catch (HttpRequestException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }

        throw new InvalidOperationException($"The gateway ended before it answered; {log} has what it said.");
    }

    private static async Task<WebApplication> Serve(string address, Func<string, string> answer)
    {
        var server = Servers.Create(address, async context =>
        {
            using var body = await Servers.ReadBody(context.Request);
            var bytes = Encoding.UTF8.GetBytes(answer(Encoding.UTF8.GetString(body.Span)));
            (context.Response.ContentType, context.Response.ContentLength) = ("application/json", bytes.Length);
            context.Response.Headers.CacheControl = "max-age=3600";
            await context.Response.Body.WriteAsync(bytes);
        });
        await server.StartAsync();
        return server;
    }

    private static string Items(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(1, count).Select(item));

    private static int CountOf(string body)
    {
        var start = body.IndexOf("first: ", StringComparison.Ordinal) + "first: ".Length;
        return int.Parse(body.AsSpan(start, body.IndexOf(')', start) - start), CultureInfo.InvariantCulture);
    }
}
