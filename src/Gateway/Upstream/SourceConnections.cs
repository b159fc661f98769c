using System.Net;
using System.Text;

namespace GraphGateway.Gateway;

/// <summary>The connections to one source: bare ones, without redirects, cookies, a proxy or decompression.</summary>
internal static class SourceConnections
{
    /// <summary>Connections as the settings say; what uses them disposes them.</summary>
    /// <param name="options">How the source is called.</param>
    /// <param name="headers">What goes along.</param>
    public static SocketsHttpHandler Of(SubgraphOptions options, HeaderRules headers) => new()
    {
        UseProxy = false,
        AllowAutoRedirect = false,
        UseCookies = false,
        // What is compressed is decompressed where the limit of the answer is watched.
        AutomaticDecompression = DecompressionMethods.None,
        MaxConnectionsPerServer = options.Connections.Max,
        PooledConnectionLifetime = options.Connections.Lifetime,
        PooledConnectionIdleTimeout = options.Connections.IdleTimeout,
        ConnectTimeout = options.ConnectTimeout,
        EnableMultipleHttp2Connections = true,
        // Values go on as they came: the server reads them as UTF-8.
        RequestHeaderEncodingSelector = headers.IsEmpty ? null : static (_, _) => Encoding.UTF8,
        // The context of a trace is set here, without an activity for each request.
        ActivityHeadersPropagator = null,
    };
}
