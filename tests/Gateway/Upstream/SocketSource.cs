using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GraphGateway.Gateway.Tests.Upstream;

/// <summary>A source that is nothing but a socket: it sends the bytes that the test says, right or wrong, and sees how its connection ends.</summary>
internal sealed class SocketSource : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource stopping = new();
    private readonly Task accepting;
    private int connections;
    private string? greeting;

    private SocketSource(Func<Exchange, Task> answer)
    {
        Answer = answer;
        listener.Start();
        accepting = AcceptAsync();
    }

    /// <summary>What it does with a request; the next request sees a change.</summary>
    public Func<Exchange, Task> Answer { get; set; }

    /// <summary>Connections on which requests came; those that only look whether somebody listens do not count.</summary>
    public int Connections => Volatile.Read(ref connections);

    public string Url => string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/graphql");

    public static SocketSource Start(Func<Exchange, Task> answer) => new(answer);

    /// <summary>One that sends this on each connection before it reads anything, and then reads whatever comes.</summary>
    public static SocketSource StartEager(string response) => new(exchange => exchange.LeftAsync()) { greeting = response };

    /// <summary>A whole HTTP response with its length.</summary>
    public static string Response(string body, string status = "200 OK", string headers = "Content-Type: application/json\r\n") =>
        string.Create(CultureInfo.InvariantCulture, $"HTTP/1.1 {status}\r\n{headers}Content-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}");

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        listener.Stop();
        await accepting;
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        var serving = new List<Task>();
        try
        {
            while (true)
            {
                var socket = await listener.AcceptSocketAsync(stopping.Token);
                serving.Add(ServeAsync(socket));
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            await Task.WhenAll(serving);
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var exchange = new Exchange(socket, stopping.Token);
        try
        {
            if (greeting is not null)
            {
                await exchange.SendAsync(greeting);
                await exchange.LeftAsync();
                return;
            }

            for (var isFirst = true; await exchange.ReadRequestAsync(); isFirst = false)
            {
                if (isFirst)
                {
                    Interlocked.Increment(ref connections);
                }

                await Answer(exchange);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The gateway, or the test, has ended the connection.
        }
    }

    /// <summary>A connection, and the request on it that is to be answered.</summary>
    internal sealed class Exchange(Socket socket, CancellationToken stopping) : IDisposable
    {
        private readonly NetworkStream stream = new(socket, ownsSocket: true);
        private readonly byte[] buffer = new byte[64 * 1024];
        private int filled;

        /// <summary>The request's head and body.</summary>
        public string Request { get; private set; } = "";

        /// <summary>Reads the next request to its end; false when there is none.</summary>
        public async Task<bool> ReadRequestAsync()
        {
            while (true)
            {
                var text = Encoding.Latin1.GetString(buffer, 0, filled);
                var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
                if (end >= 4 && filled >= end + LengthOf(text[..end]))
                {
                    Request = text[..(end + LengthOf(text[..end]))];
                    buffer.AsSpan(Request.Length, filled - Request.Length).CopyTo(buffer);
                    filled -= Request.Length;
                    return true;
                }

                var read = await stream.ReadAsync(buffer.AsMemory(filled), stopping);
                if (read == 0)
                {
                    return false;
                }

                filled += read;
            }
        }

        /// <summary>Sends text in UTF-8.</summary>
        public Task SendAsync(string text) => SendAsync(Encoding.UTF8.GetBytes(text));

        public async Task SendAsync(ReadOnlyMemory<byte> bytes)
        {
            await stream.WriteAsync(bytes, stopping);
            await stream.FlushAsync(stopping);
        }

        /// <summary>Ends the connection, after all that was sent.</summary>
        public void Close() => socket.Shutdown(SocketShutdown.Both);

        /// <summary>Breaks the connection off.</summary>
        public void Reset()
        {
            socket.LingerState = new LingerOption(enable: true, seconds: 0);
            socket.Close();
        }

        /// <summary>Waits until the other side ends the connection.</summary>
        public async Task LeftAsync()
        {
            try
            {
                while (await stream.ReadAsync(buffer, stopping) > 0)
                {
                    // Whatever still comes.
                }
            }
            catch (IOException)
            {
                // Broken off: ended as well.
            }
        }

        public void Dispose() => stream.Dispose();

        private static int LengthOf(string head)
        {
            var header = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase));
            return header is null ? 0 : int.Parse(header.AsSpan("Content-Length:".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
        }
    }
}
