using System.Text;
using GraphGateway.Http;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Subgraphs.Server;

/// <summary>Puts a GraphQL server into an ASP.NET Core application.</summary>
public static class GraphQLServerExtensions
{
    // A value that the gateway took from another service's answer may be as deep as it reads answers, and stands in variables here.
    private const int MaxJsonDepth = 300;

    /// <summary>Declares the server: its schema, types and resolvers. They are bound when <see cref="MapGraphQL"/> is called.</summary>
    public static IHostApplicationBuilder AddGraphQLServer(this IHostApplicationBuilder builder, Action<GraphQLServerBuilder> configure)
    {
        var server = new GraphQLServerBuilder();
        configure(server);
        builder.Services.AddSingleton(server);
        builder.Services.AddSingleton(CreateServer);
        return builder;
    }

    /// <summary>
    /// Binds the schema and serves it: GraphQL at <paramref name="path"/>, with request and variable batches, and with server-sent events, which
    /// subscriptions need, for clients that take <c>text/event-stream</c>; the SDL at <c>path?sdl</c> and
    /// <c>path/schema.graphql</c>; <c>/health/live</c> and <c>/health/ready</c>. Everybody is answered, unless the application has called
    /// <see cref="GatewayIdentityExtensions.AddGatewayIdentity"/>.
    /// </summary>
    /// <param name="app">The application.</param>
    /// <param name="path">Where GraphQL is served.</param>
    /// <param name="isReady">Says whether the service can answer, for <c>/health/ready</c>; null when it always can.</param>
    /// <exception cref="GraphQLConfigurationException">The schema and the C# do not fit; the message lists everything.</exception>
    public static IEndpointConventionBuilder MapGraphQL(
        this IEndpointRouteBuilder app,
        string path = "/graphql",
        Func<IServiceProvider, CancellationToken, Task<bool>>? isReady = null)
    {
        var server = app.ServiceProvider.GetRequiredService<GraphQLServer>();
        var sdl = Encoding.UTF8.GetBytes(server.Schema.ToSdl());
        app.MapGet("/health/live", () => Results.Text("Healthy"));
        app.MapGet("/health/ready", async (HttpContext context) =>
            isReady is null || await isReady(context.RequestServices, context.RequestAborted)
                ? Results.Text("Healthy")
                : Results.Text("Unhealthy", statusCode: StatusCodes.Status503ServiceUnavailable));
        var guard = app.ServiceProvider.GetService<GatewayGuard>();
        return app.MapGraphQLHttp(path, server, new GraphQLHttpOptions
        {
            Admit = guard is null ? null : guard.AdmitAsync,
            IsSdlOpen = app.ServiceProvider.GetService<GatewayIdentitySettings>() is not { Schema: GatewayIdentitySchema.Closed },
            MaxRequestBytes = app.ServiceProvider.GetRequiredService<GraphQLServerBuilder>().MaxRequestBytes,
            MaxJsonDepth = MaxJsonDepth,
            AllowRequestBatching = true,
            AllowVariableBatching = true,
            AllowEventStreams = true,
            TimeProvider = app.ServiceProvider.GetService<TimeProvider>() ?? TimeProvider.System,
            Sdl = () => sdl,
        });
    }

    private static GraphQLServer CreateServer(IServiceProvider services)
    {
        var builder = services.GetRequiredService<GraphQLServerBuilder>();
        var result = BoundSchema.Bind(builder, services.GetService<IServiceProviderIsService>());
        return result.Schema is { } schema
            ? new GraphQLServer(schema, services.GetRequiredService<ILogger<GraphQLServer>>(), builder.DocumentCacheSize, builder.Limits, builder.Parser)
            : throw new GraphQLConfigurationException(result.Problems);
    }
}
