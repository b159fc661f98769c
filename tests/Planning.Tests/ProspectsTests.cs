using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// The search builds no attempt that <see cref="Prospects"/> rules out. Here each of them is built: none serves more or is less deep, and next
/// to none is of fewer requests. A failure names its seed.
/// </summary>
public sealed class ProspectsTests(ITestOutputHelper output)
{
    private int ruledOut;
    private int open;
    private int gains;
    private int lostRequests;

    [Fact]
    public void No_attempt_that_is_ruled_out_gains_anything()
    {
        for (var seed = 1; seed <= 60; seed++)
        {
            var world = new RandomWorld(seed);
            var supergraph = TestGraph.Compose(world.Sources());
            var graph = PlanningGraph.For(supergraph, world.Labels(supergraph));
            for (var i = 0; i < 6; i++)
            {
                Check(graph, world.Operation(graph.Supergraph.PublicSchema), $"seed {seed}, operation {i}");
            }
        }

        var said = $"{ruledOut} ruled out, {open} not; {gains} gain, of which {lostRequests} were ruled out";
        output.WriteLine(said);
        Assert.True(ruledOut > 500 && open > 500 && gains > 50 && lostRequests == 0, said);
    }

    private void Check(PlanningGraph graph, string operation, string name)
    {
        PlanMeasure Attempt(ChoiceKinds kinds, Dictionary<int, int> discrepancies)
        {
            var normalized = TestOperation.Normalize(graph.Supergraph.PublicSchema, operation);
            var attempt = new PlanAttempt(graph, new Reachability(graph), normalized, new Choices(kinds, discrepancies));
            attempt.Run();
            return new PlanMeasure(attempt);
        }

        var greedy = Attempt(ChoiceKinds.None, []);
        var prospects = new Prospects(greedy);
        foreach (var (number, decision) in greedy.Attempt.Choices.Decisions.Index())
        {
            for (var option = 1; option < decision.Options; option++)
            {
                var other = Attempt(ChoiceKinds.None, new Dictionary<int, int> { [number] = option }).Cost;
                var isGain = (other.Unservable, other.Depth, other.Requests).CompareTo((greedy.Cost.Unservable, greedy.Cost.Depth, greedy.Cost.Requests)) < 0;
                var isOpen = prospects.CanGain(decision);
                var isNearer = (other.Unservable, other.Depth).CompareTo((greedy.Cost.Unservable, greedy.Cost.Depth)) < 0;
                Assert.True(isOpen || !isNearer, $"{name}: {decision.Kind} {number}, option {option}: {greedy.Cost} becomes {other}\n{operation}");
                open += isOpen ? 1 : 0;
                ruledOut += isOpen ? 0 : 1;
                gains += isGain ? 1 : 0;
                lostRequests += isGain && !isOpen ? 1 : 0;
            }
        }
    }
}
