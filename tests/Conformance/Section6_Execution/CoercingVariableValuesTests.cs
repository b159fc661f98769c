using Xunit;

namespace GraphGateway.Conformance.Section6;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Coercing-Variable-Values">Coercing Variable Values</see>.
/// </summary>
public sealed class CoercingVariableValuesTests
{
    private const string Sdl =
        """
        type Query { f(a: Int, b: [Int!], c: In): String must(a: Int!): String }
        input In { x: Int! = 1 y: String }
        """;

    private const string Data =
        """
        {"f": {"$args": true}, "must": {"$args": true}}
        """;

    [Theory]
    [InlineData("query ($v: Int) { f(a: $v) }", """{"v":1}""", """{"data":{"f":"{\"a\":1}"}}""")]
    [InlineData("query ($v: Int) { f(a: $v) }", "{}", """{"data":{"f":"{}"}}""")]
    [InlineData("query ($v: Int) { f(a: $v) }", """{"v":null}""", """{"data":{"f":"{\"a\":null}"}}""")]
    [InlineData("query ($v: Int = 5) { f(a: $v) }", """{"v":1}""", """{"data":{"f":"{\"a\":1}"}}""")]
    [InlineData("query ($v: Int = 5) { f(a: $v) }", "{}", """{"data":{"f":"{\"a\":5}"}}""")]
    [InlineData("query ($v: Int = 5) { f(a: $v) }", """{"v":null}""", """{"data":{"f":"{\"a\":null}"}}""")]
    [InlineData("query ($v: Int!) { must(a: $v) }", """{"v":1}""", """{"data":{"must":"{\"a\":1}"}}""")]
    [InlineData("query ($v: Int!) { must(a: $v) }", "{}", """{"errors":[{"message":"Variable \"$v\" of required type \"Int!\" was not provided.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: Int!) { must(a: $v) }", """{"v":null}""", """{"errors":[{"message":"Variable \"$v\" of non-null type \"Int!\" must not be null.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: Int! = 5) { must(a: $v) }", """{"v":1}""", """{"data":{"must":"{\"a\":1}"}}""")]
    [InlineData("query ($v: Int! = 5) { must(a: $v) }", "{}", """{"data":{"must":"{\"a\":5}"}}""")]
    [InlineData("query ($v: Int! = 5) { must(a: $v) }", """{"v":null}""", """{"errors":[{"message":"Variable \"$v\" of non-null type \"Int!\" must not be null.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    public Task With_a_value_without_one_and_with_null(string document, string? variables, string expected) =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, document, expected, variables);

    [Fact]
    public Task A_default_of_null() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "query ($v: Int = null) { f(a: $v) }", """{"data":{"f":"{\"a\":null}"}}""");

    [Theory]
    [InlineData("query ($v: Int) { f(a: $v) }", """{"v":"1"}""", """{"errors":[{"message":"Variable \"$v\" got invalid value \"1\"; Int cannot represent non-integer value: \"1\"","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: [Int!]) { f(b: $v) }", """{"v":[1,null]}""", """{"errors":[{"message":"Variable \"$v\" got invalid value null at \"v[1]\"; Expected non-nullable type \"Int!\" not to be null.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: In) { f(c: $v) }", """{"v":{"x":null}}""", """{"errors":[{"message":"Variable \"$v\" got invalid value null at \"v.x\"; Expected non-nullable type \"Int!\" not to be null.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: In) { f(c: $v) }", """{"v":{"z":1}}""", """{"errors":[{"message":"Variable \"$v\" got invalid value { z: 1 }; Field \"z\" is not defined by type \"In\". Did you mean \"x\" or \"y\"?","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: In) { f(c: $v) }", """{"v":5}""", """{"errors":[{"message":"Variable \"$v\" got invalid value 5; Expected type \"In\" to be an object.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: In) { f(c: $v) }", """{"v":{"y":1}}""", """{"errors":[{"message":"Variable \"$v\" got invalid value 1 at \"v.y\"; String cannot represent a non string value: 1","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    public Task Values_that_do_not_fit(string document, string? variables, string expected) =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, document, expected, variables);

    [Theory]
    [InlineData("query ($v: Int, $w: Int!, $x: Int!) { f(a: $v) a: must(a: $w) b: must(a: $x) }", """{"v":"1","x":null}""", """{"errors":[{"message":"Variable \"$v\" got invalid value \"1\"; Int cannot represent non-integer value: \"1\"","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}},{"message":"Variable \"$w\" of required type \"Int!\" was not provided.","locations":[{"line":1,"column":17}],"extensions":{"code":"BAD_USER_INPUT"}},{"message":"Variable \"$x\" of non-null type \"Int!\" must not be null.","locations":[{"line":1,"column":27}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    public Task Each_variable_that_does_not_fit_is_told(string document, string? variables, string expected) =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, document, expected, variables);

    [Theory]
    [InlineData("query ($v: In) { f(c: $v) }", """{"v":{}}""", """{"data":{"f":"{\"c\":{\"x\":1}}"}}""")]
    [InlineData("query ($v: In = {}) { f(c: $v) }", "{}", """{"data":{"f":"{\"c\":{\"x\":1}}"}}""")]
    [InlineData("""query ($v: In = { y: "d" }) { f(c: $v) }""", "{}", """{"data":{"f":"{\"c\":{\"x\":1,\"y\":\"d\"}}"}}""")]
    public Task Defaults_inside_a_value_are_filled_in(string document, string? variables, string expected) =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, document, expected, variables);

    [Fact]
    public Task A_value_for_a_variable_that_is_not_defined_is_passed_over() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "query ($v: Int) { f(a: $v) }", """{"data":{"f":"{\"a\":1}"}}""", """{"v":1,"w":2}""");

    [Fact]
    public Task One_value_becomes_a_list() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "query ($v: [Int!]) { f(b: $v) }", """{"data":{"f":"{\"b\":[1]}"}}""", """{"v":1}""");
}
