using Xunit;

namespace GraphGateway.Conformance.Section6;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Value-Completion">Value Completion</see>.
/// </summary>
public sealed class ValueCompletionTests
{
    private const string Sdl =
        """
        type Query { null: Int list: [Int] single: [Int] int: Int bad: Int enum: Kind badEnum: Kind object: Thing must: Int! nested: [[Thing]] union: Any unknown: Any other: Any interface: Named }
        type Thing { a: Int }
        enum Kind { ONE }
        type Star implements Named { name: String }
        type Planet { moons: Int }
        interface Named { name: String }
        union Any = Star | Planet
        """;

    private const string Data =
        """
        {"null": null, "list": [1, null, 2], "single": 1, "int": 5, "bad": "x", "enum": "ONE", "badEnum": "THREE", "object": {"a": 1}, "must": null, "nested": [[{"a": 1}, null], null, []], "union": {"__typename": "Planet", "moons": 2}, "unknown": {"__typename": "Comet"}, "other": {"__typename": "Thing"}, "interface": {"__typename": "Star", "name": "Sol"}}
        """;

    [Fact]
    public Task Null_is_null() => Service.AnswersAlsoThroughGateway(Sdl, Data, "{ null }", """{"data":{"null":null}}""");

    [Fact]
    public Task A_list_is_completed_item_by_item() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ list }", """{"data":{"list":[1,null,2]}}""");

    [Fact]
    public Task What_is_no_list_where_one_is_asked_is_an_error() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ single }",
        """{"errors":[{"message":"Expected Iterable, but did not find one for field \"Query.single\".","locations":[{"line":1,"column":3}],"path":["single"]}],"data":{"single":null}}""");

    [Fact]
    public Task A_scalar_is_coerced() => Service.AnswersAlsoThroughGateway(Sdl, Data, "{ int }", """{"data":{"int":5}}""");

    [Fact]
    public Task A_scalar_that_cannot_be_is_an_error() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ bad }",
        """{"errors":[{"message":"Int cannot represent non-integer value: \"x\"","locations":[{"line":1,"column":3}],"path":["bad"]}],"data":{"bad":null}}""");

    [Fact]
    public Task An_enum_value() => Service.AnswersAlsoThroughGateway(Sdl, Data, "{ enum }", """{"data":{"enum":"ONE"}}""");

    [Fact]
    public Task What_is_no_value_of_the_enum_is_an_error() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ badEnum }",
        """{"errors":[{"message":"Enum \"Kind\" cannot represent value: \"THREE\"","locations":[{"line":1,"column":3}],"path":["badEnum"]}],"data":{"badEnum":null}}""");

    [Fact]
    public Task An_object_is_executed() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ object { a } }", """{"data":{"object":{"a":1}}}""");

    [Fact]
    public Task Null_where_it_is_not_allowed_is_an_error() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ must }",
        """{"errors":[{"message":"Cannot return null for non-nullable field Query.must.","locations":[{"line":1,"column":3}],"path":["must"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":null}""");

    [Fact]
    public Task Lists_of_lists() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ nested { a } }", """{"data":{"nested":[[{"a":1},null],null,[]]}}""");

    [Fact]
    public Task The_type_of_an_abstract_union_is_resolved() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ union { __typename ... on Planet { moons } } }",
        """{"data":{"union":{"__typename":"Planet","moons":2}}}""");

    [Fact]
    public Task The_type_of_an_abstract_interface_is_resolved() =>
        Service.AnswersAlsoThroughGateway(Sdl, Data, "{ interface { __typename name } }", """{"data":{"interface":{"__typename":"Star","name":"Sol"}}}""");

    [Fact]
    public Task A_type_that_is_not_there_is_an_error() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ unknown { __typename } }",
        """{"errors":[{"message":"Abstract type \"Any\" was resolved to a type \"Comet\" that does not exist inside the schema.","locations":[{"line":1,"column":3}],"path":["unknown"],"extensions":{"code":"INTERNAL_SERVER_ERROR"}}],"data":{"unknown":null}}""");

    [Fact]
    public Task A_type_that_is_no_member_is_an_error() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ other { __typename } }",
        """{"errors":[{"message":"Runtime Object type \"Thing\" is not a possible type for \"Any\".","locations":[{"line":1,"column":3}],"path":["other"],"extensions":{"code":"INTERNAL_SERVER_ERROR"}}],"data":{"other":null}}""");
}
