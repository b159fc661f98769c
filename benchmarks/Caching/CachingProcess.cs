using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;

namespace GraphGateway.Benchmarks;

/// <summary>One gateway with a core of its own, which is asked over sockets, and asks its sources over sockets.</summary>
internal sealed class CachingProcess : IAsyncDisposable
{
    private const int Connections = 16;
    private const int Port = 7540;
    private const int GatewayCore = 1;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WarmUpTurn = TimeSpan.FromSeconds(1);

    // The compiler is seldom done in less; where it never is, the figures have it in them.
    private const int MostWarmUps = 40;
    private const int LeastWarmUps = 4;

    private readonly WebApplication[] sources;
    private readonly PinnedProcess gateway;

    private CachingProcess(WebApplication[] sources, PinnedProcess gateway) => (this.sources, this.gateway) = (sources, gateway);

    private static string Log => Path.Combine(GatewayRow.Folder, "caching.log");

    /// <summary>Starts sources and gateway.</summary>
    public static async Task<CachingProcess> StartAsync()
    {
        Directory.CreateDirectory(GatewayRow.Folder);
        var file = Path.Combine(GatewayRow.Folder, "caching.graphql");
        await File.WriteAllTextAsync(file, CachingGraph.Supergraph(static source => $"{AddressOf(source)}/graphql"));
        WebApplication[] sources = [await Serve(CachingGraph.Lists), await Serve(CachingGraph.Details)];
        return new CachingProcess(sources, PinnedProcess.Start(
            GatewayCore, GatewayRow.Folder, Log, [],
            "dotnet", Repository.PathOf("src/Gateway/bin/Release/net10.0/GraphGateway.Gateway.dll"), "--urls", $"http://127.0.0.1:{Port}",
            $"--Gateway:Supergraph={file}", "--Gateway:Deduplication:SourceRequests=Off", "--Gateway:Deduplication:ClientRequests=Off", "--Gateway:ResponseCache:Entities=On"));
    }

    /// <summary>Measures so many entities.</summary>
    public async Task<CachingRow> MeasureAsync(int count, int rounds)
    {
        var loads = new List<Load>();
        try
        {
            foreach (var way in CachingGraph.Ways)
            {
                await Started(CachingGraph.Query(way, count));
                loads.Add(await Load.Open(Port, "/graphql", CachingGraph.Query(way, count), token: null, Connections));
            }

            await WarmUp(loads);
            var row = new CachingRow($"{count}", "over sockets");
            await row.MeasureAsync(rounds, way => Processor(loads[way]));
            return row;
        }
        finally
        {
            loads.ForEach(static load => load.Dispose());
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        gateway.Dispose();
        foreach (var source in sources)
        {
            await source.DisposeAsync();
        }
    }

    // Until what is compiled on the side takes less than a fiftieth.
    private async Task WarmUp(List<Load> loads)
    {
        for (var i = 1; i <= MostWarmUps; i++)
        {
            var (before, compiledBefore) = (gateway.ProcessorTime(), gateway.ThreadSeconds(".NET Tiered Com"));
            foreach (var load in loads)
            {
                await load.Run(WarmUpTurn);
            }

            var (all, compiled) = ((gateway.ProcessorTime() - before).TotalSeconds, gateway.ThreadSeconds(".NET Tiered Com") - compiledBefore);
            if (i >= LeastWarmUps && compiled < all / 50)
            {
                return;
            }
        }

        Console.Error.WriteLine("The gateway's compiler has not come to its end.");
    }

    // Microseconds of the gateway's processor time for one request.
    private async Task<double> Processor(Load load)
    {
        var before = gateway.ProcessorTime();
        var result = await load.Run(Turn);
        var after = gateway.ProcessorTime();
        return result.Failures == 0 ? (after - before).TotalMicroseconds / result.Requests : throw new InvalidOperationException($"{result.Failures} answers had another status than 200.");
    }

    private async Task Started(byte[] body)
    {
        using var client = new HttpClient();
        while (!gateway.HasEnded)
        {
            try
            {
                using var response = await client.PostAsync(new Uri($"http://127.0.0.1:{Port}/graphql"), Servers.Json(body));
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

        throw new InvalidOperationException($"The gateway ended before it answered; {Log} has what it said.");
    }

    private static string AddressOf(string source) => source == CachingGraph.Lists ? "http://127.0.0.1:7541" : "http://127.0.0.1:7542";

    private static async Task<WebApplication> Serve(string source)
    {
        var server = Servers.Create(AddressOf(source), async context =>
        {
            using var body = await Servers.ReadBody(context.Request);
            var (json, mayBeKept) = CachingGraph.Answer(source, body.Span);
            var bytes = System.Text.Encoding.UTF8.GetBytes(json);
            (context.Response.ContentType, context.Response.ContentLength) = ("application/json", bytes.Length);
            context.Response.Headers.CacheControl = mayBeKept ? "max-age=3600" : "no-store";
            await context.Response.Body.WriteAsync(bytes);
        });
        await server.StartAsync();
        return server;
    }
}
