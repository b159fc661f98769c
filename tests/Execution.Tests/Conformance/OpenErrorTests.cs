using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>
/// Errors of a source in the place of objects that another one gives: whether they are told, and what the answer then is, does not depend on who answers first.
/// An error belongs to a null (Spec §6.4.4), so where the other's object stands it is told at what its source would have added there.
/// </summary>
public sealed class OpenErrorTests
{
    private const string Objects = """{"data":{"user":{"id":"2"}}}""";

    public static TheoryData<string> Nulls => new(
        """{"errors":[{"message":"m","path":["user"]}],"data":null}""",
        """{"errors":[{"message":"m","path":["user"]}],"data":{"user":null}}""",
        """{"errors":[{"message":"m"}],"data":null}""");

    [Theory]
    [MemberData(nameof(Nulls))]
    public Task What_clients_do_not_see_is_not_told(string nulls) => Check.AnswersInEachOrder(
        TestPlan.Build("{ user @s(n: [0, 1]) { id @s(n: [0]) age @s(n: [1]) @hidden } }", new StepSpec("a"), new StepSpec("b")),
        [(0, Objects), (1, nulls)],
        """{"data":{"user":{"id":"2"}}}""");

    [Theory]
    [MemberData(nameof(Nulls))]
    public Task What_clients_see_is_told_where_it_would_stand(string nulls) => Check.AnswersInEachOrder(
        TestPlan.Build("{ user @s(n: [0, 1]) { id @s(n: [0]) age @s(n: [1]) } }", new StepSpec("a"), new StepSpec("b")),
        [(0, Objects), (1, nulls)],
        """
        {"errors":[{"message":"Unexpected error from a source.","path":["user","age"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"user":{"id":"2","age":null}}}
        """);

    [Theory]
    [MemberData(nameof(Nulls))]
    public Task What_needs_it_tells_it(string nulls) => Check.AnswersInEachOrder(
        TestPlan.Build(
            """{ user @s(n: [0, 1]) { id @s(n: [0]) age @s(n: [1]) @hidden name @s(n: [2], needs: "age") } }""",
            new StepSpec("a"),
            new StepSpec("b"),
            new StepSpec("c", FetchKind.Representations, "user", "id age?") { After = [0, 1] }),
        [(0, Objects), (1, nulls)],
        """
        {"errors":[{"message":"Unexpected error from a source.","path":["user","name"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"user":{"id":"2","name":null}}}
        """);

    [Fact]
    public Task Of_a_list_each_item_counts_by_itself() => Check.AnswersInEachOrder(
        TestPlan.Build("{ maybe @s(n: [0, 1]) { id @s(n: [0]) age @s(n: [1]) @hidden } }", new StepSpec("a"), new StepSpec("b")),
        [
            (0, """{"data":{"maybe":[{"id":"1"},null]}}"""),
            (1, """{"errors":[{"message":"m","path":["maybe",0]},{"message":"m","path":["maybe",1]}],"data":{"maybe":[null,null]}}"""),
        ],
        """
        {"errors":[{"message":"Unexpected error from a source.","path":["maybe",1],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"maybe":[{"id":"1"},null]}}
        """);

    [Fact]
    public Task Where_nobody_gives_an_object_each_tells_its_own() => Check.AnswersInEachOrder(
        TestPlan.Build("{ user @s(n: [0, 1]) { id @s(n: [0]) age @s(n: [1]) @hidden } }", new StepSpec("a"), new StepSpec("b")),
        [
            (0, """{"errors":[{"message":"a","path":["user"]}],"data":{"user":null}}"""),
            (1, """{"errors":[{"message":"b","path":["user","age"]}],"data":{"user":null}}"""),
        ],
        """{"errors":[{"message":"a","path":["user"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}},{"message":"b","path":["user"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"user":null}}""",
        new ExecutionOptions { ForwardsErrors = _ => true });
}
