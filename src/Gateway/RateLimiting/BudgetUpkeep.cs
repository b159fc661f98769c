using System.Diagnostics.CodeAnalysis;

namespace GraphGateway.Gateway;

/// <summary>
/// Connects to a shared store when the gateway starts, keeps it up to date while it runs, and gives the leases back when it stops. One loop for all buckets.
/// </summary>
/// <param name="budgets">The budgets.</param>
/// <param name="options">A lease's time.</param>
/// <param name="clock">Measures the pauses.</param>
/// <param name="logger">Hears what goes wrong.</param>
internal sealed class BudgetUpkeep(Budgets budgets, SharingOptions options, TimeProvider clock, ILogger<BudgetUpkeep> logger) : BackgroundService
{
    private const int RoundsInALease = 4;

    // A store that is down makes the start no longer than this.
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await budgets.ConnectAsync(StartPatience);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    [SuppressMessage("Design", "CA1031", Justification = "A round that fails is told; the next one is due all the same.")]
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Lease / RoundsInALease, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await budgets.TellAsync(isLast: false, stoppingToken);
            }
            catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
            {
                logger.LogError(exception, "The budgets' store was not told of everything");
            }
        }
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await budgets.TellAsync(isLast: true, cancellationToken);
    }
}
