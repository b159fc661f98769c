using Microsoft.Extensions.Logging;

namespace GraphGateway.Subgraphs.Server;

/// <summary>What all operations of one HTTP request share, a variable batch's too.</summary>
internal sealed class RequestScope : IAsyncDisposable
{
    private readonly RequestPump pump = new();
    private readonly LoaderRegistry loaders;

    public RequestScope(IServiceProvider services, ILogger logger, CancellationToken cancellationToken)
    {
        Services = services;
        Logger = logger;
        CancellationToken = cancellationToken;
        loaders = new LoaderRegistry(services, pump.Wake);
    }

    public IServiceProvider Services { get; }

    public ILogger Logger { get; }

    public CancellationToken CancellationToken { get; }

    public LoaderRegistry Loaders => loaders;

    /// <summary>Runs the request's work, loaders included, to its end.</summary>
    public Task<T> RunAsync<T>(Func<Task<T>> work) => pump.RunAsync(work, loaders, CancellationToken);

    public ValueTask DisposeAsync() => loaders.DisposeAsync();
}
