using Xunit;

namespace GraphGateway.Operations.Tests.Cost;

/// <summary>The same directives as Apollo Router reads them: one figure, in which a field's weight counts for each value.</summary>
public sealed class OneFigureTests
{
    [Theory]
    [InlineData("{ keepers(max: 5) { age } }", "15")] // Each keeper 1, each age 2.
    [InlineData("{ keepers(max: 5) { name } }", "5")] // Leaves count nothing.
    [InlineData("{ dishes }", "50")] // The field's weight for each item.
    [InlineData("{ dishes(filter: { name: \"x\" }) }", "69.5")] // What it is given once.
    [InlineData("{ favourite { name } }", "5")] // The field's weight instead of its type's.
    [InlineData("{ pet { __typename } }", "3")] // The type's, where the field has none.
    [InlineData("{ pet { ... on Cat { name } ... on Dog { name } } }", "10")] // Of fragments the most, where Apollo Router adds them up.
    [InlineData("{ films(first: 3) { edges { node { title } } } }", "7")]
    [InlineData("{ grid { name } }", "100")] // Lists inside lists multiply, where Apollo Router sees one.
    public void One_figure(string document, string expected) => Assert.Equal(expected, CostKit.Of(document, reading: CostReading.OneFigure));
}
