using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Planning.Tests.Cost;

/// <summary>What the plans of operations on the shop ask of its sources.</summary>
public sealed class SourceCostTests
{
    private static readonly Supergraph Shop =
        SupergraphReader.Read(new SourceText(File.ReadAllText(Repository.PathOf("schemas/supergraph.graphql")))).Supergraph!;

    [Theory]
    // The connection 10, its nodes 1 each.
    [InlineData("{ orders(first: 3) { nodes { number } } }", "orders 13")]
    // The same and the customers' ids; then of each customer the entity, once.
    [InlineData("{ orders(first: 3) { nodes { customer { email } } } }", "orders 16, users 3")]
    [InlineData("{ orders(first: 30) { nodes { customer { email } } } }", "orders 70, users 30")]
    // Of each customer three addresses, each of which counts the field's weight.
    [InlineData("{ orders(first: 3) { nodes { customer { addresses { __typename } } } } }", "orders 16, users 93")]
    // 10 for the mutation, 10 for the field; the payload is what the field gives; input objects count 1 each.
    [InlineData("mutation { cancelOrder(input: { orderId: \"1\" }) { __typename } }", "orders 21")]
    [InlineData("{ __typename }", "")]
    public void Of_each_source(string operation, string expected)
    {
        var index = new CostIndex(Shop.FullSchema, CostReading.OneFigure, defaultListSize: 10);
        var costs = SourceCost.Of(PlanTest.Plan(Shop, operation), _ => index);
        Assert.Equal(expected, string.Join(", ", costs.Select(cost => FormattableString.Invariant($"{cost.Source.Name} {cost.Cost.Estimate(VariableValues.Empty).Sum}"))));
    }
}
