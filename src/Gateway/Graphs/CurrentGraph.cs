using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using GraphGateway.Execution;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>
/// The graph that new requests run in. Another one takes its place in one step: requests that are on their way end in the one that they began in, whose connections
/// are left after that (and closed where no later graph calls the same source at the same address), and whose memory is the collector's as soon as the last of them has ended.
/// </summary>
internal sealed class CurrentGraph : IGraphQLRequestExecutor, IDisposable
{
    // Work that no client waits for any longer, such as renewing an answer, ends with the time of its request; this is what it may take longer.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<RetiredConnections, byte> retired = new();
    private readonly SourceHealth health;
    private readonly TimeProvider clock;
    private readonly TimeSpan pause;
    private volatile ServedGraph graph;
    private long evictions;

    public CurrentGraph(ServedGraph graph, SourceHealth health, GatewayOptions options, AnswerMemory memory, GatewayTelemetry telemetry, TimeProvider clock)
    {
        this.graph = graph;
        this.health = health;
        this.clock = clock;
        pause = options.RequestTimeout + Rest;
        Watch(telemetry.Meter, memory);
    }

    /// <summary>Another graph has taken the place of the one that was served.</summary>
    public event Action? Replaced;

    /// <summary>Nobody needs the connections of any earlier graph, and their memory is collected; for tests, which have nothing else to wait for.</summary>
    public event Action? Freed;

    /// <summary>The graph that is served now. Who needs several things of it asks once.</summary>
    public ServedGraph Graph => graph;

    /// <inheritdoc/>
    public ValueTask<GraphQLHttpResult> ExecuteAsync(GraphQLRequest request, HttpContext context, CancellationToken cancellationToken) =>
        graph.Pipeline.ExecuteAsync(request, context, cancellationToken);

    /// <summary>Puts a graph in the place of the one that is there. One at a time.</summary>
    /// <param name="next">The graph; disposed here.</param>
    public void Replace(ServedGraph next)
    {
        health.Follow(next.Sources);
        var before = graph;
        graph = next;
        Interlocked.Add(ref evictions, before.Cache.Evictions);
        var connections = new RetiredConnections(before.Connections, before.Uses, retired, Free);
        retired[connections] = 0;
        connections.Begin(clock, pause);
        Replaced?.Invoke();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var connections in retired.Keys)
        {
            connections.Dispose();
        }

        graph.Dispose();
    }

    // The collector looks at what is old when there is much more of it, which may be hours after the last of many graphs. Beside all that runs: nobody waits for it.
    private void Free()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: false);
        Freed?.Invoke();
    }

    private void Watch(Meter meter, AnswerMemory memory)
    {
        meter.CreateObservableUpDownCounter("graphgateway.plan_cache.size", () => graph.Cache.Count, "{operation}", "Operations that are kept.");
        meter.CreateObservableCounter(
            "graphgateway.plan_cache.evictions", () => Interlocked.Read(ref evictions) + graph.Cache.Evictions, "{operation}", "Operations that went to make room.");
        meter.CreateObservableUpDownCounter(
            "graphgateway.answers.held", () => memory.HeldBytes, "By", "Bytes of memory for answers of sources that are held.");
        meter.CreateObservableUpDownCounter(
            "graphgateway.answers.limit", () => memory.MaxBytes, "By", "Bytes of memory that answers of sources may take.");
        meter.CreateObservableUpDownCounter(
            "graphgateway.fetch.active", () => graph.Connections.Loads(load => load.Active), "{request}", "Requests to sources that are on the way.");
        meter.CreateObservableUpDownCounter(
            "graphgateway.fetch.queued", () => graph.Connections.Loads(load => load.Waiting), "{request}", "Requests to sources that wait for a connection.");
    }

    /// <summary>The connections of a graph that is no longer served, until nobody needs them.</summary>
    private sealed class RetiredConnections(SubgraphTransport connections, GraphUses uses, ConcurrentDictionary<RetiredConnections, byte> all, Action last) : IDisposable
    {
        private ITimer? timer;

        public void Begin(TimeProvider clock, TimeSpan pause) =>
            timer = clock.CreateTimer(static state => ((RetiredConnections)state!).Look(), this, pause, Rest);

        public void Dispose()
        {
            timer?.Dispose();
            connections.Dispose();
        }

        private void Look()
        {
            if (uses.AreOver && all.TryRemove(this, out _))
            {
                Dispose();
                if (all.IsEmpty)
                {
                    last();
                }
            }
        }
    }
}
