using System.Runtime.CompilerServices;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.Registry;

public sealed class CurrentGraphTests
{
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

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
}
