using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Boolean">Boolean</see>.
/// </summary>
public sealed class BooleanTests
{
    private const string Sdl =
        """
        type Query { out: Boolean in(value: Boolean): String }
        """;

    [Theory]
    [InlineData("""{"out": true}""", """{"data":{"out":true}}""")]
    [InlineData("""{"out": false}""", """{"data":{"out":false}}""")]
    [InlineData("""{"out": 0}""", """{"data":{"out":false}}""")]
    [InlineData("""{"out": 1}""", """{"data":{"out":true}}""")]
    [InlineData("""{"out": null}""", """{"data":{"out":null}}""")]
    public Task Results_that_are_coerced(string data, string expected) => Service.Answers(Sdl, data, "{ out }", expected);

    [Theory]
    [InlineData("""{"out": "x"}""", """{"errors":[{"message":"Boolean cannot represent a non boolean value: \"x\"","locations":[{"line":1,"column":3}],"path":["out"]}],"data":{"out":null}}""")]
    [InlineData("""{"out": [true]}""", """{"errors":[{"message":"Boolean cannot represent a non boolean value: [true]","locations":[{"line":1,"column":3}],"path":["out"]}],"data":{"out":null}}""")]
    public Task Results_that_cannot_be(string data, string expected) => Service.Answers(Sdl, data, "{ out }", expected);

    [Theory]
    [InlineData("{ in(value: true) }", null, """{"data":{"in":"{\"value\":true}"}}""")]
    [InlineData("{ in(value: false) }", null, """{"data":{"in":"{\"value\":false}"}}""")]
    [InlineData("{ in(value: null) }", null, """{"data":{"in":"{\"value\":null}"}}""")]
    public Task Literals_that_are_coerced(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);

    [Theory]
    [InlineData("{ in(value: 1) }", null, """{"errors":[{"message":"Boolean cannot represent a non boolean value: 1","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: 0) }", null, """{"errors":[{"message":"Boolean cannot represent a non boolean value: 0","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("""{ in(value: "true") }""", null, """{"errors":[{"message":"Boolean cannot represent a non boolean value: \"true\"","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: TRUE) }", null, """{"errors":[{"message":"Boolean cannot represent a non boolean value: TRUE","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: {}) }", null, """{"errors":[{"message":"Boolean cannot represent a non boolean value: {}","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    public Task Literals_that_cannot_be(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);

    [Theory]
    [InlineData("query ($v: Boolean) { in(value: $v) }", """{"v":true}""", """{"data":{"in":"{\"value\":true}"}}""")]
    [InlineData("query ($v: Boolean) { in(value: $v) }", """{"v":false}""", """{"data":{"in":"{\"value\":false}"}}""")]
    [InlineData("query ($v: Boolean) { in(value: $v) }", """{"v":null}""", """{"data":{"in":"{\"value\":null}"}}""")]
    public Task Variables_that_are_coerced(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);

    [Theory]
    [InlineData("query ($v: Boolean) { in(value: $v) }", """{"v":1}""", """{"errors":[{"message":"Variable \"$v\" got invalid value 1; Boolean cannot represent a non boolean value: 1","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: Boolean) { in(value: $v) }", """{"v":"true"}""", """{"errors":[{"message":"Variable \"$v\" got invalid value \"true\"; Boolean cannot represent a non boolean value: \"true\"","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: Boolean) { in(value: $v) }", """{"v":{}}""", """{"errors":[{"message":"Variable \"$v\" got invalid value {}; Boolean cannot represent a non boolean value: {}","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    public Task Variables_that_cannot_be(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);
}
