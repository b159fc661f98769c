using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>Stands between a client and a server, and does to their connections what networks do.</summary>
internal sealed class TcpProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentBag<Socket> sockets = [];
    private readonly Task accepting;
    private readonly string host;
    private readonly int port;
    private TaskCompletionSource open = new();
    private volatile bool isRefusing;

    public TcpProxy(string host, int port)
    {
        (this.host, this.port) = (host, port);
        open.SetResult();
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Nothing comes through, and nobody is told; new connections are accepted all the same.</summary>
    public void Freeze() => open = new TaskCompletionSource();

    /// <summary>What was held back comes through.</summary>
    public void Thaw() => open.TrySetResult();

    /// <summary>All connections break, and new ones do at once.</summary>
    public void Refuse()
    {
        isRefusing = true;
        Cut();
    }

    /// <summary>New connections work again.</summary>
    public void Serve() => isRefusing = false;

    /// <summary>All connections break.</summary>
    public void Cut()
    {
        while (sockets.TryTake(out var socket))
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Dispose();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        Thaw();
        Cut();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var pumping = new List<Task>();
        try
        {
            while (true)
            {
                var client = await listener.AcceptSocketAsync(stopping.Token);
                if (isRefusing)
                {
                    client.LingerState = new LingerOption(enable: true, seconds: 0);
                    client.Dispose();
                    continue;
                }

                var server = new Socket(SocketType.Stream, ProtocolType.Tcp);
                sockets.Add(client);
                sockets.Add(server);
                await server.ConnectAsync(host, port, stopping.Token);
                pumping.Add(PumpAsync(client, server));
                pumping.Add(PumpAsync(server, client));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            await Task.WhenAll(pumping);
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[4096];
        try
        {
            while (await from.ReceiveAsync(buffer, stopping.Token) is var read && read > 0)
            {
                await open.Task.WaitAsync(stopping.Token);
                await to.SendAsync(buffer.AsMemory(0, read), stopping.Token);
            }

            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // One side has ended the connection.
        }
    }
}
