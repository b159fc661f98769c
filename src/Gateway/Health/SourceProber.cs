using System.Net;
using System.Net.Sockets;

namespace GraphGateway.Gateway;

/// <summary>
/// Looks at each source every few seconds. It only opens a connection: a source need not know a health path, and nothing is counted,
/// logged or answered there.
/// </summary>
internal sealed class SourceProber(SourceHealth health, HealthOptions options, TimeProvider clock) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Interval, clock);
        do
        {
            await Task.WhenAll(health.Sources.Select(source => ProbeAsync(source, stoppingToken)));
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task ProbeAsync(SourceEndpoint source, CancellationToken stopping)
    {
        using var timeout = new CancellationTokenSource(options.Timeout, clock);
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, stopping);
        try
        {
            using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
            await socket.ConnectAsync(new DnsEndPoint(source.Url.DnsSafeHost, source.Url.Port), linked.Token);
            health.ReportConnects(source);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            health.ReportDown(source, $"No connection within {options.Timeout.TotalSeconds} s");
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Also a name that no resolver takes: one source that cannot be looked at keeps no others from it.
            health.ReportDown(source, exception.Message);
        }
    }
}
