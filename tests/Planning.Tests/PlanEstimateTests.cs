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
        PlanEstimate.Of(PlanTest.Plan(Shop, "{ orders(first: 30) { nodes { customer { email } } } }").Steps[1]) - 100,
        10 * (PlanEstimate.Of(PlanTest.Plan(Shop, "{ orders(first: 3) { nodes { customer { email } } } }").Steps[1]) - 100));

    [Fact]
    public void Where_nothing_is_said_a_list_has_ten_items_and_a_field_counts_one() => Assert.Equal(
        // The request, ts, list for each of ten, and id for each of ten by ten by ten.
        100 + 1 + 10 + 1000,
        PlanEstimate.Of(PlanTest.Plan("--- a\ntype Query { ts: [T] }\ntype T { id: ID list: [[T]] }", "{ ts { list { id } } }")).Cost);
}
