using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using GraphGateway.Subgraphs.Server;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.Interop;

/// <summary>A service's subscriptions, queries and mutations as npm's <c>graphql-sse</c> client sees them.</summary>
public sealed class EventStreamTests
{
    private readonly TaskCompletionSource _unsubscribed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    [InteropFact]
    public async Task The_client_of_graphql_sse_reads_what_the_server_streams()
    {
        await using var app = await StartAsync();
        using var reference = NodeReference.Start("http");
        var url = $"{app.Urls.Single()}/graphql";

        Assert.Equal(
            [
                """{"data":{"count":1}}""",
                """{"data":{"count":2}}""",
                """{"errors":[{"message":"Int cannot represent non-integer value: \"three \\n\"","locations":[{"line":1,"column":28}],"path":["count"]}],"data":{"count":null}}""",
            ],
            Iterate(reference, url, "subscription ($to: Int!) { count(to: $to) }", """{"to":3}"""));
        Assert.Equal(["""{"data":{"hello":"world"}}"""], Iterate(reference, url, "{ hello }"));
        Assert.Equal(["""{"data":{"set":7}}"""], Iterate(reference, url, "mutation { set }"));
        Assert.Equal(
            ["""{"errors":[{"message":"Cannot query field \"nothing\" on type \"Query\".","locations":[{"line":1,"column":3}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}"""],
            Iterate(reference, url, "{ nothing }"));
        Assert.Equal(["""{"errors":[{"message":"No.","locations":[{"line":1,"column":16}],"path":["refused"]}]}"""], Iterate(reference, url, "subscription { refused }"));
    }

    [InteropFact]
    public async Task A_client_that_leaves_ends_the_source_stream()
    {
        await using var app = await StartAsync();
        using var reference = NodeReference.Start("http");

        Assert.Equal(["""{"data":{"endless":1}}"""], Iterate(reference, $"{app.Urls.Single()}/graphql", "subscription { endless }", atMost: 1));
        await _unsubscribed.Task.WaitAsync(TestPatience.Limit);
    }

    private static IEnumerable<string> Iterate(NodeReference reference, string url, string query, string variables = "{}", int atMost = 0)
    {
        var request = new JsonObject { ["url"] = url, ["query"] = query, ["variables"] = JsonNode.Parse(variables), ["atMost"] = atMost };
        return reference.Ask("iterate", request)!.AsArray().Select(result => result!.GetValue<string>());
    }

    private async Task<WebApplication> StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.AddGraphQLServer(server => server
            .AddSchema("type Query { hello: String } type Mutation { set: Int } type Subscription { count(to: Int!): Int endless: Int refused: Int }")
            .Resolve("Query", "hello", _ => new("world"))
            .Resolve("Mutation", "set", _ => new(7))
            .Resolve("Subscription", "count", context => new(Count((int)context.Arguments["to"]!)))
            .Resolve("Subscription", "endless", context => new(Endless(context.CancellationToken)))
            .Resolve("Subscription", "refused", _ => throw new GraphQLException("No.")));
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.MapGraphQL();
        await app.StartAsync();
        return app;
    }

    private static async IAsyncEnumerable<object?> Count(int to)
    {
        for (var i = 1; i <= to; i++)
        {
            await Task.Yield();
            yield return i == 3 ? "three \n" : i;
        }
    }

    private async IAsyncEnumerable<int> Endless([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            yield return 1;
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }
        finally
        {
            _unsubscribed.SetResult();
        }
    }
}
