using System.Collections.Immutable;
using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>Sends fetches over HTTP: one client a source.</summary>
internal sealed class SubgraphTransport : ISubgraphTransport, IDisposable
{
    private readonly ImmutableArray<SourceClient> clients;

    /// <param name="endpoints">The sources by ordinal.</param>
    /// <param name="options">How each is called.</param>
    /// <param name="clock">Measures their times.</param>
    /// <param name="health">Hears which of them answer.</param>
    /// <param name="logger">Hears what goes wrong.</param>
    public SubgraphTransport(
        ImmutableArray<SourceEndpoint> endpoints, SubgraphsOptions options, TimeProvider clock, SourceHealth health, ILogger<SubgraphTransport> logger)
    {
        clients =
        [
            .. endpoints.Select(endpoint => new SourceClient(
                endpoint, options.For(endpoint.Name), clock, new SourceMonitor(endpoint, health, clock, logger))),
        ];
    }

    /// <inheritdoc/>
    public ValueTask<SubgraphResponse> SendAsync(SubgraphRequest request, CancellationToken cancellationToken) =>
        clients[request.Source.Ordinal].SendAsync(request, request.Context as UpstreamContext, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in clients)
        {
            client.Dispose();
        }
    }
}
