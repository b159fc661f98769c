using System.Net.Http.Headers;
using System.Text.Json;
using GraphGateway.Gateway.Tests.Deduplication;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace GraphGateway.Gateway.Tests.Pipeline;

/// <summary>What other gateways got wrong where the whole of them takes part: reports by their numbers, and a bug that random queries find in several of them.</summary>
public sealed class PeerIssueTests
{
    // The source answers what it is asked for and nothing else. The same gateway is asked again and again: a plan of one outcome is not the other's.
    [Theory]
    [InlineData(
        "query($on: Boolean!) { hello @include(if: $on) other @skip(if: $on) }",
        """{"data":{"hello":"h"}}""", "query { hello }", """{"data":{"other":"o"}}""", "query { other }")]
    [InlineData(
        "query($on: Boolean!) { hello other @skip(if: $on) }",
        """{"data":{"hello":"h"}}""", "query { hello }", """{"data":{"hello":"h","other":"o"}}""", "query { hello other }")]
    [InlineData(
        "query($on: Boolean!) { hello other @include(if: $on) }",
        """{"data":{"hello":"h","other":"o"}}""", "query { hello other }", """{"data":{"hello":"h"}}""", "query { hello }")]
    public async Task Graphql_platform_10226_a_root_field_beside_a_conditional_one_is_asked_for(string query, string on, string askedOn, string off, string askedOff)
    {
        FakeSource? self = null;
        await using var source = await FakeSource.StartAsync(context =>
        {
            var asked = self!.Requests.Last().Body;
            var fields = new[] { ("hello", "h"), ("other", "o") }.Where(field => asked.Contains(field.Item1, StringComparison.Ordinal));
            return context.Response.WriteAsync($$$"""{"data":{{{{string.Join(',', fields.Select(field => $"\"{field.Item1}\":\"{field.Item2}\""))}}}}}""");
        });
        self = source;
        await using var gateway = await RunningGateway.StartAsync(source);
        foreach (var (value, expected) in new[] { ("true", on), ("false", off), ("true", on), ("false", off) })
        {
            Assert.Equal(expected, await gateway.QueryAsync(query, $$"""{"on":{{value}}}"""));
        }

        Assert.Equal(
            new[] { askedOn, askedOff, askedOn, askedOff }.Select(asked => $$"""{"query":"{{asked}}"}"""),
            source.Requests.Select(request => request.Body));
    }

    [Fact]
    public async Task Graphql_platform_10009_a_request_that_is_given_up_takes_no_other_along()
    {
        var asked = new SemaphoreSlim(0);
        var left = new SemaphoreSlim(0);
        await using var source = await FakeSource.StartAsync(async context =>
        {
            if (context.Request.Headers.ContainsKey("x-stall"))
            {
                var gone = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                using var registration = context.RequestAborted.Register(gone.SetResult);
                asked.Release();
                await gone.Task;
                left.Release();
                return;
            }

            await context.Response.WriteAsync("""{"data":{"hello":"you","other":"o"}}""");
        });
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Subgraphs:users:Headers:Propagate=x-stall"]);
        for (var round = 0; round < 5; round++)
        {
            using var client = new CancellationTokenSource();
            var givenUp = gateway.SendAsync("{ hello }", header: ("x-stall", "1"), cancellationToken: client.Token);
            await asked.WaitAsync();
            await client.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => givenUp);
            Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync("{ hello }"));
            Assert.Equal("""{"data":{"hello":"you","other":"o"}}""", await gateway.QueryAsync("{ hello other }"));
            await left.WaitAsync();
        }
    }

    // There the end of one request, whose null took all, ended another one's: requests of it that were on their way, and what came next.
    [Fact]
    public async Task Graphql_platform_10009_a_request_whose_null_took_all_takes_no_other_along()
    {
        const string supergraph = """
            schema @gateway__supergraph(version: 1) { query: Query }
            enum gateway__Source { A @gateway__source(name: "a", dialect: COMPOSITE) B @gateway__source(name: "b", dialect: COMPOSITE) C @gateway__source(name: "c", dialect: COMPOSITE) }
            type Query @gateway__type(in: [A, B, C]) { a: String! @gateway__field(in: A) b: String! @gateway__field(in: B) c: String! @gateway__field(in: C) }
            """;
        const string answerOfB = """{"data":{"b":"B"}}""";
        await using var a = await FakeSource.AnswersAsync("""{"data":{"a":"A"}}""");
        await using var b = await HeldSource.StartAsync();
        await using var c = await FakeSource.AnswersAsync("""{"errors":[{"message":"broken","path":["c"]}],"data":null}""");
        await using var gateway = await RunningGateway.StartAsync(supergraph, [("a", $"{a.Url}/graphql"), ("b", $"{b.Source.Url}/graphql"), ("c", $"{c.Url}/graphql")]);
        using var shared = new SharedRequests(gateway);
        for (var round = 0; round < 5; round++)
        {
            var broken = gateway.QueryAsync("{ c b }");
            var held = await b.AskedAsync();
            var beside = gateway.QueryAsync("{ a b }");
            await Task.WhenAny(shared.NextAsync(), beside);
            held.Answer(answerOfB);
            Assert.Equal(
                """{"errors":[{"message":"Unexpected error from a source.","path":["c"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":null}""",
                await broken);
            Assert.Equal("""{"data":{"a":"A","b":"B"}}""", await beside);
            Assert.Equal("""{"data":{"a":"A","b":"B"}}""", await AnsweredAsync(gateway.QueryAsync("{ a b }")));
        }

        async Task<string> AnsweredAsync(Task<string> request)
        {
            var asked = b.AskedAsync();
            if (await Task.WhenAny(asked, request) == asked)
            {
                (await asked).Answer(answerOfB);
            }

            return await request;
        }
    }

    [Theory]
    [InlineData("{ hello @skip(if: true) }", "null")]
    [InlineData("query($on: Boolean!) { hello @include(if: $on) other @include(if: $on) }", """{"on":false}""")]
    [InlineData("{ ... @include(if: false) { hello } }", "null")]
    public async Task Of_an_operation_that_is_skipped_as_a_whole_data_is_an_empty_object(string query, string variables)
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":null}""");
        await using var gateway = await RunningGateway.StartAsync(source);
        Assert.Equal("""{"data":{}}""", await gateway.QueryAsync(query, variables));
        Assert.Empty(source.Requests);
    }

    [Fact]
    public async Task Hive_router_1099_an_entity_whose_key_is_its_typename_is_asked_for()
    {
        const string supergraph = """
            schema @gateway__supergraph(version: 1) { query: Query }
            enum gateway__Source { WAREHOUSE @gateway__source(name: "warehouse", dialect: APOLLO) REVIEWS @gateway__source(name: "reviews", dialect: APOLLO) }
            type Query @gateway__type(in: WAREHOUSE) { entry: Entry @gateway__field(in: WAREHOUSE) }
            type Entry @gateway__type(in: [WAREHOUSE, REVIEWS]) @gateway__key(in: [WAREHOUSE, REVIEWS], fields: "__typename")
              @gateway__lookup(in: WAREHOUSE, key: "__typename") @gateway__lookup(in: REVIEWS, key: "__typename") {
              sku: String! @gateway__field(in: WAREHOUSE)
              rating: Int! @gateway__field(in: REVIEWS)
            }
            """;
        var answers = new Queue<string>(["""{"data":{"entry":{"sku":"s"}}}""", """{"data":{"_entities":[{"rating":5}]}}"""]);
        await using var source = await FakeSource.StartAsync(context => context.Response.WriteAsync(answers.Dequeue()));
        using var folder = new TemporaryFolder();
        var build = await GatewayHost.BuildAsync(
            [
                "--urls", "http://127.0.0.1:0", $"--Gateway:Supergraph={folder.Write("supergraph.graphql", supergraph)}",
                $"--Gateway:Subgraphs:warehouse:Url={source.Url}/graphql", $"--Gateway:Subgraphs:reviews:Url={source.Url}/graphql",
                "--Logging:LogLevel:Default=None",
            ]);
        Assert.Empty(build.Problems);
        Assert.Null(await GatewayHost.StartAsync(build.Application!));
        await using var gateway = build.Application!;
        using var client = new HttpClient { BaseAddress = new Uri(gateway.Urls.Single()) };
        using var content = new StringContent(
            JsonSerializer.Serialize(new { query = "{ entry { sku rating } }" }), new MediaTypeHeaderValue("application/json"));
        using var response = await client.PostAsync(new Uri("/graphql", UriKind.Relative), content);
        Assert.Equal("""{"data":{"entry":{"sku":"s","rating":5}}}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(
            [
                """{"query":"query { entry { sku } }"}""",
                """{"query":"query($representations: [_Any!]!) { _entities(representations: $representations) { ... on Entry { rating } } }","variables":{"representations":[{"__typename":"Entry"}]}}""",
            ],
            source.Requests.Select(request => request.Body));
    }
}
