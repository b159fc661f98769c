using System.Data.Common;
using System.Diagnostics.Metrics;
using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>
/// Follows a stage of the registry: 1. ask which launch is live, 2. read its supergraph where that is another one, 3. hold it against the settings, 4. prepare the
/// operations that clients send, 5. put it in the place of the graph that is served, 6. keep it on disk. What fails has a line in the log, and what is served stays.
/// The meter counts the looks in <c>graphgateway.registry.looks</c>, by <c>result</c>: <c>unchanged</c>, <c>changed</c>, <c>refused</c>, <c>failed</c>.
/// </summary>
internal sealed class RegistryFollower : BackgroundService
{
    private readonly RegistrySource source;
    private readonly CurrentGraph current;
    private readonly GatewayOptions options;
    private readonly IServiceProvider services;
    private readonly AccessCheck access;
    private readonly TimeProvider clock;
    private readonly ILogger<RegistryFollower> logger;
    private readonly Counter<long> looks;
    private readonly LogPauses pauses;
    private string? hash;
    private LiveLaunch? refused;
    private string? notice;

    public RegistryFollower(
        RegistryStart start, CurrentGraph current, GatewayOptions options, IServiceProvider services, AccessCheck access, GatewayTelemetry telemetry, TimeProvider clock,
        ILogger<RegistryFollower> logger)
    {
        (this.current, this.options, this.services, this.access, this.clock, this.logger) = (current, options, services, access, clock, logger);
        (hash, notice) = (start.Hash, start.Notice);
        source = new RegistrySource(options.Registry, clock);
        pauses = new LogPauses(1, clock);
        looks = telemetry.Meter.CreateCounter<long>(
            "graphgateway.registry.looks", "{look}", "Looks at what is live in the registry, by result: unchanged, changed, refused (the gateway cannot run it) or failed.");
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await source.DisposeAsync();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (notice is not null)
        {
            logger.LogWarning("{Notice}", notice);
            notice = null;
        }

        using var timer = new PeriodicTimer(options.Registry.Interval, clock);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var result = await LookAsync(stoppingToken);
            looks.Add(1, new KeyValuePair<string, object?>("result", result));
        }
    }

    private async Task<string> LookAsync(CancellationToken stopping)
    {
        LiveLaunch? taken = null;
        try
        {
            // 1. and 2.
            var answer = await source.AskAsync(live => live.Hash == hash || live == refused, stopping);
            if (answer.Text is not { } text)
            {
                return answer.Live == refused && refused is not null ? "refused" : "unchanged";
            }

            taken = answer.Live!;
            return await TakeAsync(taken, text, stopping) is { } problem ? Refuse(taken, problem, null) : "changed";
        }
        catch (Exception exception) when (taken is not null && !stopping.IsCancellationRequested)
        {
            // A fault of our own: that graph is not tried again and again.
            return Refuse(taken, "Unexpected error in the gateway.", exception);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            if (pauses.MayLog(0, out var leftOut))
            {
                logger.LogWarning(
                    "The registry cannot be followed, and what is served stays: {Reason} ({LeftOut} more like it since the last line)",
                    exception is DbException or InvalidDataException ? exception.Message
                        : exception is OperationCanceledException ? "It does not answer." : exception.ToString(),
                    leftOut);
            }

            return "failed";
        }
    }

    // Null where it is served, else why not.
    private async Task<string?> TakeAsync(LiveLaunch live, byte[] text, CancellationToken stopping)
    {
        // 3.
        var loaded = SupergraphFile.Read(text, $"#{live.Launch} of {source.Name}", options);
        if (loaded.Supergraph is not { } supergraph)
        {
            return string.Join(" ", loaded.Problems);
        }

        // 4.
        var next = ServedGraph.Of(services, supergraph, loaded.Sources);
        var prepared = await GraphWarmup.RunAsync(current.Graph, next, clock, stopping);

        // 5.
        current.Replace(next);
        (hash, refused) = (live.Hash, null);
        logger.LogInformation("#{Launch} of {Stage} is served, with {Operations} operations made ready before", live.Launch, source.Name, prepared);

        // 6.
        if (source.WriteCopy(text) is { } unwritten)
        {
            logger.LogWarning("#{Launch} of {Stage} cannot be kept in {File}: {Reason}", live.Launch, source.Name, options.Registry.File, unwritten);
        }

        await access.TellAsync(next.Requirements);
        return null;
    }

    private string Refuse(LiveLaunch live, string problem, Exception? exception)
    {
        refused = live;
        logger.LogError(exception, "#{Launch} of {Stage} cannot be run, and what is served stays: {Problem}", live.Launch, source.Name, problem);
        return "refused";
    }
}
