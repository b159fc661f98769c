using Xunit;

namespace GraphGateway.Conformance.Section3;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-List">List</see>.
/// </summary>
public sealed class ListsTests
{
    private const string Sdl =
        """
        type Query { in(value: [Int]): String nested(value: [[Int]]): String out: [Int] single: [Int] }
        """;

    private const string Data =
        """
        {"in": {"$args": true}, "nested": {"$args": true}, "out": [1, null, 3], "single": 1}
        """;

    [Theory]
    [InlineData("{ in(value: [1, 2, 3]) }", null, """{"data":{"in":"{\"value\":[1,2,3]}"}}""")]
    [InlineData("""{ in(value: [1, "b", true]) }""", null, """{"errors":[{"message":"Int cannot represent non-integer value: \"b\"","locations":[{"line":1,"column":17}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}},{"message":"Int cannot represent non-integer value: true","locations":[{"line":1,"column":22}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ in(value: 1) }", null, """{"data":{"in":"{\"value\":[1]}"}}""")]
    [InlineData("{ in(value: null) }", null, """{"data":{"in":"{\"value\":null}"}}""")]
    [InlineData("{ in(value: []) }", null, """{"data":{"in":"{\"value\":[]}"}}""")]
    [InlineData("{ nested(value: [[1], [2, 3]]) }", null, """{"data":{"nested":"{\"value\":[[1],[2,3]]}"}}""")]
    [InlineData("{ nested(value: [1, 2, 3]) }", null, """{"data":{"nested":"{\"value\":[[1],[2],[3]]}"}}""")]
    [InlineData("{ nested(value: [1, null, 3]) }", null, """{"data":{"nested":"{\"value\":[[1],null,[3]]}"}}""")]
    [InlineData("""{ nested(value: [[1], ["b"]]) }""", null, """{"errors":[{"message":"Int cannot represent non-integer value: \"b\"","locations":[{"line":1,"column":24}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""")]
    [InlineData("{ nested(value: 1) }", null, """{"data":{"nested":"{\"value\":[[1]]}"}}""")]
    [InlineData("{ nested(value: null) }", null, """{"data":{"nested":"{\"value\":null}"}}""")]
    public Task Literals(string document, string? variables, string expected) =>
        Service.Answers(Sdl, Data, document, expected, variables);

    [Theory]
    [InlineData("query ($v: [Int]) { in(value: $v) }", """{"v":[1, 2, 3]}""", """{"data":{"in":"{\"value\":[1,2,3]}"}}""")]
    [InlineData("query ($v: [Int]) { in(value: $v) }", """{"v":[1, "b", true]}""", """{"errors":[{"message":"Variable \"$v\" got invalid value \"b\" at \"v[1]\"; Int cannot represent non-integer value: \"b\"","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}},{"message":"Variable \"$v\" got invalid value true at \"v[2]\"; Int cannot represent non-integer value: true","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: [Int]) { in(value: $v) }", """{"v":1}""", """{"data":{"in":"{\"value\":[1]}"}}""")]
    [InlineData("query ($v: [Int]) { in(value: $v) }", """{"v":null}""", """{"data":{"in":"{\"value\":null}"}}""")]
    [InlineData("query ($v: [Int]) { in(value: $v) }", """{"v":"b"}""", """{"errors":[{"message":"Variable \"$v\" got invalid value \"b\"; Int cannot represent non-integer value: \"b\"","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: [[Int]]) { nested(value: $v) }", """{"v":[[1], [2, 3]]}""", """{"data":{"nested":"{\"value\":[[1],[2,3]]}"}}""")]
    [InlineData("query ($v: [[Int]]) { nested(value: $v) }", """{"v":[1, 2, 3]}""", """{"data":{"nested":"{\"value\":[[1],[2],[3]]}"}}""")]
    [InlineData("query ($v: [[Int]]) { nested(value: $v) }", """{"v":[1, null, 3]}""", """{"data":{"nested":"{\"value\":[[1],null,[3]]}"}}""")]
    [InlineData("query ($v: [[Int]]) { nested(value: $v) }", """{"v":[[1], ["b"]]}""", """{"errors":[{"message":"Variable \"$v\" got invalid value \"b\" at \"v[1][0]\"; Int cannot represent non-integer value: \"b\"","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("query ($v: [[Int]]) { nested(value: $v) }", """{"v":1}""", """{"data":{"nested":"{\"value\":[[1]]}"}}""")]
    [InlineData("query ($v: [[Int]]) { nested(value: $v) }", """{"v":null}""", """{"data":{"nested":"{\"value\":null}"}}""")]
    public Task Variables(string document, string? variables, string expected) =>
        Service.Answers(Sdl, Data, document, expected, variables);

    [Fact]
    public Task A_variable_inside_a_list() => Service.Answers(
        Sdl,
        Data,
        "query ($a: Int, $b: Int) { in(value: [1, $a, $b]) }",
        """{"data":{"in":"{\"value\":[1,2,null]}"}}""",
        """{"a":2}""");

    [Fact]
    public Task Results_keep_their_order_and_their_nulls() => Service.Answers(Sdl, Data, "{ out }", """{"data":{"out":[1,null,3]}}""");

    [Fact]
    public Task A_result_that_is_no_list() => Service.Answers(
        Sdl,
        Data,
        "{ single }",
        """{"errors":[{"message":"Expected Iterable, but did not find one for field \"Query.single\".","locations":[{"line":1,"column":3}],"path":["single"]}],"data":{"single":null}}""");
}
