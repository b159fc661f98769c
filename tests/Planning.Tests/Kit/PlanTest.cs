using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>The one check of the table-driven tests: sources and operation in, the printed plan out.</summary>
internal static class PlanTest
{
    public static void Check(string sources, string operation, string expected)
    {
        var plan = Plan(sources, operation);
        Assert.Equal(expected.ReplaceLineEndings("\n").Trim(), PlanPrinter.Print(plan).Trim());
        Assert.Equal(PlanPrinter.Print(plan), PlanPrinter.Print(Plan(sources, operation)));
    }

    public static QueryPlan Plan(string sources, string operation)
    {
        var supergraph = TestGraph.Compose(sources);
        return QueryPlanner.Plan(supergraph, TestOperation.Normalize(supergraph.PublicSchema, operation));
    }
}
