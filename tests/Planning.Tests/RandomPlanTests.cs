using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.Planning.Tests;

/// <summary>Random worlds and operations: the verifier finds nothing wrong, and everything is served. A failure names its seed.</summary>
public sealed class RandomPlanTests(ITestOutputHelper output)
{
    [Fact]
    public void Every_plan_of_a_random_operation_is_right_and_complete()
    {
        var steps = 0;
        var operations = 0;
        for (var seed = 1; seed <= 25; seed++)
        {
            var world = new RandomWorld(seed);
            var sources = world.Sources();
            var supergraph = TestGraph.Compose(sources);
            for (var i = 0; i < 14; i++)
            {
                var operation = i < 10 ? world.Operation(supergraph.PublicSchema) : world.Mutation(supergraph.PublicSchema);
                var plan = QueryPlanner.Plan(supergraph, TestOperation.Normalize(supergraph.PublicSchema, operation));
                var problems = PlanVerifier.Verify(plan).AddRange(plan.Unservable.Select(field => field.Detail));
                Assert.True(problems.IsEmpty, $"seed {seed}, operation {i}\n{string.Join('\n', problems)}\n{operation}\n{sources}\n{PlanPrinter.Print(plan)}");
                steps += plan.Steps.Length;
                operations++;
            }
        }

        output.WriteLine($"{operations} operations, {steps} steps");
        Assert.True(steps > 2 * operations, "The worlds are too easy.");
    }

    [Fact]
    public void Each_mutant_of_a_plan_of_a_random_operation_is_found_wrong()
    {
        var mutants = 0;
        for (var seed = 1; seed <= 20; seed++)
        {
            var world = new RandomWorld(seed);
            var supergraph = TestGraph.Compose(world.Sources());
            for (var i = 0; i < 3; i++)
            {
                var operation = i < 2 ? world.Operation(supergraph.PublicSchema) : world.Mutation(supergraph.PublicSchema);
                var plan = QueryPlanner.Plan(supergraph, TestOperation.Normalize(supergraph.PublicSchema, operation));
                foreach (var (what, mutant) in PlanMutants.Of(plan))
                {
                    mutants++;
                    Assert.False(PlanVerifier.Verify(mutant).IsEmpty, $"seed {seed}, operation {i}: not found: {what}\n{operation}\n{PlanPrinter.Print(plan)}");
                }
            }
        }

        output.WriteLine($"{mutants} mutants");
        Assert.True(mutants > 500, $"only {mutants} mutants");
    }
}
