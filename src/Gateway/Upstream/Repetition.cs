using System.Net.Sockets;
using GraphGateway.Execution;
using GraphGateway.Language;

namespace GraphGateway.Gateway;

/// <summary>
/// When a request to a source is sent again: a query of which no byte of an answer has come, because there was no connection or it broke. That happens
/// where a source starts anew, or closes a kept connection at the moment at which it is used; the framework itself sends nothing with a body again.
/// A mutation is never repeated, and neither is what was answered in any way, or took too long.
/// </summary>
/// <param name="max">How many times one request is sent again.</param>
internal sealed class Repetition(int max)
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(50);

    /// <summary>True when the request may be sent once more.</summary>
    /// <param name="request">The request.</param>
    /// <param name="exception">What came of it, before the head of an answer was there.</param>
    /// <param name="repeated">How many times it was sent again so far.</param>
    public bool IsAllowed(SubgraphRequest request, HttpRequestException exception, int repeated) =>
        repeated < max && request.Operation == OperationType.Query && IsWithoutAnswer(exception);

    /// <summary>How long to wait before: nothing at first, since a fresh connection mostly does; then 50 ms, doubled each time.</summary>
    /// <param name="repeated">How many times it was sent again so far.</param>
    public static TimeSpan Pause(int repeated) => repeated == 0 ? TimeSpan.Zero : First * (1 << (repeated - 1));

    // TLS that fails and answers that are no HTTP fail again; a reset while the request is written has no kind of its own.
    private static bool IsWithoutAnswer(HttpRequestException exception) => exception.HttpRequestError is HttpRequestError.ConnectionError or HttpRequestError.ResponseEnded
        || (exception.HttpRequestError == HttpRequestError.Unknown && exception.GetBaseException() is SocketException);
}
