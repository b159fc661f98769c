using System.Runtime.CompilerServices;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Differential;

/// <summary>Memory is measured for the whole process: these tests run alone.</summary>
[CollectionDefinition(nameof(PeerLeakTests), DisableParallelization = true)]
public sealed class PeerLeakTestsAlone;

/// <summary>Reports of other gateways that memory is not given back: composed, planned and executed here.</summary>
[Collection(nameof(PeerLeakTests))]
public sealed class PeerLeakTests
{
    private const string Introspection = """
        { __schema { queryType { name } types { kind name description fields(includeDeprecated: true) { name args { name type { name } } type { kind name ofType { kind name } } }
          inputFields { name } interfaces { name } enumValues { name } possibleTypes { name } } directives { name locations args { name } } } }
        """;

    // Each new configuration left the one before in memory.
    [Fact]
    public async Task Cosmo_756_nothing_keeps_a_graph_that_is_used_no_more()
    {
        var graphs = new List<WeakReference>();
        for (var seed = Seed.Value; graphs.Count < 10; seed++)
        {
            if (await UseAsync(seed) is { } graph)
            {
                graphs.Add(graph);
            }
        }

        Collect();
        Assert.DoesNotContain(graphs, graph => graph.IsAlive);
    }

    // A tool that asks for the schema every second made memory grow.
    [Fact]
    public async Task Cosmo_1256_introspection_again_and_again_leaves_nothing_behind()
    {
        const int rounds = 400;
        var federation = Enumerable.Range(Seed.Value, 50).Select(seed => Federation.Compose(WorldGenerator.Generate(seed)).Federation).First(found => found is not null)!;
        var (plan, operation, variables, problem) = federation.Plan(new ClientRequest(Introspection, "{}"));
        Assert.Null(problem);
        var length = 0;
        async Task RunAsync(int count)
        {
            for (var i = 0; i < count; i++)
            {
                length = (await federation.ExecuteAsync(plan!, operation!, variables!, Faults.None, AnswerOrder.AsAsked)).Text.Length;
            }
        }

        await RunAsync(20);
        Collect();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await RunAsync(rounds);
        Collect();
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        Assert.True(length > 4_000, $"The answer has {length} letters");
        Assert.True(kept < (long)rounds * length / 4, $"{rounds} answers of {length} letters left {kept} bytes");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async Task<WeakReference?> UseAsync(int seed)
    {
        var world = WorldGenerator.Generate(seed);
        if (Federation.Compose(world).Federation is not { } federation)
        {
            return null;
        }

        var generator = new QueryGenerator(federation.Schema, new Dice(seed), new FeatureCounts());
        for (var i = 0; i < 5; i++)
        {
            await new Trial(world, federation, generator.Next()).RunAsync();
        }

        return new WeakReference(federation.Supergraph);
    }

    private static void Collect()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        GC.Collect();
    }
}
