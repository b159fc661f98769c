using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>The protocol of requests to a source.</summary>
public enum SubgraphProtocol
{
    /// <summary>HTTP/1.1; connections are kept alive.</summary>
    Http1,

    /// <summary>HTTP/2: with <c>http://</c> at once (prior knowledge, h2c), with <c>https://</c> where the source agrees in TLS, and else HTTP/1.1.</summary>
    Http2,
}

/// <summary>The connections to one source (<c>Gateway:Subgraphs:NAME:Connections</c>).</summary>
public sealed record ConnectionOptions
{
    /// <summary>Requests on the way at the same time; over HTTP/1.1 each has a connection of its own.</summary>
    public int Max { get; init; } = 512;

    /// <summary>Of those, requests for one request of a client; further ones wait until one has ended.</summary>
    public int PerRequest { get; init; } = 64;

    /// <summary>Requests that wait for one of those to end; further ones fail at once.</summary>
    public int Queue { get; init; } = 4096;

    /// <summary>How old a connection becomes before it is opened anew, so that a source that has moved (DNS) is found.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(3);

    /// <summary>How long a connection is kept that nobody uses.</summary>
    public TimeSpan IdleTimeout { get; init; } = TimeSpan.FromMinutes(1);

    internal static ConnectionOptions Read(SettingsReader reader, ConnectionOptions all) => new()
    {
        Max = reader.Count(nameof(Max), all.Max),
        PerRequest = reader.Count(nameof(PerRequest), all.PerRequest),
        Queue = reader.Count(nameof(Queue), all.Queue),
        Lifetime = reader.Duration(nameof(Lifetime), all.Lifetime),
        IdleTimeout = reader.Duration(nameof(IdleTimeout), all.IdleTimeout),
    };
}
