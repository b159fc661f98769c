using System.Text.Json.Nodes;
using GraphGateway.Gateway;
using GraphGateway.Subgraphs.Server;
using GraphGateway.Subgraphs.Users;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.Interop;

/// <summary>The server audits of npm's <c>graphql-http</c>, all of them, against the gateway and against a service.</summary>
public sealed class ServerAuditTests
{
    [InteropFact]
    public async Task A_service_passes_every_audit()
    {
        using var folder = new TemporaryFolder();
        await using var app = await UsersService.Definition.CreateAsync(
            [$"--Database:Path={Path.Combine(folder.Path, "users.db")}", "--urls=http://127.0.0.1:0", "--Logging:LogLevel:Default=None", "--GatewayIdentity:Required=Off"]);
        await app.StartAsync();
        AssertAllPass($"{app.Urls.Single()}/graphql");
        await app.StopAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    [InteropFact]
    public async Task The_gateway_passes_every_audit()
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.AddGraphQLServer(server => server.AddSchema("type Query { hello: String }").Resolve("Query", "hello", _ => new("world")));
        await using var source = builder.Build();
        source.Urls.Add("http://127.0.0.1:0");
        source.MapGraphQL();
        await source.StartAsync();
        using var folder = new TemporaryFolder();
        var supergraph = folder.Write(
            "supergraph.graphql",
            """
            schema @gateway__supergraph(version: 1) { query: Query }
            enum gateway__Source { HELLO @gateway__source(name: "hello", dialect: COMPOSITE) }
            type Query @gateway__type(in: HELLO) { hello: String @gateway__field(in: HELLO) }
            """);
        var build = await GatewayHost.BuildAsync(
            [
                "--urls=http://127.0.0.1:0", $"--Gateway:Supergraph={supergraph}", $"--Gateway:Subgraphs:hello:Url={source.Urls.Single()}/graphql",
                "--Logging:LogLevel:Default=None",
            ]);
        Assert.Empty(build.Problems);
        await using var gateway = build.Application!;
        Assert.Null(await GatewayHost.StartAsync(gateway));

        AssertAllPass($"{gateway.Urls.Single()}/graphql");
    }

    private static void AssertAllPass(string url)
    {
        using var reference = NodeReference.Start("http");
        var audits = reference.Ask("audit", new JsonObject { ["url"] = url })!.AsArray();
        Assert.Equal("", string.Join("\n", audits.Where(audit => audit!["status"]!.GetValue<string>() != "ok").Select(audit => audit!.ToJsonString())));
        Assert.Equal(61, audits.Count);
    }
}
