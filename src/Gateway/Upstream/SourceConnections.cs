using System.Net;
using System.Text;

namespace GraphGateway.Gateway;

/// <summary>
/// The connections to one source, and how many requests may be on the way there: shared by all graphs that call the source at this address, so that another graph goes on
/// with the connections of the one before, and the limit holds for both together. Who has them disposes them.
/// </summary>
/// <param name="invoker">Sends.</param>
/// <param name="limit">Whose turn it is.</param>
/// <param name="leave">Told once that they are no longer used here: the last who leaves closes them.</param>
internal sealed class SourceConnections(HttpMessageInvoker invoker, ConnectionLimit limit, Action leave) : IDisposable
{
    private int isLeft;

    /// <summary>Sends, over a connection that is there or a new one.</summary>
    public HttpMessageInvoker Invoker => invoker;

    /// <summary>How many requests are on the way, and wait.</summary>
    public ConnectionLimit Limit => limit;

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref isLeft, 1) == 0)
        {
            leave();
        }
    }
}

/// <summary>The connections to all sources, by name and address. How a source is called is the settings', which do not change while the gateway runs.</summary>
internal sealed class SourcePool
{
    private readonly Lock gate = new();
    private readonly Dictionary<(string Name, string Url), Entry> entries = [];

    /// <summary>How many sources there are connections to.</summary>
    public int Count
    {
        get
        {
            lock (gate)
            {
                return entries.Count;
            }
        }
    }

    /// <summary>The connections to a source: those that are there, or new ones.</summary>
    /// <param name="endpoint">Where it answers.</param>
    /// <param name="options">How it is called.</param>
    /// <param name="headers">What goes along.</param>
    public SourceConnections Enter(SourceEndpoint endpoint, SubgraphOptions options, HeaderRules headers)
    {
        var key = (endpoint.Name, endpoint.Url.AbsoluteUri);
        lock (gate)
        {
            if (!entries.TryGetValue(key, out var entry))
            {
                entry = entries[key] = new Entry(new HttpMessageInvoker(Handler(options, headers)), new ConnectionLimit(options.Connections.Max, options.Connections.Queue));
            }

            entry.Users++;
            return new SourceConnections(entry.Invoker, entry.Limit, () => Leave(key, entry));
        }
    }

    private void Leave((string Name, string Url) key, Entry entry)
    {
        lock (gate)
        {
            if (--entry.Users > 0)
            {
                return;
            }

            entries.Remove(key);
        }

        entry.Invoker.Dispose();
        entry.Limit.Dispose();
    }

    // Bare ones, without redirects, cookies, a proxy or decompression.
    private static SocketsHttpHandler Handler(SubgraphOptions options, HeaderRules headers) => new()
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

    private sealed class Entry(HttpMessageInvoker invoker, ConnectionLimit limit)
    {
        public HttpMessageInvoker Invoker => invoker;

        public ConnectionLimit Limit => limit;

        public int Users { get; set; }
    }
}
