using System.Text.Json;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Xunit;

namespace GraphGateway.Gateway.Tests.Pipeline;

/// <summary>What no source can serve in a supergraph that somebody else composed, and that nobody checked here.</summary>
public sealed class UnservableFieldTests
{
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

    [Theory]
    [InlineData(Fusion)]
    [InlineData(Join)]
    public async Task A_field_that_no_source_can_serve_is_null_with_an_error_and_the_rest_is_answered(string supergraph)
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"rose":{"name":"Peace"}}}""");
        using var folder = new TemporaryFolder();
        var build = await GatewayHost.BuildAsync(
            [
                "--urls", "http://127.0.0.1:0", $"--Gateway:Supergraph={folder.Write("supergraph.graphql", supergraph)}",
                $"--Gateway:Subgraphs:a:Url={source.Url}/graphql", $"--Gateway:Subgraphs:b:Url={source.Url}/graphql", "--Logging:LogLevel:Default=None",
            ]);
        Assert.Empty(build.Problems);
        Assert.Null(await GatewayHost.StartAsync(build.Application!));
        await using var gateway = build.Application!;
        using var client = new HttpClient { BaseAddress = new Uri(gateway.Urls.Single()) };

        using var response = await client.PostAsync(
            new Uri("/graphql", UriKind.Relative),
            new StringContent("""{"query":"{ rose { name price } node(id: 1) { name } }"}""", new System.Net.Http.Headers.MediaTypeHeaderValue("application/json")));
        using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync());

        Assert.Equal("""{"rose":{"name":"Peace","price":null},"node":null}""", answer.RootElement.GetProperty("data").GetRawText());
        Assert.Equal(
            ["""["rose","price"]""", """["node"]"""],
            answer.RootElement.GetProperty("errors").EnumerateArray().Select(error => error.GetProperty("path").GetRawText()).OrderDescending());
        Assert.All(answer.RootElement.GetProperty("errors").EnumerateArray(), error => Assert.False(string.IsNullOrEmpty(error.GetProperty("message").GetString())));
    }
}
