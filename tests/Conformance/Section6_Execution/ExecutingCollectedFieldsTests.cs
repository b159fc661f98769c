using Xunit;

namespace GraphGateway.Conformance.Section6;

/// <summary>
/// <see href="https://spec.graphql.org/September2025/#sec-Executing-Collected-Fields">Executing Collected Fields</see>.
/// </summary>
public sealed class ExecutingCollectedFieldsTests
{
    private const string Sdl =
        """
        type Query { a: Int! thing: Thing must: Thing! list: [Thing!] strict: [Thing!]! }
        type Thing { id: ID one: Int! two: Int self: Thing deep: Thing! }
        """;

    private const string Data =
        """
        {"a": 1, "thing": {"id": 1, "one": null, "two": 2, "self": {"id": 2, "one": 1, "deep": {"one": null}}, "deep": {"one": 1}}, "must": {"one": null}, "list": [{"one": 1}, {"one": null}], "strict": [{"one": 1}, {"one": null}]}
        """;

    [Fact]
    public Task An_error_of_a_field_that_cannot_be_null_makes_the_selection_set_null() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ a thing { two one } }",
        """{"errors":[{"message":"Cannot return null for non-nullable field Thing.one.","locations":[{"line":1,"column":17}],"path":["thing","one"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"a":1,"thing":null}}""");

    [Fact]
    public Task The_nearest_place_that_can_be_null_takes_it() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ thing { self { deep { one } } two } }",
        """{"errors":[{"message":"Cannot return null for non-nullable field Thing.one.","locations":[{"line":1,"column":25}],"path":["thing","self","deep","one"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"thing":{"self":null,"two":2}}}""");

    [Fact]
    public Task A_place_that_cannot_passes_it_on() => Service.Answers(
        Sdl,
        Data,
        "{ a must { one } }",
        """{"errors":[{"message":"Cannot return null for non-nullable field Thing.one.","locations":[{"line":1,"column":12}],"path":["must","one"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":null}""");

    [Fact]
    public Task An_item_that_cannot_be_null_makes_its_list_null() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ a list { one } }",
        """{"errors":[{"message":"Cannot return null for non-nullable field Thing.one.","locations":[{"line":1,"column":12}],"path":["list",1,"one"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"a":1,"list":null}}""");

    [Fact]
    public Task A_list_that_cannot_be_null_passes_it_on() => Service.Answers(
        Sdl,
        Data,
        "{ a strict { one } }",
        """{"errors":[{"message":"Cannot return null for non-nullable field Thing.one.","locations":[{"line":1,"column":14}],"path":["strict",1,"one"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":null}""");

    [Fact]
    public Task Siblings_are_not_touched() => Service.AnswersAlsoThroughGateway(
        Sdl,
        Data,
        "{ thing { id self { deep { one } } two } list { id } }",
        """{"errors":[{"message":"Cannot return null for non-nullable field Thing.one.","locations":[{"line":1,"column":28}],"path":["thing","self","deep","one"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":{"thing":{"id":"1","self":null,"two":2},"list":[{"id":null},{"id":null}]}}""");
}
