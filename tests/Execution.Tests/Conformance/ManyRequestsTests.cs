using System.Text.Json.Nodes;
using GraphGateway.Planning;
using Xunit;

namespace GraphGateway.Execution.Tests;

/// <summary>
/// A source that can do nothing but single lookups gets a request for each entity: a bounded number at the same time, and a bounded number
/// in all.
/// </summary>
public sealed class ManyRequestsTests
{
    private const string TooMany = "The operation needs more requests to sources than allowed. Ask for fewer objects at a time.";

    [Theory]
    [InlineData(1)]
    [InlineData(64)]
    [InlineData(10_000)]
    public async Task No_more_than_allowed_are_on_the_way_at_the_same_time(int atATime)
    {
        const int count = 5_000;
        var transport = new HeldTransport(Named(count), "c");
        var answer = Check.Run(Plan(), transport, new ExecutionOptions { MaxRequestsAtATime = _ => atATime });
        var most = Math.Min(atATime, count);
        for (var answered = 0; answered < count; answered++)
        {
            // As soon as one has ended, the next one goes.
            if (answered == 0)
            {
                Assert.Equal(most, transport.Held);
            }

            await transport.NextAsync();
            transport.Release();
        }

        Assert.Equal(Whole(count), await answer);
        Assert.Equal(most, transport.MostHeld);
        Assert.Equal(count, transport.Came);
    }

    [Fact]
    public async Task Those_of_one_source_do_not_wait_for_those_of_another()
    {
        var plan = TestPlan.Build(
            "{ maybe { id name @s(n: [1]) } user @s(n: [2]) { id age @s(n: [3]) } }",
            new StepSpec("a"),
            new StepSpec("c", FetchKind.Lookup, "maybe") { After = [0] },
            new StepSpec("a"),
            new StepSpec("b", FetchKind.Lookup, "user") { After = [2] });
        var script = new Script((step, body) => step switch
        {
            0 => Ids(3),
            2 => """{"data":{"user":{"id":"9"}}}""",
            3 => """{"data":{"find":{"age":9}}}""",
            _ => Name(body),
        });
        var transport = new HeldTransport(script, "c");
        var answer = Check.Run(plan, transport, new ExecutionOptions { MaxRequestsAtATime = _ => 1 });
        Assert.Contains(script.Requests, request => request.StartsWith("b ", StringComparison.Ordinal));
        Assert.Equal(1, transport.Held);
        for (var i = 0; i < 3; i++)
        {
            await transport.NextAsync();
            transport.Release();
        }

        Assert.Equal(
            """{"data":{"maybe":[{"id":"0","name":"n0"},{"id":"1","name":"n1"},{"id":"2","name":"n2"}],"user":{"id":"9","age":9}}}""", await answer);
    }

    [Fact]
    public async Task When_the_client_leaves_those_that_wait_are_never_sent()
    {
        using var client = new CancellationTokenSource();
        var transport = new HeldTransport(Named(50), "c");
        var answer = Check.Run(Plan(), transport, new ExecutionOptions { MaxRequestsAtATime = _ => 2 }, client.Token);
        Assert.Equal(2, transport.Held);
        await client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        Assert.Equal(2, transport.Came);
    }

    [Fact]
    public async Task What_is_not_allowed_any_more_is_null_with_an_error_and_the_rest_stands()
    {
        var plan = TestPlan.Build(
            "{ maybe { id name @s(n: [1]) } leaf @s(n: [2]) { int } }",
            new StepSpec("a"),
            new StepSpec("c", FetchKind.Lookup, "maybe") { After = [0] },
            new StepSpec("b"));
        await Check.Sends(
            plan,
            [(0, Ids(4)), (1, """{"data":{"find":{"name":"n0"}}}"""), (1, """{"data":{"find":{"name":"n1"}}}"""), (2, """{"data":{"leaf":{"int":1}}}""")],
            [
                """a {"query":"query { step0 }"}""",
                """b {"query":"query { step2 }"}""",
                """c {"query":"query($id: ID) { find(id: $id) { step1 } }","variables":{"id":"0"}}""",
                """c {"query":"query($id: ID) { find(id: $id) { step1 } }","variables":{"id":"1"}}""",
            ],
            $$$"""
            {"errors":[
              {"message":"{{{TooMany}}}","path":["maybe",2,"name"],"extensions":{"code":"SUBREQUEST_LIMIT_EXCEEDED"}},
              {"message":"{{{TooMany}}}","path":["maybe",3,"name"],"extensions":{"code":"SUBREQUEST_LIMIT_EXCEEDED"}}],
            "data":{"maybe":[{"id":"0","name":"n0"},{"id":"1","name":"n1"},{"id":"2","name":null},{"id":"3","name":null}],"leaf":{"int":1} } }
            """,
            new ExecutionOptions { MaxRequests = 4 });
    }

    [Fact]
    public Task A_step_that_depends_on_what_was_not_fetched_has_its_error() => Check.Sends(
        TestPlan.Build(
            "{ user { id post @s(n: [1]) { id score @s(n: [2]) } } }",
            new StepSpec("a"),
            new StepSpec("c", FetchKind.Lookup, "user") { After = [0] },
            new StepSpec("b", FetchKind.Lookup, "user.post") { After = [1] }),
        [(0, """{"data":{"user":{"id":"1"}}}""")],
        ["""a {"query":"query { step0 }"}"""],
        $$$"""
        {"errors":[{"message":"{{{TooMany}}}","path":["user","post"],"extensions":{"code":"SUBREQUEST_LIMIT_EXCEEDED"}}],
        "data":{"user":{"id":"1","post":null} } }
        """,
        new ExecutionOptions { MaxRequests = 1 });

    [Fact]
    public async Task More_than_an_execution_can_number_are_never_sent()
    {
        const int count = 70_000;
        var script = Named(count);
        var answer = JsonNode.Parse(await Check.Run(Plan(), script, new ExecutionOptions { MaxRequests = ExecutionOptions.RequestCeiling }))!;
        Assert.Equal(ExecutionOptions.RequestCeiling, script.Requests.Count);

        // One request was for the list.
        var names = answer["data"]!["maybe"]!.AsArray().Select(user => user!["name"]?.GetValue<string>());
        Assert.Equal(Enumerable.Range(0, count).Select(number => number < ExecutionOptions.RequestCeiling - 1 ? $"n{number}" : null), names);
        Assert.Equal(TooMany, answer["errors"]![0]!["message"]!.GetValue<string>());
        Assert.Equal("[\"maybe\",59999,\"name\"]", answer["errors"]![0]!["path"]!.ToJsonString());
        Assert.Equal("9001 more errors were left out.", answer["errors"]![1_000]!["message"]!.GetValue<string>());
    }

    private static QueryPlan Plan() => TestPlan.Build(
        "{ maybe { id name @s(n: [1]) } }", new StepSpec("a"), new StepSpec("c", FetchKind.Lookup, "maybe") { After = [0] });

    private static Script Named(int count) => new((step, body) => step == 0 ? Ids(count) : Name(body));

    private static string Ids(int count) =>
        $$$"""{"data":{"maybe":[{{{string.Join(',', Enumerable.Range(0, count).Select(number => $$"""{"id":"{{number}}"}"""))}}}]}}""";

    // The entity is named by its id, which is the last of the variables.
    private static Answer Name(string body)
    {
        var id = JsonNode.Parse(body[body.IndexOf('{', StringComparison.Ordinal)..])!["variables"]!["id"]!.GetValue<string>();
        return $$$"""{"data":{"find":{"name":"n{{{id}}}"} } }""";
    }

    private static string Whole(int count) =>
        $$$"""{"data":{"maybe":[{{{string.Join(',', Enumerable.Range(0, count).Select(number => $$"""{"id":"{{number}}","name":"n{{number}}"}"""))}}}]}}""";
}
