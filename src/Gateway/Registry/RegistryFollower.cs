using System.Diagnostics.Metrics;
using GraphGateway.ControlPlane;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>
/// Follows a stage of the registry: 1. ask which launch is live, 2. read its supergraph where that is another one, 3. serve it, 4. keep it on disk. What fails has a
/// line in the log, once until it is something else that fails, and what is served stays: nothing that a registry is or says ends it, and no fault of our own does. The meter counts the looks in <c>graphgateway.registry.looks</c>, by <c>result</c>: <c>unchanged</c>, <c>changed</c>,
/// <c>refused</c> (the gateway cannot run it), <c>failed</c>.
/// </summary>
internal sealed class RegistryFollower : BackgroundService
{
    private readonly RegistrySource source;
    private readonly RegistryOptions options;
    private readonly GraphChange change;
    private readonly RegistryLooks next;
    private readonly GraphThreads threads;
    private readonly ILogger<RegistryFollower> logger;
    private readonly Counter<long> looks;
    private readonly LogPauses pauses;
    private readonly CopyKeeper copy;
    private readonly string? notice;
    private string hash;
    private LiveLaunch? refused;
    private string? told;

    public RegistryFollower(
        SupergraphStart start, GraphChange change, GraphThreads threads, GatewayOptions options, GatewayTelemetry telemetry, TimeProvider clock, ILogger<RegistryFollower> logger)
    {
        (this.options, this.change, this.threads, this.logger) = (options.Registry, change, threads, logger);
        (hash, notice) = (start.Hash, start.Notice);
        source = new RegistrySource(options.Registry, clock);
        copy = new CopyKeeper(source.Copy, options.Registry.File, clock, logger);
        if (start.Unkept is { } unkept)
        {
            copy.Remember(unkept);
        }

        next = new RegistryLooks(source, options.Registry.Interval, clock, Random.Shared);
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
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => threads.FollowAsync(() => FollowAsync(stoppingToken));

    private async Task FollowAsync(CancellationToken stopping)
    {
        if (notice is not null)
        {
            logger.LogWarning("{Notice}", notice);
        }

        if (options.Address is { IsOpen: true } address)
        {
            logger.LogWarning("Gateway:Registry:Url: the key goes to {Address} for all on the way to read. Give an https address.", address);
        }

        while (!stopping.IsCancellationRequested)
        {
            looks.Add(1, new KeyValuePair<string, object?>("result", await LookAsync(stopping)));
        }
    }

    private async Task<string> LookAsync(CancellationToken stopping)
    {
        try
        {
            // 1. and 2.
            var answer = await copy.WhileAsync(next.NextAsync(live => live.Hash == hash || live == refused, stopping));
            if (answer.Live is null)
            {
                return Fail($"Nothing is live in {source.Name}. Is it the right registry, graph and stage?");
            }

            if (told is not null)
            {
                logger.LogInformation("The registry is followed again");
                told = null;
            }

            return answer.Text is { } text ? await TakeAsync(answer.Live, text, stopping) : refused is not null && answer.Live == refused ? "refused" : "unchanged";
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            return Fail(RegistrySource.ReasonOf(exception), RegistrySource.FindReason(exception) is null ? exception : null);
        }
    }

    // The same reason is told once, and reasons that take turns now and then. A fault of our own has the exception with it.
    private string Fail(string reason, Exception? fault = null)
    {
        if (reason != told && pauses.MayLog(0, out var leftOut))
        {
            logger.Log(
                fault is null ? LogLevel.Warning : LogLevel.Error, fault,
                "The registry cannot be followed, and what is served stays: {Reason} ({LeftOut} others since the last line)", reason, leftOut);
            told = reason;
        }

        return "failed";
    }

    private async Task<string> TakeAsync(LiveLaunch live, byte[] text, CancellationToken stopping)
    {
        // 3. What cannot be run is not tried again and again.
        if (await change.TakeAsync(text, source.NameOf(live), stopping) is not null)
        {
            refused = live;
            return "refused";
        }

        (hash, refused) = (live.Hash, null);

        // 4.
        copy.Keep(source.NameOf(live), text);
        return "changed";
    }
}
