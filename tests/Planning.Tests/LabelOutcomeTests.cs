using System.Collections.Immutable;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>Labels of progressive overrides: eight of them have 256 outcomes, which share all of the graph that they do not move.</summary>
public sealed class LabelOutcomeTests
{
    private const int Labels = 8;
    private const int OtherTypes = 500;

    [Fact]
    public void Outcomes_of_labels_share_what_they_do_not_move_and_are_all_kept()
    {
        var supergraph = TestGraph.Compose(Sources());
        Assert.Equal(Labels, supergraph.OverrideLabels.Distinct().Count());
        var usual = PlanningGraph.For(supergraph, []);
        var outcomes = Outcomes(supergraph).ToList();
        var before = GC.GetAllocatedBytesForCurrentThread();
        var graphs = outcomes.Select(labels => (Labels: labels, Graph: PlanningGraph.For(supergraph, labels))).ToList();
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / graphs.Count;

        Assert.Equal(256, graphs.Count);
        Assert.True(bytes < 40_000, $"An outcome takes {bytes:N0} bytes.");
        Assert.All(graphs, one => Assert.Same(one.Graph, PlanningGraph.For(supergraph, one.Labels)));
        Assert.All(graphs, one => Assert.Same(usual.Find("Other7"), one.Graph.Find("Other7")));
        Assert.All(graphs.Where(one => one.Labels.Contains("l3")), one => Assert.NotSame(usual.Find("T3"), one.Graph.Find("T3")));
    }

    [Fact]
    public void Each_outcome_asks_who_serves_the_field_then()
    {
        var supergraph = TestGraph.Compose(Sources());
        var operation = TestOperation.Normalize(supergraph.PublicSchema, $"{{ {Join(Labels, i => $"t{i} {{ f{i} other {{ name }} }}")} }}");
        foreach (var labels in Outcomes(supergraph))
        {
            var plan = QueryPlanner.Plan(supergraph, operation, PlannerOptions.Default with { ActiveLabels = labels });
            Assert.Empty(PlanVerifier.Verify(plan, labels));
            Assert.Empty(plan.Unservable);
            var moved = plan.Steps.Where(step => step.Source.Name == "b").SelectMany(step => step.Selection.Fields).Select(field => field.Target.Definition.Name).Where(name => name != "name");
            Assert.Equal(labels.Select(label => $"f{label[1..]}").Order(), moved.Order());
        }
    }

    // A type that leads to one with a moved field, in a selection with one that does not.
    [Fact]
    public void What_a_label_moves_is_seen_below_fields_that_it_does_not_move()
    {
        var supergraph = TestGraph.Compose("""
            --- a apollo
            type Query { all: [Node] }
            interface Node { to: T }
            type A implements Node @key(fields: "id") { id: ID! to: T own: Int }
            type B implements Node @key(fields: "id") { id: ID! to: T }
            type T @key(fields: "id") { id: ID! f: Int }
            --- b apollo
            type A @key(fields: "id") { id: ID! own: Int @override(from: "a", label: "l") }
            type T @key(fields: "id") { id: ID! f: Int @override(from: "a", label: "l") }
            """);
        ImmutableHashSet<string> labels = ["l"];
        var operation = TestOperation.Normalize(supergraph.PublicSchema, "{ all { to { f } ... on A { own } } }");
        var plan = QueryPlanner.Plan(supergraph, operation, PlannerOptions.Default with { ActiveLabels = labels });
        Assert.Empty(PlanVerifier.Verify(plan, labels));
        Assert.Equal(["a", "b", "b"], plan.Steps.Select(step => step.Source.Name));
        Assert.Equal("query { all { __typename to { id } ... on A { id } } }", plan.Steps[0].Document.Text);
    }

    private static IEnumerable<ImmutableHashSet<string>> Outcomes(Supergraph supergraph) => Enumerable.Range(0, 1 << Labels)
        .Select(outcome => supergraph.OverrideLabels.Distinct().Order(StringComparer.Ordinal).Where((_, i) => (outcome >> i & 1) != 0).ToImmutableHashSet());

    private static string Sources() =>
        $"--- a apollo\ntype Query {{ {Join(Labels, i => $"t{i}: T{i}")} }}\n"
        + Join(Labels, i => $"type T{i} @key(fields: \"id\") {{ id: ID! f{i}: Int other: Other{i} }}\n")
        + Join(OtherTypes, i => $"type Other{i} @key(fields: \"id\") {{ id: ID! next: Other{(i + 1) % OtherTypes} }}\n")
        + "--- b apollo\n"
        + Join(Labels, i => $"type T{i} @key(fields: \"id\") {{ id: ID! f{i}: Int @override(from: \"a\", label: \"l{i}\") }}\n")
        + Join(OtherTypes, i => $"type Other{i} @key(fields: \"id\") {{ id: ID! name: String }}\n");

    private static string Join(int count, Func<int, string> text) => string.Join(' ', Enumerable.Range(0, count).Select(text));
}
