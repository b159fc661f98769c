using System.Net.Http.Headers;
using System.Text.Json;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace GraphGateway.Gateway.Tests.Pipeline;

/// <summary>Arguments from a context on the wire: entities with the same value form one list, several lists travel in one request.</summary>
public sealed class ContextTests
{
    private const string Supergraph = """
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source { GARDENS @gateway__source(name: "gardens", dialect: APOLLO) FRIENDS @gateway__source(name: "friends", dialect: APOLLO) }
        type Query @gateway__type(in: GARDENS) { gardens: [Garden] @gateway__field(in: GARDENS) }
        type Garden @gateway__type(in: GARDENS) @gateway__context(in: GARDENS, name: "garden") {
          soil: String @gateway__field(in: GARDENS)
          best: [Rose] @gateway__field(in: GARDENS)
        }
        type Rose @gateway__type(in: [GARDENS, FRIENDS]) @gateway__key(in: [GARDENS, FRIENDS], fields: "id")
          @gateway__lookup(in: GARDENS, key: "id") @gateway__lookup(in: FRIENDS, key: "id") {
          id: ID! @gateway__field(in: [GARDENS, FRIENDS])
          friend: Rose @gateway__field(in: FRIENDS)
          height(unit: String): Int @gateway__field(in: GARDENS, arguments: ["unit"], contextArguments: [{name: "soil", type: "String", context: "garden", selection: "soil"}])
        }
        """;

    // Rose 1 stands in two gardens: one object with one value a place. The second garden's soil is null, which is a value.
    private const string Gardens =
        """{"data":{"gardens":[{"best":[{"id":"1"},{"id":"2"}],"soil":"clay"},{"best":[{"id":"1"}],"soil":null},{"best":[{"id":"3"}],"soil":"clay"}]}}""";

    [Fact]
    public async Task Entities_with_the_same_value_form_a_list_and_all_lists_travel_together()
    {
        await using var source = await AnswersAsync(
            Gardens,
            """{"data":{"_0":[{"height":10},{"height":20},{"height":30}],"_1":[{"height":11}]}}""");

        Assert.Equal(
            """{"data":{"gardens":[{"best":[{"id":"1","height":10},{"id":"2","height":20}]},{"best":[{"id":"1","height":11}]},{"best":[{"id":"3","height":30}]}]}}""",
            await AskAsync(source, """query($u: String) { gardens { best { id height(unit: $u) } } }""", """{"u":"cm"}"""));
        Assert.Equal(
            [
                """{"query":"query { gardens { best { id } soil } }"}""",
                """{"query":"query($u: String, $representations_0: [_Any!]!, $__gg_2_soil_0: String, $representations_1: [_Any!]!, $__gg_2_soil_1: String) { _0: _entities(representations: $representations_0) { ... on Rose { height(unit: $u, soil: $__gg_2_soil_0) } } _1: _entities(representations: $representations_1) { ... on Rose { height(unit: $u, soil: $__gg_2_soil_1) } } }","variables":{"representations_0":[{"__typename":"Rose","id":"1"},{"__typename":"Rose","id":"2"},{"__typename":"Rose","id":"3"}],"__gg_2_soil_0":"clay","representations_1":[{"__typename":"Rose","id":"1"}],"__gg_2_soil_1":null,"u":"cm"}}""",
            ],
            source.Requests.Select(request => request.Body));
    }

    [Fact]
    public async Task An_object_that_two_places_share_has_the_value_of_each_place()
    {
        await using var source = await AnswersAsync(
            """{"data":{"gardens":[{"best":[{"id":"1"}],"soil":"clay"},{"best":[{"id":"1"}],"soil":"sand"}]}}""",
            """{"data":{"_entities":[{"friend":{"id":"7"}}]}}""",
            """{"errors":[{"message":"no","path":["_1",0,"height"]}],"data":{"_0":[{"height":10}],"_1":[{"height":null}]}}""");

        Assert.Equal(
            """{"errors":[{"message":"Unexpected error from a source.","path":["gardens",1,"best",0,"friend","height"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"gardens":[{"best":[{"friend":{"height":10}}]},{"best":[{"friend":{"height":null}}]}]}}""",
            await AskAsync(source, "{ gardens { best { friend { height } } } }"));
    }

    [Fact]
    public async Task Where_the_value_could_not_be_had_the_field_fails_with_it()
    {
        await using var source = await AnswersAsync(
            """{"errors":[{"message":"no","path":["gardens",0,"soil"]}],"data":{"gardens":[{"best":[{"id":"1"}],"soil":null}]}}""",
            """{"data":{"_entities":[{"height":10}]}}""");

        Assert.Equal(
            """{"errors":[{"message":"Unexpected error from a source.","path":["gardens",0,"best",0,"height"],"extensions":{"code":"DOWNSTREAM_SERVICE_ERROR"}}],"data":{"gardens":[{"best":[{"height":null}]}]}}""",
            await AskAsync(source, "{ gardens { best { height } } }"));
    }

    private static Task<FakeSource> AnswersAsync(params string[] answers)
    {
        var next = 0;
        return FakeSource.StartAsync(context =>
        {
            context.Response.ContentType = "application/json";
            return context.Response.WriteAsync(answers[next++]);
        });
    }

    private static async Task<string> AskAsync(FakeSource source, string query, string variables = "null")
    {
        using var folder = new TemporaryFolder();
        var build = await GatewayHost.BuildAsync(
            [
                "--urls", "http://127.0.0.1:0", $"--Gateway:Supergraph={folder.Write("supergraph.graphql", Supergraph)}",
                $"--Gateway:Subgraphs:gardens:Url={source.Url}/graphql", $"--Gateway:Subgraphs:friends:Url={source.Url}/graphql",
                "--Logging:LogLevel:Default=None",
            ]);
        Assert.Empty(build.Problems);
        Assert.Null(await GatewayHost.StartAsync(build.Application!));
        await using var gateway = build.Application!;
        using var client = new HttpClient { BaseAddress = new Uri(gateway.Urls.Single()) };
        using var content = new StringContent($$"""{"query":{{JsonSerializer.Serialize(query)}},"variables":{{variables}}}""", new MediaTypeHeaderValue("application/json"));
        using var response = await client.PostAsync(new Uri("/graphql", UriKind.Relative), content);
        return await response.Content.ReadAsStringAsync();
    }
}
