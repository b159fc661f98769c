using System.Diagnostics;
using System.Globalization;
using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>
/// One request to a source as telemetry sees it: a span of the kind client, and the metrics of those that were really sent. Made only where
/// somebody listens.
/// </summary>
internal sealed class FetchObservation
{
    private readonly GatewayTelemetry telemetry;
    private readonly SourceEndpoint source;
    private readonly SubgraphRequest request;
    private readonly TimeProvider clock;
    private readonly Activity? span;
    private readonly long begun;

    public FetchObservation(GatewayTelemetry telemetry, SourceEndpoint source, SubgraphRequest request, TimeProvider clock)
    {
        this.telemetry = telemetry;
        this.source = source;
        this.request = request;
        this.clock = clock;
        begun = clock.GetTimestamp();
        span = telemetry.Source.StartActivity($"fetch {source.Name}", ActivityKind.Client);
    }

    /// <summary>Set when the request is sent, and not answered by another one's flight.</summary>
    public bool IsSent { get; set; }

    /// <summary>How many times it was sent again.</summary>
    public int Repeated { get; set; }

    /// <summary>What the source's answer is not; null where it is a GraphQL response or there is none.</summary>
    public SourceFailure? Failure { get; set; }

    /// <summary>It is over.</summary>
    /// <param name="response">The answer; null when the transport threw.</param>
    public void End(SubgraphResponse? response)
    {
        var error = ErrorOf(response);
        var status = response?.Status ?? 0;
        if (IsSent && telemetry.Fetches.Enabled)
        {
            telemetry.Fetches.Record(
                clock.GetElapsedTime(begun).TotalSeconds,
                new("source", source.Name),
                new("http.response.status_code", status == 0 ? null : status),
                new("error.type", error));
        }

        if (IsSent && response is { Outcome: SubgraphOutcome.Received })
        {
            telemetry.FetchResponseBytes.Record(response.Length, new KeyValuePair<string, object?>("source", source.Name));
        }

        if (IsSent)
        {
            telemetry.FetchRequestBytes.Record(request.Body.Length, new KeyValuePair<string, object?>("source", source.Name));
        }

        if (Repeated > 0)
        {
            telemetry.FetchRetries.Add(Repeated, new KeyValuePair<string, object?>("source", source.Name));
        }

        if (span is not null)
        {
            Describe(span, response, status, error);
            span.Dispose();
        }
    }

    private void Describe(Activity span, SubgraphResponse? response, int status, string? error)
    {
        span.SetTag("graphgateway.source", source.Name);
        span.SetTag("graphgateway.fetch.step", request.Step);
        span.SetTag("graphgateway.fetch.entities", request.EntityCount);
        span.SetTag("graphgateway.fetch.shared", !IsSent);
        span.SetTag("http.request.method", "POST");
        span.SetTag("server.address", source.Url.Host);
        span.SetTag("server.port", source.Url.Port);
        span.SetTag("http.request.body.size", request.Body.Length);
        if (Repeated > 0)
        {
            span.SetTag("http.request.resend_count", Repeated);
        }

        if (status != 0)
        {
            span.SetTag("http.response.status_code", status);
            span.SetTag("http.response.body.size", response!.Length);
        }

        if (error is not null)
        {
            span.SetTag("error.type", error);
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    // By HTTP's conventions a status of 400 and above is the error's type.
    private string? ErrorOf(SubgraphResponse? response) => response switch
    {
        null => "fault",
        { Outcome: SubgraphOutcome.Received, Status: < 200 or > 299 } => response.Status.ToString(CultureInfo.InvariantCulture),
        { Outcome: SubgraphOutcome.Received } => Failure is null ? null : "malformed",
        { Outcome: SubgraphOutcome.Unreachable } => "unreachable",
        { Outcome: SubgraphOutcome.TimedOut } => "timed_out",
        { Outcome: SubgraphOutcome.RequestTimedOut } => "request_timed_out",
        { Outcome: SubgraphOutcome.TooLarge } => "too_large",
        { Outcome: SubgraphOutcome.NoMemory } => "no_memory",
        { Outcome: SubgraphOutcome.Unreadable } => "unreadable",
        { Outcome: SubgraphOutcome.RequestTooLarge } => "request_too_large",
        { Outcome: SubgraphOutcome.Refused } => "queue_full",
        { Outcome: SubgraphOutcome.ShuttingDown } => "shutting_down",
        _ => "cancelled",
    };
}
