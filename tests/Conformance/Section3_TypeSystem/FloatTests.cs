using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Float">Float</see>.
/// </summary>
public sealed class FloatTests
{
    private const string Sdl =
        """
        type Query { out: Float in(value: Float): String }
        """;

    [Theory]
    [InlineData("""{"out": 1}""", """{"data":{"out":1}}""")]
    [InlineData("""{"out": 1.5}""", """{"data":{"out":1.5}}""")]
    [InlineData("""{"out": -0.5}""", """{"data":{"out":-0.5}}""")]
    [InlineData("""{"out": 0.1}""", """{"data":{"out":0.1}}""")]
    [InlineData("""{"out": true}""", """{"data":{"out":1}}""")]
    [InlineData("""{"out": null}""", """{"data":{"out":null}}""")]
    public Task Results_that_are_coerced(string data, string expected) => Service.Answers(Sdl, data, "{ out }", expected);

    [Theory]
    [InlineData("""{"out": "x"}""", """{"errors":[{"message":"Float cannot represent non numeric value: \"x\"","locations":[{"line":1,"column":3}],"path":["out"]}],"data":{"out":null}}""")]
    [InlineData("""{"out": [1.5]}""", """{"errors":[{"message":"Float cannot represent non numeric value: [1.5]","locations":[{"line":1,"column":3}],"path":["out"]}],"data":{"out":null}}""")]
    public Task Results_that_cannot_be(string data, string expected) => Service.Answers(Sdl, data, "{ out }", expected);

    [Theory]
    [InlineData("{ in(value: 1) }", null, """{"data":{"in":"{\"value\":1}"}}""")]
    [InlineData("{ in(value: 1.5) }", null, """{"data":{"in":"{\"value\":1.5}"}}""")]
    [InlineData("{ in(value: -1e3) }", null, """{"data":{"in":"{\"value\":-1000}"}}""")]
    [InlineData("{ in(value: 0.1) }", null, """{"data":{"in":"{\"value\":0.1}"}}""")]
    [InlineData("{ in(value: null) }", null, """{"data":{"in":"{\"value\":null}"}}""")]
    public Task Literals_that_are_coerced(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);

    [Theory]
    [InlineData("""{ in(value: "1") }""", null, """{"errors":[{"message":"Float cannot represent non numeric value: \"1\"","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: true) }", null, """{"errors":[{"message":"Float cannot represent non numeric value: true","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: RED) }", null, """{"errors":[{"message":"Float cannot represent non numeric value: RED","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: [1.5, 2]) }", null, """{"errors":[{"message":"Float cannot represent non numeric value: [1.5, 2]","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: {}) }", null, """{"errors":[{"message":"Float cannot represent non numeric value: {}","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    public Task Literals_that_cannot_be(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);

    [Theory]
    [InlineData("query ($v: Float) { in(value: $v) }", """{"v":1}""", """{"data":{"in":"{\"value\":1}"}}""")]
    [InlineData("query ($v: Float) { in(value: $v) }", """{"v":1.5}""", """{"data":{"in":"{\"value\":1.5}"}}""")]
    [InlineData("query ($v: Float) { in(value: $v) }", """{"v":-0.25}""", """{"data":{"in":"{\"value\":-0.25}"}}""")]
    [InlineData("query ($v: Float) { in(value: $v) }", """{"v":null}""", """{"data":{"in":"{\"value\":null}"}}""")]
    public Task Variables_that_are_coerced(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);

    [Theory]
    [InlineData("query ($v: Float) { in(value: $v) }", """{"v":"1"}""", """{"errors":[{"message":"Variable \"$v\" got invalid value \"1\"; Float cannot represent non numeric value: \"1\"","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: Float) { in(value: $v) }", """{"v":true}""", """{"errors":[{"message":"Variable \"$v\" got invalid value true; Float cannot represent non numeric value: true","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: Float) { in(value: $v) }", """{"v":{}}""", """{"errors":[{"message":"Variable \"$v\" got invalid value {}; Float cannot represent non numeric value: {}","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    public Task Variables_that_cannot_be(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);
}
