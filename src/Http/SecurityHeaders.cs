using Microsoft.AspNetCore.Http;

namespace GraphGateway.Http;

/// <summary>
/// What keeps a browser from taking an answer for anything but data, where somebody leads it to one: no other type than the one that is told
/// (<see href="https://fetch.spec.whatwg.org/#x-content-type-options-header">nosniff</see>), and nothing that a document could do or be put into
/// (<see href="https://www.w3.org/TR/CSP3/">Content Security Policy</see>).
/// </summary>
internal static class SecurityHeaders
{
    public static void Set(HttpResponse response)
    {
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = "default-src 'none'; frame-ancestors 'none'";
    }
}
