using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace GraphGateway.Gateway;

/// <summary>
/// The gateway's spans and instruments, by the runtime's own <see cref="ActivitySource"/> and <see cref="Meter"/>: whoever listens to the name
/// <see cref="Name"/> gets them, and while nobody does, each hook is one look at that.
/// <para>
/// Names follow OpenTelemetry's conventions for
/// <see href="https://opentelemetry.io/docs/specs/semconv/graphql/graphql-spans/">GraphQL</see> and
/// <see href="https://opentelemetry.io/docs/specs/semconv/http/http-spans/">HTTP</see>; what they do not name begins with <c>graphgateway</c>.
/// Requests over HTTP, connections, garbage collection and threads are told by the runtime's own meters.
/// </para>
/// </summary>
internal sealed class GatewayTelemetry : IDisposable
{
    /// <summary>The name of the source of spans and of the meter.</summary>
    public const string Name = "GraphGateway";

    // https://opentelemetry.io/docs/specs/semconv/http/http-metrics/#metric-httpserverrequestduration
    private static readonly double[] Seconds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];
    private static readonly double[] PlanningSeconds = [0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5];
    private static readonly long[] Bytes = [256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216, 67_108_864];

    private readonly TimeProvider clock;

    public GatewayTelemetry(IMeterFactory meters, TimeProvider clock, TelemetryOptions options)
    {
        this.clock = clock;
        Labels = new OperationLabels(options.Operations);
        ShowsDocuments = options.Documents;
        Meter = meters.Create(Name);
        Operations = Histogram("graphgateway.operation.duration", "s", "Time from a GraphQL request being read to its answer being complete.", Seconds);
        Errors = Meter.CreateCounter<long>("graphgateway.errors", "{error}", "Errors in answers, by code.");
        PlanCache = Meter.CreateCounter<long>("graphgateway.plan_cache.requests", "{request}", "Operations that were looked up, by result: hit or miss.");
        Preparations = Histogram("graphgateway.operation.preparation.duration", "s", "Time to parse, validate or plan an operation that was not there.", PlanningSeconds);
        Fetches = Histogram("graphgateway.fetch.duration", "s", "Time of requests to sources, waiting for a connection included.", Seconds);
        FetchRequestBytes = Histogram("graphgateway.fetch.request.body.size", "By", "Bytes that were sent to sources.", Bytes);
        FetchResponseBytes = Histogram("graphgateway.fetch.response.body.size", "By", "Bytes that sources answered, decompressed.", Bytes);
        FetchRetries = Meter.CreateCounter<long>("graphgateway.fetch.retries", "{request}", "Requests to sources that were sent again.");
        Spans = Meter.CreateCounter<long>("graphgateway.telemetry.spans", "{span}", "Spans for the collector, by result: exported, failed, or dropped because too many waited.");
    }

    /// <summary>Makes spans.</summary>
    public ActivitySource Source { get; } = new(Name, typeof(GatewayTelemetry).Assembly.GetName().Version?.ToString(3));

    public Meter Meter { get; }

    public OperationLabels Labels { get; }

    /// <summary>Whether spans have documents' texts.</summary>
    public bool ShowsDocuments { get; }

    public Histogram<double> Operations { get; }

    public Counter<long> Errors { get; }

    public Counter<long> PlanCache { get; }

    public Histogram<double> Preparations { get; }

    public Histogram<double> Fetches { get; }

    public Histogram<long> FetchRequestBytes { get; }

    public Histogram<long> FetchResponseBytes { get; }

    public Counter<long> FetchRetries { get; }

    public Counter<long> Spans { get; }

    /// <summary>Whether anybody wants to hear of requests to sources.</summary>
    public bool HearsFetches => Source.HasListeners() || Fetches.Enabled || FetchRequestBytes.Enabled || FetchResponseBytes.Enabled || FetchRetries.Enabled;

    /// <summary>A piece of work on an operation that was not there; disposing it ends it.</summary>
    /// <param name="phase"><c>parse</c>, <c>validate</c> or <c>plan</c>.</param>
    /// <param name="span">Its span's name.</param>
    public Preparation Prepare(string phase, string span) =>
        Source.HasListeners() || Preparations.Enabled ? new Preparation(this, phase, Source.StartActivity(span), clock.GetTimestamp()) : default;

    /// <inheritdoc/>
    public void Dispose() => Source.Dispose();

    private Histogram<T> Histogram<T>(string name, string unit, string description, T[] buckets)
        where T : struct =>
        Meter.CreateHistogram(name, unit, description, tags: null, new InstrumentAdvice<T> { HistogramBucketBoundaries = buckets });

    /// <summary>Work of <see cref="Prepare"/>.</summary>
    internal readonly struct Preparation(GatewayTelemetry telemetry, string phase, Activity? activity, long begun) : IDisposable
    {
        /// <inheritdoc/>
        public void Dispose()
        {
            if (telemetry is not null)
            {
                activity?.Dispose();
                telemetry.Preparations.Record(telemetry.clock.GetElapsedTime(begun).TotalSeconds, new KeyValuePair<string, object?>("phase", phase));
            }
        }
    }
}
