using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-ID">ID</see>.
/// </summary>
public sealed class IdTests
{
    private const string Sdl =
        """
        type Query { out: ID in(value: ID): String }
        """;

    [Theory]
    [InlineData("""{"out": "a"}""", """{"data":{"out":"a"}}""")]
    [InlineData("""{"out": 1}""", """{"data":{"out":"1"}}""")]
    [InlineData("""{"out": ""}""", """{"data":{"out":""}}""")]
    [InlineData("""{"out": null}""", """{"data":{"out":null}}""")]
    public Task Results_that_are_coerced(string data, string expected) => Service.Answers(Sdl, data, "{ out }", expected);

    [Theory]
    [InlineData("""{"out": 1.5}""", """{"errors":[{"message":"ID cannot represent value: 1.5","locations":[{"line":1,"column":3}],"path":["out"]}],"data":{"out":null}}""")]
    [InlineData("""{"out": true}""", """{"errors":[{"message":"ID cannot represent value: true","locations":[{"line":1,"column":3}],"path":["out"]}],"data":{"out":null}}""")]
    [InlineData("""{"out": [1]}""", """{"errors":[{"message":"ID cannot represent value: [1]","locations":[{"line":1,"column":3}],"path":["out"]}],"data":{"out":null}}""")]
    public Task Results_that_cannot_be(string data, string expected) => Service.Answers(Sdl, data, "{ out }", expected);

    [Theory]
    [InlineData("""{ in(value: "a") }""", null, """{"data":{"in":"{\"value\":\"a\"}"}}""")]
    [InlineData("{ in(value: 4) }", null, """{"data":{"in":"{\"value\":\"4\"}"}}""")]
    [InlineData("""{ in(value: "4") }""", null, """{"data":{"in":"{\"value\":\"4\"}"}}""")]
    [InlineData("{ in(value: -7) }", null, """{"data":{"in":"{\"value\":\"-7\"}"}}""")]
    [InlineData("{ in(value: null) }", null, """{"data":{"in":"{\"value\":null}"}}""")]
    public Task Literals_that_are_coerced(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);

    [Theory]
    [InlineData("{ in(value: 1.5) }", null, """{"errors":[{"message":"ID cannot represent a non-string and non-integer value: 1.5","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: true) }", null, """{"errors":[{"message":"ID cannot represent a non-string and non-integer value: true","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: RED) }", null, """{"errors":[{"message":"ID cannot represent a non-string and non-integer value: RED","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: {}) }", null, """{"errors":[{"message":"ID cannot represent a non-string and non-integer value: {}","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    public Task Literals_that_cannot_be(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);

    [Theory]
    [InlineData("query ($v: ID) { in(value: $v) }", """{"v":"a"}""", """{"data":{"in":"{\"value\":\"a\"}"}}""")]
    [InlineData("query ($v: ID) { in(value: $v) }", """{"v":4}""", """{"data":{"in":"{\"value\":\"4\"}"}}""")]
    [InlineData("query ($v: ID) { in(value: $v) }", """{"v":null}""", """{"data":{"in":"{\"value\":null}"}}""")]
    public Task Variables_that_are_coerced(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);

    [Theory]
    [InlineData("query ($v: ID) { in(value: $v) }", """{"v":1.5}""", """{"errors":[{"message":"Variable \"$v\" got invalid value 1.5; ID cannot represent value: 1.5","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: ID) { in(value: $v) }", """{"v":true}""", """{"errors":[{"message":"Variable \"$v\" got invalid value true; ID cannot represent value: true","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: ID) { in(value: $v) }", """{"v":{}}""", """{"errors":[{"message":"Variable \"$v\" got invalid value {}; ID cannot represent value: {}","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    public Task Variables_that_cannot_be(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);
}
