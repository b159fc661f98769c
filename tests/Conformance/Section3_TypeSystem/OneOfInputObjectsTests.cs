using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-OneOf-Input-Objects">OneOf Input Objects</see>;
/// <see href="https://spec.graphql.org/September2025/#sec--oneOf">@oneOf</see>.
/// </summary>
public sealed class OneOfInputObjectsTests
{
    private const string Sdl =
        """
        input Example @oneOf { a: String b: Int } type Query { in(value: Example): String }
        """;

    private const string Data =
        """
        {"in": {"$args": true}}
        """;

    [Theory]
    [InlineData("""{ in(value: { a: "abc" }) }""", null, """{"data":{"in":"{\"value\":{\"a\":\"abc\"}}"}}""")]
    [InlineData("{ in(value: { b: 123 }) }", null, """{"data":{"in":"{\"value\":{\"b\":123}}"}}""")]
    [InlineData("query ($var: Example) { in(value: $var) }", """{"var":{"a":"abc"}}""", """{"data":{"in":"{\"value\":{\"a\":\"abc\"}}"}}""")]
    [InlineData("query ($a: String!) { in(value: { a: $a }) }", """{"a":"abc"}""", """{"data":{"in":"{\"value\":{\"a\":\"abc\"}}"}}""")]
    [InlineData("{ in(value: null) }", null, """{"data":{"in":"{\"value\":null}"}}""")]
    public Task What_is_coerced(string document, string? variables, string expected) =>
        Service.Answers(Sdl, Data, document, expected, variables);

    [Theory]
    [InlineData("{ in(value: { a: null }) }", null, """{"errors":[{"message":"Field \"Example.a\" must be non-null.","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("query ($var: Example) { in(value: $var) }", """{"var":{"a":null}}""", """{"errors":[{"message":"Variable \"$var\" got invalid value null at \"var.a\"; Field \"a\" must be non-null.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($a: String) { in(value: { a: $a }) }", "{}", """{"errors":[{"message":"Variable \"$a\" is of type \"String\" but must be non-nullable to be used for OneOf Input Object \"Example\".","locations":[{"line":1,"column":8},{"line":1,"column":37}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("""{ in(value: { a: "abc", b: 123 }) }""", null, """{"errors":[{"message":"OneOf Input Object \"Example\" must specify exactly one key.","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("""{ in(value: { a: 456, b: "xyz" }) }""", null, """{"errors":[{"message":"OneOf Input Object \"Example\" must specify exactly one key.","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}},{"message":"String cannot represent a non string value: 456","locations":[{"line":1,"column":18}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}},{"message":"Int cannot represent non-integer value: \"xyz\"","locations":[{"line":1,"column":26}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("query ($var: Example) { in(value: $var) }", """{"var":{"a":"abc","b":123}}""", """{"errors":[{"message":"Variable \"$var\" got invalid value { a: \"abc\", b: 123 }; Exactly one key must be specified for OneOf type \"Example\".","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("""{ in(value: { a: "abc", b: null }) }""", null, """{"errors":[{"message":"OneOf Input Object \"Example\" must specify exactly one key.","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("""query ($b: Int) { in(value: { a: "abc", b: $b }) }""", "{}", """{"errors":[{"message":"OneOf Input Object \"Example\" must specify exactly one key.","locations":[{"line":1,"column":29}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}},{"message":"Variable \"$b\" is of type \"Int\" but must be non-nullable to be used for OneOf Input Object \"Example\".","locations":[{"line":1,"column":8},{"line":1,"column":44}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("query ($a: String, $b: Int) { in(value: { a: $a, b: $b }) }", """{"a":"abc"}""", """{"errors":[{"message":"OneOf Input Object \"Example\" must specify exactly one key.","locations":[{"line":1,"column":41}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}},{"message":"Variable \"$a\" is of type \"String\" but must be non-nullable to be used for OneOf Input Object \"Example\".","locations":[{"line":1,"column":8},{"line":1,"column":46}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}},{"message":"Variable \"$b\" is of type \"Int\" but must be non-nullable to be used for OneOf Input Object \"Example\".","locations":[{"line":1,"column":20},{"line":1,"column":53}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: {}) }", null, """{"errors":[{"message":"OneOf Input Object \"Example\" must specify exactly one key.","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("query ($var: Example) { in(value: $var) }", """{"var":{}}""", """{"errors":[{"message":"Variable \"$var\" got invalid value {}; Exactly one key must be specified for OneOf type \"Example\".","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($var: Example) { in(value: $var) }", """{"var":{"a":"abc","b":null}}""", """{"errors":[{"message":"Variable \"$var\" got invalid value { a: \"abc\", b: null }; Exactly one key must be specified for OneOf type \"Example\".","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($a: String!) { in(value: { a: $a }) }", "{}", """{"errors":[{"message":"Variable \"$a\" of required type \"String!\" was not provided.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($var: Example) { in(value: $var) }", """{"var":{"c":1}}""", """{"errors":[{"message":"Variable \"$var\" got invalid value { c: 1 }; Field \"c\" is not defined by type \"Example\". Did you mean \"a\" or \"b\"?","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}},{"message":"Variable \"$var\" got invalid value { c: 1 }; Exactly one key must be specified for OneOf type \"Example\".","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    public Task What_is_not(string document, string? variables, string expected) =>
        Service.Answers(Sdl, Data, document, expected, variables);

    [Fact]
    public Task Introspection_tells_of_it() => Service.Answers(
        Sdl,
        "{}",
        """{ a: __type(name: "Example") { isOneOf } b: __type(name: "Query") { isOneOf } }""",
        """{"data":{"a":{"isOneOf":true},"b":{"isOneOf":null}}}""");

    [Fact]
    public void Its_fields_can_be_null() => Schemas.Refused(
        """
        type Query { a(b: I): Int }
        input I @oneOf { a: Int! b: Int }
        """,
        "2:21 OneOf input field I.a must be nullable.");

    [Fact]
    public void Its_fields_have_no_defaults() => Schemas.Refused(
        """
        type Query { a(b: I): Int }
        input I @oneOf { a: Int = 1 b: Int }
        """,
        "2:18 OneOf input field I.a cannot have a default value.");

    [Fact]
    public void Only_input_objects_are_oneOf() => Schemas.Refused(
        """
        type Query { a(b: I): Int }
        input I { a: Int }
        type A @oneOf { a: Int }
        """,
        """3:8 Directive "@oneOf" may not be used on OBJECT.""");
}
