using System.Diagnostics.Metrics;

namespace GraphGateway.Gateway;

/// <summary>Counts requests by what became of their document.</summary>
internal sealed class PersistedTelemetry(GatewayTelemetry telemetry)
{
    /// <summary>Named by its identifier, and published.</summary>
    public static readonly KeyValuePair<string, object?> Published = new("result", "published");

    /// <summary>Named by its hash, and sent before.</summary>
    public static readonly KeyValuePair<string, object?> Hit = new("result", "hit");

    /// <summary>Named, and not known.</summary>
    public static readonly KeyValuePair<string, object?> Miss = new("result", "miss");

    /// <summary>Text and hash.</summary>
    public static readonly KeyValuePair<string, object?> Kept = new("result", "kept");

    /// <summary>A text and the hash of another one.</summary>
    public static readonly KeyValuePair<string, object?> Mismatch = new("result", "mismatch");

    /// <summary>A text that is published.</summary>
    public static readonly KeyValuePair<string, object?> Known = new("result", "known");

    /// <summary>A text that is not published.</summary>
    public static readonly KeyValuePair<string, object?> Unknown = new("result", "unknown");

    /// <summary>A text that asks for the schema alone.</summary>
    public static readonly KeyValuePair<string, object?> Introspection = new("result", "introspection");

    /// <summary>A text where an identifier is required.</summary>
    public static readonly KeyValuePair<string, object?> Text = new("result", "text");

    /// <summary>Nobody could say, for the store was never read.</summary>
    public static readonly KeyValuePair<string, object?> Unavailable = new("result", "unavailable");

    private readonly Counter<long> requests = telemetry.Meter.CreateCounter<long>(
        "graphgateway.persisted_operations.requests",
        "{request}",
        "Requests by what became of their document: published, hit, miss, kept (its text came, too), mismatch; and where a safelist is on, of texts: known, unknown, introspection, text or unavailable.");

    public void Count(in KeyValuePair<string, object?> result) => requests.Add(1, result);
}
