using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace GraphGateway.Http;

/// <summary>
/// Keeps a foreign site from using a visitor's cookies. A request that a browser sends without a preflight (GET, or a form's content type)
/// is refused when it comes from a foreign site and has none of the headers that force one. A request that has neither
/// <c>Sec-Fetch-Site</c> nor <c>Origin</c> does not come from a current browser and passes.
/// See <see href="https://fetch.spec.whatwg.org/#cors-safelisted-request-header">Fetch, CORS-safelisted request headers</see>.
/// </summary>
internal static class CsrfRule
{
    public const string Message =
        "This request comes from another site and could be a cross-site request forgery. "
        + "Send the header GraphQL-Preflight: 1, or use POST with Content-Type: application/json.";

    public static bool Refuses(HttpRequest request) =>
        NeedsNoPreflight(request) && IsForeign(request) && !HasPreflightHeader(request.Headers);

    private static bool NeedsNoPreflight(HttpRequest request)
    {
        if (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        {
            return true;
        }

        if (!HttpMethods.IsPost(request.Method))
        {
            return false;
        }

        if (request.ContentType is "application/json")
        {
            return false;
        }

        return !MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
            || type.MediaType.Value?.ToLowerInvariant() is "application/x-www-form-urlencoded" or "multipart/form-data" or "text/plain";
    }

    private static bool IsForeign(HttpRequest request)
    {
        var site = request.Headers["Sec-Fetch-Site"].ToString();
        if (site.Length > 0)
        {
            return site is not ("same-origin" or "none");
        }

        var origin = request.Headers.Origin.ToString();
        return origin.Length > 0
            && !(Uri.TryCreate(origin, UriKind.Absolute, out var uri)
                && uri.Authority.Equals(request.Host.Value, StringComparison.OrdinalIgnoreCase));
    }

    private static bool HasPreflightHeader(IHeaderDictionary headers) =>
        headers.ContainsKey("GraphQL-Preflight")
        || headers.ContainsKey("apollo-require-preflight")
        || headers.ContainsKey("x-apollo-operation-name");
}
