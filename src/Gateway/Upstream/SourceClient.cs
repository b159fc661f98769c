using System.Collections.Immutable;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using GraphGateway.Execution;
using GraphGateway.Language;

namespace GraphGateway.Gateway;

/// <summary>
/// Calls one source over HTTP (<see href="https://graphql.github.io/graphql-over-http/draft/#sec-POST">GraphQL over HTTP, POST</see>).
/// A bare message invoker: no redirects, cookies, proxy or decompression that nobody asked for, connections kept alive and renewed now and
/// then so that a moved source is found again.
/// </summary>
internal sealed class SourceClient : IDisposable
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    private readonly HttpMessageInvoker invoker;
    private readonly SourceEndpoint endpoint;
    private readonly SubgraphOptions options;
    private readonly Patience patience;
    private readonly Flights<SubgraphResponse>? flights;
    private readonly SourceMonitor monitor;

    /// <param name="endpoint">Where it answers.</param>
    /// <param name="options">How it is called.</param>
    /// <param name="clock">Measures its time.</param>
    /// <param name="flights">Shares equal queries; null where each is sent.</param>
    /// <param name="monitor">Hears how requests end.</param>
    public SourceClient(SourceEndpoint endpoint, SubgraphOptions options, TimeProvider clock, Flights<SubgraphResponse>? flights, SourceMonitor monitor)
    {
        this.endpoint = endpoint;
        this.options = options;
        this.flights = flights;
        this.monitor = monitor;
        patience = new Patience(options.Timeout, clock);
        invoker = new HttpMessageInvoker(new SocketsHttpHandler
        {
            UseProxy = false,
            AllowAutoRedirect = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            PooledConnectionLifetime = TimeSpan.FromMinutes(3),
            PooledConnectionIdleTimeout = TimeSpan.FromMinutes(1),
            ConnectTimeout = options.Timeout,
            EnableMultipleHttp2Connections = true,
            // The context of a trace is set here, without an activity for each request.
            ActivityHeadersPropagator = null,
        });
    }

    /// <summary>
    /// 1. Three clocks run: the client's patience, the whole request's deadline, the source's own time. 2. Send, or wait for an equal query
    /// that is on its way. 3. When the time is over, say whose it was.
    /// </summary>
    public async ValueTask<SubgraphResponse> SendAsync(SubgraphRequest request, UpstreamContext? context, CancellationToken client)
    {
        // 1.
        var begun = monitor.Begin();
        var deadline = context?.Deadline ?? CancellationToken.None;
        using var waiting = patience.Begin(client, deadline);
        try
        {
            // 2.
            if (flights is null || request.Operation != OperationType.Query)
            {
                return await ExchangeAsync(request, request.Body, context, begun, waiting.Token);
            }

            var key = FlightKey.Of(request.Body.Span, context?.Headers, options.PropagatedHeaders.AsSpan());
            return await flights.JoinAsync(key, (body, token) => ExchangeAsync(request, body, context, begun, token), waiting.Token);
        }
        catch (OperationCanceledException)
        {
            // 3.
            return client.IsCancellationRequested ? SubgraphResponse.Failed(SubgraphOutcome.Cancelled)
                : deadline.IsCancellationRequested ? Failed(
                    SubgraphOutcome.RequestTimedOut, SourceFailure.RequestTimedOut, "no answer before the time of the client's request was over", begun)
                : Failed(SubgraphOutcome.TimedOut, SourceFailure.TimedOut, $"no answer within {options.Timeout.TotalSeconds} s", begun);
        }
    }

    // Sends the body, reads the answer within the limit, and tells the operator how it went. What goes wrong on the way is the outcome.
    private async ValueTask<SubgraphResponse> ExchangeAsync(
        SubgraphRequest request, ReadOnlyMemory<byte> body, UpstreamContext? context, long begun, CancellationToken cancellationToken)
    {
        try
        {
            using var message = MessageFor(request, body, context);
            using var response = await invoker.SendAsync(message, cancellationToken);
            return Checked(await SourceBody.ReadAsync(response, options.ResponseBytes, cancellationToken), request.IsVariableBatch, begun);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            var hasConnected = exception is not HttpRequestException
            {
                HttpRequestError: HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError,
            };
            var words = exception.GetBaseException().Message;
            return hasConnected
                ? Failed(SubgraphOutcome.Unreachable, SourceFailure.Broken, $"the connection broke: {words}", begun)
                : Failed(SubgraphOutcome.Unreachable, SourceFailure.Unreachable, words, begun);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => invoker.Dispose();

    private SubgraphResponse Checked(SubgraphResponse response, bool isVariableBatch, long begun)
    {
        if (response.Outcome == SubgraphOutcome.TooLarge)
        {
            monitor.Failed(SourceFailure.TooLarge, $"the answer with status {response.Status} is larger than {options.ResponseBytes} bytes", begun);
        }
        else if (AnswerCheck.Find(response, isVariableBatch) is { } failure)
        {
            monitor.Failed(failure.Kind, failure.Problem, begun);
        }
        else
        {
            monitor.Succeeded();
        }

        return response;
    }

    private SubgraphResponse Failed(SubgraphOutcome outcome, SourceFailure kind, string problem, long begun)
    {
        monitor.Failed(kind, problem, begun);
        return SubgraphResponse.Failed(outcome);
    }

    private HttpRequestMessage MessageFor(SubgraphRequest request, ReadOnlyMemory<byte> body, UpstreamContext? context)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = Json;
        var message = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = content };
        message.Headers.TryAddWithoutValidation(
            "Accept",
            request.IsVariableBatch
                ? "application/jsonl, application/graphql-response+json, application/json"
                : "application/graphql-response+json, application/json");
        if (context is not null)
        {
            Propagate(message, context.Headers, options.PropagatedHeaders);
        }

        AddTrace(message, context?.Headers);
        return message;
    }

    // W3C Trace Context, https://www.w3.org/TR/trace-context/: the source's spans hang below that of the client's request. Where the gateway
    // records no spans, the context goes on as it came (section 3.3, "forward ... unmodified").
    private static void AddTrace(HttpRequestMessage message, IHeaderDictionary? headers)
    {
        if (message.Headers.Contains("traceparent"))
        {
            return;
        }

        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            AddTrace(message, activity.Id, activity.TraceStateString);
        }
        else if (headers?.TraceParent is { Count: 1 } parent)
        {
            AddTrace(message, parent[0], headers.TraceState.ToString());
        }
    }

    private static void AddTrace(HttpRequestMessage message, string? parent, string? state)
    {
        message.Headers.TryAddWithoutValidation("traceparent", parent);
        if (!string.IsNullOrEmpty(state))
        {
            message.Headers.TryAddWithoutValidation("tracestate", state);
        }
    }

    private static void Propagate(HttpRequestMessage message, IHeaderDictionary headers, ImmutableArray<string> names)
    {
        foreach (var name in names)
        {
            if (headers.TryGetValue(name, out var values))
            {
                message.Headers.TryAddWithoutValidation(name, (IEnumerable<string?>)values);
            }
        }
    }
}
