using GraphGateway.Planning;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>
/// A field that is a slot for some types and another one for others, read of objects whose types nobody has told yet: of each object the value is put into both, and when its type is told one of
/// them counts.
/// </summary>
public sealed class SlotsOfTypesTests
{
    private static readonly QueryPlan Plan = TestPlan.Build(
        """
        {
          nodes @s(n: [0]) {
            id @hidden
            ... on User { it: boss @s(n: [0], ofAll: true) { id @hidden age @s(n: [2]) name @s(n: [4]) } }
            ... on Post { it: author @s(n: [0], ofAll: true) { id @hidden age @s(n: [3]) } }
          }
        }
        """,
        new StepSpec("a") { IsSilentOfTypes = true },
        new StepSpec("c", FetchKind.Lookup, "nodes") { After = [0], TellsType = true },
        new StepSpec("b", FetchKind.Representations, "nodes.User/it") { After = [0], Request = 2 },
        new StepSpec("b", FetchKind.Representations, "nodes.Post/it") { After = [0], Request = 2, Document = 2 },
        new StepSpec("b", FetchKind.Representations, "nodes.User/it") { After = [0, 1] });

    private const string Objects = """{"data":{"nodes":[{"id":"1","it":{"id":"8"}},{"id":"2","it":{"id":"9"}}]}}""";

    private static async Task AnswersInEachOrder(string objects, string ages, string expected)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var script = new Script(
                (0, objects), (1, """{"data":{"find":{"__typename":"User"}}}"""), (1, """{"data":{"find":{"__typename":"Post"}}}"""), (2, ages), (4, """{"data":{"_entities":[{"name":"eight"}]}}"""));
            var order = new AnswerOrder(seed);
            Assert.Equal(Check.Format(expected), Check.Format(await order.RunAsync(() => Check.Run(Plan, new ScriptTransport(script, order), new ExecutionOptions()))));
            // Of what is below both objects it is asked once, and for name when it is known which of them has it.
            Assert.Contains(script.Requests, request => request.Contains("""{ step4 }","variables":{"representations":[{"__typename":"User","id":"8"}]}}""", StringComparison.Ordinal));
            Assert.Equal(5, script.Requests.Count);
        }
    }

    [Fact]
    public Task The_slot_of_the_objects_type_is_written_and_asked_for_more() => AnswersInEachOrder(
        Objects,
        """{"data":{"_entities":[{"age":80},{"age":90}]}}""",
        """{"data":{"nodes":[{"it":{"age":80,"name":"eight"}},{"it":{"age":90}}]}}""");

    [Fact]
    public Task An_error_below_both_is_told_once() => AnswersInEachOrder(
        Objects,
        """{"data":{"_entities":[{"age":80},{"age":null}]},"errors":[{"message":"m","path":["_entities",1,"age"]}]}""",
        """
        {"errors":[{"message":"Unexpected error from a source.","path":["nodes",1,"it","age"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"nodes":[{"it":{"age":80,"name":"eight"}},{"it":{"age":null}}]}}
        """);

    // The key of it is null in both slots, for the same reason.
    [Fact]
    public Task An_error_in_what_nobody_sees_is_known_in_both() => AnswersInEachOrder(
        """{"data":{"nodes":[{"id":"1","it":{"id":"8"}},{"id":"2","it":{"id":null}}]},"errors":[{"message":"m","path":["nodes",1,"it","id"]}]}""",
        """{"data":{"_entities":[{"age":80}]}}""",
        """
        {"errors":[{"message":"Unexpected error from a source.","path":["nodes",1,"it","age"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"nodes":[{"it":{"age":80,"name":"eight"}},{"it":{"age":null}}]}}
        """);
}
