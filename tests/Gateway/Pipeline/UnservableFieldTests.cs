using System.Text.Json;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace GraphGateway.Gateway.Tests.Pipeline;

/// <summary>What no source can serve, in a supergraph that composition here has checked and in one of somebody else's.</summary>
public sealed class UnservableFieldTests
{
    private const string Rose = """{"data":{"rose":{"name":"Peace"}}}""";

    private const string Fusion = """
        type Query @fusion__type(schema: A) {
          rose: Rose @fusion__field(schema: A)
          node(id: ID!): Rose
        }
        type Rose @fusion__type(schema: A) @fusion__type(schema: B) {
          name: String @fusion__field(schema: A)
          price: Int @fusion__field(schema: B)
        }
        enum fusion__Schema { A @fusion__schema_metadata(name: "a") B @fusion__schema_metadata(name: "b") }
        """;

    private const string Join = """
        schema @link(url: "https://specs.apollo.dev/link/v1.0") @link(url: "https://specs.apollo.dev/join/v0.5", for: EXECUTION) { query: Query }
        type Query @join__type(graph: A) @join__type(graph: B) {
          rose: Rose @join__field(graph: A)
          node(id: ID!): Rose @join__field
        }
        type Rose @join__type(graph: A) @join__type(graph: B) {
          name: String @join__field(graph: A)
          price: Int @join__field(graph: B)
        }
        enum join__Graph { A @join__graph(name: "a", url: "") B @join__graph(name: "b", url: "") }
        """;

    private const string Canonical = """
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source {
          A @gateway__source(name: "a", dialect: APOLLO)
          B @gateway__source(name: "b", dialect: APOLLO)
        }
        type Query @gateway__type(in: [A, B]) {
          rose: Rose @gateway__field(in: A)
        }
        type Rose @gateway__type(in: [A, B]) {
          name: String @gateway__field(in: A)
          price: Int @gateway__field(in: B)
        }
        """;

    private const string Together = """
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source {
          A @gateway__source(name: "a", dialect: APOLLO)
          B @gateway__source(name: "b", dialect: APOLLO)
        }
        type Query @gateway__type(in: [A, B]) {
          node: Node @gateway__field(in: [A, B])
        }
        interface Node @gateway__type(in: [A, B]) {
          id: ID @gateway__field(in: [A, B])
        }
        type Account implements Node @gateway__type(in: [A, B]) @gateway__implements(in: [A, B], interface: "Node") {
          id: ID @gateway__field(in: A) @gateway__field(in: B, external: true)
        }
        type Chat implements Node @gateway__type(in: [A, B]) @gateway__implements(in: [A, B], interface: "Node") {
          id: ID @gateway__field(in: A, external: true) @gateway__field(in: B)
        }
        """;

    [Theory]
    [InlineData(Fusion)]
    [InlineData(Join)]
    public async Task A_field_that_no_source_can_serve_is_null_with_an_error_and_the_rest_is_answered(string supergraph)
    {
        await using var source = await FakeSource.AnswersAsync(Rose);
        using var answer = JsonDocument.Parse(await AskAsync(source, supergraph, "{ rose { name price } node(id: 1) { name } }"));

        Assert.Equal("""{"rose":{"name":"Peace","price":null},"node":null}""", answer.RootElement.GetProperty("data").GetRawText());
        Assert.Equal(
            ["""["rose","price"]""", """["node"]"""],
            answer.RootElement.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("path").GetRawText()).OrderDescending());
        Assert.All(answer.RootElement.GetProperty("errors").EnumerateArray(), error => Assert.False(string.IsNullOrEmpty(error.GetProperty("message").GetString())));
    }

    [Theory]
    [InlineData(Canonical, "ByGraph")]
    [InlineData(Join, "Refuse")]
    public async Task In_a_checked_graph_and_where_the_setting_says_so_the_operation_is_refused_before_any_source_is_asked(string supergraph, string setting)
    {
        await using var source = await FakeSource.AnswersAsync(Rose);
        Assert.Equal(
            """{"errors":[{"message":"Cannot resolve field \"price\" on type \"Rose\" here.","locations":[{"line":1,"column":15}],"extensions":{"code":"FIELD_NOT_SERVABLE"}}]}""",
            await AskAsync(source, supergraph, "{ rose { name price } }", $"--Gateway:UnservableFields={setting}"));
        Assert.Empty(source.Requests);
        Assert.Equal(Rose, await AskAsync(source, supergraph, "{ rose { name } }", $"--Gateway:UnservableFields={setting}"));
    }

    [Fact]
    public async Task A_field_that_no_source_has_of_all_objects_is_refused_in_a_checked_graph_and_put_together_where_the_setting_says_so()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"node":{"__typename":"Account","id":"a1"}}}""");
        Assert.Equal(
            """{"errors":[{"message":"Cannot resolve field \"id\" on type \"Node\" here: no source has it for all objects.","locations":[{"line":1,"column":10}],"extensions":{"code":"FIELD_NOT_SERVABLE"}}]}""",
            await AskAsync(source, Together, "{ node { id } }"));
        Assert.Empty(source.Requests);
        Assert.Equal("""{"data":{"node":{"id":"a1"}}}""", await AskAsync(source, Together, "{ node { id } }", "--Gateway:UnservableFields=Null"));
        Assert.Equal(2, source.Requests.Count);
    }

    [Fact]
    public async Task The_setting_has_a_checked_graph_answer_what_it_can()
    {
        await using var source = await FakeSource.AnswersAsync(Rose);
        Assert.Equal(
            """{"errors":[{"message":"Cannot resolve field \"price\" on type \"Rose\" here.","path":["rose","price"],"extensions":{"code":"FIELD_NOT_SERVABLE"}}],"data":{"rose":{"name":"Peace","price":null}}}""",
            await AskAsync(source, Canonical, "{ rose { name price } }", "--Gateway:UnservableFields=Null"));
    }

    private static async Task<string> AskAsync(FakeSource source, string supergraph, string query, string setting = "--Gateway:UnservableFields=ByGraph")
    {
        using var folder = new TemporaryFolder();
        var build = await GatewayHost.BuildAsync(
            [
                "--urls", "http://127.0.0.1:0", $"--Gateway:Supergraph={folder.Write("supergraph.graphql", supergraph)}", setting,
                $"--Gateway:Subgraphs:a:Url={source.Url}/graphql", $"--Gateway:Subgraphs:b:Url={source.Url}/graphql", "--Logging:LogLevel:Default=None",
            ]);
        Assert.Empty(build.Problems);
        Assert.Null(await GatewayHost.StartAsync(build.Application!));
        await using var gateway = build.Application!;
        using var client = new HttpClient { BaseAddress = new Uri(gateway.Urls.Single()) };
        using var response = await client.PostAsync(
            new Uri("/graphql", UriKind.Relative),
            new StringContent($$"""{"query":"{{query}}"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));
        return await response.Content.ReadAsStringAsync();
    }
}
