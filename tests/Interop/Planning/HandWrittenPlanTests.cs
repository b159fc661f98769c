using System.Text;
using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Interop.Planning;

/// <summary>
/// The graphs in <c>Graphs</c>: for each operation our plan is right, and no peer's is better in how many fetches follow each other and then in
/// how many requests are sent; but for the operations that a graph names with the reason, and these are still so.
/// </summary>
public sealed class HandWrittenPlanTests
{
    [InteropFact]
    public void The_peers_are_the_versions_that_the_expectations_were_made_with()
    {
        var references = PlannerReference.All();

        Assert.Equal(["2.14.4", "0.0.38"], references.Select(reference => reference.Version));
        Array.ForEach(references, reference => reference.Dispose());
    }

    [InteropFact]
    public void No_peer_plans_better_but_where_the_reason_is_named()
    {
        var references = PlannerReference.All();
        var failures = new StringBuilder();
        foreach (var graph in PlannedGraph.HandWritten())
        {
            var supergraph = graph.Compose() ?? throw new InvalidOperationException($"{graph.Name} does not compose");
            Assert.All(references, reference => Assert.True(reference.TryLoad(supergraph), $"{reference.Name} refuses {graph.Name}"));
            foreach (var (query, worseThan) in graph.Operations)
            {
                var plan = PlannerReference.Plan(supergraph, query) ?? throw new InvalidOperationException($"not valid: {query}");
                var ours = PlannerReference.SizeOf(plan);
                Assert.Equal($"{query}: ", $"{query}: {string.Join("; ", PlanVerifier.Verify(plan))}");
                foreach (var reference in references)
                {
                    var theirs = reference.Measure(query);
                    if (theirs?.CompareTo(ours) < 0 != worseThan.Contains(reference.Name))
                    {
                        failures.Append($"{graph.Name}: {query}\nours {ours}, {reference.Name} {theirs?.ToString() ?? "fails"}\n{PlanPrinter.Print(plan)}\n--- theirs\n{reference.Print(query)}\n");
                    }
                }
            }
        }

        Array.ForEach(references, reference => reference.Dispose());
        Assert.True(failures.Length == 0, failures.ToString());
    }
}
