using GraphGateway.Http;
using GraphGateway.Subgraphs.Server.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace GraphGateway.Subgraphs.Server;

/// <summary>Makes a GraphQL server answer the gateway alone.</summary>
public static class GatewayIdentityExtensions
{
    /// <summary>
    /// Reads the section <c>GatewayIdentity</c>, and has all GraphQL of the application asked by the gateway alone, but for what the section opens. Resolvers
    /// and loaders take a parameter of <see cref="ClientIdentity"/> for who asks through it.
    /// </summary>
    /// <param name="builder">The application.</param>
    /// <param name="service">The service's name in the graph.</param>
    /// <exception cref="SettingsException">A setting is wrong, or nothing says by which keys the gateway signs.</exception>
    public static IHostApplicationBuilder AddGatewayIdentity(this IHostApplicationBuilder builder, string service)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var settings = GatewayIdentitySettings.Read(builder.Configuration, service);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSingleton(settings);
        if (settings.Gateway is { } gateway)
        {
            builder.Services.AddSingleton(provider => ActivatorUtilities.CreateInstance<GatewayGuard>(provider, settings, gateway));
        }

        // By the accessor: a loader has a scope of its own, in which the request is not known otherwise.
        builder.Services.AddHttpContextAccessor();
        builder.Services.AddTransient(provider =>
            provider.GetRequiredService<IHttpContextAccessor>().HttpContext is { } context ? ClientIdentity.Of(context) : ClientIdentity.Anonymous);
        return builder;
    }
}
