using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>
/// Answers that break off after they have given objects where others gave none: they leave nothing behind, and what others told before stands as
/// when the answer had broken off at its first byte.
/// </summary>
public sealed class UnreadableAnswerTests
{
    [Theory]
    [InlineData("")]
    [InlineData("""{"data":{"_entities":[{"address":{"city":"c"}}]}""")]
    public Task A_null_without_an_error_stays_one(string broken) => Check.Answers(
        TestPlan.Build(
            "{ user { id address @s(n: [1, 2]) { street @s(n: [1]) city @s(n: [2]) } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "user") { After = [0] },
            new StepSpec("a", FetchKind.Representations, "user") { After = [1] }),
        [(0, """{"data":{"user":{"id":"1"}}}"""), (1, """{"data":{"_entities":[{"address":null}]}}"""), (2, broken)],
        """{"data":{"user":{"id":"1","address":null}}}""");

    [Theory]
    [InlineData("")]
    [InlineData("""{"data":{"_entities":[{"boss":{"age":7}}]}""")]
    public Task Who_gave_no_object_tells_why_when_a_third_one_gives_it(string broken) => Check.Answers(
        TestPlan.Build(
            "{ user { id boss @s(n: [1, 2, 3]) { name @s(n: [1]) age @s(n: [2]) title @s(n: [3]) } } }",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "user") { After = [0] },
            new StepSpec("a", FetchKind.Representations, "user") { After = [1] },
            new StepSpec("c", FetchKind.Representations, "user") { After = [2] }),
        [
            (0, """{"data":{"user":{"id":"1"}}}"""), (1, """{"data":{"_entities":[{"boss":null}]}}"""), (2, broken),
            (3, """{"data":{"_entities":[{"boss":{"title":"t"}}]}}"""),
        ],
        """
        {"errors":[
          {"message":"A source's answer lacks the entity.","path":["user","boss","name"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"A source's answer is no GraphQL response.","path":["user","boss","age"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],
        "data":{"user":{"id":"1","boss":{"name":null,"age":null,"title":"t"}}}}
        """);

    [Theory]
    [InlineData("")]
    [InlineData("""{"data":{"find":{"__typename":"User","name":"n"}}""")]
    public Task A_type_that_it_told_is_not_known(string broken) => Check.Sends(
        TestPlan.Build(
            "{ node @s(n: [0]) { ... on User { name @s(n: [1]) } id @s(n: [0]) @hidden } }",
            new StepSpec("a") { IsSilentOfTypes = true },
            new StepSpec("c", FetchKind.Lookup, "node") { After = [0], TellsType = true }),
        [(0, """{"data":{"node":{"id":"1"}}}"""), (1, broken)],
        ["""a {"query":"query { step0 }"}""", """c {"query":"query($id: ID) { find(id: $id) { step1 } }","variables":{"id":"1"}}"""],
        """
        {"errors":[{"message":"A source's answer is no GraphQL response.","path":["node"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],
        "data":{"node":null}}
        """);
}
