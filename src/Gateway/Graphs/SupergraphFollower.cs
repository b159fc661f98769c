namespace GraphGateway.Gateway;

/// <summary>The supergraph with which the gateway has started, as who follows its file or the registry needs it. The graph itself is not kept.</summary>
/// <param name="Hash">Of its text (<see cref="RegistrySource.HashOf"/>).</param>
/// <param name="Notice">Why it is not what is live; null where it is.</param>
/// <param name="Unkept">What could not be kept on disk; null where nothing could not.</param>
internal sealed record SupergraphStart(string Hash, string? Notice = null, UnkeptCopy? Unkept = null);

/// <summary>
/// Follows the file that <c>Gateway:Supergraph</c> names: looks every second whether it is another one, and serves what is in it then. What cannot be read or run has
/// a line in the log, once for each change of the file, and what is served stays. A file that is mounted by links that are moved, as Kubernetes does it, is followed.
/// </summary>
internal sealed class SupergraphFollower(SupergraphStart start, GraphChange change, GraphThreads threads, GatewayOptions options, TimeProvider clock, ILogger<SupergraphFollower> logger) : BackgroundService
{
    /// <summary>How often the file is looked at.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => threads.FollowAsync(() => FollowAsync(stoppingToken));

    private async Task FollowAsync(CancellationToken stopping)
    {
        // It may have changed since it was read: the first look compares what is in it.
        Stamp? seen = null;
        var hash = start.Hash;
        using var timer = new PeriodicTimer(Interval, clock);
        while (await timer.WaitForNextTickAsync(stopping))
        {
            try
            {
                var stamp = Stamp.Of(options.Supergraph);
                if (stamp == seen)
                {
                    continue;
                }

                // Before it is read: what is written meanwhile is another stamp at the next look.
                seen = stamp;
                if (FileOwner.IsNoFile(options.Supergraph))
                {
                    logger.LogWarning("{File} is no file but something else, such as a pipe or a folder, and what is served stays", options.Supergraph);
                    continue;
                }

                var text = await File.ReadAllBytesAsync(options.Supergraph, stopping);
                if (RegistrySource.HashOf(text) is var next && next != hash && await change.TakeAsync(text, options.Supergraph, stopping) is null)
                {
                    hash = next;
                }
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                logger.LogWarning("{File} cannot be read, and what is served stays: {Reason}", options.Supergraph, exception.Message);
            }
            catch (Exception exception) when (!stopping.IsCancellationRequested)
            {
                logger.LogError(exception, "{File} could not be followed, and what is served stays", options.Supergraph);
            }
        }
    }

    // By which a file is told from another one without reading it.
    private sealed record Stamp(string Target, DateTime Written, long Length)
    {
        private static readonly Stamp None = new("", default, -1);

        public static Stamp Of(string path)
        {
            if (!File.Exists(path))
            {
                return None;
            }

            var target = new FileInfo(File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path);
            return target.Exists ? new Stamp(target.FullName, target.LastWriteTimeUtc, target.Length) : None;
        }
    }
}
