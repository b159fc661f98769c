using System.Threading.Channels;

namespace GraphGateway.Gateway;

/// <summary>
/// Plans what is published while the gateway runs, as soon as it is read, and has the log name what the graph cannot answer before its clients ask. A release and a graph that come at the same time pass each
/// other nowhere: whichever is there last, the release is held against the graph that is served then. Planned where graphs are made: requests come first.
/// </summary>
internal sealed class PublishedReview : BackgroundService
{
    private readonly CurrentGraph current;
    private readonly OperationWarmUp warmUp;
    private readonly WarmUpService start;
    private readonly GraphThreads threads;
    private readonly TimeSpan time;
    private readonly TimeProvider clock;
    private readonly ILogger<PublishedReview> logger;
    private readonly Channel<bool> news = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    private volatile PublishedDocuments? last;

    public PublishedReview(
        PublishedDocumentSource source, CurrentGraph current, OperationWarmUp warmUp, WarmUpService start, GraphThreads threads, GatewayOptions options, TimeProvider clock, ILogger<PublishedReview> logger)
    {
        (this.current, this.warmUp, this.start, this.threads, time, this.clock, this.logger) = (current, warmUp, start, threads, options.WarmUp.Time, clock, logger);
        source.Read += documents =>
        {
            last = documents;
            news.Writer.TryWrite(true);
        };
        current.Replaced += () => news.Writer.TryWrite(true);
    }

    /// <summary>All that is published was looked at for the graph that is served; for tests, which have nothing else to wait for.</summary>
    public event Action<PublishedDocuments>? Reviewed;

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // What is there at the start is warmed up there.
        await start.Over.WaitAsync(stoppingToken);
        await threads.FollowAsync(() => FollowAsync(stoppingToken));
    }

    private async Task FollowAsync(CancellationToken stopping)
    {
        await foreach (var _ in news.Reader.ReadAllAsync(stopping))
        {
            try
            {
                await ReviewAsync(stopping);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                // A fault of our own: what is published is planned with its first request.
                logger.LogError(exception, "Published operations could not be planned ahead");
            }
        }
    }

    private async Task ReviewAsync(CancellationToken stopping)
    {
        while (last is { } documents && current.Graph is var graph)
        {
            if (graph.Reviewed == documents)
            {
                Reviewed?.Invoke(documents);
                return;
            }

            var before = graph.Reviewed;
            graph.Reviewed = documents;
            using var over = new CancellationTokenSource(time, clock);
            await warmUp.RunAsync(graph, WarmOperation.PublishedIn(documents, before), new SmallCollections(threads, () => current.Graph.Uses.AreOver, clock, stopping), over.Token, stopping);
        }
    }
}
