using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using GraphGateway.Execution;
using GraphGateway.Language;

namespace GraphGateway.Gateway;

/// <summary>Sends fetches over HTTP: one client a source.</summary>
internal sealed class SubgraphTransport : ISubgraphTransport, IDisposable
{
    private readonly ImmutableArray<SourceClient> clients;
    private readonly TimeProvider clock;
    private readonly MutationClock mutations;
    private readonly ImmutableArray<SourceEndpoint> endpoints;
    private readonly GatewayTelemetry telemetry;

    /// <param name="endpoints">The sources by ordinal.</param>
    /// <param name="pool">The connections to them.</param>
    /// <param name="options">How each is called.</param>
    /// <param name="caching">Whether what they say of keeping their answers is read.</param>
    /// <param name="identities">Say to each who asks.</param>
    /// <param name="deduplication">Whether equal queries on the way share an answer.</param>
    /// <param name="clock">Measures their times.</param>
    /// <param name="health">Hears which of them answer.</param>
    /// <param name="memory">Holds their answers.</param>
    /// <param name="draining">Says when nothing is waited for any longer.</param>
    /// <param name="telemetry">Hears of each request.</param>
    /// <param name="logger">Hears what goes wrong.</param>
    public SubgraphTransport(
        ImmutableArray<SourceEndpoint> endpoints,
        SourcePool pool,
        SubgraphsOptions options,
        ResponseCacheOptions caching,
        SourceIdentities identities,
        Deduplication deduplication,
        TimeProvider clock,
        SourceHealth health,
        AnswerMemory memory,
        Draining draining,
        GatewayTelemetry telemetry,
        ILogger<SubgraphTransport> logger)
    {
        this.clock = clock;
        this.endpoints = endpoints;
        this.telemetry = telemetry;
        mutations = deduplication.Mutations;
        clients =
        [
            .. endpoints.Select((endpoint, ordinal) => new SourceClient(
                endpoint,
                pool.Enter(endpoint, options.For(endpoint.Name), HeaderRules.Of(options.For(endpoint.Name), options.NotByPattern)),
                options.For(endpoint.Name),
                HeaderRules.Of(options.For(endpoint.Name), options.NotByPattern),
                identities.Of(endpoint.Name, ordinal),
                clock,
                deduplication.OfSource(endpoint.Name),
                new SourceMonitor(endpoint, health, clock, logger),
                memory,
                caching.IsOn ? new SourcePolicy(options.For(endpoint.Name), HeaderRules.Of(options.For(endpoint.Name), options.NotByPattern), caching.MaxAge, caching.Invalidation is not null, clock) : null,
                draining.Overdue)),
        ];
    }

    /// <summary>How many requests to each source are on the way, or wait for their turn.</summary>
    public IEnumerable<Measurement<int>> Loads(Func<(int Active, int Waiting), int> select) =>
        clients.Select((client, ordinal) => new Measurement<int>(select(client.Load), new KeyValuePair<string, object?>("source", endpoints[ordinal].Name)));

    /// <inheritdoc/>
    public ValueTask<SubgraphResponse> SendAsync(SubgraphRequest request, CancellationToken cancellationToken)
    {
        var context = request.Context as UpstreamContext;
        return context is null or { Statistics: null, Policies: null } && request.Operation == OperationType.Query && !telemetry.HearsFetches
            ? clients[request.Source.Ordinal].SendAsync(request, context, cancellationToken)
            : SendToldAsync(request, context, cancellationToken);
    }

    // The same, with somebody to be told how it ended.
    private async ValueTask<SubgraphResponse> SendToldAsync(SubgraphRequest request, UpstreamContext? context, CancellationToken cancellationToken)
    {
        var start = clock.GetTimestamp();
        var isFailed = true;
        var fetch = telemetry.HearsFetches && context is not null
            ? new FetchObservation(telemetry, endpoints[request.Source.Ordinal], request, clock)
            : null;
        SubgraphResponse? response = null;
        try
        {
            try
            {
                var told = fetch is null ? context : context! with { Fetch = fetch };
                response = await clients[request.Source.Ordinal].SendAsync(request, told, cancellationToken);
                isFailed = response is not { Outcome: SubgraphOutcome.Received, Status: >= 200 and < 300 };
            }
            finally
            {
                // First of all: what comes after it may throw.
                if (request.Operation != OperationType.Query)
                {
                    mutations.End();
                }

                fetch?.End(response);
                context?.Statistics?.RecordRequest(request.Step, clock.GetElapsedTime(start), isFailed);
            }

            context?.Policies?.Add(request.Source.Name, response.CachePolicy, response.Tags.Together);
            return response;
        }
        catch
        {
            // Whoever listens has thrown: nobody gets the answer.
            response?.Dispose();
            throw;
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
