using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>What a subscription selects is planned like a query's: the event comes from its source, and the rest is fetched for it.</summary>
public sealed class SubscriptionTests
{
    private static readonly Supergraph Posts = SupergraphReader.Read(new SourceText("""
        schema @gateway__supergraph(version: 1) { query: Query subscription: Subscription }
        enum gateway__Source { A @gateway__source(name: "a", dialect: APOLLO) B @gateway__source(name: "b", dialect: APOLLO) C @gateway__source(name: "c", dialect: APOLLO) }
        type Query @gateway__type(in: A) @gateway__type(in: B) { added: Post @gateway__field(in: A) }
        type Subscription @gateway__type(in: A) @gateway__type(in: B) { added: Post @gateway__field(in: A) }
        type Post @gateway__type(in: A) @gateway__key(in: A, fields: "id") @gateway__lookup(in: A, key: "id")
          @gateway__type(in: B) @gateway__key(in: B, fields: "id") @gateway__lookup(in: B, key: "id")
          @gateway__type(in: C) @gateway__key(in: C, fields: "id") @gateway__lookup(in: C, key: "id") {
          id: ID! @gateway__field(in: A) @gateway__field(in: B) @gateway__field(in: C)
          text: String @gateway__field(in: A)
          likes: Int @gateway__field(in: B) @gateway__field(in: C, external: true)
          rank: Int @gateway__field(in: C, requires: "likes")
          answers: [Post] @gateway__field(in: B)
        }
        """)).Supergraph!;

    [Theory]
    [InlineData("{ added { text } }")]
    [InlineData("{ added { text likes rank answers { text rank } } }")]
    [InlineData("{ a: added { __typename b: likes ... on Post { answers { likes } } } }")]
    public void A_subscription_has_the_plan_of_a_query(string selection)
    {
        var query = PlanTest.Plan(Posts, selection);
        var subscription = PlanTest.Plan(Posts, "subscription " + selection);

        Assert.Empty(subscription.Unservable);
        Assert.Equal("subscription" + query.Steps[0].Document.Text["query".Length..], subscription.Steps[0].Document.Text);
        Assert.Equal(
            PlanPrinter.Print(query).Replace("Query.added", "Subscription.added", StringComparison.Ordinal),
            PlanPrinter.Print(subscription).Replace("  subscription {\n", "  {\n", StringComparison.Ordinal));
        Assert.Empty(PlanMutants.Of(subscription).Where(mutant => PlanVerifier.Verify(mutant.Plan).IsEmpty).Select(mutant => mutant.What));
    }
}
