using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-String">String</see>.
/// </summary>
public sealed class StringTests
{
    private const string Sdl =
        """
        type Query { out: String in(value: String): String }
        """;

    [Theory]
    [InlineData("""{"out": "a"}""", """{"data":{"out":"a"}}""")]
    [InlineData("""{"out": ""}""", """{"data":{"out":""}}""")]
    [InlineData("""{"out": 1}""", """{"data":{"out":"1"}}""")]
    [InlineData("""{"out": 1.5}""", """{"data":{"out":"1.5"}}""")]
    [InlineData("""{"out": true}""", """{"data":{"out":"true"}}""")]
    [InlineData("""{"out": null}""", """{"data":{"out":null}}""")]
    public Task Results_that_are_coerced(string data, string expected) => Service.Answers(Sdl, data, "{ out }", expected);

    [Theory]
    [InlineData("""{"out": [1]}""", """{"errors":[{"message":"String cannot represent value: [1]","locations":[{"line":1,"column":3}],"path":["out"]}],"data":{"out":null}}""")]
    public Task Results_that_cannot_be(string data, string expected) => Service.Answers(Sdl, data, "{ out }", expected);

    [Theory]
    [InlineData("""{ in(value: "a") }""", null, """{"data":{"in":"{\"value\":\"a\"}"}}""")]
    [InlineData("""{ in(value: "") }""", null, """{"data":{"in":"{\"value\":\"\"}"}}""")]
    [InlineData("{ in(value: \"\"\"block\"\"\") }", null, """{"data":{"in":"{\"value\":\"block\"}"}}""")]
    [InlineData("{ in(value: null) }", null, """{"data":{"in":"{\"value\":null}"}}""")]
    public Task Literals_that_are_coerced(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);

    [Theory]
    [InlineData("{ in(value: 1) }", null, """{"errors":[{"message":"String cannot represent a non string value: 1","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: 1.5) }", null, """{"errors":[{"message":"String cannot represent a non string value: 1.5","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: true) }", null, """{"errors":[{"message":"String cannot represent a non string value: true","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: RED) }", null, """{"errors":[{"message":"String cannot represent a non string value: RED","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("""{ in(value: ["a", "b"]) }""", null, """{"errors":[{"message":"String cannot represent a non string value: [\"a\", \"b\"]","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: {}) }", null, """{"errors":[{"message":"String cannot represent a non string value: {}","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    public Task Literals_that_cannot_be(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);

    [Theory]
    [InlineData("query ($v: String) { in(value: $v) }", """{"v":"a"}""", """{"data":{"in":"{\"value\":\"a\"}"}}""")]
    [InlineData("query ($v: String) { in(value: $v) }", """{"v":"\u00e9"}""", """{"data":{"in":"{\"value\":\"é\"}"}}""")]
    [InlineData("query ($v: String) { in(value: $v) }", """{"v":null}""", """{"data":{"in":"{\"value\":null}"}}""")]
    public Task Variables_that_are_coerced(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);

    [Theory]
    [InlineData("query ($v: String) { in(value: $v) }", """{"v":1}""", """{"errors":[{"message":"Variable \"$v\" got invalid value 1; String cannot represent a non string value: 1","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: String) { in(value: $v) }", """{"v":1.5}""", """{"errors":[{"message":"Variable \"$v\" got invalid value 1.5; String cannot represent a non string value: 1.5","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: String) { in(value: $v) }", """{"v":true}""", """{"errors":[{"message":"Variable \"$v\" got invalid value true; String cannot represent a non string value: true","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: String) { in(value: $v) }", """{"v":{}}""", """{"errors":[{"message":"Variable \"$v\" got invalid value {}; String cannot represent a non string value: {}","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    public Task Variables_that_cannot_be(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);
}
