using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace GraphGateway.Gateway.Tests.Pipeline;

/// <summary>A source that takes nothing but single lookups, asked for many entities.</summary>
public sealed class ManyLookupsTests
{
    private const string Supergraph = """
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source {
          LISTS @gateway__source(name: "lists", dialect: COMPOSITE)
          DETAILS @gateway__source(name: "details", dialect: COMPOSITE, batching: [])
        }
        type Query @gateway__type(in: [LISTS, DETAILS]) {
          items: [Item] @gateway__field(in: LISTS)
          item(id: ID!): Item @gateway__field(in: DETAILS)
        }
        type Item @gateway__type(in: [LISTS, DETAILS])
          @gateway__lookup(in: DETAILS, key: "id", field: "item", arguments: [{ name: "id", type: "ID!", map: "id" }]) {
          id: ID! @gateway__field(in: [LISTS, DETAILS])
          name: String @gateway__field(in: DETAILS)
        }
        """;

    [Fact]
    public async Task One_operation_with_5000_lookups_does_not_fill_the_queue()
    {
        const int count = 5_000;
        var (active, most) = (0, 0);
        await using var lists = await FakeSource.AnswersAsync(
            $$$"""{"data":{"items":[{{{string.Join(',', Enumerable.Range(0, count).Select(number => $$"""{"id":"{{number}}"}"""))}}}]}}""");
        await using var details = await FakeSource.StartAsync(async context =>
        {
            var now = Interlocked.Increment(ref active);
            for (var seen = most; now > seen; seen = most)
            {
                Interlocked.CompareExchange(ref most, now, seen);
            }

            await Task.Yield();
            Interlocked.Decrement(ref active);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync("""{"data":{"item":{"name":"n"}}}""");
        });
        await using var gateway = await RunningGateway.StartAsync(
            Supergraph,
            [("lists", $"{lists.Url}/graphql"), ("details", $"{details.Url}/graphql")],
            ["--Gateway:Subgraphs:details:Connections:PerRequest=8", "--Gateway:Subgraphs:details:Connections:Max=4", "--Gateway:Subgraphs:details:Connections:Queue=4"]);

        var answer = JsonNode.Parse(await gateway.QueryAsync("{ items { name } }"))!;

        Assert.Null(answer["errors"]?.ToJsonString());
        Assert.Equal(count, answer["data"]!["items"]!.AsArray().Count(item => item!["name"]!.GetValue<string>() == "n"));
        Assert.Equal(count, details.Requests.Count);
        Assert.InRange(most, 1, 4);
    }

    [Fact]
    public async Task Lookups_of_several_types_are_one_request_with_what_the_client_gave()
    {
        await using var lists = await FakeSource.AnswersAsync("""{"data":{"pets":[{"__typename":"Cat","id":"1"},{"__typename":"Dog","tag":"x"},{"__typename":"Cat","id":"2"}]}}""");
        await using var details = await FakeSource.AnswersAsync(
            """{"data":{"_0":{"name":"Tom"},"_1":null,"_2":{"size":7}},"errors":[{"message":"no","path":["_1"]}]}""");
        await using var gateway = await RunningGateway.StartAsync(
            PetsSupergraph, [("lists", $"{lists.Url}/graphql"), ("details", $"{details.Url}/graphql")]);

        var answer = await gateway.QueryAsync("query($in: String) { pets { ... on Cat { name(in: $in) } ... on Dog { size(in: $in) } } }", """{"in":"cm"}""");

        Assert.Equal(
            """{"errors":[{"message":"Unexpected error from a source.","path":["pets",2,"name"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"pets":[{"name":"Tom"},{"size":7},{"name":null}]}}""",
            answer);
        Assert.Equal(
            ["""{"query":"query($in: String, $__gg_1_id_0: ID!, $__gg_1_id_1: ID!, $__gg_1_tag_2: String!) { _0: cat(id: $__gg_1_id_0) { name(in: $in) } _1: cat(id: $__gg_1_id_1) { name(in: $in) } _2: dog(tag: $__gg_1_tag_2) { size(in: $in) } }","variables":{"__gg_1_id_0":"1","__gg_1_id_1":"2","__gg_1_tag_2":"x","in":"cm"}}"""],
            details.Requests.Select(request => request.Body));
    }

    private const string PetsSupergraph = """
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source {
          LISTS @gateway__source(name: "lists", dialect: COMPOSITE)
          DETAILS @gateway__source(name: "details", dialect: COMPOSITE, batching: [VARIABLES, ALIASES])
        }
        type Query @gateway__type(in: [LISTS, DETAILS]) {
          pets: [Pet] @gateway__field(in: LISTS)
        }
        union Pet @gateway__type(in: LISTS) @gateway__member(in: LISTS, type: "Cat") @gateway__member(in: LISTS, type: "Dog") = Cat | Dog
        type Cat @gateway__type(in: [LISTS, DETAILS])
          @gateway__lookup(in: DETAILS, key: "id", field: "cat", arguments: [{ name: "id", type: "ID!", map: "id" }], internal: true) {
          id: ID! @gateway__field(in: [LISTS, DETAILS])
          name(in: String): String @gateway__field(in: DETAILS)
        }
        type Dog @gateway__type(in: [LISTS, DETAILS])
          @gateway__lookup(in: DETAILS, key: "tag", field: "dog", arguments: [{ name: "tag", type: "String!", map: "tag" }], internal: true) {
          tag: String! @gateway__field(in: [LISTS, DETAILS])
          size(in: String): Int @gateway__field(in: DETAILS)
        }
        """;

    [Fact]
    public async Task An_operation_that_needs_more_requests_than_allowed_keeps_the_rest_of_its_answer()
    {
        await using var lists = await FakeSource.AnswersAsync("""{"data":{"items":[{"id":"1"},{"id":"2"}]}}""");
        await using var details = await FakeSource.AnswersAsync("""{"data":{"item":{"name":"n"}}}""");
        await using var gateway = await RunningGateway.StartAsync(
            Supergraph, [("lists", $"{lists.Url}/graphql"), ("details", $"{details.Url}/graphql")], ["--Gateway:Limits:SourceRequests=2"]);

        Assert.Equal(
            """{"errors":[{"message":"The operation needs more requests to sources than allowed. Ask for fewer objects at a time.","path":["items",1,"name"],"extensions":{"code":"SUBREQUEST_LIMIT_EXCEEDED"}}],"data":{"items":[{"name":"n"},{"name":null}]}}""",
            await gateway.QueryAsync("{ items { name } }"));
    }
}
