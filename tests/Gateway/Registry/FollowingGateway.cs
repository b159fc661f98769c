using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GraphGateway.ControlPlane;
using GraphGateway.Execution;
using GraphGateway.Gateway.Tests.Health;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.Gateway.Tests.Registry;

/// <summary>A registry in a file, teams that publish to it, and the whole gateway that follows it, asking every few milliseconds.</summary>
internal sealed class FollowingGateway : IAsyncDisposable
{
    private readonly TemporaryFolder folder = new();
    private WebApplication? application;
    private HttpClient? client;
    private RegistryServer? server;

    public FollowingGateway()
    {
        Place = Path.Combine(folder.Path, "registry.db");
        Copy = Path.Combine(folder.Path, "last-good.graphql");
    }

    public string Place { get; }

    public string Copy { get; }

    public string KeyFile => Path.Combine(folder.Path, "key");

    public LogWatch Log { get; } = new();

    /// <summary>By what is signed what is published from now on; null signs nothing.</summary>
    public SupergraphKey? Signer { get; set; }

    /// <summary>The names of the threads on which graphs were made.</summary>
    public ConcurrentQueue<string?> MadeOn { get; } = [];

    /// <summary>By which the gateway measures time.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    public HttpClient Client => client!;

    public SupergraphStart Start => application!.Services.GetRequiredService<SupergraphStart>();

    public CurrentGraph Current => application!.Services.GetRequiredService<CurrentGraph>();

    /// <summary>Publishes a source with these fields of Query; the launch's number.</summary>
    public async Task<int> PublishAsync(string source, string? url, params string[] fields)
    {
        await using var registry = SchemaRegistry.At(Place, signer: Signer);
        await registry.PrepareAsync(default);
        var result = await registry.PublishAsync(
            "shop", "dev", [new SourcePublication(source, $"type Query {{ {string.Join(' ', fields.Select(field => $"{field}: String"))} }}") { Url = url }],
            new LaunchNote("ann", null), DateTimeOffset.UnixEpoch, default);
        Assert.Equal(LaunchStatus.Live, result.Launch?.Status);
        return result.Launch!.Number;
    }

    public async Task<int> RollbackAsync()
    {
        await using var registry = SchemaRegistry.At(Place);
        return (await registry.RollbackAsync("shop", "dev", null, new LaunchNote("ann", null), DateTimeOffset.UnixEpoch, default)).Launch!.Number;
    }

    /// <summary>Serves the registry over HTTP, at a port; from then on the gateway follows it there, with the key of a file that may do this.</summary>
    public async Task<int> ServeAsync(int port, params string[] scopes)
    {
        var pepper = Encoding.ASCII.GetBytes("a pepper of a test, 32 bytes long");
        (server, var problem) = await RegistryServer.StartAsync(
            new RegistryServerOptions(Place, new Uri($"http://127.0.0.1:{port}"), pepper), TextWriter.Null, _ => { }, TimeProvider.System, default);
        Assert.Null(problem);
        await using var keys = ApiKeyStore.OfRegistry(Place);
        await File.WriteAllTextAsync(KeyFile, (await keys.CreateAsync(new ApiKeyGrant("gateway", null, [.. scopes], null), pepper, DateTimeOffset.UnixEpoch, default)).Text);
        return server!.Address.Port;
    }

    public async Task StopServingAsync()
    {
        await server!.StopAsync(default);
        await server.DisposeAsync();
    }

    /// <summary>Starts the gateway; what is wrong where it does not.</summary>
    public async Task<IReadOnlyList<string>> StartAsync(params string[] arguments)
    {
        var build = await GatewayHost.BuildAsync(
            [
                "--urls", "http://127.0.0.1:0", .. WhereArguments(), "--Gateway:Registry:Graph=shop", "--Gateway:Registry:Stage=dev",
                "--Gateway:Registry:Interval=10ms", "--Logging:LogLevel:Default=None", .. arguments,
            ],
            builder =>
            {
                builder.Services.AddSingleton<ILoggerProvider>(Log);
                builder.Services.AddSingleton(Clock);

                // Asked for with each graph.
                builder.Services.AddSingleton<Func<ISubgraphTransport, ISubgraphTransport>>(transport =>
                {
                    MadeOn.Enqueue(Thread.CurrentThread.Name);
                    return transport;
                });
                builder.Logging.AddFilter("GraphGateway", LogLevel.Information);
            });
        if (build.Application is null)
        {
            return build.Problems;
        }

        application = build.Application;
        Assert.Null(await GatewayHost.StartAsync(application));
        client = new HttpClient { BaseAddress = new Uri(application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()) };
        return [];
    }

    /// <summary>Where it follows a registry over HTTP that is none of <see cref="ServeAsync"/>; null: there is no such.</summary>
    public string? Elsewhere { get; set; }

    /// <summary>Does something to the file of the registry that no program of ours does.</summary>
    public async Task DamageAsync(string statement)
    {
        await using var connection = new SqliteConnection($"Data Source={Place}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
    }

    public Task SeenAsync(int launch) => Log.SeenStartAsync($"#{launch} of dev of shop is served");

    public async Task<string> QueryAsync(string query, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/graphql", UriKind.Relative))
        {
            Content = new StringContent(JsonSerializer.Serialize(new { query }), Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        foreach (var (name, value) in headers)
        {
            request.Headers.Add(name, value);
        }

        using var response = await Client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    public async Task StopAsync()
    {
        client?.Dispose();
        if (application is not null)
        {
            await application.StopAsync();
            await application.DisposeAsync();
            application = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        await (server?.DisposeAsync() ?? ValueTask.CompletedTask);
        SqliteConnection.ClearAllPools();
        folder.Dispose();
        Log.Dispose();
    }

    private string[] WhereArguments() =>
        Elsewhere is { } url ? [$"--Gateway:Registry:Url={url}", $"--Gateway:Registry:KeyFile={KeyFile}"]
        : server is null ? [$"--Gateway:Registry:Store={Place}"] : [$"--Gateway:Registry:Url={server.Address}", $"--Gateway:Registry:KeyFile={KeyFile}"];
}
