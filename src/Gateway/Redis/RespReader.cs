using System.Buffers.Text;

namespace GraphGateway.Gateway;

/// <summary>
/// Reads replies from bytes that have come so far. All sizes are bounded: a server, or somebody in its place, cannot fill the memory.
/// </summary>
internal ref struct RespReader(ReadOnlySpan<byte> bytes)
{
    /// <summary>Bytes of one reply, with all that is in it.</summary>
    public const int MaxBytes = 1024 * 1024;

    /// <summary>Bytes of a line; of a status or an error, too.</summary>
    public const int MaxLine = 16 * 1024;

    /// <summary>Values of an array.</summary>
    public const int MaxItems = 1024;

    /// <summary>Arrays in arrays.</summary>
    public const int MaxDepth = 4;

    private readonly ReadOnlySpan<byte> bytes = bytes;

    /// <summary>How many bytes have been read.</summary>
    public int Position { get; private set; }

    /// <summary>The next reply, or null where it has not come to its end; then <see cref="Position"/> says nothing.</summary>
    /// <exception cref="RedisConnectionException">It is no reply, or too large.</exception>
    public RespValue? Next() => Next(MaxDepth);

    private RespValue? Next(int depth)
    {
        if (Line() is not { IsEmpty: false } line)
        {
            return null;
        }

        var rest = line[1..];
        return line[0] switch
        {
            (byte)'+' => new RespValue(RespKind.Simple, Bytes: rest.ToArray()),
            (byte)'-' => new RespValue(RespKind.Error, Bytes: rest.ToArray()),
            (byte)':' => new RespValue(RespKind.Integer, Number(rest)),
            (byte)'$' => Bulk(Number(rest)),
            (byte)'*' => Array(Number(rest), depth),
            _ => throw new RedisConnectionException("What answers is not a Redis server: a reply has an unknown type."),
        };
    }

    // Without its end; empty where it is not whole yet. No reply's line is empty.
    private ReadOnlySpan<byte> Line()
    {
        var rest = bytes[Position..];
        var end = rest.IndexOf("\r\n"u8);
        if ((end < 0 ? rest.Length : end) > MaxLine)
        {
            throw new RedisConnectionException($"A line of a reply has more than {MaxLine} bytes.");
        }

        if (end == 0)
        {
            throw new RedisConnectionException("What answers is not a Redis server: a reply is empty.");
        }

        if (end < 0)
        {
            return default;
        }

        Position += end + 2;
        return rest[..end];
    }

    private static long Number(ReadOnlySpan<byte> text) => Utf8Parser.TryParse(text, out long number, out var read) && read == text.Length
        ? number
        : throw new RedisConnectionException("What answers is not a Redis server: a reply has no number where one belongs.");

    private RespValue? Bulk(long length)
    {
        if (length == -1)
        {
            return RespValue.Null;
        }

        if (length is < 0 or > MaxBytes)
        {
            throw new RedisConnectionException($"A reply has {length} bytes: more than {MaxBytes} are not read.");
        }

        if (bytes.Length - Position < length + 2)
        {
            return null;
        }

        var value = bytes.Slice(Position, (int)length).ToArray();
        Position += (int)length;
        if (!bytes.Slice(Position, 2).SequenceEqual("\r\n"u8))
        {
            throw new RedisConnectionException("What answers is not a Redis server: a reply is longer than it says.");
        }

        Position += 2;
        return new RespValue(RespKind.Bulk, Bytes: value);
    }

    private RespValue? Array(long length, int depth)
    {
        if (length == -1)
        {
            return RespValue.Null;
        }

        if (length is < 0 or > MaxItems || depth == 0)
        {
            throw new RedisConnectionException($"A reply has {length} values in {MaxDepth - depth} others: that is not read.");
        }

        var items = new RespValue[length];
        for (var i = 0; i < items.Length; i++)
        {
            if (Next(depth - 1) is not { } item)
            {
                return null;
            }

            items[i] = item;
        }

        return new RespValue(RespKind.Array, Items: items);
    }
}
