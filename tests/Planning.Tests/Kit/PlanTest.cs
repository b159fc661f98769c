using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>The one check of the table-driven tests: sources and operation in, the printed plan out. The verifier finds nothing wrong with
/// the plan, and something with each of its mutants. It is the same when it was stored.</summary>
internal static class PlanTest
{
    public static void Check(string sources, string operation, string expected) => Check(TestGraph.Compose(sources), operation, expected);

    public static void Check(Supergraph supergraph, string operation, string expected)
    {
        var plan = Plan(supergraph, operation);
        Assert.Equal(expected.ReplaceLineEndings("\n").Trim(), PlanPrinter.Print(plan).Trim());
        Assert.Equal(PlanPrinter.Print(plan), PlanPrinter.Print(Plan(supergraph, operation)));
        Assert.Empty(PlanMutants.Of(plan).Where(mutant => PlanVerifier.Verify(mutant.Plan).IsEmpty).Select(mutant => mutant.What));
    }

    public static QueryPlan Plan(string sources, string operation) => Plan(TestGraph.Compose(sources), operation);

    public static QueryPlan Plan(Supergraph supergraph, string operation)
    {
        var plan = QueryPlanner.Plan(supergraph, TestOperation.Normalize(supergraph.PublicSchema, operation));
        Assert.Empty(PlanVerifier.Verify(plan));
        StoredPlans.Check(plan, supergraph);
        return plan;
    }
}
