using GraphGateway.Subgraphs.Server.Hosting;
using Microsoft.EntityFrameworkCore;
using Xunit;

namespace GraphGateway.Subgraphs.Tests.Services;

/// <summary>One running service for the tests of a class that change nothing.</summary>
public abstract class ServiceFixture<TContext>(ServiceDefinition<TContext> definition) : IAsyncLifetime
    where TContext : DbContext
{
    public RunningService<TContext> Service { get; private set; } = null!;

    public async Task InitializeAsync() => Service = await RunningService.StartAsync(definition);

    public async Task DisposeAsync() => await Service.DisposeAsync();
}
