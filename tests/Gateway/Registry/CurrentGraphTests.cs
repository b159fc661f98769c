using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.Registry;

public sealed class CurrentGraphTests
{
    private const string Hello = """{"data":{"hello":"you"}}""";
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    // Each of them had connections of its own, which stayed for the time of a request: twenty in twenty seconds.
    [Fact]
    public async Task Twenty_graphs_one_after_the_other_use_one_connection_to_a_source()
    {
        var connections = new ConcurrentDictionary<string, Task>();
        await using var source = await SourceOf(connections);
        await using var gateway = await RunningGateway.StartAsync(source, [], new FakeTimeProvider());
        var current = gateway.Services.GetRequiredService<CurrentGraph>();
        for (var swap = 0; swap < 20; swap++)
        {
            Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
            current.Replace(ServedGraph.Of(gateway.Services, current.Graph.Supergraph, current.Graph.Sources));
        }

        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        Assert.Single(connections);
    }

    [Fact]
    public async Task Connections_to_an_address_that_no_graph_calls_any_longer_are_closed()
    {
        var clock = new FakeTimeProvider();
        var (before, after) = (new ConcurrentDictionary<string, Task>(), new ConcurrentDictionary<string, Task>());
        await using var source = await SourceOf(before);
        await using var moved = await SourceOf(after);
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:RequestTimeout=20s"], clock);
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        var (current, pool) = (gateway.Services.GetRequiredService<CurrentGraph>(), gateway.Services.GetRequiredService<SourcePool>());
        current.Replace(ServedGraph.Of(gateway.Services, current.Graph.Supergraph, [.. current.Graph.Sources.Select(endpoint => endpoint with { Url = new Uri(moved.Url) })]));
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        Assert.Equal((1, 1, 2), (before.Count, after.Count, pool.Count));
        Assert.False(before.Values.Single().IsCompleted);

        clock.Advance(TimeSpan.FromSeconds(25));
        Assert.Equal(1, pool.Count);
        await before.Values.Single().WaitAsync(TestPatience.Limit);
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        Assert.Single(after);
    }

    // The limit is the source's, not a graph's: a request of the graph before counts.
    [Fact]
    public async Task The_limit_of_requests_to_a_source_holds_for_all_graphs_together()
    {
        var (arrived, release) = (new TaskCompletionSource(), new TaskCompletionSource());
        await using var source = await FakeSource.StartAsync(async context =>
        {
            arrived.TrySetResult();
            await release.Task;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(Hello);
        });
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Subgraphs:All:Connections:Max=1", "--Gateway:Deduplication:SourceRequests=Off"], new FakeTimeProvider());
        var current = gateway.Services.GetRequiredService<CurrentGraph>();
        var first = gateway.QueryAsync("{ hello }");
        await arrived.Task;
        current.Replace(ServedGraph.Of(gateway.Services, current.Graph.Supergraph, current.Graph.Sources));
        var second = gateway.QueryAsync("{ hello }");
        while (current.Graph.Connections.Loads(load => load.Waiting).Single().Value == 0)
        {
            await Task.Yield();
        }

        Assert.Equal(1, current.Graph.Connections.Loads(load => load.Active).Single().Value);
        release.SetResult();
        Assert.Equal([Hello, Hello], await Task.WhenAll(first, second));
    }

    [Fact]
    public async Task The_connections_of_a_graph_are_closed_when_the_time_of_a_request_is_over()
    {
        var clock = new FakeTimeProvider();
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Health:Interval=7s", "--Gateway:RequestTimeout=20s"], clock);
        Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync("{ hello }"));
        var current = gateway.Services.GetRequiredService<CurrentGraph>();
        Assert.Equal(0, clock.WaitingTimersOf(Rest));
        current.Replace(ServedGraph.Of(gateway.Services, current.Graph.Supergraph, current.Graph.Sources));
        Assert.Equal(1, clock.WaitingTimersOf(Rest));
        Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync("{ hello }"));

        clock.Advance(TimeSpan.FromSeconds(24));
        Assert.Equal(1, clock.WaitingTimersOf(Rest));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, clock.WaitingTimersOf(Rest));
        Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync("{ hello }"));
    }

    [Fact]
    public async Task A_graph_that_is_no_longer_served_is_freed()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        await using var gateway = await RunningGateway.StartAsync(source);
        var old = new List<WeakReference>();
        for (var i = 0; i < 5; i++)
        {
            Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync("{ hello }"));
            old.AddRange(Replace(gateway));
        }

        // Buffers of a connection remember its last request.
        Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync("{ hello }"));
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
        Assert.DoesNotContain(true, old.Select(part => part.IsAlive));
        GC.KeepAlive(gateway);
    }

    // Apart, so that no frame of the test holds what it is about.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] Replace(RunningGateway gateway)
    {
        var current = gateway.Services.GetRequiredService<CurrentGraph>();
        var before = current.Graph;
        var again = GraphGateway.TypeSystem.Supergraphs.SupergraphReader.Read(new GraphGateway.Language.SourceText(RunningGateway.Supergraph, "supergraph.graphql"));
        current.Replace(ServedGraph.Of(gateway.Services, again.Supergraph!, before.Sources));
        return [new WeakReference(before), new WeakReference(before.Supergraph), new WeakReference(before.Cache), new WeakReference(before.Pipeline)];
    }

    // By their names, with their ends.
    private static Task<FakeSource> SourceOf(ConcurrentDictionary<string, Task> connections) => FakeSource.StartAsync(context =>
    {
        connections.GetOrAdd(context.Connection.Id, _ =>
        {
            var closed = new TaskCompletionSource();
            context.Features.Get<IConnectionLifetimeFeature>()!.ConnectionClosed.Register(closed.SetResult);
            return closed.Task;
        });
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync(Hello);
    });
}
