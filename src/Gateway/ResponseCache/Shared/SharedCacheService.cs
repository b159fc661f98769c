using System.Diagnostics.CodeAnalysis;

namespace GraphGateway.Gateway;

/// <summary>Reaches the shared store when the gateway starts, hears each second what is to be forgotten, and writes what is kept.</summary>
/// <param name="cache">The store.</param>
/// <param name="clock">Measures the pauses.</param>
/// <param name="logger">Hears of faults.</param>
internal sealed class SharedCacheService(SharedCache cache, TimeProvider clock, ILogger<SharedCacheService> logger) : BackgroundService
{
    /// <summary>How often it is looked for what is to be forgotten. Also the time for what no request waits for.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // A store that is down makes the start no longer than its time-out.
        await cache.FollowAsync();
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await cache.EndAsync();
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(FollowAsync(stoppingToken), WriteAsync(stoppingToken));

    [SuppressMessage("Design", "CA1031", Justification = "A round that fails is told; the next one is due all the same.")]
    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pause, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await cache.FollowAsync();
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(exception, "It could not be found out what is to be forgotten");
            }
        }
    }

    [SuppressMessage("Design", "CA1031", Justification = "What fails is told; what comes next is written all the same.")]
    private async Task WriteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await cache.Writer.RunAsync(stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(exception, "What is kept could not be written to the shared store");
            }
        }
    }
}
