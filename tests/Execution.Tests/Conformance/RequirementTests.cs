using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>A field whose requirement has failed fails too: what its source would compute from a null is not true.</summary>
public sealed class RequirementTests
{
    private const string Requests = """b {"query":"query { step2 }","variables":{"representations":[{"__typename":"User","id":"1","nick":null}]}}""";

    private static QueryPlan Plan() => TestPlan.Build(
        """{ user { id name @s(n: [2], needs: "nick") age @s(n: [2]) nick @s(n: [1]) @hidden } }""",
        new StepSpec("a"),
        new StepSpec("b", FetchKind.Representations, "user") { After = [0] },
        new StepSpec("b", FetchKind.Representations, "user", "id nick?") { After = [1] });

    [Fact]
    public Task A_fetch_that_failed_takes_along_what_needs_it_and_nothing_else() => Check.Sends(
        Plan(),
        [(0, """{"data":{"user":{"id":"1"}}}"""), (1, SubgraphOutcome.TimedOut), (2, """{"data":{"_entities":[{"name":"made of null","age":7}]}}""")],
        ["""a {"query":"query { step0 }"}""", """b {"query":"query { step1 }","variables":{"representations":[{"__typename":"User","id":"1"}]}}""", Requests],
        """
        {"errors":[{"message":"A source did not answer in time.","path":["user","name"],"extensions":{"code":"GATEWAY_TIMEOUT"}}],
        "data":{"user":{"id":"1","name":null,"age":7}}}
        """);

    [Fact]
    public Task So_does_an_error_of_the_source_at_a_hidden_field() => Check.Sends(
        Plan(),
        [
            (0, """{"data":{"user":{"id":"1"}}}"""),
            (1, """{"data":{"_entities":[{"nick":null}]},"errors":[{"message":"no","path":["_entities",0,"nick"]}]}"""),
            (2, """{"data":{"_entities":[{"name":"made of null","age":7}]}}"""),
        ],
        ["""a {"query":"query { step0 }"}""", """b {"query":"query { step1 }","variables":{"representations":[{"__typename":"User","id":"1"}]}}""", Requests],
        """
        {"errors":[
          {"message":"Unexpected error from a source.","path":["user","name"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],
        "data":{"user":{"id":"1","name":null,"age":7}}}
        """);

    [Fact]
    public Task A_required_null_that_is_the_value_is_sent() => Check.Sends(
        Plan(),
        [
            (0, """{"data":{"user":{"id":"1"}}}"""),
            (1, """{"data":{"_entities":[{"nick":null}]}}"""),
            (2, """{"data":{"_entities":[{"name":"nobody","age":7}]}}"""),
        ],
        ["""a {"query":"query { step0 }"}""", """b {"query":"query { step1 }","variables":{"representations":[{"__typename":"User","id":"1"}]}}""", Requests],
        """{"data":{"user":{"id":"1","name":"nobody","age":7}}}""");

    [Fact]
    public Task A_failed_fetch_into_an_object_that_is_there_takes_along_what_needs_it() => Check.Sends(
        TestPlan.Build(
            """{ user { id name @s(n: [2], needs: "address") age @s(n: [2]) address @s(n: [0, 1]) @hidden { street @s(n: [0]) @hidden city @s(n: [1]) @hidden } } }""",
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Representations, "user") { After = [0] },
            new StepSpec("b", FetchKind.Representations, "user", "id address.city?") { After = [1] }),
        [
            (0, """{"data":{"user":{"id":"1","address":{"street":"s"}}}}"""),
            (1, SubgraphOutcome.TimedOut),
            (2, """{"data":{"_entities":[{"name":"made of null","age":7}]}}"""),
        ],
        [
            """a {"query":"query { step0 }"}""",
            """b {"query":"query { step1 }","variables":{"representations":[{"__typename":"User","id":"1"}]}}""",
            """b {"query":"query { step2 }","variables":{"representations":[{"__typename":"User","id":"1","address":{"city":null}}]}}""",
        ],
        """
        {"errors":[{"message":"A source did not answer in time.","path":["user","name"],"extensions":{"code":"GATEWAY_TIMEOUT"}}],
        "data":{"user":{"id":"1","name":null,"age":7}}}
        """);
}
