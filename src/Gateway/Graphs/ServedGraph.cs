using System.Collections.Immutable;
using System.Text;
using GraphGateway.Execution;
using GraphGateway.Operations;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Gateway;

/// <summary>
/// All that is made of one supergraph: its operations with their plans, what they require and cost, the connections to its sources, and what they are told of
/// who asks. Nothing in it but connections is shared with another graph, so that a request sees one graph alone. What outlives a graph (budgets, clients, published operations,
/// kept answers) comes from the application's services.
/// </summary>
internal sealed class ServedGraph : IDisposable
{
    private readonly Lazy<ReadOnlyMemory<byte>> sdl;

    private ServedGraph(IServiceProvider services, Supergraph supergraph, ImmutableArray<SourceEndpoint> sources)
    {
        T Make<T>(params object[] parts) => ActivatorUtilities.CreateInstance<T>(services, parts);
        var options = services.GetRequiredService<GatewayOptions>();
        Supergraph = supergraph;
        Sources = sources;
        Requirements = AccessIndex.Of(supergraph);
        Access = Make<AccessControl>(Requirements, supergraph);
        Connections = Make<SubgraphTransport>(sources, options.Subgraphs, options.ResponseCache, Make<SourceIdentities>());
        Transport = services.GetRequiredService<Func<ISubgraphTransport, ISubgraphTransport>>()(Connections);
        Cache = new OperationCache(options.Limits.OperationCacheBytes, static operation => operation.PlanBytes);
        var executor = new PlanExecutor(supergraph, Transport, ExecutionOf(options, supergraph, services.GetRequiredService<AnswerMemory>()));
        Labels = Make<OverrideLabels>(supergraph);
        object[] shared = options.ResponseCache.Shared is null ? [] : [new SharedGraph(SharedNames.OfGraph(supergraph, sources))];
        Kept = services.GetService<PlanFolder>() is { } folder ? Make<KeptPlans>(folder, supergraph) : null;
        object[] kept = Kept is null ? [] : [Kept];
        Planner = Make<OperationPlanner>([supergraph, executor, Labels, Access, Cache, .. shared, .. kept]);
        object[] entities = services.GetService<EntityCaching>() is { } caching ? [new GraphEntities(caching, supergraph, sources, options.Subgraphs)] : [];
        Pipeline = Make<RequestPipeline>([Cache, Planner, executor, Make<CostControl>(supergraph), Labels, Access, Uses, .. entities]);
        sdl = new Lazy<ReadOnlyMemory<byte>>(() => Encoding.UTF8.GetBytes(SchemaPrinter.Print(supergraph.PublicSchema)));
    }

    /// <summary>The graph.</summary>
    public Supergraph Supergraph { get; }

    /// <summary>Its sources by ordinal, with the address that is called.</summary>
    public ImmutableArray<SourceEndpoint> Sources { get; }

    /// <summary>What its members require.</summary>
    public AccessIndex Requirements { get; }

    /// <summary>Holds requests against that.</summary>
    public AccessControl Access { get; }

    /// <summary>Its operations.</summary>
    public OperationCache Cache { get; }

    /// <summary>Makes them.</summary>
    public OperationPlanner Planner { get; }

    /// <summary>Its plans on disk; null where they are not kept.</summary>
    public KeptPlans? Kept { get; }

    /// <summary>The published documents that were looked at for it, as far as there was room and time; null where none were.</summary>
    public PublishedDocuments? Reviewed { get; set; }

    /// <summary>Which of its labels are on.</summary>
    public OverrideLabels Labels { get; }

    /// <summary>The connections to its sources.</summary>
    public SubgraphTransport Connections { get; }

    /// <summary>By which they are used.</summary>
    public ISubgraphTransport Transport { get; }

    /// <summary>The requests that are on their way in it.</summary>
    public GraphUses Uses { get; } = new();

    /// <summary>Executes requests.</summary>
    public RequestPipeline Pipeline { get; }

    /// <summary>The schema that clients see, as UTF-8.</summary>
    public ReadOnlyMemory<byte> Sdl => sdl.Value;

    /// <summary>Makes one.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="supergraph">The composed graph.</param>
    /// <param name="sources">Its sources by ordinal, with the address that is called.</param>
    public static ServedGraph Of(IServiceProvider services, Supergraph supergraph, ImmutableArray<SourceEndpoint> sources) =>
        new(services.GetRequiredService<GraphServices>(), supergraph, sources);

    /// <inheritdoc/>
    public void Dispose() => Connections.Dispose();

    private static ExecutionOptions ExecutionOf(GatewayOptions options, Supergraph supergraph, AnswerMemory memory)
    {
        // By ordinal: asked for each request to a source.
        int[] counts = [.. supergraph.Sources.Select(source => options.Subgraphs.For(source.Name).Connections.PerRequest)];
        return new ExecutionOptions
        {
            ForwardsErrors = source => options.Subgraphs.For(source.Name).Errors == SubgraphErrors.Forward,
            MaxRequests = options.Limits.SourceRequests,
            MaxAnswerBytes = options.Limits.AnswerBytes,
            Memory = memory,
            MaxRequestsAtATime = source => counts[source.Ordinal],
            ReusesEntities = options.Deduplication.Entities,
        };
    }
}
