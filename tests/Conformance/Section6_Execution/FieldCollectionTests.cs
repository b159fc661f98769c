using Xunit;

namespace GraphGateway.Conformance.Section6;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Field-Collection">Field Collection</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Executing-the-Root-Selection-Set">Executing the Root Selection Set</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Executing-Selection-Sets">Executing Selection Sets</see>.
/// </summary>
public sealed class FieldCollectionTests
{
    private const string Sdl =
        """
        type Query { a: Thing b: Int pet: Animal any: Any c: Thing }
        type Thing { one: Int two: Int self: Thing }
        interface Animal { name: String }
        type Owl implements Animal { name: String wings: Int }
        type Fox implements Animal { name: String tail: Int }
        union Any = Owl | Thing
        """;

    private const string Data =
        """
        {"a": {"one": 1, "two": 2, "self": {"one": 11, "two": 12}}, "b": 3, "pet": {"__typename": "Owl", "name": "Strix", "wings": 2}, "any": {"__typename": "Owl", "name": "Bubo"}, "c": null}
        """;

    [Fact]
    public Task Fields_of_one_name_are_one() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ a { one } ...F } fragment F on Query { a { two } b }", """{"data":{"a":{"one":1,"two":2},"b":3}}""");

    [Fact]
    public Task In_the_order_in_which_names_are_first_met() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ b ...F a { two } } fragment F on Query { a { one } b pet { name } }",
        """{"data":{"b":3,"a":{"one":1,"two":2},"pet":{"name":"Strix"}}}""");

    [Fact]
    public Task Depth_first() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ ...A c { one } } fragment A on Query { ...B b } fragment B on Query { a { one } }",
        """{"data":{"a":{"one":1},"b":3,"c":null}}""");

    [Fact]
    public Task A_fragment_is_spread_once() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ ...F b ...F } fragment F on Query { a { one } }", """{"data":{"a":{"one":1},"b":3}}""");

    [Fact]
    public Task Selections_of_merged_fields_merge_on_every_level() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ a { self { one } } a { self { two } one } }", """{"data":{"a":{"self":{"one":11,"two":12},"one":1}}}""");

    [Fact]
    public Task A_fragment_on_the_objects_type_applies() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ pet { ... on Owl { wings } name } }", """{"data":{"pet":{"wings":2,"name":"Strix"}}}""");

    [Fact]
    public Task A_fragment_on_another_type_does_not() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ pet { ... on Fox { tail } name } }", """{"data":{"pet":{"name":"Strix"}}}""");

    [Fact]
    public Task A_fragment_on_an_interface_of_the_object_applies() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ any { ... on Animal { name } } }", """{"data":{"any":{"name":"Bubo"}}}""");

    [Fact]
    public Task A_fragment_on_a_union_of_the_object_applies() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ pet { ... on Any { __typename } } }", """{"data":{"pet":{"__typename":"Owl"}}}""");

    [Fact]
    public Task A_fragment_without_a_type_applies() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ pet { ... { name } } }", """{"data":{"pet":{"name":"Strix"}}}""");

    [Theory]
    [InlineData("query ($t: Boolean!, $f: Boolean!) { a @skip(if: $t) { one } b @skip(if: $f) }", """{"t":true,"f":false}""", """{"data":{"b":3}}""")]
    [InlineData("query ($t: Boolean!, $f: Boolean!) { a @include(if: $t) { one } b @include(if: $f) }", """{"t":true,"f":false}""", """{"data":{"a":{"one":1}}}""")]
    [InlineData("query ($t: Boolean!, $f: Boolean!) { b @skip(if: $t) @include(if: $t) }", """{"t":true,"f":false}""", """{"errors":[{"message":"Variable \"$f\" is never used.","locations":[{"line":1,"column":22}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("query ($t: Boolean!, $f: Boolean!) { b @skip(if: $f) @include(if: $t) }", """{"t":true,"f":false}""", """{"data":{"b":3}}""")]
    [InlineData("query ($t: Boolean!, $f: Boolean!) { b @skip(if: $f) @include(if: $f) }", """{"t":true,"f":false}""", """{"errors":[{"message":"Variable \"$t\" is never used.","locations":[{"line":1,"column":8}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("query ($t: Boolean!, $f: Boolean!) { b @skip(if: $t) b @skip(if: $f) }", """{"t":true,"f":false}""", """{"data":{"b":3}}""")]
    [InlineData("query ($t: Boolean!, $f: Boolean!) { ... @skip(if: $t) { b } ... @include(if: $t) { a { one } } b @skip(if: $f) }", """{"t":true,"f":false}""", """{"data":{"a":{"one":1},"b":3}}""")]
    public Task Skip_and_include_are_asked_before_a_selection_is_collected(string document, string? variables, string expected) =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, document, expected, variables);

    [Fact]
    public Task A_fragment_that_is_skipped_once_can_be_spread_later() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ ...F @skip(if: true) a { two } ...F } fragment F on Query { b }", """{"data":{"a":{"two":2},"b":3}}""");
}
