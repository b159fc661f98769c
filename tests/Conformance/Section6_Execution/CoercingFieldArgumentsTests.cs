using Xunit;

namespace GraphGateway.Conformance.Section6;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Coercing-Field-Arguments">Coercing Field Arguments</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Executing-Fields">Executing Fields</see>.
/// </summary>
public sealed class CoercingFieldArgumentsTests
{
    private const string Sdl =
        """
        type Query { f(a: Int, d: Int = 7, l: [Int], i: In, e: Kind): String must(a: Int!): String mustDefault(a: Int! = 3): String }
        input In { x: Int y: Int = 9 }
        enum Kind { ONE TWO }
        """;

    private const string Data =
        """
        {"f": {"$args": true}, "must": {"$args": true}, "mustDefault": {"$args": true}}
        """;

    [Theory]
    [InlineData("{ f }", null, """{"data":{"f":"{\"d\":7}"}}""")]
    [InlineData("{ f(a: 1) }", null, """{"data":{"f":"{\"a\":1,\"d\":7}"}}""")]
    [InlineData("{ f(a: null) }", null, """{"data":{"f":"{\"a\":null,\"d\":7}"}}""")]
    [InlineData("{ f(d: 1) }", null, """{"data":{"f":"{\"d\":1}"}}""")]
    [InlineData("{ f(d: null) }", null, """{"data":{"f":"{\"d\":null}"}}""")]
    [InlineData("{ f(l: [1, null]) }", null, """{"data":{"f":"{\"d\":7,\"l\":[1,null]}"}}""")]
    [InlineData("{ f(l: 1) }", null, """{"data":{"f":"{\"d\":7,\"l\":[1]}"}}""")]
    [InlineData("{ f(i: {}) }", null, """{"data":{"f":"{\"d\":7,\"i\":{\"y\":9}}"}}""")]
    [InlineData("{ f(i: { x: 1, y: null }) }", null, """{"data":{"f":"{\"d\":7,\"i\":{\"x\":1,\"y\":null}}"}}""")]
    [InlineData("{ f(e: TWO) }", null, """{"data":{"f":"{\"d\":7,\"e\":\"TWO\"}"}}""")]
    [InlineData("{ must(a: 1) }", null, """{"data":{"must":"{\"a\":1}"}}""")]
    [InlineData("{ mustDefault }", null, """{"data":{"mustDefault":"{\"a\":3}"}}""")]
    [InlineData("{ mustDefault(a: 1) }", null, """{"data":{"mustDefault":"{\"a\":1}"}}""")]
    public Task Literals(string document, string? variables, string expected) =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, document, expected, variables);

    [Theory]
    [InlineData("query ($v: Int) { f(a: $v) }", """{"v":1}""", """{"data":{"f":"{\"a\":1,\"d\":7}"}}""")]
    [InlineData("query ($v: Int) { f(a: $v) }", "{}", """{"data":{"f":"{\"d\":7}"}}""")]
    [InlineData("query ($v: Int) { f(a: $v) }", """{"v":null}""", """{"data":{"f":"{\"a\":null,\"d\":7}"}}""")]
    [InlineData("query ($v: Int) { f(d: $v) }", """{"v":1}""", """{"data":{"f":"{\"d\":1}"}}""")]
    [InlineData("query ($v: Int) { f(d: $v) }", "{}", """{"data":{"f":"{\"d\":7}"}}""")]
    [InlineData("query ($v: Int) { f(d: $v) }", """{"v":null}""", """{"data":{"f":"{\"d\":null}"}}""")]
    [InlineData("query ($v: Int) { f(l: [$v]) }", """{"v":1}""", """{"data":{"f":"{\"d\":7,\"l\":[1]}"}}""")]
    [InlineData("query ($v: Int) { f(l: [$v]) }", "{}", """{"data":{"f":"{\"d\":7,\"l\":[null]}"}}""")]
    [InlineData("query ($v: Int) { f(l: [$v]) }", """{"v":null}""", """{"data":{"f":"{\"d\":7,\"l\":[null]}"}}""")]
    [InlineData("query ($v: Int) { f(i: { x: $v }) }", """{"v":1}""", """{"data":{"f":"{\"d\":7,\"i\":{\"x\":1,\"y\":9}}"}}""")]
    [InlineData("query ($v: Int) { f(i: { x: $v }) }", "{}", """{"data":{"f":"{\"d\":7,\"i\":{\"y\":9}}"}}""")]
    [InlineData("query ($v: Int) { f(i: { x: $v }) }", """{"v":null}""", """{"data":{"f":"{\"d\":7,\"i\":{\"x\":null,\"y\":9}}"}}""")]
    [InlineData("query ($v: Int) { f(i: { y: $v }) }", """{"v":1}""", """{"data":{"f":"{\"d\":7,\"i\":{\"y\":1}}"}}""")]
    [InlineData("query ($v: Int) { f(i: { y: $v }) }", "{}", """{"data":{"f":"{\"d\":7,\"i\":{\"y\":9}}"}}""")]
    [InlineData("query ($v: Int) { f(i: { y: $v }) }", """{"v":null}""", """{"data":{"f":"{\"d\":7,\"i\":{\"y\":null}}"}}""")]
    public Task Variables_that_are_given_left_out_or_null(string document, string? variables, string expected) =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, document, expected, variables);

    [Theory]
    [InlineData("query ($v: Int) { mustDefault(a: $v) }", "{}", """{"data":{"mustDefault":"{\"a\":3}"}}""")]
    [InlineData("query ($v: Int) { mustDefault(a: $v) }", """{"v":1}""", """{"data":{"mustDefault":"{\"a\":1}"}}""")]
    [InlineData("query ($v: Int) { mustDefault(a: $v) }", """{"v":null}""", """{"errors":[{"message":"Argument \"a\" of non-null type \"Int!\" must not be null.","locations":[{"line":1,"column":34}],"path":["mustDefault"],"extensions":{"code":"BAD_USER_INPUT"}}],"data":{"mustDefault":null}}""")]
    public Task A_variable_for_an_argument_that_has_a_default(string document, string? variables, string expected) =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, document, expected, variables);
}
