using System.Globalization;
using System.Runtime;
using System.Text;
using System.Text.Json;
using GraphGateway.ControlPlane;
using GraphGateway.Execution;
using GraphGateway.Gateway;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Benchmarks;

/// <summary>
/// What a request costs the gateway by how it names its operation: by the identifier of a published document, by its text that is kept, and by a text that was
/// never there. The whole way from the HTTP request to the written answer, without sockets, with sources in the same process that cost next to nothing.
/// </summary>
internal static class PersistedSuite
{
    private const int Rounds = 10;
    private const int MostWarmUps = 30;

    // In a comment: another one makes another text that says the same.
    private const string Mark = "#00000000";

    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(60);

    // The four ways of measuring, each after each other one once, and the first after the last when it is repeated.
    private static readonly int[] Order = [0, 1, 2, 3, 1, 0, 2, 0, 3, 2, 1, 3];

    /// <summary>Measures all and writes the table; with <c>show</c> it only prints it.</summary>
    public static int Run(string[] args)
    {
        var report = new Report("persisted: a request by the identifier of its operation");
        report.Environment("one request at a time, no sockets, sources in the same process");
        var rows = new List<string[]>();
        foreach (var (name, one) in Cases())
        {
            Console.Error.WriteLine(name);
            rows.AddRange(MeasureAsync(name, one).GetAwaiter().GetResult());
        }

        report.Table(["", "Text", "Answer", "By identifier", "Same text, kept", "Same text, new", "Identifier beside kept", "Identifier beside new", "Kept text beside others"], rows);
        report.Paragraph(
            "Medians of the processor time of one request, garbage collection included. \"New\" is the same text with another comment in each request, so that it is parsed, validated "
            + "and planned, and pushes out what came before it; \"beside others\" is the kept text right after 1,000 of these.");
        if (args is ["show", ..])
        {
            report.Print();
        }
        else
        {
            report.Write("persisted");
        }

        return 0;
    }

    private static IEnumerable<(string Name, GrowthCase Case)> Cases()
    {
        yield return ("10 items of 2 sources", GrowthCases.Items().First());
        yield return ("100 items of 9 sources", GrowthCases.Sources().ElementAt(1));
        yield return ("25 requests one after the other", GrowthCases.Rounds().ElementAt(2));
    }

    private static async Task<IEnumerable<string[]>> MeasureAsync(string name, GrowthCase one)
    {
        using var folder = new TemporaryFolder();
        var place = Path.Combine(folder.Path, "operations.db");
        var text = $"{one.Query} {Mark}";
        await PublishAsync(place, one.Query);
        await using var application = Build(one, place);
        await application.StartAsync();
        var server = (InProcessServer)application.Services.GetRequiredService<IServer>();
        using var answer = new MemoryStream();

        var byId = Encoding.UTF8.GetBytes("""{"documentId":"op"}""");
        var kept = Encoding.UTF8.GetBytes($$"""{"query":{{JsonSerializer.Serialize(one.Query)}}}""");
        var fresh = Encoding.UTF8.GetBytes($$"""{"query":{{JsonSerializer.Serialize(text)}}}""");
        var place8 = fresh.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Mark)) + 1;
        var number = 0;
        object Post(byte[] body) => server.PostAsync(body, answer).GetAwaiter().GetResult();
        object PostNew()
        {
            (++number).TryFormat(fresh.AsSpan(place8, 8), out _, "D8", CultureInfo.InvariantCulture);
            return Post(fresh);
        }

        var length = (int)Post(byId);
        if (length != (int)Post(kept) || length != (int)PostNew())
        {
            throw new InvalidOperationException("The same operation has different answers.");
        }

        Func<double>[] measures =
        [
            () => Clock.Run(() => Post(byId), Round),
            () => Clock.Run(() => Post(kept), Round),
            () => Clock.Run(PostNew, Round),
            () =>
            {
                for (var i = 0; i < 1_000; i++)
                {
                    PostNew();
                }

                return Clock.Run(() => Post(kept), Round / 4);
            },
        ];
        WarmUp(measures);

        // In short turns, each after each other one equally often, and the first part of a turn does not count: what else happens on the machine falls on all alike, and so does what
        // thousands of new texts leave behind in the processor's caches.
        var rounds = measures.Select(_ => new List<double>()).ToArray();
        foreach (var turn in Enumerable.Repeat(Order, Rounds).SelectMany(static order => order))
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            _ = turn < 2 ? Clock.Run(() => Post(turn == 0 ? byId : kept), Round / 4) : 0;
            rounds[turn].Add(measures[turn]());
        }

        double[] medians = [.. rounds.Select(Clock.Median)];
        var ratios = rounds[0].Zip(rounds[1], static (id, text) => id / text).Order().ToArray();
        Console.Error.WriteLine(string.Join("; ", rounds.Take(2).Select(round => string.Join(' ', round.Select(one => Report.Duration(one))))));
        await application.StopAsync();
        return
        [
            [
                name, $"{one.Query.Length:N0} B", $"{length:N0} B", Report.Duration(medians[0]), Report.Duration(medians[1]), Report.Duration(medians[2]),
                $"{Report.Digits(Clock.Median(ratios))} ({Report.Digits(ratios[ratios.Length / 4])} to {Report.Digits(ratios[ratios.Length * 3 / 4])})", Report.Digits(medians[0] / medians[2]), Report.Duration(medians[3]),
            ],
        ];
    }

    // Until the compiler takes less than a fiftieth: as long as it runs, a request takes up to ten times as long, whichever is measured meanwhile.
    private static void WarmUp(Func<double>[] measures)
    {
        var isWarm = false;
        for (var i = 0; i < MostWarmUps && !isWarm; i++)
        {
            var (compiled, used) = (JitInfo.GetCompilationTime(), Environment.CpuUsage.TotalTime);
            Array.ForEach(measures, static measure => measure());
            isWarm = i > 0 && JitInfo.GetCompilationTime() - compiled < (Environment.CpuUsage.TotalTime - used) / 50;
        }

        if (!isWarm)
        {
            Console.Error.WriteLine("The compiler has not come to its end.");
        }
    }

    private static async Task PublishAsync(string place, string query)
    {
        await using var store = OperationStore.At(place);
        await store.PrepareAsync(CancellationToken.None);
        await store.PublishAsync(null, "1", [new PublishedOperation("op", query)], TimeProvider.System.GetUtcNow(), CancellationToken.None);
    }

    private static WebApplication Build(GrowthCase one, string place)
    {
        var supergraph = PlanningSuite.Compose(new PlanningCase($"{one.Count}", one.Sources, [one.Query]));
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddGraphGateway(
            new Gateway.GatewayOptions
            {
                Supergraph = "",
                Ide = false,
                PersistedOperations = new PersistedOperationsOptions { Store = place },
                Deduplication = new DeduplicationOptions { ClientRequests = false, SourceRequests = false },
            },
            supergraph,
            [.. one.Sources.Select(source => new SourceEndpoint(source.Name, new Uri("http://127.0.0.1:1/")))]);
        builder.Services.AddSingleton<Func<ISubgraphTransport, ISubgraphTransport>>(_ => new CannedTransport(one.Root, one.Entity));
        builder.Services.AddSingleton<IServer, InProcessServer>();
        var application = builder.Build();
        application.MapGraphGateway();
        return application;
    }
}
