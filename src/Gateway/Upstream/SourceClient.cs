using System.Collections.Immutable;
using System.Net;
using System.Net.Http.Headers;
using GraphGateway.Execution;

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
    private readonly TimeProvider clock;
    private readonly SourceMonitor monitor;

    public SourceClient(SourceEndpoint endpoint, SubgraphOptions options, TimeProvider clock, SourceMonitor monitor)
    {
        this.monitor = monitor;
        this.endpoint = endpoint;
        this.options = options;
        this.clock = clock;
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
        });
    }

    /// <summary>
    /// 1. Three clocks run: the client's patience, the whole request's deadline, the source's own time. 2. Send. 3. Read the body within
    /// the limit. 4. Whatever goes wrong becomes the outcome, and is told to the operator.
    /// </summary>
    public async ValueTask<SubgraphResponse> SendAsync(SubgraphRequest request, UpstreamContext? context, CancellationToken client)
    {
        // 1.
        var begun = monitor.Begin();
        var deadline = context?.Deadline ?? CancellationToken.None;
        using var own = new CancellationTokenSource(options.Timeout, clock);
        using var any = CancellationTokenSource.CreateLinkedTokenSource(client, deadline, own.Token);
        try
        {
            // 2.
            using var message = MessageFor(request, context);
            using var response = await invoker.SendAsync(message, any.Token);

            // 3.
            return Checked(await SourceBody.ReadAsync(response, options.ResponseBytes, any.Token), request.IsVariableBatch, begun);
        }
        catch (OperationCanceledException)
        {
            // 4.
            return client.IsCancellationRequested ? SubgraphResponse.Failed(SubgraphOutcome.Cancelled)
                : deadline.IsCancellationRequested ? Failed(
                    SubgraphOutcome.RequestTimedOut, SourceFailure.RequestTimedOut, "no answer before the time of the client's request was over", begun)
                : Failed(SubgraphOutcome.TimedOut, SourceFailure.TimedOut, $"no answer within {options.Timeout.TotalSeconds} s", begun);
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

    private HttpRequestMessage MessageFor(SubgraphRequest request, UpstreamContext? context)
    {
        var content = new ReadOnlyMemoryContent(request.Body);
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

        return message;
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
