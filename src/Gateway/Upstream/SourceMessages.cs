using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using GraphGateway.Execution;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>
/// Makes the HTTP requests to one source (<see href="https://graphql.github.io/graphql-over-http/draft/#sec-POST">GraphQL over HTTP, POST</see>),
/// with the headers that the rules say, those that say who asks, the trace's context, and the time that the source has.
/// </summary>
/// <param name="url">Where it answers.</param>
/// <param name="options">How it is called.</param>
/// <param name="headers">The client's headers that go along, and others that are inserted.</param>
/// <param name="clock">Measures the time that is left.</param>
internal sealed class SourceMessages(Uri url, SubgraphOptions options, HeaderRules headers, TimeProvider clock)
{
    private static readonly MediaTypeHeaderValue Json = new("application/json");

    // Without TLS there is nothing in which a source could say that it knows HTTP/2: who sets it knows.
    private readonly HttpVersionPolicy versionPolicy =
        options.Protocol == SubgraphProtocol.Http2 && url.Scheme == Uri.UriSchemeHttp ? HttpVersionPolicy.RequestVersionExact : HttpVersionPolicy.RequestVersionOrLower;

    private readonly Version version = options.Protocol == SubgraphProtocol.Http2 ? HttpVersion.Version20 : HttpVersion.Version11;
    private readonly double timeoutMs = Math.Ceiling(options.Timeout.TotalMilliseconds);
    private readonly string timeoutText = Math.Ceiling(options.Timeout.TotalMilliseconds).ToString(CultureInfo.InvariantCulture);

    /// <summary>One request.</summary>
    /// <param name="request">What is asked.</param>
    /// <param name="body">Its bytes, which live until the answer is there.</param>
    /// <param name="context">The client's request; null where there is none.</param>
    /// <param name="identity">Say who asks; null where the source is not told.</param>
    /// <param name="begun">When the source's own time began, by the clock.</param>
    public HttpRequestMessage Make(SubgraphRequest request, ReadOnlyMemory<byte> body, UpstreamContext? context, IdentityHeaders? identity, long begun)
    {
        var content = new ReadOnlyMemoryContent(body);
        content.Headers.ContentType = Json;
        var message = new HttpRequestMessage(HttpMethod.Post, url) { Content = content, Version = version, VersionPolicy = versionPolicy };
        message.Headers.TryAddWithoutValidation(
            "Accept",
            request.IsVariableBatch ? "application/jsonl, application/graphql-response+json, application/json"
                : request.IsRequestBatch ? "application/graphql-response+json, application/json, application/jsonl"
                : "application/graphql-response+json, application/json");
        if (options.Compression)
        {
            message.Headers.TryAddWithoutValidation("Accept-Encoding", ContentCoding.Readable);
        }

        AddHeaders(message, context?.Headers);
        AddIdentity(message, identity);
        AddTrace(message, context?.Headers);
        AddDeadline(message, context, begun);
        return message;
    }

    private void AddHeaders(HttpRequestMessage message, IHeaderDictionary? client)
    {
        for (var selection = headers.Select(client); selection.MoveNext();)
        {
            if (selection.Values is [var value])
            {
                // The framework keeps the few that it takes for a body's, such as Content-Language, there.
                _ = message.Headers.TryAddWithoutValidation(selection.Name, value)
                    || message.Content!.Headers.TryAddWithoutValidation(selection.Name, value);
            }
            else
            {
                IEnumerable<string?> values = selection.Values;
                _ = message.Headers.TryAddWithoutValidation(selection.Name, values)
                    || message.Content!.Headers.TryAddWithoutValidation(selection.Name, values);
            }
        }
    }

    private static void AddIdentity(HttpRequestMessage message, IdentityHeaders? identity)
    {
        if (identity is not null)
        {
            foreach (var (name, value) in identity.Headers)
            {
                message.Headers.TryAddWithoutValidation(name, value);
            }
        }
    }

    // W3C Trace Context, https://www.w3.org/TR/trace-context/: the source's spans hang below that of the client's request. Where the gateway
    // records no spans, the context goes on as it came (section 3.3, "forward ... unmodified"), unless it is none: then both headers are left out
    // (section 3.2.2.5), and a header that cannot be sent would fail the request for all who share it.
    private static void AddTrace(HttpRequestMessage message, IHeaderDictionary? client)
    {
        if (message.Headers.Contains("traceparent"))
        {
            return;
        }

        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            AddTrace(message, activity.Id, activity.TraceStateString);
        }
        else if (client?.TraceParent is [{ } parent] && ActivityContext.TryParse(parent, traceState: null, out _))
        {
            AddTrace(message, parent, client.TraceState.ToString());
        }
    }

    private static void AddTrace(HttpRequestMessage message, string? parent, string? state)
    {
        message.Headers.TryAddWithoutValidation("traceparent", parent);
        if (!string.IsNullOrEmpty(state) && Ascii.IsValid(state) && HeaderNames.IsValue(state))
        {
            message.Headers.TryAddWithoutValidation("tracestate", state);
        }
    }

    // The smaller of what is left of the source's own time and of the client's request's, in whole milliseconds, rounded up.
    private void AddDeadline(HttpRequestMessage message, UpstreamContext? context, long begun)
    {
        if (options.DeadlineHeader is not { } name)
        {
            return;
        }

        var now = clock.GetTimestamp();
        var left = options.Timeout - clock.GetElapsedTime(begun, now);
        if (context is not null && clock.GetElapsedTime(now, context.EndsAt) is var leftOfRequest && leftOfRequest < left)
        {
            left = leftOfRequest;
        }

        var leftMs = Math.Max(0, Math.Ceiling(left.TotalMilliseconds));
        // What a pattern has taken from the client is not the gateway's time.
        if (!headers.IsEmpty && message.Headers.NonValidated.Contains(name))
        {
            message.Headers.Remove(name);
        }

        message.Headers.TryAddWithoutValidation(name, leftMs == timeoutMs ? timeoutText : leftMs.ToString(CultureInfo.InvariantCulture));
    }
}
