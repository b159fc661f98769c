namespace GraphGateway.Gateway;

/// <summary>What the gateway tells of itself, and to whom (<c>Gateway:Telemetry</c>). Nothing is sent unless somebody is named.</summary>
public sealed record TelemetryOptions
{
    /// <summary>The path of Prometheus' page where its address names none.</summary>
    public const string DefaultPrometheusPath = "/metrics";

    /// <summary>Where traces go; null for nowhere.</summary>
    public OtlpTarget? Traces { get; init; }

    /// <summary>Where metrics go; null for nowhere.</summary>
    public OtlpTarget? Metrics { get; init; }

    /// <summary>Where the log goes besides the console; null for nowhere.</summary>
    public OtlpTarget? Logs { get; init; }

    /// <summary>
    /// Which part of the requests is traced, 0 to 1, where the client has not decided it; null: the standard variable <c>OTEL_TRACES_SAMPLER</c>
    /// decides, and without it all are.
    /// </summary>
    public double? Sampling { get; init; }

    /// <summary>Whether there is a page for Prometheus.</summary>
    public bool Prometheus { get; init; }

    /// <summary>
    /// Where that page is, an address of its own that only this machine reaches: operations' names and the sources' state are nobody else's concern.
    /// </summary>
    public Uri PrometheusUrl { get; init; } = new("http://127.0.0.1:9464" + DefaultPrometheusPath);

    /// <summary>How many operations metrics tell apart; further ones are <c>other</c>.</summary>
    public int Operations { get; init; } = 500;

    /// <summary>A request that takes longer has a line in the log; null for none.</summary>
    public TimeSpan? SlowRequest { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How the log looks on the console; null: as <c>Logging:Console</c> says.</summary>
    public LogFormat? Console { get; init; }

    /// <summary>Whether spans have the text of the document: its literals can be anything that clients write there.</summary>
    public bool Documents { get; init; }

    /// <summary>How long the collector is waited for when the gateway stops, for all signals together; what it has not taken by then is lost.</summary>
    public TimeSpan ShutdownTimeout { get; init; } = TimeSpan.FromSeconds(2);

    internal string PrometheusPath => PrometheusUrl.AbsolutePath is "/" or "" ? DefaultPrometheusPath : PrometheusUrl.AbsolutePath;
}

/// <summary>How the log looks on the console.</summary>
public enum LogFormat
{
    /// <summary>Lines for people.</summary>
    Text,

    /// <summary>One JSON object a line, with each value by its name.</summary>
    Json,
}

/// <summary>
/// A collector, by the OpenTelemetry protocol (<see href="https://opentelemetry.io/docs/specs/otlp/">OTLP</see>).
/// </summary>
/// <param name="Endpoint">The whole address, the signal's path included.</param>
/// <param name="IsGrpc">gRPC, or else protobuf over HTTP.</param>
/// <param name="Headers">Headers for the collector as <c>name=value,...</c>, values URL-encoded; null for none. They can hold secrets.</param>
public sealed record OtlpTarget(Uri Endpoint, bool IsGrpc, string? Headers)
{
    // The record's own would print the headers.
    /// <inheritdoc/>
    public override string ToString() => Endpoint.ToString();
}
