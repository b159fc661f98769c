using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace GraphGateway.Benchmarks;

/// <summary>The load: connections that stay open and each send the same HTTP/1.1 request again as soon as its answer is there.</summary>
internal sealed class Load : IDisposable
{
    /// <summary>What a run gave.</summary>
    /// <param name="Requests">How many were answered.</param>
    /// <param name="Failures">How many of them with a status other than 200.</param>
    /// <param name="Seconds">How long it took.</param>
    /// <param name="Latencies">Each answer's milliseconds, in ascending order.</param>
    internal sealed record Result(int Requests, int Failures, double Seconds, double[] Latencies)
    {
        /// <summary>The latency that this share of the answers was not slower than.</summary>
        public double Percentile(double share) => Latencies.Length == 0 ? 0 : Latencies[(int)((Latencies.Length - 1) * share)];
    }

    private readonly Connection[] connections;

    private Load(Connection[] connections) => this.connections = connections;

    /// <summary>Sends requests for some seconds, on connections of its own.</summary>
    /// <param name="port">The gateway's, on loopback.</param>
    /// <param name="path">The path.</param>
    /// <param name="body">The request's body.</param>
    /// <param name="token">The token that each request shows, or null.</param>
    /// <param name="connections">How many.</param>
    /// <param name="duration">How long.</param>
    public static async Task<Result> Run(int port, string path, byte[] body, string? token, int connections, TimeSpan duration)
    {
        using var load = await Open(port, path, body, token, connections);
        return await load.Run(duration);
    }

    /// <summary>Opens connections that stay open until this is disposed.</summary>
    /// <inheritdoc cref="Run(int, string, byte[], string?, int, TimeSpan)"/>
    public static async Task<Load> Open(int port, string path, byte[] body, string? token, int connections)
    {
        var authorization = token is null ? "" : $"authorization: Bearer {token}\r\n";
        byte[] request =
        [
            .. Encoding.ASCII.GetBytes(
                $"POST {path} HTTP/1.1\r\nhost: 127.0.0.1:{port}\r\ncontent-type: application/json\r\naccept: application/json\r\n{authorization}content-length: {body.Length}\r\n\r\n"),
            .. body,
        ];
        return new Load(await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Connection.Open(port, request))));
    }

    /// <summary>Sends requests for some seconds, and waits for the last answers.</summary>
    public async Task<Result> Run(TimeSpan duration)
    {
        var start = Stopwatch.GetTimestamp();
        var end = start + (long)(duration.TotalSeconds * Stopwatch.Frequency);
        var runs = await Task.WhenAll(connections.Select(connection => connection.Run(end)));
        var latencies = runs.SelectMany(run => run.Latencies).Order().ToArray();
        return new Result(latencies.Length, runs.Sum(run => run.Failures), Stopwatch.GetElapsedTime(start).TotalSeconds, latencies);
    }

    /// <inheritdoc/>
    public void Dispose() => Array.ForEach(connections, connection => connection.Dispose());

    private sealed class Connection : IDisposable
    {
        private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        private readonly AnswerReader reader = new();
        private readonly byte[] request;

        private Connection(byte[] request) => this.request = request;

        public static async Task<Connection> Open(int port, byte[] request)
        {
            var connection = new Connection(request);
            await connection.socket.ConnectAsync(IPAddress.Loopback, port);
            return connection;
        }

        public async Task<(List<double> Latencies, int Failures)> Run(long end)
        {
            var latencies = new List<double>(4096);
            var failures = 0;
            while (Stopwatch.GetTimestamp() < end)
            {
                var sent = Stopwatch.GetTimestamp();
                await socket.SendAsync(request, SocketFlags.None);
                reader.Clear();
                while (!reader.IsComplete())
                {
                    var count = await socket.ReceiveAsync(reader.Free(), SocketFlags.None);
                    reader.Length += count > 0 ? count : throw new InvalidOperationException("The gateway closed a connection.");
                }

                latencies.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
                failures += reader.Status == 200 ? 0 : 1;
            }

            return (latencies, failures);
        }

        public void Dispose() => socket.Dispose();
    }

    /// <summary>
    /// Finds where an answer ends: <see href="https://www.rfc-editor.org/rfc/rfc9112#section-6">RFC 9112, 6</see>, a content length or chunks.
    /// </summary>
    private sealed class AnswerReader
    {
        private byte[] buffer = new byte[256 * 1024];
        private int position;
        private int? end;

        public int Length { get; set; }

        public int Status { get; private set; }

        public void Clear() => (Length, Status, position, end) = (0, 0, 0, null);

        public Memory<byte> Free()
        {
            if (Length == buffer.Length)
            {
                Array.Resize(ref buffer, buffer.Length * 2);
            }

            return buffer.AsMemory(Length);
        }

        public bool IsComplete() => (Status != 0 || ReadHead()) && (end is { } known ? Length >= known : ReadChunks());

        private bool ReadHead()
        {
            var head = buffer.AsSpan(0, Length).IndexOf("\r\n\r\n"u8);
            if (head < 0)
            {
                return false;
            }

            var text = Encoding.Latin1.GetString(buffer, 0, head);
            Status = int.Parse(text.AsSpan(9, 3), CultureInfo.InvariantCulture);
            position = head + 4;
            const string name = "\r\ncontent-length:";
            var at = text.IndexOf(name, StringComparison.OrdinalIgnoreCase);
            if (at >= 0)
            {
                var value = text.AsSpan(at + name.Length);
                var line = value.IndexOf('\r');
                end = position + int.Parse(line < 0 ? value : value[..line], CultureInfo.InvariantCulture);
            }

            return true;
        }

        private bool ReadChunks()
        {
            while (position < Length)
            {
                var line = buffer.AsSpan(position, Length - position).IndexOf("\r\n"u8);
                if (line < 0)
                {
                    return false;
                }

                var size = int.Parse(buffer.AsSpan(position, line), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture);
                // A chunk ends with a line's end, and so does the empty one after all others.
                var next = position + line + 2 + size + 2;
                if (size == 0)
                {
                    return Length >= next;
                }

                if (Length < next)
                {
                    return false;
                }

                position = next;
            }

            return false;
        }
    }
}
