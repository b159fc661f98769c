using System.Diagnostics.Metrics;
using GraphGateway.ControlPlane;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>
/// Writes what clients have used into the registry, once in a while and when the gateway stops. What cannot be written, or is not known to have been, is kept for the next time, and counts
/// once. The meter counts the
/// reports in <c>graphgateway.usage.reports</c>, by <c>result</c> (<c>written</c>, <c>failed</c>, <c>refused</c>), and in <c>graphgateway.usage.dropped</c> the requests that were not
/// counted because clients asked for too many different operations.
/// </summary>
internal sealed class UsageReporter : BackgroundService
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly UsageCounter counter;
    private readonly RegistryOptions options;
    private readonly IRegistry registry;
    private readonly TimeProvider clock;
    private readonly ILogger<UsageReporter> logger;
    private readonly LogPauses pauses;
    private readonly Counter<long> reports;
    private readonly Counter<long> dropped;
    private readonly UsageReports waiting = new();
    private bool isAheadTold;

    public UsageReporter(UsageCounter counter, GatewayOptions options, GatewayTelemetry telemetry, TimeProvider clock, ILogger<UsageReporter> logger)
    {
        (this.counter, this.options, this.clock, this.logger) = (counter, options.Registry, clock, logger);
        registry = options.Registry.Open(clock);
        pauses = new LogPauses(1, clock);
        reports = telemetry.Meter.CreateCounter<long>(
            "graphgateway.usage.reports", "{report}", "Reports to the registry of what clients use, by result: written, failed (it is kept for the next one) or refused (it is lost).");
        dropped = telemetry.Meter.CreateCounter<long>(
            "graphgateway.usage.dropped", "{request}", "Requests that do not count in what clients use, because too many different operations were asked for.");
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await ReportOffPoolAsync(isLast: true, cancellationToken);
        await registry.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.UsageInterval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            // Not ended by the stop: after it there is one more report, and it would have to say this again.
            await ReportOffPoolAsync(isLast: false, CancellationToken.None);
        }
    }

    // SQLite waits for a lock in the thread that asks, and those of the pool answer clients.
    private Task ReportOffPoolAsync(bool isLast, CancellationToken stopping) => Task.Factory.StartNew(
        () => ReportAsync(isLast, stopping), CancellationToken.None, TaskCreationOptions.LongRunning | TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();

    private async Task ReportAsync(bool isLast, CancellationToken stopping)
    {
        var sums = counter.Take();
        dropped.Add(sums.Dropped);
        waiting.Add(sums);
        using var over = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, stopping);
        try
        {
            while (waiting.Next() is { } counts)
            {
                await WriteAsync(counts, either.Token);
                waiting.Done();
            }
        }
        catch (Exception exception)
        {
            // Whatever it is, clients are answered all the same, and it is tried again.
            Count("failed");
            if (pauses.MayLog(0, out var leftOut))
            {
                logger.Log(
                    RegistrySource.FindReason(exception) is null ? LogLevel.Error : LogLevel.Warning,
                    RegistrySource.FindReason(exception) is null ? exception : null,
                    "What clients use cannot be written into the registry{Kept}: {Reason} ({LeftOut} more like it since the last line)",
                    isLast ? $", and lost to it: {waiting.Rest}" : " and is kept for the next time",
                    RegistrySource.ReasonOf(exception),
                    leftOut);
            }
        }
    }

    private async Task WriteAsync(UsageCounts counts, CancellationToken cancellation)
    {
        try
        {
            var now = clock.GetUtcNow();
            var earlier = await registry.CountUsageAsync(options.Graph, options.Stage, counts, now, cancellation);
            Count("written");
            if (earlier is { } time && !isAheadTold)
            {
                logger.LogWarning("The clock is ahead, here it is {Now:u}, in the registry's database {Time:u}: what clients use counts for the day that it is there", now, time);
            }

            isAheadTold = earlier is not null;
        }
        catch (RegistryRequestException exception) when (exception.Code is ApiProblemCode.BodyInvalid or ApiProblemCode.BodyTooLarge)
        {
            // It will not be taken the next time either, and nothing after it would be.
            Count("refused");
            logger.LogError("A report of what clients use is not what the registry takes, and lost to it: {Reason}", exception.Message);
        }
    }

    private void Count(string result) => reports.Add(1, new KeyValuePair<string, object?>("result", result));
}
