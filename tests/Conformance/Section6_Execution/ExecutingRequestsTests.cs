using Xunit;

namespace GraphGateway.Conformance.Section6;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Executing-Requests">Executing Requests</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Validating-Requests">Validating Requests</see>.
/// </summary>
public sealed class ExecutingRequestsTests
{
    private const string Sdl =
        """
        type Query { a: Int }
        type Mutation { b: Int }
        """;

    private const string Data =
        """
        {"a": 1, "b": 2}
        """;

    [Fact]
    public Task The_only_operation_needs_no_name() => Service.AnswersAlsoThroughGateway(Sdl, Data, "{ a }", """{"data":{"a":1}}""");

    [Fact]
    public Task It_may_be_named_in_the_request() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "query Q { a }", """{"data":{"a":1}}""", operationName: "Q");

    [Fact]
    public Task A_name_that_it_does_not_have() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "query Q { a }",
        """{"errors":[{"message":"Unknown operation named \"R\".","extensions":{"code":"GRAPHQL_UNKNOWN_OPERATION_NAME"}}]}""",
        operationName: "R");

    [Fact]
    public Task A_name_where_it_has_none() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ a }",
        """{"errors":[{"message":"Unknown operation named \"Q\".","extensions":{"code":"GRAPHQL_UNKNOWN_OPERATION_NAME"}}]}""",
        operationName: "Q");

    [Fact]
    public Task One_of_several() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "query Q { a } mutation M { b }", """{"data":{"b":2}}""", operationName: "M");

    [Fact]
    public Task None_of_several() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "query Q { a } mutation M { b }",
        """{"errors":[{"message":"Must provide operation name if query contains multiple operations.","extensions":{"code":"GRAPHQL_UNKNOWN_OPERATION_NAME"}}]}""");

    [Fact]
    public Task A_request_that_is_not_valid_is_not_run() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "query Q { a } query R { c }",
        """{"errors":[{"message":"Cannot query field \"c\" on type \"Query\". Did you mean \"a\"?","locations":[{"line":1,"column":25}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""",
        operationName: "Q");
}
