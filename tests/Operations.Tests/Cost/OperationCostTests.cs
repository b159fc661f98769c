using Xunit;

namespace GraphGateway.Operations.Tests.Cost;

/// <summary>
/// What operations cost by IBM's directives; the examples of its text with types of our own, and what it leaves open as HotChocolate has it.
/// </summary>
public sealed class OperationCostTests
{
    // Each call of a field, and each object. The root is an object.
    [Theory]
    [InlineData("{ keepers(max: 5) { age } }", "field 11, type 6")]
    [InlineData("{ dishes }", "field 5, type 1")]
    [InlineData("{ favourite { name } }", "field 5, type 2")]
    [InlineData("{ strange }", "field 0, type 1")]
    [InlineData("{ colour }", "field 0, type 3.5")]
    [InlineData("{ odd }", "field 0, type 1")]
    [InlineData("{ tenths { value } }", "field 1001, type 10001")]
    public void Weights(string document, string expected) => Assert.Equal(expected, CostKit.Of(document));

    // An argument counts where it is given, and so does each field of an input object; a default is given, null is not. A call is never less than nothing.
    [Theory]
    [InlineData("{ dishes(filter: {}) }", null, "field 20.5, type 1")]
    [InlineData("{ dishes(filter: { approx: YES, times: null }) }", null, "field 8, type 1")]
    [InlineData("{ dishes(filter: null) }", null, "field 5, type 1")]
    [InlineData("query ($f: DishFilter) { dishes(filter: $f) }", null, "field 5, type 1")]
    [InlineData("query ($f: DishFilter) { dishes(filter: $f) }", """{"f":null}""", "field 5, type 1")]
    [InlineData("query ($f: DishFilter) { dishes(filter: $f) }", """{"f":{}}""", "field 20.5, type 1")]
    [InlineData("query ($f: DishFilter = { name: \"x\" }) { dishes(filter: $f) }", null, "field 24.5, type 1")]
    [InlineData("{ dishes(filter: { name: \"x\", more: [{ name: \"y\" }, { name: \"z\", times: null }] }) }", null, "field 34, type 1")]
    [InlineData("query ($f: DishFilter) { dishes(filter: $f) }", """{"f":{"name":"x","more":[{"name":"y"},{"name":"z","times":null}]}}""", "field 34, type 1")]
    [InlineData("query ($m: [DishFilter], $t: Int) { dishes(filter: { name: \"x\", more: $m, times: $t }) }", """{"m":[{"name":"y"}]}""", "field 30, type 1")]
    [InlineData("query ($i: DishFilter) { dishes(filter: { name: \"x\", more: [$i] }) }", """{"i":{"name":"y"}}""", "field 30, type 1")]
    [InlineData("{ favourite(approx: YES) { name } }", null, "field 2, type 2")]
    [InlineData("query ($a: Rough) { favourite(approx: $a) { name } }", """{"a":"YES"}""", "field 2, type 2")]
    [InlineData("{ cheap(approx: YES) { name } }", null, "field 0, type 2")]
    public void Arguments(string document, string? variables, string expected) => Assert.Equal(expected, CostKit.Of(document, variables));

    [Theory]
    [InlineData("query ($n: Int) { keepers(max: $n) { age } }", """{"n":3}""", "field 7, type 4")]
    [InlineData("query ($n: Int) { keepers(max: $n) { age } }", null, "field 21, type 11")]
    [InlineData("query ($n: Int) { keepers(max: $n) { age } }", """{"n":null}""", "field 21, type 11")]
    [InlineData("query ($n: Int = 2) { keepers(max: $n) { age } }", null, "field 5, type 3")]
    [InlineData("{ keepers { age } }", null, "field 21, type 11")]
    [InlineData("{ sliced { age } }", null, "field 9, type 5")]
    [InlineData("query ($n: Int) { sliced(max: $n) { age } }", null, "field 9, type 5")]
    [InlineData("{ defaulted { age } }", null, "field 13, type 7")]
    [InlineData("{ defaulted(max: 1) { age } }", null, "field 3, type 2")]
    [InlineData("{ byPage { age } }", null, "field 16, type 8")]
    [InlineData("{ byPage(page: {}) { age } }", null, "field 20, type 10")]
    [InlineData("{ byPage(page: { size: 1 }) { age } }", null, "field 4, type 2")]
    [InlineData("query ($p: Page) { byPage(page: $p) { age } }", """{"p":{"size":2}}""", "field 6, type 3")]
    [InlineData("query ($n: Int) { byPage(page: { size: $n }) { age } }", """{"n":3}""", "field 8, type 4")]
    [InlineData("{ films(first: 3) { edges { node { title } } count } }", null, "field 14, type 8")]
    [InlineData("{ films(first: 3, last: 5) { e: edges { node { title } } } }", null, "field 7, type 12")]
    [InlineData("query ($l: Int) { films(first: 3, last: $l) { ... on ReelConnection { edges { node { title } } } } }", """{"l":5}""", "field 7, type 12")]
    [InlineData("{ films { edges { node { title } } } }", null, "field 12, type 22")]
    [InlineData("{ paged(first: 2) { inner { reels { title } others { title } } } }", null, "field 4, type 15")]
    [InlineData("{ grid { name } }", null, "field 1, type 101")]
    [InlineData("{ three { name } }", null, "field 1, type 31")]
    public void Lists(string document, string? variables, string expected) => Assert.Equal(expected, CostKit.Of(document, variables));

    // Of the possible types the most costly one, by each measure for itself; what is selected for all is counted once.
    [Theory]
    [InlineData("{ pet { name } }", null, "field 8, type 4")]
    [InlineData("{ pet { ... on Cat { name } } }", null, "field 3, type 4")]
    [InlineData("{ pet { ... on Cat { a: name b: name c: name d: name } ... on Dog { name } } }", null, "field 9, type 4")]
    [InlineData("{ pet { mark } }", null, "field 7, type 4")]
    [InlineData("{ pet { mark(deep: 1) } }", null, "field 10, type 4")]
    [InlineData("{ pet { ... on Cat { mark(deep: 1) } } }", null, "field 1, type 4")]
    [InlineData("{ pets { __typename } }", null, "field 1, type 13")]
    [InlineData("query ($n: Int) { pet { kids(first: $n) { name } } }", """{"n":1}""", "field 16, type 10")]
    [InlineData("query ($n: Int) { pet { kids(first: $n) { name } } }", """{"n":5}""", "field 37, type 19")]
    public void Abstract_types(string document, string? variables, string expected) => Assert.Equal(expected, CostKit.Of(document, variables));

    [Fact]
    public void Introspection_is_not_counted() =>
        Assert.Equal("field 0, type 1", CostKit.Of("{ __typename __schema { types { name fields { name } } } __type(name: \"Dish\") { name } }"));

    [Theory]
    [InlineData("{ keepers(max: 5) @skip(if: true) { age } strange }", null, "field 0, type 1")]
    [InlineData("query ($s: Boolean!) { keepers(max: 5) @include(if: $s) { age } }", """{"s":true}""", "field 11, type 6")]
    public void What_is_skipped_costs_nothing(string document, string? variables, string expected) => Assert.Equal(expected, CostKit.Of(document, variables));

    // Exactly one must be given, unless the schema says otherwise; null is not given, a default is.
    [Theory]
    [InlineData("{ films { count } }", null, "Query.films: 0 of first, last")]
    [InlineData("{ films(first: 1, last: 2) { count } }", null, "Query.films: 2 of first, last")]
    [InlineData("query ($f: Int, $l: Int) { films(first: $f, last: $l) { count } }", """{"f":1,"l":null}""", "")]
    [InlineData("query ($f: Int, $l: Int) { films(first: $f, last: $l) { count } }", """{"f":1,"l":1}""", "Query.films: 2 of first, last")]
    [InlineData("{ sliced { age } byPage { age } keepers { age } defaulted { age } }", null, "")]
    [InlineData("{ sliced(max: null) { age } }", null, "Query.sliced: 0 of max")]
    public void One_slicing_argument_is_required(string document, string? variables, string expected)
    {
        var (cost, values) = CostKit.Read(document, variables);
        Assert.Equal(expected, cost.FindUnsliced(values) is { } list ? $"{list.Field}: {list.CountGiven(values)} of {string.Join(", ", list.SlicingArguments)}" : "");
    }
}
