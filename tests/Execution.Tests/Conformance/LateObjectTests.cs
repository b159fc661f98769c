using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>
/// Objects that a second source puts where the first had none, after those fetches have ended that waited for the first alone: what these
/// would have given fails with what kept them from it, and is not sent on as null.
/// </summary>
public sealed class LateObjectTests
{
    // b does not wait for a; c waits for a alone, and d for b and c.
    private static QueryPlan Plan(string field) => TestPlan.Build(
        $$"""{ {{field}} @s(n: [0, 1]) { title @s(n: [1]) age @s(n: [2]) name @s(n: [3], needs: "nick") id @s(n: [0]) @hidden nick @s(n: [2]) @hidden } }""",
        new StepSpec("a"),
        new StepSpec("b"),
        new StepSpec("c", FetchKind.Representations, field) { After = [0] },
        new StepSpec("d", FetchKind.Representations, field, "title nick?") { After = [1, 2] });

    [Fact]
    public Task The_first_failed() => Check.Answers(
        Plan("user"),
        [(0, SubgraphOutcome.TimedOut), (1, """{"data":{"user":{"title":"t"}}}""")],
        """
        {"errors":[
          {"message":"A source did not answer in time.","path":["user","age"],"extensions":{"code":"GATEWAY_TIMEOUT"}},
          {"message":"A source did not answer in time.","path":["user","name"],"extensions":{"code":"GATEWAY_TIMEOUT"}}],
        "data":{"user":{"title":"t","age":null,"name":null}}}
        """);

    [Fact]
    public Task The_first_has_none() => Check.Answers(
        Plan("user"),
        [(0, """{"data":{"user":null}}"""), (1, """{"data":{"user":{"title":"t"}}}""")],
        """
        {"errors":[
          {"message":"A source's answer lacks the entity.","path":["user","age"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"A source's answer lacks the entity.","path":["user","name"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],
        "data":{"user":{"title":"t","age":null,"name":null}}}
        """);

    [Fact]
    public Task The_first_has_one_of_two() => Check.Answers(
        Plan("maybe"),
        [
            (0, """{"data":{"maybe":[{"id":"1"},null]}}"""), (1, """{"data":{"maybe":[{"title":"t"},{"title":"u"}]}}"""),
            (2, """{"data":{"_entities":[{"age":7,"nick":"n"}]}}"""), (3, """{"data":{"_entities":[{"name":"n"}]}}"""),
        ],
        """
        {"errors":[
          {"message":"A source's answer lacks the entity.","path":["maybe",1,"age"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}},
          {"message":"A source's answer lacks the entity.","path":["maybe",1,"name"],"extensions":{"code":"SUBREQUEST_MALFORMED_RESPONSE"}}],
        "data":{"maybe":[{"title":"t","age":7,"name":"n"},{"title":"u","age":null,"name":null}]}}
        """);
}
