using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GraphGateway.ControlPlane;
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
        services.TryAddSingleton(IdleMemory.Runtime.Own);
        services.AddHostedService<MemoryUpkeep>();
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<IdentityKeys>(provider, options.Identity));
        services.AddHostedService(provider => provider.GetRequiredService<IdentityKeys>());
        services.AddMetrics();
        services.AddSingleton<SlowClients>();
        services.AddSingleton<LimitMonitor>();
        services.AddAccessControl(supergraph, options.IsFollowing);
        // Tests register another one; this one may be used by several threads.
        services.TryAddSingleton(Random.Shared);
        // Tests register another one, that finds fault with what is right.
        services.TryAddSingleton<Func<QueryPlan, ImmutableHashSet<string>?, ImmutableArray<string>>>(PlanVerifier.Verify);
        services.AddSingleton<PlanVerification>();
        services.AddPersistedOperations(options.PersistedOperations, plansAhead: options.WarmUp.Operations > 0);
        services.AddSingleton<OperationWarmUp>();
        services.AddSingleton<WarmUpService>();
        services.AddHostedService(provider => provider.GetRequiredService<WarmUpService>());
        if (options.WarmUp is { Operations: > 0, Plans: { } plans })
        {
            services.AddSingleton(provider => new PlanFolder(plans, provider.GetRequiredService<TimeProvider>()));
        }

        if (options.ResponseCache.IsOn)
        {
            services.AddSingleton<AnswerCaching>();
        }

        if (options.ResponseCache is { Invalidation: not null } or { Shared: not null })
        {
            services.AddSingleton<Invalidations>();
        }

        if (options.ResponseCache.Shared is { } shared)
        {
            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SharedCache>(provider, shared));
            services.AddHostedService<SharedCacheService>();
        }

        if (options.ResponseCache.Invalidation is { } invalidation)
        {
            services.AddSingleton(provider => ActivatorUtilities.CreateInstance<InvalidationPage>(provider, invalidation));
        }

        if (options.ResponseCache.Entities)
        {
            services.AddSingleton<EntityCaching>();
        }

        services.AddSingleton<SourcePool>();

        // Tests register another one, that listens to what is sent.
        services.TryAddSingleton<Func<ISubgraphTransport, ISubgraphTransport>>(static transport => transport);

        services.AddSingleton<GraphServices>();

        // Taken out, since the container keeps what makes its services: it would keep the first graph when others have long been served.
        var first = new StrongBox<Supergraph?>(supergraph);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<CurrentGraph>(
            provider,
            ServedGraph.Of(provider, Interlocked.Exchange(ref first.Value, null) ?? throw new InvalidOperationException("A container makes one gateway: add it to the services of each anew."), sources)));
        services.AddSingleton<IGraphQLRequestExecutor>(provider => provider.GetRequiredService<CurrentGraph>());
    }
}
