using Xunit;

namespace GraphGateway.Conformance.Section7;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Request-Error-Result">Request Error Result</see>;
/// <see href="https://spec.graphql.org/September2025/#sec-Response">Response</see>.
/// </summary>
public sealed class RequestErrorResultTests
{
    private const string Sdl =
        """
        type Query { hero: Character }
        type Character { id: ID name: String strict: String! friends: [Character] strictFriends: [Character!]! loyal: [Character!] }
        """;

    private const string Data =
        """
        {"hero": {"id": 1, "name": "Vera", "strict": "V",
          "friends": [{"id": 2, "name": "Kip", "strict": "K"}, {"id": 3, "name": {"$error": "No name for 3."}, "strict": {"$error": "No strict name for 3."}}, {"id": 4, "name": "Jan", "strict": "J"}],
          "strictFriends": [{"id": 5, "strict": {"$error": "No strict name for 5."}}],
          "loyal": [{"id": 6, "strict": "A"}, null]}}
        """;

    [Fact]
    public Task A_document_that_does_not_parse_gives_no_data() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ hero {",
        """{"errors":[{"message":"Syntax Error: Expected Name, found <EOF>.","locations":[{"line":1,"column":9}],"extensions":{"code":"GRAPHQL_PARSING_FAILED"}}]}""");

    [Fact]
    public Task A_document_that_is_not_valid_gives_no_data() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ villain }",
        """{"errors":[{"message":"Cannot query field \"villain\" on type \"Query\".","locations":[{"line":1,"column":3}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""");

    [Fact]
    public Task Nor_does_an_operation_that_is_not_there() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "query A { hero { name } }",
        """{"errors":[{"message":"Unknown operation named \"B\".","extensions":{"code":"GRAPHQL_UNKNOWN_OPERATION_NAME"}}]}""",
        operationName: "B");

    [Fact]
    public Task Nor_one_that_is_not_named() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "query A { hero { name } } query B { hero { name } }",
        """{"errors":[{"message":"Must provide operation name if query contains multiple operations.","extensions":{"code":"GRAPHQL_UNKNOWN_OPERATION_NAME"}}]}""");

    [Fact]
    public Task Nor_variables_that_do_not_fit() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "query ($a: Boolean!) { hero @skip(if: $a) { name } }",
        """{"errors":[{"message":"Variable \"$a\" of required type \"Boolean!\" was not provided.","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""",
        "{}");

    [Fact]
    public Task Nor_a_variable_of_a_wrong_type() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "query ($a: Boolean!) { hero @skip(if: $a) { name } }",
        """{"errors":[{"message":"Variable \"$a\" got invalid value \"x\"; Boolean cannot represent a non boolean value: \"x\"","locations":[{"line":1,"column":8}],"extensions":{"code":"BAD_USER_INPUT"}}]}""",
        """{"a":"x"}""");

    [Fact]
    public Task All_errors_of_a_document_are_told() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ hero { nam } villain }",
        """{"errors":[{"message":"Cannot query field \"nam\" on type \"Character\". Did you mean \"name\"?","locations":[{"line":1,"column":10}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}},{"message":"Cannot query field \"villain\" on type \"Query\".","locations":[{"line":1,"column":16}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""");
}
