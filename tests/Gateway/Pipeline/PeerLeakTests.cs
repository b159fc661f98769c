using System.Runtime.CompilerServices;
using System.Text;
using GraphGateway.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.Pipeline;

/// <summary>Memory is measured for the whole process: these tests run alone.</summary>
[CollectionDefinition(nameof(PeerLeakTests), DisableParallelization = true)]
public sealed class PeerLeakTestsAlone;

/// <summary>Reports of other gateways that memory is not given back, where the whole of this one takes part.</summary>
[Collection(nameof(PeerLeakTests))]
public sealed class PeerLeakTests
{
    private const string Introspection = """
        { __schema { queryType { name } types { kind name description fields(includeDeprecated: true) { name args { name type { name } } type { kind name ofType { kind name } } }
          inputFields { name } interfaces { name } enumValues { name } possibleTypes { name } } directives { name locations args { name } } } }
        """;

    // Each new configuration left the one before in memory. The graphs differ, and what is hot in one is planned for the next one.
    [Fact]
    public async Task Cosmo_756_nothing_of_a_graph_is_kept_when_others_have_taken_its_place()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        await using var gateway = await RunningGateway.StartAsync(
            RunningGateway.Supergraph, [("users", $"{source.Url}/graphql")], ["--Gateway:FollowSupergraph=On"], new FakeTimeProvider());
        var change = gateway.Services.GetRequiredService<GraphChange>();
        var old = new List<WeakReference>();
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync("{ hello }"));
            Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync("{ hello }"));
            old.AddRange(PartsOf(gateway));
            var next = RunningGateway.Supergraph.Replace("  other(", $"  more{i}: String @gateway__field(in: USERS)\n  other(", StringComparison.Ordinal);
            Assert.Null(await change.TakeAsync(Encoding.UTF8.GetBytes(next), $"graph {i}", default));
            Assert.Single(gateway.Cache.Operations);
        }

        // Buffers of a connection remember its last request.
        Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync("{ hello }"));
        for (var i = 0; i < 10 && old.Exists(part => part.IsAlive); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.DoesNotContain(true, old.Select(part => part.IsAlive));
        GC.KeepAlive(gateway);
    }

    // A tool that asks for the schema every second made memory grow.
    [Fact]
    public async Task Cosmo_1256_introspection_again_and_again_leaves_nothing_behind()
    {
        const int rounds = 2000;
        await using var source = await FakeSource.AnswersAsync("{}");
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Introspection=On"]);
        var length = 0;
        async Task RunAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                length = (await gateway.QueryAsync(Introspection)).Length;
            }
        }

        await RunAsync(200);
        var before = Held();
        await RunAsync(rounds);
        var kept = Held() - before;
        Assert.True(length > 4_000, $"The answer has {length} letters");
        Assert.True(kept < rounds * 400, $"{rounds} answers of {length} letters left {kept} bytes");
        Assert.Empty(source.Requests);
        Assert.Single(gateway.Cache.Operations);
    }

    // Apart, so that no frame of the test holds what it is about.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference[] PartsOf(RunningGateway gateway)
    {
        var graph = gateway.Services.GetRequiredService<CurrentGraph>().Graph;
        var operation = graph.Cache.Operations.Single();
        return
        [
            new(graph), new(graph.Supergraph), new(graph.Cache), new(graph.Pipeline), new(graph.Planner), new(graph.Access), new(graph.Labels), new(operation),
            new(operation.Plans.Single().Plan),
        ];
    }

    private static long Held()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return GC.GetTotalMemory(forceFullCollection: true);
    }
}
