using System.Collections.Immutable;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// What is kept with a graph is filled by all who plan at the same time. On a graph that nobody has asked anything of, eight threads that plan the
/// same operations, each in an order of its own, make the plans that one thread makes on a graph of its own.
/// </summary>
public sealed class ConcurrentPlanTests
{
    private const int Threads = 8;

    [Fact]
    public void Plans_made_at_the_same_time_are_those_made_one_after_the_other()
    {
        for (var seed = 1; seed <= 8; seed++)
        {
            var world = new RandomWorld(seed);
            var sources = world.Sources();
            var alone = TestGraph.Compose(sources);
            ImmutableArray<(string Text, ImmutableHashSet<string> Labels)> operations =
                [.. Enumerable.Range(0, 10).Select(i => (i < 7 ? world.Operation(alone.PublicSchema) : world.Mutation(alone.PublicSchema), world.Labels(alone)))];
            var expected = Texts(alone, operations, first: 0);
            for (var round = 0; round < 3; round++)
            {
                var shared = TestGraph.Compose(sources);
                var found = new string[Threads][];
                Together(thread => found[thread] = Texts(shared, operations, thread));
                Assert.All(found, texts => Assert.All(texts.Select((text, index) => (text, index)), one => Assert.True(
                    one.text == expected[one.index], $"seed {seed}, operation {one.index}:\n{operations[one.index].Text}\n--- alone\n{expected[one.index]}\n--- at the same time\n{one.text}")));
            }
        }
    }

    // All begin together; what one of them throws fails the test.
    private static void Together(Action<int> plan)
    {
        using var start = new Barrier(Threads);
        var errors = new Exception?[Threads];
        List<Thread> threads =
        [
            .. Enumerable.Range(0, Threads).Select(number => new Thread(() =>
            {
                start.SignalAndWait();
                errors[number] = Record.Exception(() => plan(number));
            })),
        ];
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        Assert.All(errors, Assert.Null);
    }

    private static string[] Texts(Supergraph supergraph, ImmutableArray<(string Text, ImmutableHashSet<string> Labels)> operations, int first)
    {
        var texts = new string[operations.Length];
        for (var i = 0; i < operations.Length; i++)
        {
            var index = (first + i) % operations.Length;
            var (text, labels) = operations[index];
            var plan = QueryPlanner.Plan(supergraph, TestOperation.Normalize(supergraph.PublicSchema, text), PlannerOptions.Default with { ActiveLabels = labels });
            texts[index] = PlanPrinter.Print(plan);
        }

        return texts;
    }
}
