using GraphGateway.Execution;
using GraphGateway.Http;
using GraphGateway.Language;

namespace GraphGateway.Gateway;

/// <summary>
/// Calls one source over HTTP. A bare message invoker: no redirects, cookies or proxy, connections kept alive and renewed now and then so that
/// a moved source is found again.
/// </summary>
internal sealed class SourceClient : IDisposable
{
    private readonly SourceConnections connections;
    private readonly SubgraphOptions options;
    private readonly HeaderRules headers;
    private readonly SourceIdentity? identity;
    private readonly ConnectionLimit limit;
    private readonly Patience patience;
    private readonly TimeProvider clock;
    private readonly Flights<SubgraphResponse>? flights;
    private readonly SourceMonitor monitor;
    private readonly AnswerMemory memory;
    private readonly SourceBody bodies;
    private readonly Repetition repetition;
    private readonly SourcePolicy? policies;
    private readonly CancellationToken stopping;

    /// <param name="endpoint">Where it answers.</param>
    /// <param name="connections">The connections to it; disposed here.</param>
    /// <param name="options">How it is called.</param>
    /// <param name="headers">Which headers go along.</param>
    /// <param name="identity">Says to it who asks; null where it is not told.</param>
    /// <param name="clock">Measures its time.</param>
    /// <param name="flights">Shares equal queries; null where each is sent.</param>
    /// <param name="monitor">Hears how requests end.</param>
    /// <param name="memory">Holds its answers, and those of the other sources.</param>
    /// <param name="policies">Reads how long its answers may be kept; null where nobody wants to know.</param>
    /// <param name="stopping">Cancelled when the gateway stops and waits no longer; then all deadlines are over.</param>
    public SourceClient(
        SourceEndpoint endpoint,
        SourceConnections connections,
        SubgraphOptions options,
        HeaderRules headers,
        SourceIdentity? identity,
        TimeProvider clock,
        Flights<SubgraphResponse>? flights,
        SourceMonitor monitor,
        AnswerMemory memory,
        SourcePolicy? policies,
        CancellationToken stopping)
    {
        (this.connections, this.options, this.headers, this.identity, this.clock, this.flights) = (connections, options, headers, identity, clock, flights);
        (this.monitor, this.memory, this.policies, this.stopping) = (monitor, memory, policies, stopping);
        bodies = new SourceBody(memory, options.ResponseBytes);
        limit = connections.Limit;
        patience = new Patience(options.Timeout, clock);
        repetition = new Repetition(connections.Invoker, new SourceMessages(endpoint.Url, options, headers, clock), options, clock);
    }

    /// <summary>How many requests are on the way, and wait for their turn.</summary>
    public (int Active, int Waiting) Load => (limit.Active, limit.Waiting);

    /// <summary>
    /// 1. Three clocks run: the client's patience, the whole request's deadline, the source's own time. 2. Send, or wait for an equal query
    /// that is on its way. 3. When the time is over, say whose it was. PERF: what is sent at once, for one client alone, is one asynchronous method.
    /// </summary>
    public ValueTask<SubgraphResponse> SendAsync(SubgraphRequest request, UpstreamContext? context, CancellationToken client)
    {
        // 1.
        var begun = monitor.Begin();
        var deadline = context?.Deadline ?? CancellationToken.None;
        var time = new CallTime(patience.Begin(client, deadline), client, deadline);
        var who = identity?.Of(context?.Client ?? ClientIdentity.Anonymous);

        // 2.
        if ((flights is null || request.Operation != OperationType.Query) && request.Body.Length <= options.RequestBytes && who is not { AreTooLarge: true } && limit.TryEnter())
        {
            context?.Fetch?.IsSent = true;
            return CallAsync(request, request.Body, context, who, begun, time, time.Token);
        }

        return SendOrShareAsync(request, context, who, begun, time);
    }

    private async ValueTask<SubgraphResponse> SendOrShareAsync(
        SubgraphRequest request, UpstreamContext? context, IdentityHeaders? who, long begun, CallTime time)
    {
        try
        {
            if (flights is null || request.Operation != OperationType.Query)
            {
                return await ExchangeAsync(request, request.Body, context, who, begun, time.Token);
            }

            var key = FlightKey.Of(request.Body.Span, context?.Headers, headers, identity: who);
            return await flights.JoinAsync(key, (body, token) => ExchangeAsync(request, body, context, who, begun, token), time.Token);
        }
        catch (OperationCanceledException)
        {
            return IsOver(time, begun);
        }
        finally
        {
            time.Dispose();
        }
    }

    // 3.
    private SubgraphResponse IsOver(CallTime time, long begun) =>
        time.HasClientLeft ? SubgraphResponse.Failed(SubgraphOutcome.Cancelled)
        : time.IsDeadlineOver && stopping.IsCancellationRequested ? SubgraphResponse.Failed(SubgraphOutcome.ShuttingDown)
        : time.IsDeadlineOver ? Failed(
            SubgraphOutcome.RequestTimedOut, SourceFailure.RequestTimedOut, "no answer before the time of the client's request was over", begun)
        : Failed(SubgraphOutcome.TimedOut, SourceFailure.TimedOut, $"no answer within {options.Timeout.TotalSeconds} s", begun);

    /// <inheritdoc/>
    public void Dispose() => connections.Dispose();

    // 1. Too large a request is not sent.  2. Its turn comes, unless too many wait.  3. It is sent.  PERF: waiting is a method of its own, so that
    // nothing is allocated for it where nobody has to wait.
    private ValueTask<SubgraphResponse> ExchangeAsync(
        SubgraphRequest request, ReadOnlyMemory<byte> body, UpstreamContext? context, IdentityHeaders? who, long begun, CancellationToken cancellationToken)
    {
        context?.Fetch?.IsSent = true;

        // 1.
        if (body.Length > options.RequestBytes || who is { AreTooLarge: true })
        {
            var problem = who is { AreTooLarge: true }
                ? $"headers of {who.Bytes} bytes that say who asks are more than {IdentityHeaders.MaxBytes} bytes and were not sent"
                : $"a request of {body.Length} bytes is larger than {options.RequestBytes} bytes and was not sent";
            return ValueTask.FromResult(Failed(SubgraphOutcome.RequestTooLarge, SourceFailure.RequestTooLarge, problem, begun));
        }

        // 2. and 3.
        return limit.TryEnter()
            ? CallAsync(request, body, context, who, begun, own: null, cancellationToken)
            : WaitAndCallAsync(request, body, context, who, begun, cancellationToken);
    }

    private async ValueTask<SubgraphResponse> WaitAndCallAsync(
        SubgraphRequest request, ReadOnlyMemory<byte> body, UpstreamContext? context, IdentityHeaders? who, long begun, CancellationToken cancellationToken)
    {
        // Before anything is waited for: the client may leave meanwhile, and others stay.
        var kept = context?.Kept();
        if (await limit.QueueAsync(cancellationToken))
        {
            return await CallAsync(request, body, kept, who, begun, own: null, cancellationToken);
        }

        var problem = $"{options.Connections.Max} requests are on the way and {options.Connections.Queue} wait";
        return Failed(SubgraphOutcome.Refused, SourceFailure.QueueFull, problem, begun);
    }

    // Sends the body, reads the answer within the limit, and tells the operator how it went. What goes wrong on the way is the outcome, also that the
    // time is over where it is the call's own; else the one who waits says whose it was.
    private async ValueTask<SubgraphResponse> CallAsync(
        SubgraphRequest request, ReadOnlyMemory<byte> body, UpstreamContext? context, IdentityHeaders? who, long begun, CallTime? own, CancellationToken cancellationToken)
    {
        try
        {
            var isPersonal = policies is not null && policies.IsPersonal(context);
            using var response = await repetition.SendAsync(request, body, context, who, begun, cancellationToken);
            var answer = await bodies.ReadAsync(response, cancellationToken);
            policies?.Judge(answer, response, request.Hints, isPersonal, begun);
            return Checked(answer, request.IsBatch, context, begun);
        }
        catch (OperationCanceledException exception) when (exception.InnerException is TimeoutException && !cancellationToken.IsCancellationRequested)
        {
            var problem = $"no connection within {options.ConnectTimeout.TotalSeconds} s";
            return Failed(SubgraphOutcome.Unreachable, SourceFailure.Unreachable, problem, begun);
        }
        catch (OperationCanceledException) when (own is not null)
        {
            return IsOver(own.Value, begun);
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
        finally
        {
            limit.Leave();
            own?.Dispose();
        }
    }

    // Whether the time is over that the source was told.
    private bool IsLate(UpstreamContext? context, long begun) => clock.GetTimestamp() is var now
        && context is not null && (now > context.EndsAt || clock.GetElapsedTime(begun, now) > options.Timeout);

    // Whoever hears of it may throw: then nobody gets the answer.
    private SubgraphResponse Checked(SubgraphResponse answer, bool isBatch, UpstreamContext? context, long begun)
    {
        try
        {
            answer.IsLate = IsLate(context, begun);
            Check(answer, isBatch, context, begun);
            return answer;
        }
        catch
        {
            answer.Dispose();
            throw;
        }
    }

    private void Check(SubgraphResponse response, bool isBatch, UpstreamContext? context, long begun)
    {
        if (response.Outcome == SubgraphOutcome.TooLarge)
        {
            monitor.Failed(SourceFailure.TooLarge, $"the answer with status {response.Status} is larger than {options.ResponseBytes} bytes", begun);
        }
        else if (response.Outcome == SubgraphOutcome.NoMemory)
        {
            monitor.Failed(SourceFailure.NoMemory, $"the answers of all sources that are held fill the {memory.MaxBytes} bytes that are allowed for them", begun);
        }
        else if (response.Outcome == SubgraphOutcome.Unreadable)
        {
            monitor.Failed(
                SourceFailure.Malformed, $"the answer with status {response.Status} has a content coding other than {ContentCoding.Readable}, or does not have the one that it names", begun);
        }
        else if (AnswerCheck.Find(response, isBatch) is { } failure)
        {
            context?.Fetch?.Failure = failure.Kind;
            monitor.Failed(failure.Kind, failure.Problem, begun);
        }
        else
        {
            monitor.Succeeded();
        }
    }

    private SubgraphResponse Failed(SubgraphOutcome outcome, SourceFailure kind, string problem, long begun)
    {
        monitor.Failed(kind, problem, begun);
        return SubgraphResponse.Failed(outcome);
    }
}
