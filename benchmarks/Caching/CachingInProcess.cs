using GraphGateway.Execution;
using GraphGateway.Gateway;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Benchmarks;

/// <summary>The same gateway in this process, without sockets to those who ask and to sources: what is left is its own work.</summary>
internal sealed class CachingInProcess : IAsyncDisposable
{
    private const string Nowhere = "http://127.0.0.1:1/";
    private const int MostWarmUps = 30;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly WebApplication application;
    private readonly CachingTransport sources;
    private readonly InProcessServer server;
    private readonly MemoryStream answer = new();

    private CachingInProcess(WebApplication application, CachingTransport sources)
    {
        (this.application, this.sources) = (application, sources);
        server = (InProcessServer)application.Services.GetRequiredService<IServer>();
    }

    /// <summary>Starts it.</summary>
    public static async Task<CachingInProcess> StartAsync()
    {
        var supergraph = SupergraphReader.Read(new SourceText(CachingGraph.Supergraph(static _ => Nowhere), "caching")).Supergraph!;
        var sources = new CachingTransport(TimeProvider.System.GetTimestamp() + (long)(Day.TotalSeconds * TimeProvider.System.TimestampFrequency));
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGraphGateway(
            new Gateway.GatewayOptions
            {
                Supergraph = "",
                Ide = false,
                Deduplication = new DeduplicationOptions { ClientRequests = false, SourceRequests = false },
                ResponseCache = new ResponseCacheOptions { Entities = true },
            },
            supergraph,
            [.. supergraph.Sources.Where(static source => !source.IsGateway).Select(static source => new SourceEndpoint(source.Name, new Uri(Nowhere)))]);
        builder.Services.AddSingleton<Func<ISubgraphTransport, ISubgraphTransport>>(_ => sources);
        builder.Services.AddSingleton<IServer, InProcessServer>();
        var application = builder.Build();
        application.MapGraphGateway();
        await application.StartAsync();
        return new CachingInProcess(application, sources);
    }

    /// <summary>Measures so many entities.</summary>
    public async Task<CachingRow> MeasureAsync(int count, int rounds)
    {
        byte[][] bodies = [.. CachingGraph.Ways.Select(way => CachingGraph.Query(way, count))];
        Check(bodies);
        WarmUp(bodies);
        var row = new CachingRow($"{count}", "without sockets");
        await row.MeasureAsync(rounds, way =>
        {
            // What the turns before have left behind, in memory and in the processor's caches, is not this one's.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            Clock.Run(() => Post(bodies[way]), Turn / 4);
            return Task.FromResult(Clock.Run(() => Post(bodies[way]), Turn) / 1e3);
        });
        return row;
    }

    /// <summary>Asks for kept entities again and again, so that somebody can look where the time goes.</summary>
    public void Repeat(string way, int count, TimeSpan duration) => Console.Error.WriteLine(Report.Duration(Clock.Run(() => Post(CachingGraph.Query(way, count)), duration)));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await application.StopAsync();
        await application.DisposeAsync();
        answer.Dispose();
    }

    private object Post(byte[] body) => server.PostAsync(body, answer).GetAwaiter().GetResult();

    // All ways but the ids have the same answer, and each asks for entities as often as its name says.
    private void Check(byte[][] bodies)
    {
        foreach (var (way, most) in new[] { (1, 0), (2, 3), (3, 1) })
        {
            Post(bodies[1]);
            var (expected, before) = (answer.ToArray(), sources.EntityRequests);
            for (var i = 0; i < 3; i++)
            {
                Post(bodies[way]);
                if (!answer.ToArray().AsSpan().SequenceEqual(expected))
                {
                    throw new InvalidOperationException("The same items have different answers.");
                }
            }

            var asked = sources.EntityRequests - before;
            if (asked != most)
            {
                throw new InvalidOperationException($"{CachingGraph.Ways[way]}: entities were asked for {asked} times, and not {most}.");
            }
        }
    }

    // Until the compiler takes less than a fiftieth.
    private void WarmUp(byte[][] bodies)
    {
        var isWarm = false;
        for (var i = 0; i < MostWarmUps && !isWarm; i++)
        {
            var (compiled, used) = (System.Runtime.JitInfo.GetCompilationTime(), Environment.CpuUsage.TotalTime);
            foreach (var body in bodies)
            {
                Clock.Run(() => Post(body), Turn * 8);
            }

            isWarm = i > 1 && System.Runtime.JitInfo.GetCompilationTime() - compiled < (Environment.CpuUsage.TotalTime - used) / 50;
        }

        if (!isWarm)
        {
            Console.Error.WriteLine("The compiler has not come to its end.");
        }
    }
}
