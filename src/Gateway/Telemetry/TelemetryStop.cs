using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace GraphGateway.Gateway;

/// <summary>
/// Sends what waits for the collector when all requests have ended, all signals at the same time, and waits for that no longer than the setting says. Left
/// to itself the SDK waits five seconds for one signal after the other, and for requests that are on the way ten more.
/// </summary>
internal sealed class TelemetryStop(IServiceProvider services, TelemetryOptions options, ILogger<TelemetryStop> logger) : IHostedLifecycleService
{
    /// <inheritdoc/>
    public async Task StoppedAsync(CancellationToken cancellationToken)
    {
        var timeoutMs = Math.Max(1, (int)options.ShutdownTimeout.TotalMilliseconds);
        List<(string Name, Func<int, bool> Shutdown)> signals = [];
        if (services.GetService<TracerProvider>() is { } traces)
        {
            signals.Add(("traces", traces.Shutdown));
        }

        if (services.GetService<MeterProvider>() is { } metrics)
        {
            signals.Add(("metrics", metrics.Shutdown));
        }

        if (services.GetService<LoggerProvider>() is { } logs)
        {
            // Last in the list, yet at the same time: the line below is for the console.
            signals.Add(("log", logs.Shutdown));
        }

        // Each of them blocks its thread.
        var sent = await Task.WhenAll(signals.Select(signal => Task.Factory.StartNew(
            () => signal.Shutdown(timeoutMs), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        var lost = string.Join(", ", signals.Where((_, index) => !sent[index]).Select(signal => signal.Name));
        if (lost.Length > 0)
        {
            logger.LogWarning("Stopping: the collector did not take all of {Signals} within {Seconds} s; the rest is lost", lost, options.ShutdownTimeout.TotalSeconds);
        }
    }

    /// <inheritdoc/>
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
