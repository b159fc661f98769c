using System.Net.Sockets;
using GraphGateway.Execution;
using GraphGateway.Language;

namespace GraphGateway.Gateway;

/// <summary>
/// Sends the requests to one source, some of them again: a query of which no byte of an answer has come, because there was no connection or it broke.
/// That happens where a source starts anew, or closes a kept connection at the moment at which it is used; the framework itself sends nothing with a
/// body again. A mutation is never repeated, and neither is what was answered in any way, or took too long.
/// </summary>
/// <param name="invoker">Sends one.</param>
/// <param name="messages">Makes one.</param>
/// <param name="options">How many times, and in which time.</param>
/// <param name="clock">Measures the pauses between them.</param>
internal sealed class Repetition(HttpMessageInvoker invoker, SourceMessages messages, SubgraphOptions options, TimeProvider clock)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);

    /// <summary>
    /// The head of the answer; throws what the last attempt did. PERF: without retries it is a plain call.
    /// </summary>
    /// <param name="request">What is asked.</param>
    /// <param name="body">Its bytes, which live until the answer is there.</param>
    /// <param name="context">The client's request, which hears how many times this was repeated; null where there is none.</param>
    /// <param name="identity">Say who asks; null where the source is not told.</param>
    /// <param name="begun">When the source's own time began, by the clock.</param>
    /// <param name="cancellationToken">Cancelled when nobody waits any longer.</param>
    public Task<HttpResponseMessage> SendAsync(
        SubgraphRequest request, ReadOnlyMemory<byte> body, UpstreamContext? context, IdentityHeaders? identity, long begun, CancellationToken cancellationToken) => options.Retries == 0
        ? invoker.SendAsync(messages.Make(request, body, context, identity, begun), cancellationToken)
        : SendAgainAsync(request, body, context, identity, begun, cancellationToken);

    // Keeps its turn meanwhile: a source that is down is not asked by more at the same time than one that is up.
    private async Task<HttpResponseMessage> SendAgainAsync(
        SubgraphRequest request, ReadOnlyMemory<byte> body, UpstreamContext? context, IdentityHeaders? identity, long begun, CancellationToken cancellationToken)
    {
        // The client may have left when it is sent again, and others wait for the answer.
        context = context?.Kept();
        for (var repeated = 0; ; repeated++)
        {
            var pause = Pause(repeated);
            try
            {
                return await invoker.SendAsync(messages.Make(request, body, context, identity, begun), cancellationToken);
            }
            catch (HttpRequestException exception) when (
                repeated < options.Retries && request.Operation == OperationType.Query && IsWithoutAnswer(exception) && HasTimeFor(pause, context, begun))
            {
                context?.Fetch?.Repeated += 1;
            }

            if (pause > TimeSpan.Zero)
            {
                await Task.Delay(pause, clock, cancellationToken);
            }
        }
    }

    // Nothing at first, since a fresh connection mostly does; then 50 ms, doubled each time.
    private static TimeSpan Pause(int repeated) => repeated == 0 ? TimeSpan.Zero : First * (1 << (repeated - 1));

    private bool HasTimeFor(TimeSpan pause, UpstreamContext? context, long begun)
    {
        var now = clock.GetTimestamp();
        return pause < options.Timeout - clock.GetElapsedTime(begun, now) && (context is null || pause < clock.GetElapsedTime(now, context.EndsAt));
    }

    // TLS that fails and answers that are no HTTP fail again; a reset while the request is written has no kind of its own. Over HTTP/2 a connection that is
    // closed and a stream that is reset are errors of the protocol.
    private static bool IsWithoutAnswer(HttpRequestException exception) =>
        exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.ResponseEnded or HttpRequestError.HttpProtocolError
        || (exception.HttpRequestError == HttpRequestError.Unknown && exception.GetBaseException() is SocketException);
}
