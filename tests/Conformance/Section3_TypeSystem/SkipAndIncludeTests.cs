using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec--skip">@skip</see>;
/// <see href="https://spec.graphql.org/September2025/#sec--include">@include</see>.
/// </summary>
public sealed class SkipAndIncludeTests
{
    private const string Sdl =
        """
        type Query { a: Int b: Int }
        """;

    private const string Data =
        """
        {"a": 1, "b": 2}
        """;

    [Theory]
    [InlineData("query ($skip: Boolean!, $include: Boolean!) { a @skip(if: $skip) @include(if: $include) b }", """{"skip":true,"include":true}""", """{"data":{"b":2}}""")]
    [InlineData("query ($skip: Boolean!, $include: Boolean!) { a @skip(if: $skip) @include(if: $include) b }", """{"skip":true,"include":false}""", """{"data":{"b":2}}""")]
    [InlineData("query ($skip: Boolean!, $include: Boolean!) { a @skip(if: $skip) @include(if: $include) b }", """{"skip":false,"include":true}""", """{"data":{"a":1,"b":2}}""")]
    [InlineData("query ($skip: Boolean!, $include: Boolean!) { a @skip(if: $skip) @include(if: $include) b }", """{"skip":false,"include":false}""", """{"data":{"b":2}}""")]
    public Task Neither_comes_before_the_other(string document, string? variables, string expected) =>
        Service.Answers(Sdl, Data, document, expected, variables);

    [Theory]
    [InlineData("{ a @skip(if: true) b }", null, """{"data":{"b":2}}""")]
    [InlineData("{ a @include(if: false) b }", null, """{"data":{"b":2}}""")]
    [InlineData("{ ...F @skip(if: true) b } fragment F on Query { a }", null, """{"data":{"b":2}}""")]
    [InlineData("{ ...F @include(if: true) b } fragment F on Query { a }", null, """{"data":{"a":1,"b":2}}""")]
    [InlineData("{ ... @skip(if: true) { a } b }", null, """{"data":{"b":2}}""")]
    [InlineData("{ ... on Query @include(if: true) { a } b }", null, """{"data":{"a":1,"b":2}}""")]
    [InlineData("{ a @skip(if: true) }", null, """{"data":{}}""")]
    [InlineData("{ a @skip(if: true) a }", null, """{"data":{"a":1}}""")]
    public Task On_fields_spreads_and_inline_fragments(string document, string? variables, string expected) =>
        Service.Answers(Sdl, Data, document, expected, variables);

    [Theory]
    [InlineData("{ a @skip }", null, """{"errors":[{"message":"Directive \"@skip\" argument \"if\" of type \"Boolean!\" is required, but it was not provided.","locations":[{"line":1,"column":5}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ a @include(if: null) }", null, """{"errors":[{"message":"Expected value of type \"Boolean!\", found null.","locations":[{"line":1,"column":18}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ a @skip(if: 1) }", null, """{"errors":[{"message":"Boolean cannot represent a non boolean value: 1","locations":[{"line":1,"column":15}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("query ($v: Boolean) { a @skip(if: $v) }", null, """{"errors":[{"message":"Variable \"$v\" of type \"Boolean\" used in position expecting type \"Boolean!\".","locations":[{"line":1,"column":8},{"line":1,"column":35}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("query ($v: Boolean = true) { a @skip(if: $v) b }", "{}", """{"data":{"b":2}}""")]
    [InlineData("query ($v: Boolean = true) { a @skip(if: $v) b }", """{"v":null}""", """{"errors":[{"message":"Argument \"if\" of non-null type \"Boolean!\" must not be null.","locations":[{"line":1,"column":42}],"extensions":{"code":"BAD_USER_INPUT"}}],"data":null}""")]
    [InlineData("query ($v: Boolean = true) { a @include(if: $v) b }", """{"v":null}""", """{"errors":[{"message":"Argument \"if\" of non-null type \"Boolean!\" must not be null.","locations":[{"line":1,"column":45}],"extensions":{"code":"BAD_USER_INPUT"}}],"data":null}""")]
    public Task The_argument_is_required_and_boolean(string document, string? variables, string expected) =>
        Service.Answers(Sdl, Data, document, expected, variables);
}
