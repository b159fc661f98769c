using System.Collections.Immutable;
using GraphGateway.Execution;
using GraphGateway.Http;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GraphGateway.Gateway;

/// <summary>Registers what a request passes through.</summary>
internal static class PipelineServices
{
    public static void AddPipeline(
        this IServiceCollection services, GatewayOptions options, Supergraph supergraph, ImmutableArray<SourceEndpoint> sources)
    {
        services.AddSingleton<Deduplication>();
        services.AddSingleton(new AnswerMemory(options.Limits.AnswerMemoryBytes));
        // Tests register another one, of which they know when it collects.
        services.TryAddSingleton(MemoryUpkeep.Runtime.Own);
        services.AddHostedService<MemoryUpkeep>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<IdentityKeys>(provider, options.Identity));
        services.AddHostedService(provider => provider.GetRequiredService<IdentityKeys>());
        services.AddSingleton<SourceIdentities>();
        services.AddSingleton<ISubgraphTransport>(
            provider => ActivatorUtilities.CreateInstance<SubgraphTransport>(provider, sources, options.Subgraphs, options.ResponseCache));
        services.AddSingleton(provider => new PlanExecutor(
            supergraph,
            provider.GetRequiredService<ISubgraphTransport>(),
            new ExecutionOptions
            {
                ForwardsErrors = source => options.Subgraphs.For(source.Name).Errors == SubgraphErrors.Forward,
                MaxRequests = options.Limits.SourceRequests,
                MaxAnswerBytes = options.Limits.AnswerBytes,
                Memory = provider.GetRequiredService<AnswerMemory>(),
                MaxRequestsAtATime = RequestsAtATime(options.Subgraphs, supergraph),
                ReusesEntities = options.Deduplication.Entities,
            }));
        services.AddMetrics();
        services.AddSingleton<SlowClients>();
        services.AddSingleton<LimitMonitor>();
        services.AddSingleton<CostControl>();
        services.AddAccessControl(supergraph);
        // Tests register another one; this one may be used by several threads.
        services.TryAddSingleton(Random.Shared);
        services.AddSingleton<OverrideLabels>();
        // Tests register another one, that finds fault with what is right.
        services.TryAddSingleton<Func<QueryPlan, ImmutableHashSet<string>?, ImmutableArray<string>>>(PlanVerifier.Verify);
        services.AddSingleton<PlanVerification>();
        services.AddSingleton<OperationPlanner>();
        services.AddPersistedOperations(options.PersistedOperations);
        services.AddSingleton(provider => Watched(
            new OperationCache(options.Limits.OperationCacheBytes, static operation => operation.PlanBytes), provider.GetRequiredService<GatewayTelemetry>()));
        services.AddSingleton<OperationWarmUp>();
        services.AddSingleton<WarmUpService>();
        services.AddHostedService(provider => provider.GetRequiredService<WarmUpService>());
        if (options.ResponseCache.IsOn)
        {
            services.AddSingleton<AnswerCaching>();
        }

        services.AddSingleton<IGraphQLRequestExecutor, RequestPipeline>();
    }

    // By ordinal: asked for each request to a source.
    private static Func<SourceSchema, int> RequestsAtATime(SubgraphsOptions options, Supergraph supergraph)
    {
        int[] counts = [.. supergraph.Sources.Select(source => options.For(source.Name).Connections.PerRequest)];
        return source => counts[source.Ordinal];
    }

    private static OperationCache Watched(OperationCache cache, GatewayTelemetry telemetry)
    {
        telemetry.Meter.CreateObservableUpDownCounter("graphgateway.plan_cache.size", () => cache.Count, "{operation}", "Operations that are kept.");
        telemetry.Meter.CreateObservableCounter(
            "graphgateway.plan_cache.evictions", () => cache.Evictions, "{operation}", "Operations that went to make room.");
        return cache;
    }
}
