using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>A fetch that waits for more than its keys: the search may try another one that goes at once, but only where there can be one.</summary>
public sealed class LateFetchTests
{
    // shop is entered by a sku that skus must tell first. No other fetch of shop can be there sooner, so all share it, whatever the search tries.
    [Fact]
    public void A_fetch_that_waits_for_its_key_alone_is_not_made_twice()
    {
        var graph = PlanningGraph.For(
            TestGraph.Compose(
                """
                --- users apollo
                type Query { me: User }
                type User @key(fields: "id") { id: ID! friend: User }
                --- skus apollo
                type User @key(fields: "id") @key(fields: "sku") { id: ID! sku: String! }
                --- shop apollo
                type User @key(fields: "sku") { sku: String! rank: Int stock: Int }
                --- labels apollo
                type User @key(fields: "id") { id: ID! friend: User @external rank: Int @external label: String @requires(fields: "friend { rank }") }
                --- badges apollo
                type User @key(fields: "id") { id: ID! friend: User @external rank: Int @external badge: String @requires(fields: "friend { rank }") }
                """),
            []);
        var operation = TestOperation.Normalize(graph.Supergraph.PublicSchema, "{ me { friend { stock } label badge } }");
        var attempt = new PlanAttempt(graph, new Reachability(graph), operation, new Choices(ChoiceKinds.Wait, new Dictionary<int, int>()));
        attempt.Run();

        Assert.Equal(["users", "skus", "shop", "labels", "badges"], attempt.Steps.Select(step => step.Source.Name));
        Assert.Empty(attempt.Left);
    }
}
