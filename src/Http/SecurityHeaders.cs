using Microsoft.AspNetCore.Http;

namespace GraphGateway.Http;

/// <summary>
/// What keeps a browser from taking an answer for anything but data, where somebody leads it to one: no other type than the one that is told
/// (<see href="https://fetch.spec.whatwg.org/#x-content-type-options-header">nosniff</see>), and nothing that a document could do or be put into
/// (<see href="https://www.w3.org/TR/CSP3/">Content Security Policy</see>). And what keeps caches from giving it to somebody else.
/// </summary>
internal static class SecurityHeaders
{
    public static void Set(HttpContext context)
    {
        var response = context.Response;
        if (!HttpMethods.IsPost(context.Request.Method))
        {
            // An answer can depend on tokens, keys, cookies and origins, and says nothing of how long it holds. Without this a cache may guess a time (RFC 9111,
            // 4.2.2), and holds back for a token in Authorization alone (3.5). It never keeps an answer to a POST that gives no time (RFC 9110, 9.3.3).
            response.Headers.CacheControl = "no-store";
        }

        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
    }
}
