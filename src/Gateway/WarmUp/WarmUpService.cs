using System.Collections.Immutable;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>
/// Warms up the graph that the start has: what was hot before it, by the file, and what is published. Until it is over, <c>/health/ready</c> says so; whoever asks
/// meanwhile is answered. Then it notes what is hot for the next start, with its plans where a folder is named for them, and warms up each graph that is to take the place of the one that is served.
/// </summary>
internal sealed class WarmUpService(
    OperationWarmUp warmUp, CurrentGraph current, GatewayOptions options, TimeProvider clock, ILogger<WarmUpService> logger, Refreshed<PublishedDocuments>? published = null)
    : BackgroundService
{
    private readonly HotOperationFile? file = options.WarmUp is { Operations: > 0, File: { } path } ? new HotOperationFile(path, clock) : null;
    private readonly LatelyAsked lately = new(options.WarmUp.Operations, clock);
    private readonly LogPauses pauses = new(2, clock);
    private readonly TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private HashSet<DocumentKey> earlier = [];
    private PeriodicTimer? timer;

    /// <summary>How often is noted what is hot.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromMinutes(1);

    /// <summary>Completes when the gateway is warm, or has given up.</summary>
    public Task Over => over.Task;

    /// <summary>What is hot was noted; for tests, which have nothing else to wait for.</summary>
    public event Action? Noted;

    /// <summary>Plans for a graph that is to be served next what is hot in the one that is served now, and what is published.</summary>
    /// <param name="next">The graph.</param>
    /// <param name="collections">Steps between two operations.</param>
    /// <param name="stopping">Ends it. Throws <see cref="OperationCanceledException"/> then, and nothing else.</param>
    public async Task PrepareAsync(ServedGraph next, SmallCollections collections, CancellationToken stopping)
    {
        if (options.WarmUp.Operations > 0)
        {
            using var time = new CancellationTokenSource(options.WarmUp.Time, clock);
            var hot = await collections.Threads.MakeAsync(() =>
            {
                var asked = WarmOperation.HotIn(current.Graph.Cache, options.WarmUp.Operations, earlier, lately);
                lately.Note(current.Graph.Cache);
                return asked;
            });

            // What was published just before the graph was is held against it, too.
            next.Reviewed = await PublishedAsync(static (documents, patience) => documents.RefreshAsync(patience), time.Token, stopping);
            await warmUp.RunAsync(next, WarmOperation.Wanted(hot, next.Reviewed), collections, time.Token, stopping);
        }
    }

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken)
    {
        timer = file is null && current.Graph.Kept is null ? null : new PeriodicTimer(Interval, clock);
        if (options.WarmUp.Operations == 0 || (file is null && published is null))
        {
            over.SetResult();
        }

        return base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        if (over.Task.IsCompleted)
        {
            Note();
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        timer?.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!over.Task.IsCompleted)
        {
            // Planning is work: the start goes on meanwhile.
            await Task.Run(() => WarmAsync(stoppingToken), stoppingToken);
        }

        while (timer is not null && await timer.WaitForNextTickAsync(stoppingToken))
        {
            Note();
            Noted?.Invoke();
        }
    }

    private async Task WarmAsync(CancellationToken stopping)
    {
        using var time = new CancellationTokenSource(options.WarmUp.Time, clock);
        try
        {
            var hot = ReadHot();
            earlier = hot.Select(operation => operation.Key).ToHashSet(DocumentKeyComparer.Instance);
            var graph = current.Graph;
            graph.Reviewed = await PublishedAsync(static (documents, patience) => documents.GetAsync(patience), time.Token, stopping);
            await warmUp.RunAsync(graph, WarmOperation.Wanted(hot, graph.Reviewed), null, time.Token, stopping);
        }
        catch (Exception exception) when (!stopping.IsCancellationRequested)
        {
            // A fault of our own: the gateway is ready without it.
            logger.LogError(exception, "Warm-up failed");
        }
        finally
        {
            over.TrySetResult();
        }
    }

    // A store that does not answer does not hold up the start for longer than planning may.
    private async Task<PublishedDocuments?> PublishedAsync(
        Func<Refreshed<PublishedDocuments>, CancellationToken, ValueTask<PublishedDocuments?>> ask, CancellationToken time, CancellationToken stopping)
    {
        if (published is null)
        {
            return null;
        }

        using var either = CancellationTokenSource.CreateLinkedTokenSource(time, stopping);
        try
        {
            return await ask(published, either.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // The log has it from the store's reader.
            return null;
        }
    }

    private ImmutableArray<WarmOperation> ReadHot()
    {
        try
        {
            return file?.Read() ?? [];
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            logger.LogWarning("Gateway:WarmUp:File is not used, and will be written anew: {Reason}", exception.Message);
            return [];
        }
    }

    private void Note()
    {
        var graph = current.Graph;
        var hot = WarmOperation.HotIn(graph.Cache, options.WarmUp.Operations, earlier, lately);
        Write(nameof(WarmUpOptions.File), () => file?.Write(hot));
        Write(nameof(WarmUpOptions.Plans), () => graph.Kept?.Write(WarmOperation.PlansIn(graph.Cache, hot, options.WarmUp.Operations)));
    }

    private void Write(string setting, Action write)
    {
        try
        {
            write();
        }
        catch (Exception exception)
        {
            var fault = exception is IOException or UnauthorizedAccessException ? null : exception;
            if (pauses.MayLog(setting == nameof(WarmUpOptions.File) ? 0 : 1, out var leftOut))
            {
                logger.Log(fault is null ? LogLevel.Warning : LogLevel.Error, fault, "Gateway:WarmUp:{Setting} cannot be written: {Reason} ({LeftOut} more like it since the last line)", setting, exception.Message, leftOut);
            }
        }
    }
}
