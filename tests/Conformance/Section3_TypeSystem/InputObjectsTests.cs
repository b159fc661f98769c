using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Input-Objects">Input Objects</see>.
/// </summary>
public sealed class InputObjectsTests
{
    private const string Sdl =
        """
        input Example { a: String b: Int! } type Query { in(value: Example): String }
        """;

    private const string Data =
        """
        {"in": {"$args": true}}
        """;

    [Theory]
    [InlineData("""{ in(value: { a: "abc", b: 123 }) }""", null, """{"data":{"in":"{\"value\":{\"a\":\"abc\",\"b\":123}}"}}""")]
    [InlineData("{ in(value: { a: null, b: 123 }) }", null, """{"data":{"in":"{\"value\":{\"a\":null,\"b\":123}}"}}""")]
    [InlineData("{ in(value: { b: 123 }) }", null, """{"data":{"in":"{\"value\":{\"b\":123}}"}}""")]
    [InlineData("query ($var: String) { in(value: { a: $var, b: 123 }) }", """{"var":null}""", """{"data":{"in":"{\"value\":{\"a\":null,\"b\":123}}"}}""")]
    [InlineData("query ($var: String) { in(value: { a: $var, b: 123 }) }", "{}", """{"data":{"in":"{\"value\":{\"b\":123}}"}}""")]
    [InlineData("query ($var: Int!) { in(value: { b: $var }) }", """{"var":123}""", """{"data":{"in":"{\"value\":{\"b\":123}}"}}""")]
    [InlineData("query ($var: Example) { in(value: $var) }", """{"var":{"b":123}}""", """{"data":{"in":"{\"value\":{\"b\":123}}"}}""")]
    public Task What_is_coerced(string document, string? variables, string expected) =>
        Service.Answers(Sdl, Data, document, expected, variables);

    [Theory]
    [InlineData("""{ in(value: "abc123") }""", null, """{"errors":[{"message":"Expected value of type \"Example\", found \"abc123\".","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("query ($var: Example) { in(value: $var) }", """{"var":"abc123"}""", """{"errors":[{"message":"Variable \"$var\" got invalid value \"abc123\"; Expected type \"Example\" to be an object.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("""{ in(value: { a: "abc", b: "123" }) }""", null, """{"errors":[{"message":"Int cannot represent non-integer value: \"123\"","locations":[{"line":1,"column":28}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("""{ in(value: { a: "abc" }) }""", null, """{"errors":[{"message":"Field \"Example.b\" of required type \"Int!\" was not provided.","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("query ($var: Int!) { in(value: { b: $var }) }", "{}", """{"errors":[{"message":"Variable \"$var\" of required type \"Int!\" was not provided.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($var: Example) { in(value: $var) }", """{"var":{"a":"abc"}}""", """{"errors":[{"message":"Variable \"$var\" got invalid value { a: \"abc\" }; Field \"b\" of required type \"Int!\" was not provided.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("""{ in(value: { a: "abc", b: null }) }""", null, """{"errors":[{"message":"Expected value of type \"Int!\", found null.","locations":[{"line":1,"column":28}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("query ($var: Int!) { in(value: { b: $var }) }", """{"var":null}""", """{"errors":[{"message":"Variable \"$var\" of non-null type \"Int!\" must not be null.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($var: Int) { in(value: { b: $var }) }", """{"var":1}""", """{"errors":[{"message":"Variable \"$var\" of type \"Int\" used in position expecting type \"Int!\".","locations":[{"line":1,"column":8},{"line":1,"column":36}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("""{ in(value: { b: 123, c: "xyz" }) }""", null, """{"errors":[{"message":"Field \"c\" is not defined by type \"Example\". Did you mean \"a\" or \"b\"?","locations":[{"line":1,"column":23}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("query ($var: Example) { in(value: $var) }", """{"var":{"b":123,"c":"xyz"}}""", """{"errors":[{"message":"Variable \"$var\" got invalid value { b: 123, c: \"xyz\" }; Field \"c\" is not defined by type \"Example\". Did you mean \"a\" or \"b\"?","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($var: Example) { in(value: $var) }", """{"var":{"a":1,"b":2}}""", """{"errors":[{"message":"Variable \"$var\" got invalid value 1 at \"var.a\"; String cannot represent a non string value: 1","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($var: Example) { in(value: $var) }", """{"var":[]}""", """{"errors":[{"message":"Variable \"$var\" got invalid value []; Expected type \"Example\" to be an object.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($var: Int = 1) { in(value: { b: $var }) }", """{"var":null}""", """{"errors":[{"message":"Argument \"value\" has invalid value {b: $var}.","locations":[{"line":1,"column":35}],"path":["in"],"extensions":{"code":"BAD_USER_INPUT"}}],"data":{"in":null}}""")]
    public Task What_is_not(string document, string? variables, string expected) =>
        Service.Answers(Sdl, Data, document, expected, variables);

    [Theory]
    [InlineData("{ in(value: {}) }", null, """{"data":{"in":"{\"value\":{\"a\":\"d\",\"inner\":{\"x\":1,\"y\":2}}}"}}""")]
    [InlineData("{ in(value: { a: null }) }", null, """{"data":{"in":"{\"value\":{\"a\":null,\"inner\":{\"x\":1,\"y\":2}}}"}}""")]
    [InlineData("{ in(value: { inner: {} }) }", null, """{"data":{"in":"{\"value\":{\"a\":\"d\",\"inner\":{\"x\":1}}}"}}""")]
    [InlineData("query ($v: Example) { in(value: $v) }", """{"v":{}}""", """{"data":{"in":"{\"value\":{\"a\":\"d\",\"inner\":{\"x\":1,\"y\":2}}}"}}""")]
    [InlineData("query ($v: Example = { inner: null }) { in(value: $v) }", "{}", """{"data":{"in":"{\"value\":{\"a\":\"d\",\"inner\":null}}"}}""")]
    [InlineData("query ($v: Int) { in(value: { inner: { x: $v } }) }", "{}", """{"data":{"in":"{\"value\":{\"a\":\"d\",\"inner\":{\"x\":1}}}"}}""")]
    [InlineData("query ($v: Int) { in(value: { inner: { x: $v } }) }", """{"v":null}""", """{"data":{"in":"{\"value\":{\"a\":\"d\",\"inner\":{\"x\":null}}}"}}""")]
    public Task Defaults_are_filled_in(string document, string? variables, string expected) =>
        Service.Answers("""input Inner { x: Int = 1 y: Int } input Example { a: String = "d" inner: Inner = { y: 2 } } type Query { in(value: Example): String }""", Data, document, expected, variables);
}
