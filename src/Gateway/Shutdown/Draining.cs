namespace GraphGateway.Gateway;

/// <summary>
/// Stops without losing a request. 1. <c>/health/ready</c> turns to 503, and answers over HTTP/1.1 ask clients to close their connections;
/// all is still served. 2. After the delay the server accepts no connection any more, and closes those that are idle (ASP.NET Core does that).
/// 3. Requests that have begun go on to their end; when the time for that is over, they end with an error at once.
/// </summary>
/// <param name="options">The delay and the time.</param>
/// <param name="clock">Measures them.</param>
/// <param name="logger">Hears of the steps.</param>
internal sealed class Draining(ShutdownOptions options, TimeProvider clock, ILogger<Draining> logger) : IHostedLifecycleService, IDisposable
{
    /// <summary>What the server has, after all requests have ended, to write their answers and to close.</summary>
    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource overdue = new();
    private readonly CancellationTokenSource hurry = new();
    private ITimer? timer;
    private volatile bool hasBegun;

    /// <summary>True from the moment at which the gateway was asked to stop.</summary>
    public bool HasBegun => hasBegun;

    /// <summary>Cancelled when requests have no time left.</summary>
    public CancellationToken Overdue => overdue.Token;

    /// <summary>Does not wait for the delay, or for the rest of it: there is somebody who waits for the program to end.</summary>
    public void Hurry() => hurry.Cancel();

    /// <inheritdoc/>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        hasBegun = true;
        if (options.Delay > TimeSpan.Zero && !hurry.IsCancellationRequested)
        {
            logger.LogInformation("Stopping: connections are accepted for another {Seconds} s", options.Delay.TotalSeconds);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(hurry.Token, cancellationToken);
            await Task.Delay(options.Delay, clock, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        logger.LogInformation("Stopping: requests that have begun have {Seconds} s to end", options.Timeout.TotalSeconds);
        timer = clock.CreateTimer(_ => End(), null, options.Timeout, Timeout.InfiniteTimeSpan);
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public void Dispose()
    {
        timer?.Dispose();
        overdue.Dispose();
        hurry.Dispose();
    }

    private void End()
    {
        logger.LogWarning("Stopping: requests that are not answered after {Seconds} s end with an error", options.Timeout.TotalSeconds);
        overdue.Cancel();
    }
}
