using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Non-Null">Non-Null</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Combining-List-and-Non-Null">Combining List and Non-Null</see>.
/// </summary>
public sealed class NonNullsTests
{
    private const string Sdl =
        """
        type Query { a: [Int] b: [Int]! c: [Int!] d: [Int!]! in(value: Int!): String }
        """;

    [Theory]
    [InlineData("""{"a": [1, 2, 3]}""", "{ a }", """{"data":{"a":[1,2,3]}}""")]
    [InlineData("""{"a": null}""", "{ a }", """{"data":{"a":null}}""")]
    [InlineData("""{"a": [1, 2, null]}""", "{ a }", """{"data":{"a":[1,2,null]}}""")]
    [InlineData("""{"a": [1, 2, "x"]}""", "{ a }", """{"errors":[{"message":"Int cannot represent non-integer value: \"x\"","locations":[{"line":1,"column":3}],"path":["a",2]}],"data":{"a":[1,2,null]}}""")]
    [InlineData("""{"b": [1, 2, 3]}""", "{ b }", """{"data":{"b":[1,2,3]}}""")]
    [InlineData("""{"b": null}""", "{ b }", """{"errors":[{"message":"Cannot return null for non-nullable field Query.b.","locations":[{"line":1,"column":3}],"path":["b"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":null}""")]
    [InlineData("""{"b": [1, 2, null]}""", "{ b }", """{"data":{"b":[1,2,null]}}""")]
    [InlineData("""{"b": [1, 2, "x"]}""", "{ b }", """{"errors":[{"message":"Int cannot represent non-integer value: \"x\"","locations":[{"line":1,"column":3}],"path":["b",2]}],"data":{"b":[1,2,null]}}""")]
    [InlineData("""{"c": [1, 2, 3]}""", "{ c }", """{"data":{"c":[1,2,3]}}""")]
    [InlineData("""{"c": null}""", "{ c }", """{"data":{"c":null}}""")]
    [InlineData("""{"c": [1, 2, null]}""", "{ c }", """{"errors":[{"message":"Cannot return null for non-nullable field Query.c.","locations":[{"line":1,"column":3}],"path":["c",2],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"c":null}}""")]
    [InlineData("""{"c": [1, 2, "x"]}""", "{ c }", """{"errors":[{"message":"Int cannot represent non-integer value: \"x\"","locations":[{"line":1,"column":3}],"path":["c",2]}],"data":{"c":null}}""")]
    [InlineData("""{"d": [1, 2, 3]}""", "{ d }", """{"data":{"d":[1,2,3]}}""")]
    [InlineData("""{"d": null}""", "{ d }", """{"errors":[{"message":"Cannot return null for non-nullable field Query.d.","locations":[{"line":1,"column":3}],"path":["d"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":null}""")]
    [InlineData("""{"d": [1, 2, null]}""", "{ d }", """{"errors":[{"message":"Cannot return null for non-nullable field Query.d.","locations":[{"line":1,"column":3}],"path":["d",2],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":null}""")]
    [InlineData("""{"d": [1, 2, "x"]}""", "{ d }", """{"errors":[{"message":"Int cannot represent non-integer value: \"x\"","locations":[{"line":1,"column":3}],"path":["d",2]}],"data":null}""")]
    public Task Results_of_lists_and_what_is_not_null(string data, string document, string expected) => Service.Answers(Sdl, data, document, expected);

    [Theory]
    [InlineData("{ in }", null, """{"errors":[{"message":"Field \"in\" argument \"value\" of type \"Int!\" is required, but it was not provided.","locations":[{"line":1,"column":3}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: null) }", null, """{"errors":[{"message":"Expected value of type \"Int!\", found null.","locations":[{"line":1,"column":13}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("query ($v: Int!) { in(value: $v) }", "{}", """{"errors":[{"message":"Variable \"$v\" of required type \"Int!\" was not provided.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: Int!) { in(value: $v) }", """{"v":null}""", """{"errors":[{"message":"Variable \"$v\" of non-null type \"Int!\" must not be null.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: Int) { in(value: $v) }", """{"v":1}""", """{"errors":[{"message":"Variable \"$v\" of type \"Int\" used in position expecting type \"Int!\".","locations":[{"line":1,"column":8},{"line":1,"column":29}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("query ($v: Int!) { in(value: $v) }", """{"v":1}""", """{"data":{"in":"{\"value\":1}"}}""")]
    [InlineData("query ($v: Int = 7) { in(value: $v) }", "{}", """{"data":{"in":"{\"value\":7}"}}""")]
    [InlineData("query ($v: Int = 7) { in(value: $v) }", """{"v":null}""", """{"errors":[{"message":"Argument \"value\" of non-null type \"Int!\" must not be null.","locations":[{"line":1,"column":33}],"path":["in"],"extensions":{"code":"BAD_USER_INPUT"}}],"data":{"in":null}}""")]
    public Task As_input_null_is_no_value(string document, string? variables, string expected) =>
        Service.Answers(Sdl, """{"in": {"$args": true}}""", document, expected, variables);

    [Fact]
    public void Not_null_is_said_once() => Grammar.Refuses("type Query { a: Int!! }", """1:21 Syntax Error: Expected Name, found "!".""");
}
