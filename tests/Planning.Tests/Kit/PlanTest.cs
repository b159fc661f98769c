using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>The one check of the table-driven tests: sources and operation in, the printed plan out. The verifier finds nothing wrong with
/// the plan, and something with each of its mutants.</summary>
internal static class PlanTest
{
    public static void Check(string sources, string operation, string expected)
    {
        var plan = Plan(sources, operation);
        Assert.Equal(expected.ReplaceLineEndings("\n").Trim(), PlanPrinter.Print(plan).Trim());
        Assert.Equal(PlanPrinter.Print(plan), PlanPrinter.Print(Plan(sources, operation)));
        Assert.Empty(PlanMutants.Of(plan).Where(mutant => PlanVerifier.Verify(mutant.Plan).IsEmpty).Select(mutant => mutant.What));
    }

    public static QueryPlan Plan(string sources, string operation)
    {
        var supergraph = TestGraph.Compose(sources);
        var plan = QueryPlanner.Plan(supergraph, TestOperation.Normalize(supergraph.PublicSchema, operation));
        Assert.Empty(PlanVerifier.Verify(plan));
        return plan;
    }
}
