using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace GraphGateway.Gateway.Tests.Shutdown;

/// <summary>A frame of HTTP/2 (<see href="https://www.rfc-editor.org/rfc/rfc9113#section-4.1">RFC 9113, 4.1</see>).</summary>
internal sealed record Http2Frame(byte Type, byte Flags, int Stream, byte[] Payload)
{
    public const byte Data = 0, Headers = 1, Reset = 3, Settings = 4, Ping = 6, GoAway = 7, WindowUpdate = 8;

    public bool EndsStream => Type is Data or Headers && (Flags & 1) != 0;
}

/// <summary>HTTP/2 in clear text, frame by frame: what a client's library does by itself cannot be seen through it.</summary>
internal sealed class Http2Client : IDisposable
{
    private const byte EndStream = 1, EndHeaders = 4, Acknowledges = 1;

    private readonly TcpClient connection = new();
    private readonly Uri address;

    private Http2Client(Uri address) => this.address = address;

    public static async Task<Http2Client> ConnectAsync(Uri address)
    {
        var client = new Http2Client(address);
        await client.connection.ConnectAsync(address.Host, address.Port);
        await client.connection.GetStream().WriteAsync(Encoding.ASCII.GetBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"));
        await client.SendAsync(Http2Frame.Settings, 0, 0, []);
        return client;
    }

    /// <summary>Posts JSON to <c>/graphql</c> on a new stream.</summary>
    public async Task PostAsync(int stream, string json)
    {
        // RFC 7541: :method POST and :scheme http stand in the static table, the others are literals with a name from it.
        byte[] head = [0x83, 0x86, .. Literal(4, "/graphql"), .. Literal(1, address.Authority), .. Literal(31, "application/json")];
        await SendAsync(Http2Frame.Headers, EndHeaders, stream, head);
        await SendAsync(Http2Frame.Data, EndStream, stream, Encoding.UTF8.GetBytes(json));
    }

    /// <summary>Gives a stream, or with 0 the connection, a larger window (WINDOW_UPDATE).</summary>
    public Task GiveAsync(int stream, int bytes)
    {
        var payload = new byte[4];
        BinaryPrimitives.WriteInt32BigEndian(payload, bytes);
        return SendAsync(Http2Frame.WindowUpdate, 0, stream, payload);
    }

    /// <summary>Gives a stream up (RST_STREAM with CANCEL).</summary>
    public Task ResetAsync(int stream) => SendAsync(Http2Frame.Reset, 0, stream, [0, 0, 0, 8]);

    /// <summary>Says that no more streams are opened (GOAWAY without an error).</summary>
    public Task LeaveAsync() => SendAsync(Http2Frame.GoAway, 0, 0, new byte[8]);

    /// <summary>The next frame that is not about settings, pings or windows; null when the connection has ended.</summary>
    public async Task<Http2Frame?> ReadAsync()
    {
        var head = new byte[9];
        while (await TryFillAsync(head))
        {
            var payload = new byte[head[0] << 16 | head[1] << 8 | head[2]];
            if (!await TryFillAsync(payload))
            {
                return null;
            }

            var frame = new Http2Frame(head[3], head[4], BinaryPrimitives.ReadInt32BigEndian(head.AsSpan(5)) & int.MaxValue, payload);
            if (frame.Type is Http2Frame.Settings or Http2Frame.Ping && (frame.Flags & Acknowledges) == 0)
            {
                await SendAsync(frame.Type, Acknowledges, 0, frame.Type == Http2Frame.Ping ? payload : []);
            }
            else if (frame.Type is Http2Frame.Data or Http2Frame.Headers or Http2Frame.Reset or Http2Frame.GoAway)
            {
                return frame;
            }
        }

        return null;
    }

    public void Dispose() => connection.Dispose();

    private static byte[] Literal(int name, string value)
    {
        byte[] index = name < 15 ? [(byte)name] : [15, (byte)(name - 15)];
        return [.. index, (byte)value.Length, .. Encoding.ASCII.GetBytes(value)];
    }

    private async Task SendAsync(byte type, byte flags, int stream, byte[] payload)
    {
        var frame = new byte[9 + payload.Length];
        BinaryPrimitives.WriteInt32BigEndian(frame, payload.Length << 8);
        (frame[3], frame[4]) = (type, flags);
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(5), stream);
        payload.CopyTo(frame, 9);
        await connection.GetStream().WriteAsync(frame);
    }

    private async Task<bool> TryFillAsync(byte[] buffer)
    {
        try
        {
            await connection.GetStream().ReadExactlyAsync(buffer);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }
}
