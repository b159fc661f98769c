using System.Diagnostics;
using System.Text;
using GraphGateway.Http;
using GraphGateway.Language;

namespace GraphGateway.Gateway;

/// <summary>
/// Tells how a GraphQL request went, when it is over: its span, its metrics, and a line in the log where it failed or was slow. Of what the
/// client sent there is the operation's name, its type and its document's hash; no text, no variable, no header.
/// </summary>
internal sealed class RequestSettlement(GatewayTelemetry telemetry, TelemetryOptions options, TimeProvider clock, ILogger<RequestSettlement> logger)
{
    private readonly LogPauses pauses = new(Enum.GetValues<LineKind>().Length, clock);

    private enum LineKind
    {
        Refused,
        Failed,
        Slow,
    }

    /// <summary>When it began.</summary>
    public long Begin() => clock.GetTimestamp();

    /// <summary>
    /// The request's span: below the host's own where there is one, else below the client's (<see href="https://www.w3.org/TR/trace-context/">W3C
    /// Trace Context</see>). Null where nobody listens.
    /// </summary>
    public Activity? StartSpan(IHeaderDictionary headers)
    {
        if (!telemetry.Source.HasListeners())
        {
            return null;
        }

        const string unnamed = "GraphQL Operation";
        return Activity.Current is null && ParentOf(headers) is { } parent
            ? telemetry.Source.StartActivity(unnamed, ActivityKind.Server, parent)
            : telemetry.Source.StartActivity(unnamed, ActivityKind.Server);
    }

    /// <summary>It is answered, and its span ends. Where a listener throws, the answer is disposed: it comes to nobody.</summary>
    /// <param name="span">Its span.</param>
    /// <param name="begun">When it began.</param>
    /// <param name="operation">Its operation; null when it did not come to one.</param>
    /// <param name="result">Its answer, not written yet.</param>
    /// <param name="headers">The client's, for the trace's id where there is no span.</param>
    public void Settle(Activity? span, long begun, PreparedOperation? operation, GraphQLHttpResult result, IHeaderDictionary headers)
    {
        try
        {
            using (span)
            {
                Tell(span, begun, operation, result, headers);
            }
        }
        catch
        {
            result.Dispose();
            throw;
        }
    }

    /// <summary>The client left before it was answered; the span ends.</summary>
    public static void Left(Activity? span)
    {
        span?.SetTag("graphgateway.outcome", "left");
        span?.Dispose();
    }

    private void Tell(Activity? span, long begun, PreparedOperation? operation, GraphQLHttpResult result, IHeaderDictionary headers)
    {
        var elapsed = clock.GetElapsedTime(begun);
        var body = result.Outcome == GraphQLOutcome.Executed && result.Bodies is [ResponseBody executed] ? executed : null;
        var hasErrors = body is null ? !result.Errors.IsEmpty : body.ErrorCount > 0;
        var outcome = OutcomeOf(result, body, hasErrors);
        if (telemetry.Operations.Enabled || (hasErrors && telemetry.Errors.Enabled))
        {
            Measure(operation, outcome, elapsed, hasErrors ? CodesOf(result, body) : []);
        }

        if (span is not null)
        {
            Describe(span, operation, result, body, outcome, hasErrors);
        }

        if (hasErrors || elapsed > options.SlowRequest)
        {
            Log(span, operation, result, body, outcome, elapsed, headers);
        }
    }

    // What the gateway itself could not do is no mistake of the client's, though nothing was executed: a plan that is wrong or took too long, a fault.
    private static string OutcomeOf(GraphQLHttpResult result, ResponseBody? body, bool hasErrors) =>
        !hasErrors ? "ok"
        : body is null ? (result.StatusCode >= StatusCodes.Status500InternalServerError ? "failed" : "refused")
        : body.IsDataNull ? "failed" : "partial";

    private static ActivityContext? ParentOf(IHeaderDictionary headers) =>
        headers.TraceParent is [{ } parent] && ActivityContext.TryParse(parent, headers.TraceState, isRemote: true, out var context) ? context : null;

    private static IEnumerable<ErrorCode> CodesOf(GraphQLHttpResult result, ResponseBody? body) =>
        body?.ErrorCodes ?? result.Errors.Select(error => error.Code).OfType<ErrorCode>();

    private void Measure(PreparedOperation? operation, string outcome, TimeSpan elapsed, IEnumerable<ErrorCode> codes)
    {
        var label = operation?.Identity.LabelIn(telemetry.Labels) ?? OperationLabel.None;
        var tags = new TagList
        {
            { "graphql.operation.name", label.Name },
            { "graphql.operation.type", label.Type },
            { "graphgateway.operation.hash", label.Hash },
            { "graphgateway.outcome", outcome },
        };
        telemetry.Operations.Record(elapsed.TotalSeconds, tags);
        foreach (var code in codes)
        {
            telemetry.Errors.Add(1, new("graphql.operation.name", label.Name), new("graphgateway.operation.hash", label.Hash), new("error.type", code.ToWire()));
        }
    }

    private void Describe(Activity span, PreparedOperation? operation, GraphQLHttpResult result, ResponseBody? body, string outcome, bool hasErrors)
    {
        span.SetTag("graphgateway.outcome", outcome);
        if (operation?.Identity is { } identity)
        {
            span.DisplayName = identity.Type;
            span.SetTag("graphql.operation.type", identity.Type);
            span.SetTag("graphgateway.operation.hash", identity.Hash);
            if (identity.Name is not null)
            {
                span.SetTag("graphql.operation.name", identity.Name);
            }

            if (telemetry.ShowsDocuments)
            {
                span.SetTag("graphql.document", Encoding.UTF8.GetString(operation.Operation.Document.Document.Source.Utf8.Span));
            }
        }

        if (body is not null)
        {
            span.SetTag("graphgateway.fetches", body.FetchCount);
        }

        if (!hasErrors)
        {
            return;
        }

        span.SetTag("error.type", CodesOf(result, body).Select(code => code.ToWire()).FirstOrDefault("_OTHER"));
        if (body is not null || result.StatusCode >= StatusCodes.Status500InternalServerError)
        {
            // As for HTTP's 4xx, a client's mistake is no error of the server's span.
            span.SetStatus(ActivityStatusCode.Error);
        }
    }

    private void Log(
        Activity? span, PreparedOperation? operation, GraphQLHttpResult result, ResponseBody? body, string outcome, TimeSpan elapsed, IHeaderDictionary headers)
    {
        var kind = outcome switch
        {
            "ok" => LineKind.Slow,
            "refused" => LineKind.Refused,
            _ => LineKind.Failed,
        };
        var level = kind == LineKind.Refused ? LogLevel.Information : LogLevel.Warning;
        if (!logger.IsEnabled(level) || !pauses.MayLog((int)kind, out var leftOut))
        {
            return;
        }

        var trace = (span?.Context ?? Activity.Current?.Context ?? ParentOf(headers))?.TraceId.ToHexString() ?? "none";
#pragma warning disable CA1873 // Whether the level is on was asked above.
        logger.Log(
            level,
            "Request {Outcome} in {ElapsedMs} ms: operation {OperationName} sha256:{OperationHash}, errors {ErrorCodes}, requests to sources {Fetches}, trace {TraceId} ({LeftOut} more like it since the last line)",
            kind == LineKind.Slow ? "slow" : outcome,
            (long)elapsed.TotalMilliseconds,
            operation?.Identity.Name ?? (operation is null ? "unknown" : "anonymous"),
            operation?.Identity.Hash ?? "unknown",
            string.Join(' ', CodesOf(result, body).Distinct().Select(code => code.ToWire())),
            body?.FetchCount ?? 0,
            trace,
            leftOut);
#pragma warning restore CA1873
    }
}
