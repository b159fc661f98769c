using System.Globalization;
using System.Text;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;

namespace GraphGateway.Benchmarks;

/// <summary>
/// What an entity costs the gateway that it has kept, beside one that it fetches: two gateways, one that keeps and one that does not, on one core, its sources and
/// those who ask on the other. From both is taken off what the same request costs without the step that asks for entities: once that for the same answer which one source
/// gives whole, so that only what is done for the step is left, and once that for the ids alone, so that reading and writing the entities' fields is counted as well.
/// </summary>
internal static class CachingSuite
{
    private const int UsualRounds = 5;
    private const int Connections = 16;
    private const int FetchingPort = 7540;
    private const int KeepingPort = 7543;
    private const int GatewayCore = 1;
    private const string Lists = "http://127.0.0.1:7541";
    private const string Details = "http://127.0.0.1:7542";

    private static readonly int[] Counts = [1, 10, 100];
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(1.5);

    // The compiler is seldom done in less; where it never is, the figures have it in them.
    private const int MostWarmUps = 40;
    private const int LeastWarmUps = 4;

    private static readonly string Supergraph = $$"""
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source {
          LISTS @gateway__source(name: "lists", dialect: APOLLO, url: "{{Lists}}/graphql")
          DETAILS @gateway__source(name: "details", dialect: APOLLO, url: "{{Details}}/graphql")
        }
        type Query @gateway__type(in: [LISTS, DETAILS]) { items(first: Int): [Item] @gateway__field(in: LISTS) wholes(first: Int): [Whole] @gateway__field(in: LISTS) }
        type Whole @gateway__type(in: LISTS) {
          id: ID! @gateway__field(in: LISTS)
          name: String @gateway__field(in: LISTS)
          text: String @gateway__field(in: LISTS)
          price: Float @gateway__field(in: LISTS)
        }
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
        await using var lists = await Serve(Lists, body => body.Contains("wholes", StringComparison.Ordinal)
            ? $"{{\"data\":{{\"wholes\":[{Items(CountOf(body), id => $"{{\"id\":\"{id}\",{Fields(id)}}}")}]}}}}"
            : $"{{\"data\":{{\"items\":[{Items(CountOf(body), id => $"{{\"id\":\"{id}\"}}")}]}}}}");
        await using var details = await Serve(
            Details, body => $"{{\"data\":{{\"_entities\":[{Items(body.Split("\"id\":").Length - 1, id => $"{{{Fields(id)}}}")}]}}}}");
        using var fetching = Start(FetchingPort, "Off");
        using var keeping = Start(KeepingPort, "On");
        var rows = new List<string[]>();
        foreach (var count in Counts)
        {
            (PinnedProcess Gateway, int Port, byte[] Body)[] all =
            [
                (fetching, FetchingPort, Request($"{{items(first:{count}){{id}}}}")),
                (fetching, FetchingPort, Request($"{{wholes(first:{count}){{id name text price}}}}")),
                (fetching, FetchingPort, Request($"{{items(first:{count}){{id name text price}}}}")),
                (keeping, KeepingPort, Request($"{{items(first:{count}){{id name text price}}}}")),
                (keeping, KeepingPort, Request($"{{wholes(first:{count}){{id name text price}}}}")),
            ];
            foreach (var (gateway, port, body) in all)
            {
                await Started(gateway, port, body);
                await WarmUp(gateway, port, body);
            }

            // In turns: what else happens on the machine falls on all alike.
            var measured = all.Select(_ => new List<double>()).ToArray();
            for (var round = 0; round < rounds; round++)
            {
                for (var i = 0; i < all.Length; i++)
                {
                    measured[i].Add(await Processor(all[i].Gateway, all[i].Port, all[i].Body));
                }

                Console.Error.WriteLine($"{count} entities, round {round + 1}: ids {measured[0][^1]:0.0} us, whole {measured[1][^1]:0.0} us, fetched {measured[2][^1]:0.0} us, kept {measured[3][^1]:0.0} us, whole where entities are kept {measured[4][^1]:0.0} us");
            }

            rows.Add(Row(count, measured));
        }

        var report = new Report("caching: an entity that is kept, beside one that is fetched");
        report.Environment($"the gateways on a core of their own, {Connections} connections, {rounds} rounds in turns");
        report.Table(["Entities", "Ids alone", "Whole", "Fetched", "Kept", "Whole, kept", "Step fetched", "Step kept", "Kept beside fetched", "The same over ids"], rows);
        report.Paragraph(
            "Processor time of the gateway for one request, when its compiler has ended. \"Whole\" has the same answer, from one source, in either gateway. \"Step\" is what is above it, the median of the rounds; \"over ids\" is what is above \"ids alone\", "
            + "so that there reading the entities' fields, and writing them to the client, counts on both sides. Equal requests are not shared. What is asked: [README](../README.md).");
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

    // The machine is not equally fast all the time: what is compared is what was measured in the same round.
    private static string[] Row(int count, List<double>[] measured)
    {
        double Above(int row, int other) => Clock.Median(measured[row].Zip(measured[other], static (one, less) => one - less));
        var (fetched, kept) = (Above(2, 1), Above(3, 4));
        return
        [
            $"{count}", .. measured.Select(row => Report.Duration(Clock.Median(row) * 1e3)), Report.Duration(fetched * 1e3), Report.Duration(kept * 1e3),
            Report.Digits(kept / fetched), Report.Digits(Above(3, 0) / Above(2, 0)),
        ];
    }

    private static PinnedProcess Start(int port, string entities) => PinnedProcess.Start(
        GatewayCore, GatewayRow.Folder, LogOf(port), [],
        "dotnet", Repository.PathOf("src/Gateway/bin/Release/net10.0/GraphGateway.Gateway.dll"), "--urls", $"http://127.0.0.1:{port}",
        $"--Gateway:Supergraph={Path.Combine(GatewayRow.Folder, "caching.graphql")}", "--Gateway:Deduplication:SourceRequests=Off", $"--Gateway:ResponseCache:Entities={entities}");

    private static string LogOf(int port) => Path.Combine(GatewayRow.Folder, $"caching-{port}.log");

    private static byte[] Request(string query) => Encoding.UTF8.GetBytes($"{{\"query\":\"{query}\"}}");

    // Until what is compiled on the side takes less than a fiftieth.
    private static async Task WarmUp(PinnedProcess gateway, int port, byte[] body)
    {
        for (var i = 1; i <= MostWarmUps; i++)
        {
            var (before, compiledBefore) = (gateway.Usage().Seconds, gateway.ThreadSeconds(".NET Tiered Com"));
            await Load.Run(port, "/graphql", body, token: null, Connections, Window);
            var (all, compiled) = (gateway.Usage().Seconds - before, gateway.ThreadSeconds(".NET Tiered Com") - compiledBefore);
            if (i >= LeastWarmUps && compiled < all / 50)
            {
                return;
            }
        }

        Console.Error.WriteLine("The gateway's compiler has not come to its end.");
    }

    // Microseconds of the gateway's processor time for one request.
    private static async Task<double> Processor(PinnedProcess gateway, int port, byte[] body)
    {
        var (before, _) = gateway.Usage();
        var load = await Load.Run(port, "/graphql", body, token: null, Connections, Window);
        var (after, _) = gateway.Usage();
        return load.Failures == 0 ? (after - before) * 1e6 / load.Requests : throw new InvalidOperationException($"{load.Failures} answers had another status than 200.");
    }

    private static async Task Started(PinnedProcess gateway, int port, byte[] body)
    {
        using var client = new HttpClient();
        while (!gateway.HasEnded)
        {
            try
            {
                using var response = await client.PostAsync(new Uri($"http://127.0.0.1:{port}/graphql"), Servers.Json(body));
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

        throw new InvalidOperationException($"The gateway ended before it answered; {LogOf(port)} has what it said.");
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

    private static string Fields(int id) => $"\"name\":\"Item number {id}\",\"text\":\"{new string('t', 120)}\",\"price\":{id}.5";

    private static string Items(int count, Func<int, string> item) => string.Join(',', Enumerable.Range(1, count).Select(item));

    private static int CountOf(string body)
    {
        var start = body.IndexOf("first: ", StringComparison.Ordinal) + "first: ".Length;
        return int.Parse(body.AsSpan(start, body.IndexOf(')', start) - start), CultureInfo.InvariantCulture);
    }
}
