using GraphGateway.Subgraphs.Server;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace GraphGateway.Subgraphs.Tests;

/// <summary>A GraphQL server without HTTP, for tests of the library.</summary>
internal sealed class ServerHarness : IAsyncDisposable
{
    private readonly ServiceProvider services;

    private ServerHarness(GraphQLServer server, ServiceProvider services)
    {
        Server = server;
        this.services = services;
    }

    public GraphQLServer Server { get; }

    public IServiceProvider Services => services;

    public static ServerHarness Create(string sdl, Action<GraphQLServerBuilder> configure, Action<IServiceCollection>? addServices = null)
    {
        var collection = new ServiceCollection();
        addServices?.Invoke(collection);
        var provider = collection.BuildServiceProvider(validateScopes: true);
        var result = Bind(sdl, configure, provider);
        Assert.True(result.Schema is not null, string.Join("\n", result.Problems));
        return new ServerHarness(new GraphQLServer(result.Schema, NullLogger.Instance), provider);
    }

    public static BindingResult Bind(string sdl, Action<GraphQLServerBuilder> configure, IServiceProvider? provider = null)
    {
        var builder = new GraphQLServerBuilder().AddSchema(sdl);
        configure(builder);
        return BoundSchema.Bind(builder, (provider ?? new ServiceCollection().BuildServiceProvider()).GetService<IServiceProviderIsService>());
    }

    public async Task<string> QueryAsync(string document, string? variables = null, string? operationName = null)
    {
        await using var scope = services.CreateAsyncScope();
        return await Server.ExecuteAsync(document, scope.ServiceProvider, variables, operationName);
    }

    public async Task ExpectAsync(string document, string expected, string? variables = null) =>
        Assert.Equal(expected, await QueryAsync(document, variables));

    public ValueTask DisposeAsync() => services.DisposeAsync();
}
