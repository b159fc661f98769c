using GraphGateway.Http;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace GraphGateway.Gateway;

/// <summary>Registers what finds documents by their identifiers, and says which may run.</summary>
internal static class PersistedOperationsServices
{
    public static void AddPersistedOperations(this IServiceCollection services, PersistedOperationsOptions options, bool plansAhead)
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
        if (plansAhead)
        {
            services.TryAddSingleton<GraphThreads>();
            services.AddSingleton<PublishedReview>();
            services.AddHostedService(provider => provider.GetRequiredService<PublishedReview>());
        }

        if (options.Safelist is SafelistLevel.LogUnknown or SafelistLevel.Known)
        {
            services.AddSingleton<Safelist>();
        }
    }
}

/// <summary>
/// Reads what is published when the gateway starts, so that the first client does not wait for it. The start does not: a store that is down takes
/// nothing else with it. It is tried until it was read once: a gateway that is not ready before that has no clients who would ask.
/// </summary>
internal sealed class PublishedPrefetch(Refreshed<PublishedDocuments> published, TimeProvider clock) : BackgroundService
{
    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(PublishedDocumentSource.Times.FirstRetry, clock);
        while (await published.GetAsync(stoppingToken) is null && await timer.WaitForNextTickAsync(stoppingToken))
        {
        }
    }
}
