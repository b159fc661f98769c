using System.Collections.Immutable;
using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>
/// The registry's HTTP API in the gateway's process, at an address of its own. It is there before the gateway has a graph, so that the first one can be published,
/// and ends with it.
/// </summary>
internal sealed class RegistryHosting(RegistryServer server) : IHostedService, IAsyncDisposable
{
    /// <summary>
    /// Starts it where the settings have it; or says why it does not start. Where the gateway has published operations, changes of the stage that it runs are held
    /// against them.
    /// </summary>
    /// <param name="gateway">The settings.</param>
    /// <param name="configuration">Has those of the log, too.</param>
    /// <param name="console">Where its first key is shown.</param>
    public static async Task<(RegistryHosting? Hosting, string? Problem)> StartAsync(GatewayOptions gateway, IConfiguration configuration, TextWriter console)
    {
        var options = gateway.Registry;
        if (options.Api is not { } api)
        {
            return (null, null);
        }

        var (server, problem) = await RegistryServer.StartAsync(
            new RegistryServerOptions(options.Store!, api.Url, [.. api.Pepper]) { Signer = api.Signer, Guarded = GuardedBy(gateway, configuration) },
            console,
            logging => logging.AddConfiguration(configuration.GetSection("Logging")).AddConsole(),
            TimeProvider.System,
            CancellationToken.None);
        return server is null ? (null, $"Gateway:Registry:Api: {problem}") : (new RegistryHosting(server), null);
    }

    // What is wrong with the settings was told before this.
    private static ImmutableArray<GuardedStage> GuardedBy(GatewayOptions gateway, IConfiguration configuration) => gateway.PersistedOperations.Store is { } store
        ? [new GuardedStage(gateway.Registry.Graph, gateway.Registry.Stage, store, OperationRules.Read(configuration, []))]
        : [];

    /// <summary>
    /// The graph to start with. Where nothing was ever published, or the gateway can run nothing of it, something else is waited for: it is published here, where it is over with the process. Meanwhile the
    /// gateway's addresses say so.
    /// </summary>
    /// <param name="hosting">The registry's server in this process; null: there is none.</param>
    /// <param name="options">The settings.</param>
    /// <param name="args">The gateway's command line, which has its addresses.</param>
    /// <param name="console">Where people are told of it.</param>
    public static async Task<RegistryStart> LoadAsync(RegistryHosting? hosting, GatewayOptions options, string[] args, TextWriter console)
    {
        var start = await RegistryStart.LoadAsync(options, TimeProvider.System);
        if (hosting is null || start.Loaded.Supergraph is not null)
        {
            return start;
        }

        var (waiting, problem) = await WaitingServer.StartAsync(args, $"{options.Registry.Stage} of {options.Registry.Graph}");
        if (waiting is null)
        {
            return new RegistryStart(new LoadedSupergraph(null, [], [problem!]), null);
        }

        await using var server = waiting;
        using var timer = new PeriodicTimer(options.Registry.Interval, TimeProvider.System);
        string? told = null;
        do
        {
            if (LineOf(start, options.Registry) is var line && line != told)
            {
                await console.WriteLineAsync(told = line);
                await console.FlushAsync();
                server.IsNothingLive = start.IsNothingLive;
            }

            await timer.WaitForNextTickAsync();
            start = await RegistryStart.LoadAsync(options, TimeProvider.System, start);
        }
        while (start.Loaded.Supergraph is null);
        return start;
    }

    private static string LineOf(RegistryStart start, RegistryOptions options) => start.IsNothingLive
        ? $"The gateway waits until something is published to {options.Stage} of {options.Graph} at {options.Api!.Url}"
        : $"The gateway waits until something that it can run is live in {options.Stage} of {options.Graph} at {options.Api!.Url}: {string.Join(" ", start.Loaded.Problems)}";

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => server.StopAsync(cancellationToken);

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => server.DisposeAsync();
}
