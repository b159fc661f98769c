using System.Collections.Immutable;
using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>Sends fetches over HTTP: one client a source.</summary>
internal sealed class SubgraphTransport : ISubgraphTransport, IDisposable
{
    private readonly ImmutableArray<SourceClient> clients;
    private readonly TimeProvider clock;

    /// <param name="endpoints">The sources by ordinal.</param>
    /// <param name="options">How each is called.</param>
    /// <param name="clock">Measures their times.</param>
    /// <param name="health">Hears which of them answer.</param>
    /// <param name="logger">Hears what goes wrong.</param>
    public SubgraphTransport(
        ImmutableArray<SourceEndpoint> endpoints, SubgraphsOptions options, TimeProvider clock, SourceHealth health, ILogger<SubgraphTransport> logger)
    {
        this.clock = clock;
        clients =
        [
            .. endpoints.Select(endpoint => new SourceClient(
                endpoint, options.For(endpoint.Name), clock, new SourceMonitor(endpoint, health, clock, logger))),
        ];
    }

    /// <inheritdoc/>
    public ValueTask<SubgraphResponse> SendAsync(SubgraphRequest request, CancellationToken cancellationToken)
    {
        var context = request.Context as UpstreamContext;
        return context?.Statistics is { } statistics
            ? SendAsync(request, context, statistics, cancellationToken)
            : clients[request.Source.Ordinal].SendAsync(request, context, cancellationToken);
    }

    private async ValueTask<SubgraphResponse> SendAsync(
        SubgraphRequest request, UpstreamContext context, PlanStatistics statistics, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        var isFailed = true;
        try
        {
            var response = await clients[request.Source.Ordinal].SendAsync(request, context, cancellationToken);
            isFailed = response.Status is < 200 or > 299;
            return response;
        }
        finally
        {
            statistics.RecordRequest(request.Step, clock.GetElapsedTime(start), isFailed);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var client in clients)
        {
            client.Dispose();
        }
    }
}
