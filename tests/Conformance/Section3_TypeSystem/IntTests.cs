using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Int">Int</see>.
/// </summary>
public sealed class IntTests
{
    private const string Sdl =
        """
        type Query { out: Int in(value: Int): String }
        """;

    [Theory]
    [InlineData("""{"out": 1}""", """{"data":{"out":1}}""")]
    [InlineData("""{"out": -5}""", """{"data":{"out":-5}}""")]
    [InlineData("""{"out": 2147483647}""", """{"data":{"out":2147483647}}""")]
    [InlineData("""{"out": -2147483648}""", """{"data":{"out":-2147483648}}""")]
    [InlineData("""{"out": 1.0}""", """{"data":{"out":1}}""")]
    [InlineData("""{"out": true}""", """{"data":{"out":1}}""")]
    [InlineData("""{"out": null}""", """{"data":{"out":null}}""")]
    public Task Results_that_are_coerced(string data, string expected) => Service.Answers(Sdl, data, "{ out }", expected);

    [Theory]
    [InlineData("""{"out": 2147483648}""", """{"errors":[{"message":"Int cannot represent non 32-bit signed integer value: 2147483648","locations":[{"line":1,"column":3}],"path":["out"]}],"data":{"out":null}}""")]
    [InlineData("""{"out": -2147483649}""", """{"errors":[{"message":"Int cannot represent non 32-bit signed integer value: -2147483649","locations":[{"line":1,"column":3}],"path":["out"]}],"data":{"out":null}}""")]
    [InlineData("""{"out": 1.5}""", """{"errors":[{"message":"Int cannot represent non-integer value: 1.5","locations":[{"line":1,"column":3}],"path":["out"]}],"data":{"out":null}}""")]
    [InlineData("""{"out": "x"}""", """{"errors":[{"message":"Int cannot represent non-integer value: \"x\"","locations":[{"line":1,"column":3}],"path":["out"]}],"data":{"out":null}}""")]
    [InlineData("""{"out": [1]}""", """{"errors":[{"message":"Int cannot represent non-integer value: [1]","locations":[{"line":1,"column":3}],"path":["out"]}],"data":{"out":null}}""")]
    public Task Results_that_cannot_be(string data, string expected) => Service.Answers(Sdl, data, "{ out }", expected);

    [Theory]
    [InlineData("{ in(value: 0) }", null, """{"data":{"in":"{\"value\":0}"}}""")]
    [InlineData("{ in(value: -5) }", null, """{"data":{"in":"{\"value\":-5}"}}""")]
    [InlineData("{ in(value: 2147483647) }", null, """{"data":{"in":"{\"value\":2147483647}"}}""")]
    [InlineData("{ in(value: -2147483648) }", null, """{"data":{"in":"{\"value\":-2147483648}"}}""")]
    [InlineData("{ in(value: null) }", null, """{"data":{"in":"{\"value\":null}"}}""")]
    public Task Literals_that_are_coerced(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);

    [Theory]
    [InlineData("{ in(value: 2147483648) }", null, """{"errors":[{"message":"Int cannot represent non 32-bit signed integer value: 2147483648","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: -2147483649) }", null, """{"errors":[{"message":"Int cannot represent non 32-bit signed integer value: -2147483649","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: 1.0) }", null, """{"errors":[{"message":"Int cannot represent non-integer value: 1.0","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("""{ in(value: "1") }""", null, """{"errors":[{"message":"Int cannot represent non-integer value: \"1\"","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: true) }", null, """{"errors":[{"message":"Int cannot represent non-integer value: true","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: RED) }", null, """{"errors":[{"message":"Int cannot represent non-integer value: RED","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: [1, 2]) }", null, """{"errors":[{"message":"Int cannot represent non-integer value: [1, 2]","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: {}) }", null, """{"errors":[{"message":"Int cannot represent non-integer value: {}","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    public Task Literals_that_cannot_be(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);

    [Theory]
    [InlineData("query ($v: Int) { in(value: $v) }", """{"v":1}""", """{"data":{"in":"{\"value\":1}"}}""")]
    [InlineData("query ($v: Int) { in(value: $v) }", """{"v":-2147483648}""", """{"data":{"in":"{\"value\":-2147483648}"}}""")]
    [InlineData("query ($v: Int) { in(value: $v) }", """{"v":2.0}""", """{"data":{"in":"{\"value\":2}"}}""")]
    [InlineData("query ($v: Int) { in(value: $v) }", """{"v":null}""", """{"data":{"in":"{\"value\":null}"}}""")]
    public Task Variables_that_are_coerced(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);

    [Theory]
    [InlineData("query ($v: Int) { in(value: $v) }", """{"v":2147483648}""", """{"errors":[{"message":"Variable \"$v\" got invalid value 2147483648; Int cannot represent non 32-bit signed integer value: 2147483648","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: Int) { in(value: $v) }", """{"v":1.5}""", """{"errors":[{"message":"Variable \"$v\" got invalid value 1.5; Int cannot represent non-integer value: 1.5","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: Int) { in(value: $v) }", """{"v":"1"}""", """{"errors":[{"message":"Variable \"$v\" got invalid value \"1\"; Int cannot represent non-integer value: \"1\"","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: Int) { in(value: $v) }", """{"v":true}""", """{"errors":[{"message":"Variable \"$v\" got invalid value true; Int cannot represent non-integer value: true","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: Int) { in(value: $v) }", """{"v":[1, 2]}""", """{"errors":[{"message":"Variable \"$v\" got invalid value [1, 2]; Int cannot represent non-integer value: [1, 2]","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: Int) { in(value: $v) }", """{"v":{}}""", """{"errors":[{"message":"Variable \"$v\" got invalid value {}; Int cannot represent non-integer value: {}","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    public Task Variables_that_cannot_be(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);
}
