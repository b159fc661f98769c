using System.Text;

namespace GraphGateway.Gateway;

/// <summary>The types of RESP2 (<see href="https://redis.io/docs/latest/develop/reference/protocol-spec/"/>).</summary>
internal enum RespKind
{
    /// <summary>No value: a bulk string or an array of length -1.</summary>
    Null,

    /// <summary>A status line.</summary>
    Simple,

    /// <summary>An error line.</summary>
    Error,

    /// <summary>A whole number.</summary>
    Integer,

    /// <summary>Bytes.</summary>
    Bulk,

    /// <summary>Values.</summary>
    Array,
}

/// <summary>A reply of a Redis server.</summary>
/// <param name="Kind">Its type.</param>
/// <param name="Integer">The number of an integer.</param>
/// <param name="Bytes">The bytes of a bulk string, a status or an error.</param>
/// <param name="Items">The values of an array.</param>
internal sealed record RespValue(RespKind Kind, long Integer = 0, byte[]? Bytes = null, RespValue[]? Items = null)
{
    /// <summary>No value.</summary>
    public static RespValue Null { get; } = new(RespKind.Null);

    /// <summary>The bytes as text, such as an error's message.</summary>
    public string Text => Bytes is null ? "" : Encoding.UTF8.GetString(Bytes);
}

/// <summary>The connection to the server is broken, or what came over it is no Redis protocol; another connection may be better.</summary>
/// <param name="message">What happened.</param>
/// <param name="inner">Why.</param>
internal sealed class RedisConnectionException(string message, Exception? inner = null) : IOException(message, inner);

/// <summary>The server has answered with an error.</summary>
/// <param name="message">The server's words; they begin with a code such as <c>NOSCRIPT</c>.</param>
internal sealed class RedisServerException(string message) : Exception(message);
