using System.Text.Json.Nodes;
using GraphGateway.Gateway;
using GraphGateway.Subgraphs.Server;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.Interop;

/// <summary>A gateway before one source, for the clients that applications use.</summary>
internal sealed class ClientGateway : IAsyncDisposable
{
    /// <summary>What clients see of the graph.</summary>
    public const string Schema = """
        type Query { hello: String user(id: ID!): User }
        type Mutation { greet: String }
        type User { id: ID! name: String }
        """;

    private const string Supergraph = """
        schema @gateway__supergraph(version: 1) { query: Query mutation: Mutation }
        enum gateway__Source { HELLO @gateway__source(name: "hello", dialect: COMPOSITE) }
        type Query @gateway__type(in: HELLO) { hello: String @gateway__field(in: HELLO) user(id: ID!): User @gateway__field(in: HELLO) }
        type Mutation @gateway__type(in: HELLO) { greet: String @gateway__field(in: HELLO) }
        type User @gateway__type(in: HELLO) { id: ID! @gateway__field(in: HELLO) name: String @gateway__field(in: HELLO) }
        """;

    private readonly WebApplication source;
    private readonly WebApplication gateway;
    private readonly TemporaryFolder folder;

    private ClientGateway(WebApplication source, WebApplication gateway, TemporaryFolder folder, FakeTimeProvider clock)
    {
        this.source = source;
        this.gateway = gateway;
        this.folder = folder;
        Clock = clock;
    }

    /// <summary>The endpoint.</summary>
    public string Url => $"{gateway.Urls.Single()}/graphql";

    /// <summary>The gateway's clock.</summary>
    public FakeTimeProvider Clock { get; }

    /// <summary>The composed graph.</summary>
    public string SupergraphFile => Path.Combine(folder.Path, "supergraph.graphql");

    /// <param name="settings">As on the command line.</param>
    public static async Task<ClientGateway> StartAsync(params string[] settings)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.AddGraphQLServer(server => server.AddSchema(Schema)
            .Resolve("Query", "hello", _ => new("world"))
            .Resolve("Query", "user", _ => new(new Dictionary<string, object?> { ["id"] = "1", ["name"] = "Ada" }))
            .Resolve("User", "id", _ => new("1"))
            .Resolve("User", "name", _ => new("Ada"))
            .Resolve("Mutation", "greet", _ => new("hi")));
        var source = builder.Build();
        source.Urls.Add("http://127.0.0.1:0");
        source.MapGraphQL();
        await source.StartAsync();
        var (folder, clock) = (new TemporaryFolder(), new FakeTimeProvider());
        var build = await GatewayHost.BuildAsync(
            [
                "--urls=http://127.0.0.1:0", $"--Gateway:Supergraph={folder.Write("supergraph.graphql", Supergraph)}", $"--Gateway:Subgraphs:hello:Url={source.Urls.Single()}/graphql",
                "--Logging:LogLevel:Default=None", .. settings,
            ],
            application => application.Services.AddSingleton<TimeProvider>(clock));
        Assert.Empty(build.Problems);
        Assert.Null(await GatewayHost.StartAsync(build.Application!));
        return new ClientGateway(source, build.Application!, folder, clock);
    }

    /// <summary>What a client's run tells: the traffic, and then what the application got for each query.</summary>
    public static string TextOf(JsonNode? answer) => string.Join(
        "\n",
        answer!["traffic"]!.AsArray().Select(line => line!.GetValue<string>()).Concat(answer["results"]!.AsArray().Select(result => $"= {result!.GetValue<string>()}")));

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        await source.DisposeAsync();
        folder.Dispose();
    }
}
