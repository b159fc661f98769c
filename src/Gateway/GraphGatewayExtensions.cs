using System.Collections.Immutable;
using GraphGateway.Http;
using GraphGateway.TypeSystem.Supergraphs;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GraphGateway.Gateway;

/// <summary>The gateway as a part of any ASP.NET Core application.</summary>
public static class GraphGatewayExtensions
{
    /// <summary>The path of the GraphQL endpoint, and of the IDE.</summary>
    public const string Path = "/graphql";

    // A smaller answer fits into one packet as it is.
    private const int CompressFromBytes = 1_024;

    /// <summary>Registers the gateway.</summary>
    /// <param name="services">The application's services.</param>
    /// <param name="options">The settings; <see cref="GatewayOptionsReader"/> reads them from a configuration.</param>
    /// <param name="supergraph">The composed graph.</param>
    /// <param name="sources">Its sources by ordinal, with the address that is called.</param>
    public static IServiceCollection AddGraphGateway(
        this IServiceCollection services,
        GatewayOptions options,
        Supergraph supergraph,
        ImmutableArray<SourceEndpoint> sources)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(options.Health);
        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<SourceHealth>(provider, sources));
        services.AddHostedService<SourceProber>();
        services.AddSingleton(options.Shutdown);
        services.AddSingleton<Draining>();
        services.AddHostedService(provider => provider.GetRequiredService<Draining>());
        // Then the server ends the connections that are left; telemetry has its own time after that.
        services.Configure<HostOptions>(host => host.ShutdownTimeout = options.Shutdown.Delay + options.Shutdown.Timeout + Draining.Rest);
        services.AddTelemetry(options.Telemetry);
        services.AddSingleton(_ => new IdeFiles(AppContext.BaseDirectory));
        if (options.Cors.IsOn)
        {
            services.AddCors();
        }

        services.AddAdmission(options.Access, options.Authentication);
        services.AddRateLimits(options.RateLimits);
        services.AddPipeline(options, supergraph, sources);
        return services;
    }

    /// <summary>
    /// Serves <c>/graphql</c> (GraphQL; the IDE for browsers), <c>/graphql/schema.graphql</c>, <c>/health</c> and, where they are on, <c>/query-plans</c>
    /// and <c>/.well-known/jwks.json</c>.
    /// Where <see cref="GatewayOptions.Cors"/> lets other sites ask, the application calls <c>UseCors()</c>: requests fail without it.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    public static IEndpointRouteBuilder MapGraphGateway(this IEndpointRouteBuilder endpoints)
    {
        var services = endpoints.ServiceProvider;
        var options = services.GetRequiredService<GatewayOptions>();
        HealthEndpoints.Map(endpoints, services.GetRequiredService<SourceHealth>(), services.GetRequiredService<Draining>(), services.GetRequiredService<WarmUpService>(), services.GetRequiredService<PersistedDocuments>());

        IdentityEndpoints.Map(endpoints, options.Identity, services.GetRequiredService<IdentityKeys>());

        var admission = services.GetService<Admission>();
        var shared = options.Cors.IsOn ? endpoints.MapGroup("").RequireCors(options.Cors.Apply) : endpoints;
        var graphql = MapGraphQL(shared, options, services.GetRequiredService<IGraphQLRequestExecutor>(), admission);
        if (options.PlanStatistics)
        {
            PlanEndpoints.Map(endpoints, services.GetRequiredService<CurrentGraph>(), admission);
        }

        if (options.Ide)
        {
            new IdeEndpoints(services.GetRequiredService<IdeFiles>()).Map(endpoints, Path, graphql);
        }

        return endpoints;
    }

    private static IEndpointConventionBuilder MapGraphQL(
        IEndpointRouteBuilder endpoints, GatewayOptions options, IGraphQLRequestExecutor executor, Admission? admission)
    {
        var services = endpoints.ServiceProvider;
        var graph = services.GetRequiredService<CurrentGraph>();

        // Where each client sees a schema of its own there is no text for all; another graph may have what hides when this one has nothing.
        var hides = graph.Graph.Access.HidesNames || (options.IsFollowing && options.Authorization.Schema == SchemaVisibility.Allowed);
        return endpoints.MapGraphQLHttp(
            Path,
            executor,
            new GraphQLHttpOptions
            {
                MaxRequestBytes = options.Limits.RequestBytes,
                Delivery = services.GetRequiredService<SlowClients>().Limit,
                TimeProvider = services.GetRequiredService<TimeProvider>(),
                AllowDocumentIds = options.PersistedOperations.TakesIds,
                CompressFromBytes = options.Compression ? CompressFromBytes : null,
                Admit = admission is null ? null : admission.AdmitAsync,
                Sdl = options.Introspection && !hides ? () => graph.Graph.Sdl : null,
            });
    }
}
