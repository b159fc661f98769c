using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>Gives whoever says something the same answer, right or wrong, and ends the connection.</summary>
internal sealed class BluntServer : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task accepting;

    public BluntServer(string answer)
    {
        listener.Start();
        accepting = AcceptAsync(Encoding.UTF8.GetBytes(answer));
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync(byte[] answer)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                using var client = await listener.AcceptSocketAsync(stopping.Token);
                await client.ReceiveAsync(new byte[2000], stopping.Token);
                await client.SendAsync(answer, stopping.Token);
                client.Shutdown(SocketShutdown.Send);
                await client.ReceiveAsync(new byte[2000], stopping.Token);
            }
            catch (Exception exception) when (exception is OperationCanceledException or SocketException)
            {
                // The client, or the test, has ended the connection.
            }
        }
    }
}
