using GraphGateway.Language;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace GraphGateway.Http;

/// <summary>
/// Recognizes who wants a WebSocket, over HTTP/1.1 (<see href="https://www.rfc-editor.org/rfc/rfc6455#section-4.1">RFC 6455, section 4.1</see>)
/// or HTTP/2 (<see href="https://www.rfc-editor.org/rfc/rfc8441#section-4">RFC 8441, section 4</see>).
/// </summary>
internal static class WebSocketRule
{
    private const string Protocol = "websocket";

    public static RequestRefusal Refusal { get; } = new(
        400, "Subscriptions over WebSocket are not supported yet. Send queries and mutations with POST.", ErrorCode.NotSupported);

    public static bool IsUpgrade(HttpContext context) =>
        context.Request.Headers.Upgrade.Any(static value => value?.Contains(Protocol, StringComparison.OrdinalIgnoreCase) == true)
        || (context.Features.Get<IHttpExtendedConnectFeature>() is { IsExtendedConnect: true } connect
            && string.Equals(connect.Protocol, Protocol, StringComparison.OrdinalIgnoreCase));
}
