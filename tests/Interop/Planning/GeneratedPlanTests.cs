using System.Text.RegularExpressions;
using GraphGateway.Planning;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.Interop.Planning;

/// <summary>
/// Random graphs and operations: our plan is right, and never worse than a peer's in how many fetches follow each other and then in how many
/// requests are sent. A peer that takes too long for an operation is given up there. A failure prints its seed, the smallest operation that shows
/// it, and all plans. <c>GRAPHGATEWAY_TEST_NIGHTLY=1</c> plans many more.
/// </summary>
public sealed class GeneratedPlanTests(ITestOutputHelper output)
{
    private const int OperationsPerGraph = 5;

    private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);
    private readonly List<string> failures = [];

    [InteropFact]
    public void No_peer_plans_better()
    {
        var references = PlannerReference.All();
        var graphs = Nightly.Cases(usual: 50, nightly: 2000);
        for (var i = 0; i < graphs && failures.Count < 5; i++)
        {
            var random = new Random(Seed.Value + i);
            var graph = new PlannedGraph($"seed {Seed.Value + i}", new PlanningWorld(random, new Random(~(Seed.Value + i)), new Random((Seed.Value + i) ^ 0x0B1EC7)).Next(), []);
            if (graph.Compose() is { } supergraph)
            {
                Check(graph, supergraph, random, [.. references.Where(reference => reference.TryLoad(supergraph))]);
            }
        }

        Array.ForEach(references, reference => reference.Dispose());
        var said = string.Join(", ", counts.Select(count => $"{count.Key} {count.Value}"));
        output.WriteLine(said);
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
        Assert.True(counts["operations"] > graphs * OperationsPerGraph / 2, said);
        Assert.True(counts.GetValueOrDefault("mutation") > counts["operations"] / 50 && counts.GetValueOrDefault("10 sources") > counts["operations"] / 30, said);
        Assert.True(counts.GetValueOrDefault("of objects in an interface's place") > counts["operations"] / 20, said);
        Assert.True(references.All(reference => counts.GetValueOrDefault($"{reference.Name} given up") <= counts["operations"] / 50), said);
        Assert.True(counts["3 deep or deeper"] > counts["operations"] / 3, said);
        Assert.True(references.All(reference => counts[$"{reference.Name} as good"] > counts["operations"] / 4 && counts[$"{reference.Name} worse"] > counts["operations"] / 10), said);
    }

    private void Check(PlannedGraph graph, Supergraph supergraph, Random random, List<PlannerReference> references)
    {
        var operations = new PlanningOperations(supergraph.PublicSchema, random);
        for (var i = 0; i < OperationsPerGraph; i++)
        {
            var operation = operations.Next();
            var query = operation.Document();
            if (PlannerReference.Plan(supergraph, query) is not { } plan)
            {
                // Fields that are in conflict.
                continue;
            }

            Count("operations");
            Count(operation.Kind);
            Count(Regex.IsMatch(query, @"\b(extra|made|top)\d") ? "of objects in an interface's place" : "of objects with a type");
            Count(graph.Sources.Length == 10 ? "10 sources" : "2 to 6 sources");
            Count(PlannerReference.SizeOf(plan).Depth >= 3 ? "3 deep or deeper" : "1 or 2 deep");
            if (PlanVerifier.Verify(plan) is [var problem, ..])
            {
                failures.Add($"{graph.Name}: the plan is wrong: {problem}\n{query}\n{graph}\n{PlanPrinter.Print(plan)}");
            }

            foreach (var reference in references)
            {
                Compare(graph, supergraph, operation, plan, reference);
            }
        }
    }

    private void Compare(PlannedGraph graph, Supergraph supergraph, RandomOperation operation, QueryPlan plan, PlannerReference reference)
    {
        // Peers have a mutation's next field go before all of the one before it has ended, entity fetches included (spec §6.2.2 wants them in
        // series); Hive's always, Apollo's where both are of one source.
        if (operation.Kind == "mutation" && plan.Steps.Any(step => HasWaited(step, plan)))
        {
            return;
        }

        var order = reference.Measure(operation.Document())?.CompareTo(PlannerReference.SizeOf(plan));
        Count($"{reference.Name} {(order is null ? (reference.IsGivenUp ? "given up" : "fails") : order > 0 ? "worse" : order == 0 ? "as good" : "better")}");
        if (order < 0)
        {
            foreach (var selection in operation.Selections.Reverse().ToList())
            {
                selection.IsThere = false;
                selection.IsThere = !IsBetter(supergraph, operation, reference);
            }

            var query = operation.Document();
            failures.Add($"{graph.Name}: {reference.Name} plans better\n{query}\n{graph}\n{PlanPrinter.Print(PlannerReference.Plan(supergraph, query)!)}\n--- theirs\n{reference.Print(query)}");
        }
    }

    // A field of the root that waits for what was fetched below the one before it.
    private static bool HasWaited(FetchStep step, QueryPlan plan) =>
        step is { Kind: FetchKind.Root, Path.IsEmpty: true } && step.DependsOn.Any(id => plan.Steps[id].Kind != FetchKind.Root);

    private static bool IsBetter(Supergraph supergraph, RandomOperation operation, PlannerReference reference) =>
        operation.Document() is var query && PlannerReference.Plan(supergraph, query) is { } plan
        && reference.Measure(query)?.CompareTo(PlannerReference.SizeOf(plan)) < 0;

    private void Count(string what) => counts[what] = counts.GetValueOrDefault(what) + 1;
}
