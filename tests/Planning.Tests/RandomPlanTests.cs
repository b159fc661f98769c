using System.Collections.Immutable;
using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.Planning.Tests;

/// <summary>Random worlds and operations: the verifier finds nothing wrong, and everything is served. A failure names its seed.</summary>
public sealed class RandomPlanTests(ITestOutputHelper output)
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Every_plan_of_a_random_operation_is_right_and_complete(bool hasTwoKeys)
    {
        var steps = 0;
        var operations = 0;
        var contexts = 0;
        var labelled = 0;
        var inTurn = 0;
        for (var seed = 1; seed <= 25; seed++)
        {
            var world = new RandomWorld(seed, hasTwoKeys);
            var sources = world.Sources();
            var supergraph = TestGraph.Compose(sources);
            for (var i = 0; i < 14; i++)
            {
                var operation = i < 10 ? world.Operation(supergraph.PublicSchema) : world.Mutation(supergraph.PublicSchema);
                var labels = world.Labels(supergraph);
                var options = PlannerOptions.Default with { ActiveLabels = labels };
                var plan = QueryPlanner.Plan(supergraph, TestOperation.Normalize(supergraph.PublicSchema, operation), options);
                var problems = PlanVerifier.Verify(plan, labels).AddRange(plan.Unservable.Select(field => field.Detail));
                Assert.NotNull(StoredPlans.Check(plan, supergraph));
                inTurn += plan.Steps.Count(step => !step.InsteadOf.IsEmpty);
                contexts += plan.Steps.Count(step => step.Inputs.Any(input => input.Value is ContextTemplate));
                var isLabelled = plan.Steps.Any(step => HasOverridden(plan, step.Selection));
                labelled += isLabelled ? 1 : 0;
                Assert.True(problems.IsEmpty, $"seed {seed}, operation {i}, labels {string.Join(' ', labels)}\n{string.Join('\n', problems)}\n{operation}\n{sources}\n{PlanPrinter.Print(plan)}");
                var others = supergraph.OverrideLabels.ToImmutableHashSet().Except(labels);
                Assert.True(!isLabelled || !PlanVerifier.Verify(plan, others).IsEmpty, $"seed {seed}, operation {i}: not found to be of other labels");
                steps += plan.Steps.Length;
                operations++;
            }
        }

        var said = $"{operations} operations, {steps} steps; {contexts} carry a context, {inTurn} ask in turn, {labelled} operations have fields of two sources by a label";
        output.WriteLine(said);
        Assert.True(steps > 2 * operations && contexts > 20 && labelled > 50 && inTurn > 50 == hasTwoKeys, said);
    }

    // All mutants of all plans would take minutes: some of each, and others with another seed of the plan.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Mutants_of_plans_of_random_operations_are_found_wrong(bool hasTwoKeys)
    {
        const int OneOf = 12;
        var mutants = 0;
        for (var seed = 1; seed <= 20; seed++)
        {
            var world = new RandomWorld(seed, hasTwoKeys);
            var random = new Random(seed);
            var sources = world.Sources();
            var supergraph = TestGraph.Compose(sources);
            for (var i = 0; i < 3; i++)
            {
                var operation = i < 2 ? world.Operation(supergraph.PublicSchema) : world.Mutation(supergraph.PublicSchema);
                var labels = world.Labels(supergraph);
                var options = PlannerOptions.Default with { ActiveLabels = labels };
                var plan = QueryPlanner.Plan(supergraph, TestOperation.Normalize(supergraph.PublicSchema, operation), options);
                if (plan.Steps.Length > 40)
                {
                    continue;
                }

                foreach (var (what, mutant) in PlanMutants.Of(plan).Where(_ => random.Next(OneOf) == 0))
                {
                    mutants++;
                    Assert.False(PlanVerifier.Verify(mutant, labels).IsEmpty, $"seed {seed}, operation {i}: not found: {what}\n{operation}\n{sources}\n{PlanPrinter.Print(plan)}");
                }
            }
        }

        output.WriteLine($"{mutants} mutants");
        Assert.True(mutants > 3_000, $"only {mutants} mutants");
    }

    private static bool HasOverridden(QueryPlan plan, FetchSelectionSet selection) => selection.Fields.Any(field =>
        field.AppliesTo.Ordinals().Any(type => plan.Supergraph.FindField(plan.Supergraph.FullSchema.ObjectTypes[type].Name, field.Target.Definition.Name)
            ?.Sources.Any(source => source.Override is not null) == true)
        || (field.Selection is not null && HasOverridden(plan, field.Selection)));
}
