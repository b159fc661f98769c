using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>Registers what finds documents by their identifiers, and says which may run.</summary>
internal static class PersistedOperationsServices
{
    public static void AddPersistedOperations(this IServiceCollection services, PersistedOperationsOptions options)
    {
        services.AddSingleton<PersistedTelemetry>();
        services.AddSingleton(provider => new PersistedDocuments(
            options,
            provider.GetRequiredService<GatewayTelemetry>(),
            provider.GetRequiredService<PersistedTelemetry>(),
            provider.GetService<Refreshed<PublishedDocuments>>()));
        if (options.Store is null)
        {
            return;
        }

        services.AddSingleton(provider => ActivatorUtilities.CreateInstance<PublishedDocumentSource>(provider, options));
        services.AddSingleton(provider => new Refreshed<PublishedDocuments>(
            provider.GetRequiredService<PublishedDocumentSource>().ReadAsync, PublishedDocumentSource.Times, provider.GetRequiredService<TimeProvider>()));
        services.AddHostedService<PublishedPrefetch>();
        if (options.Safelist is SafelistLevel.LogUnknown or SafelistLevel.Known)
        {
            services.AddSingleton<Safelist>();
        }
    }
}

/// <summary>
/// Reads what is published when the gateway starts, so that the first client does not wait for it. The start does not: a store that is down takes
/// nothing else with it.
/// </summary>
internal sealed class PublishedPrefetch(Refreshed<PublishedDocuments> published) : IHostedService
{
    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = published.GetAsync(CancellationToken.None).AsTask();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
