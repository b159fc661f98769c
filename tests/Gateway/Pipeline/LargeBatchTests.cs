using System.Text;
using System.Text.Json.Nodes;
using GraphGateway.Subgraphs.Server;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.Gateway.Tests.Pipeline;

/// <summary>What the gateway sends by its own defaults, a service takes by its own.</summary>
public sealed class LargeBatchTests
{
    private const int Fields = 60;

    [Theory]
    [InlineData("ALIASES", 600, "")]
    [InlineData("VARIABLES", 600, "")]
    [InlineData("REQUESTS", 600, "")]
    // 600 sets of variables with 20,000 bytes each are more than a request may have.
    [InlineData("ALIASES", 600, "long")]
    [InlineData("VARIABLES", 600, "long")]
    [InlineData("REQUESTS", 600, "long")]
    public async Task A_service_takes_hundreds_of_lookups_with_sixty_fields_each(string batching, int count, string text)
    {
        text = text.Length == 0 ? text : new string('t', 20_000);
        var requests = new List<long>();
        await using var lists = await ServeAsync(
            "type Query { items: [Item] } type Item { id: ID! }",
            builder => builder.ResolveOthers(context => new ValueTask<object?>(
                context.Field.Name == "items" ? Enumerable.Range(0, count).Select(number => (object)$"i{number}").ToList() : context.Parent)),
            []);
        await using var details = await ServeAsync(
            $"type Query {{ item(id: ID!): Item }} type Item {{ id: ID! {Names("f{0}(text: String): String")} }}",
            builder => builder.ResolveOthers(context => new ValueTask<object?>(
                context.Field.Name is "item" or "id" ? context.Parent ?? context.Arguments["id"] : $"{context.Parent}.{context.Field.Name}")),
            requests);
        using var folder = new TemporaryFolder();
        var build = await GatewayHost.BuildAsync(
            [
                "--urls", "http://127.0.0.1:0", $"--Gateway:Supergraph={folder.Write("supergraph.graphql", Supergraph(batching))}",
                $"--Gateway:Subgraphs:lists:Url={UrlOf(lists)}/graphql", $"--Gateway:Subgraphs:details:Url={UrlOf(details)}/graphql",
                "--Logging:LogLevel:Default=None",
            ],
            _ => { });
        Assert.Empty(build.Problems);
        await using var gateway = build.Application!;
        Assert.Null(await GatewayHost.StartAsync(gateway));

        var answer = await AskAsync($"{UrlOf(gateway)}/graphql", $"query ($text: String) {{ items {{ {Names("f{0}(text: $text)")} }} }}", text);

        Assert.Null(answer["errors"]?.ToJsonString());
        var expected = Enumerable.Range(0, count).Select(item => Enumerable.Range(0, Fields).Select(field => $"i{item}.f{field}"));
        Assert.Equal(expected, answer["data"]!["items"]!.AsArray().Select(item => item!.AsObject().Select(field => field.Value!.GetValue<string>())));
        Assert.InRange(requests.Count, 1, count / 20);
        Assert.InRange(requests.Max(), 1, 2_000_000);
    }

    private static string Supergraph(string batching) =>
        $$"""
        schema @gateway__supergraph(version: 1) { query: Query }

        enum gateway__Source {
          LISTS @gateway__source(name: "lists", dialect: COMPOSITE)
          DETAILS @gateway__source(name: "details", dialect: COMPOSITE, batching: [{{batching}}])
        }

        type Query @gateway__type(in: LISTS) @gateway__type(in: DETAILS) {
          items: [Item] @gateway__field(in: LISTS)
          item(id: ID!): Item @gateway__field(in: DETAILS)
        }

        type Item
          @gateway__type(in: LISTS)
          @gateway__type(in: DETAILS)
          @gateway__lookup(in: DETAILS, key: "id", field: "item", arguments: [{ name: "id", type: "ID!", map: "id" }])
        {
          id: ID! @gateway__field(in: LISTS) @gateway__field(in: DETAILS)
          {{Names("f{0}(text: String): String @gateway__field(in: DETAILS)")}}
        }
        """;

    private static string Names(string format) =>
        string.Join(' ', Enumerable.Range(0, Fields).Select(number => string.Format(System.Globalization.CultureInfo.InvariantCulture, format, number)));

    private static async Task<WebApplication> ServeAsync(string sdl, Action<GraphQLServerBuilder> resolve, List<long> requests)
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        builder.AddGraphQLServer(server => resolve(server.AddSchema(sdl)));
        var application = builder.Build();
        application.Use(next => context =>
        {
            lock (requests)
            {
                requests.Add(context.Request.ContentLength ?? 0);
            }

            return next(context);
        });
        application.MapGraphQL();
        await application.StartAsync();
        return application;
    }

    private static string UrlOf(WebApplication application) =>
        application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

    private static async Task<JsonNode> AskAsync(string url, string query, string text)
    {
        using var client = new HttpClient();
        var body = new JsonObject { ["query"] = query, ["variables"] = new JsonObject { ["text"] = text } }.ToJsonString();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync(new Uri(url), content);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync())!;
    }
}
