using System.Collections.Immutable;
using GraphGateway.TypeSystem.Supergraphs;
using Xunit;

namespace GraphGateway.Planning.Tests;

/// <summary>
/// The verifier takes nothing from the plan that the graph says itself: a plan of another graph, which differs in one thing, is found wrong, and so is
/// one that calls unservable what contexts, provisions or objects without a type give.
/// </summary>
public sealed class OtherGraphTests
{
    private const string Shop =
        """
        --- shop
        type Query { top: Product @provides(fields: "name maker { city }") other: Product }
        type Product @key(fields: "id") { id: ID! name: String @external maker: Maker @external }
        type Maker @key(fields: "id") { id: ID! city: String @external }
        --- stock
        type Product @key(fields: "id") { id: ID! name: String @shareable maker: Maker @shareable }
        type Maker @key(fields: "id") { id: ID! city: String @shareable }
        type Query { productById(id: ID! @is(field: "id")): Product @lookup @internal makerById(id: ID! @is(field: "id")): Maker @lookup @internal }
        """;

    private const string Garden =
        """
        --- garden apollo
        type Query { gardens: [Garden] }
        type Garden @key(fields: "id") @context(name: "garden") { id: ID! soil: String @external best: Rose }
        type Rose @key(fields: "id") { id: ID! height(soil: String @fromContext(field: "$garden { soil }")): Int }
        --- earth apollo
        type Garden @key(fields: "id") { id: ID! soil: String }
        """;

    private const string Media =
        """
        --- home apollo
        type Query { books: [Media] }
        interface Media @key(fields: "id") { id: ID! title: String }
        type Book implements Media @key(fields: "id") { id: ID! title: String }
        type Film implements Media @key(fields: "id") { id: ID! title: String }
        --- shelf apollo
        type Query { shelf: [Media] }
        type Media @key(fields: "id") @interfaceObject { id: ID! place: Int }
        """;

    [Theory]
    [InlineData("name maker { city }", "name", "shop has Product.maker as external and does not provide it here")]
    [InlineData("name maker { city }", "maker { city }", "shop has Product.name as external and does not provide it here")]
    [InlineData("maker { city }\") other", "maker { id }\") other", "shop has Maker.city as external and does not provide it here")]
    public void What_is_provided_on_another_path_only_is_not_provided_here(string provided, string instead, string expected) => Assert.Contains(
        PlanVerifier.Verify(On(PlanTest.Plan(Shop, "{ top { name maker { city } } }"), Shop.Replace(provided, instead, StringComparison.Ordinal))),
        problem => problem.Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData("$garden {", "$other {", "the context other is not taken from the nearest object that sets it")]
    [InlineData("$garden { soil }", "$garden { id }", "gets another value of Garden than the context selects")]
    [InlineData("soil: String @fromContext", "clay: String @fromContext", "does not come from the context garden")]
    public void What_a_context_gives_is_what_the_graph_says(string text, string instead, string expected) => Assert.Contains(
        PlanVerifier.Verify(On(PlanTest.Plan(Garden, "{ gardens { best { height } } }"), Garden.Replace(text, instead, StringComparison.Ordinal))),
        problem => problem.Contains(expected, StringComparison.Ordinal));

    [Theory]
    [InlineData(Shop, "{ top { id name } }", "Product.name")]
    [InlineData(Shop, "{ top { id maker { city } } }", "Maker.city")]
    [InlineData(Garden, "{ gardens { best { id height } } }", "Rose.height")]
    [InlineData(Media, "{ shelf { place title } }", "Media.title")]
    [InlineData(Media, "{ shelf { place __typename } }", "__typename")]
    public void What_can_be_had_cannot_be_called_unservable(string sources, string operation, string field)
    {
        var plan = PlanTest.Plan(sources, operation);
        var found = Fields(plan.Root).Single(slot => !slot.IsHidden && slot.ToString()!.EndsWith(field, StringComparison.Ordinal));
        var told = new QueryPlan(plan.Supergraph, plan.Operation, plan.Root, plan.Steps, [new UnservableField(found, "Cannot.", "None can.", found.AppliesTo)]);
        Assert.Contains($"{found} is named as one that cannot be served (NoSource), and it can be", PlanVerifier.Verify(told));
    }

    private static IEnumerable<ResultField> Fields(ResultShape shape) =>
        shape.Fields.SelectMany(field => (field.Shape is { } below ? Fields(below) : []).Prepend(field));

    private static QueryPlan On(QueryPlan plan, string sources)
    {
        var supergraph = TestGraph.Compose(sources);
        return new QueryPlan(supergraph, plan.Operation, plan.Root, [.. plan.Steps.Select(step => step with { Source = supergraph.Sources[step.Source.Ordinal] })], plan.Unservable);
    }
}
