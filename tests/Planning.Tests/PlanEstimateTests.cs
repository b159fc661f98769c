using GraphGateway.Language;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>The figure for what a plan does, with what the shop's schema says of its fields: <c>@cost(weight: "10")</c> where a resolver loads something,
/// and <c>@listSize</c> on connections, whose <c>nodes</c> and <c>edges</c> it sizes.</summary>
public sealed class PlanEstimateTests
{
    private static readonly Supergraph Shop =
        SupergraphReader.Read(new SourceText(File.ReadAllText(Repository.PathOf("schemas/supergraph.graphql")))).Supergraph!;

    // The request 100, orders 10, nodes 1, and number for each of the items.
    [Theory]
    [InlineData("{ orders(first: 3) { nodes { number } } }", 114)]
    [InlineData("{ orders(last: 7) { nodes { number } } }", 118)]
    [InlineData("{ orders(first: 3, last: 7) { nodes { number } } }", 118)]
    [InlineData("{ orders { nodes { number } } }", 161)]
    [InlineData("query ($n: Int) { orders(first: $n) { nodes { number } } }", 161)]
    [InlineData("{ orders(first: 0) { nodes { number } } }", 111)]
    [InlineData("{ orders(first: 2147483647) { nodes { number } } }", 1000111)]
    public void Slicing_arguments_and_assumed_sizes(string operation, long cost) => Assert.Equal(cost, PlanEstimate.Of(PlanTest.Plan(Shop, operation)).Cost);

    [Fact]
    public void A_step_further_down_is_for_as_many_objects() => Assert.Equal(
        OfSecondStep("{ orders(first: 30) { nodes { customer { email } } } }") - 100,
        10 * (OfSecondStep("{ orders(first: 3) { nodes { customer { email } } } }") - 100));

    // The request counts 100 and each field 1; what @cost says of arguments, input fields and types comes to that.
    [Theory]
    [InlineData("{ plain }", 100 + 1)]
    [InlineData("{ plain(a: 1) }", 100 + 1 + 5)]
    [InlineData("query ($a: Int) { plain(a: $a) }", 100 + 1 + 5)]
    [InlineData("{ plain(in: { x: 1 }) }", 100 + 1 + 3)]
    [InlineData("{ plain(in: { x: 1 more: [{ x: 2 }, { y: 3 }] }) }", 100 + 1 + 3 + 7 + 3)]
    [InlineData("{ odd }", 100 + 1 + 2)]
    [InlineData("{ things { odd } }", 100 + 1 + (4 * 20) + (4 * (1 + 2)))]
    [InlineData("{ any { ... on Thing { odd } } }", 100 + 1 + (10 * 20) + (10 * (1 + 2)))]
    [InlineData("{ heavy }", 100 + 9 + 2)]
    public void Weights_of_arguments_and_types(string operation, long cost) => Assert.Equal(cost, PlanEstimate.Of(PlanTest.Plan(Weighted, operation)).Cost);

    private static readonly Supergraph Weighted = SupergraphReader.Read(new SourceText(
        """
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source { A @gateway__source(name: "a", dialect: COMPOSITE) }
        type Query @gateway__type(in: A) {
          plain(a: Int @cost(weight: "5"), in: In): Int @gateway__field(in: A)
          odd: Odd @gateway__field(in: A)
          heavy: Odd @cost(weight: "8.5") @gateway__field(in: A)
          things: [Thing] @listSize(assumedSize: 4) @gateway__field(in: A)
          any: [Any] @gateway__field(in: A)
        }
        union Any @gateway__type(in: A) @gateway__member(in: A, type: "Thing") @gateway__member(in: A, type: "Other") = Thing | Other
        type Thing @cost(weight: "20") @gateway__type(in: A) { odd: Odd @gateway__field(in: A) }
        type Other @cost(weight: "11") @gateway__type(in: A) { odd: Odd @gateway__field(in: A) }
        scalar Odd @cost(weight: "2") @gateway__type(in: A)
        input In @gateway__type(in: A) {
          x: Int @cost(weight: "3") @gateway__inputField(in: A)
          y: Int @gateway__inputField(in: A)
          more: [In] @cost(weight: "7") @gateway__inputField(in: A)
        }
        """)).Supergraph!;

    private static long OfSecondStep(string operation)
    {
        var plan = PlanTest.Plan(Shop, operation);
        return PlanEstimate.Of(plan.Steps[1], plan);
    }

    [Fact]
    public void Where_nothing_is_said_a_list_has_ten_items_and_a_field_counts_one() => Assert.Equal(
        // The request, ts, list for each of ten, and id for each of ten by ten by ten.
        100 + 1 + 10 + 1000,
        PlanEstimate.Of(PlanTest.Plan("--- a\ntype Query { ts: [T] }\ntype T { id: ID list: [[T]] }", "{ ts { list { id } } }")).Cost);
}
