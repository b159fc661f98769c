using Microsoft.Net.Http.Headers;

namespace GraphGateway.Gateway;

/// <summary>
/// The IDE for browsers, in front of the GraphQL endpoint at the same path: <c>GET /graphql</c> that accepts <c>text/html</c> is sent to
/// <c>/graphql/</c>, which is the page; its files lie below. Everything else goes on to GraphQL.
/// </summary>
internal sealed class IdeEndpoints(IdeFiles files)
{
    // The IDE compiles its JSON schemas to functions: without 'unsafe-eval' its page stays blank. The small page needs neither exception.
    private const string BundlePolicy =
        "default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'";

    private const string PagePolicy = "default-src 'self'";

    // Without this file the IDE says "Invalid Schema Endpoint". `endpoint` is left out: the browser's address is the endpoint.
    private const string BundleConfiguration = """
        {"title":"GraphGateway","useBrowserUrlAsEndpoint":true,"includeCookies":false,"useGet":false,"disableTelemetry":true,"httpHeaders":{"GraphQL-Preflight":"1"},"graphQLDocument":"query { __typename }"}
        """;

    // The bundle's own service worker would keep 12 MB, and an old version, in the browser. This one does nothing and takes its place.
    private const string NoServiceWorker = "self.addEventListener('install', () => self.skipWaiting());\n";

    /// <summary>Puts the page in front of an endpoint and its files below it.</summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="path">The path of the GraphQL endpoint.</param>
    /// <param name="graphql">The GraphQL endpoint.</param>
    public void Map(IEndpointRouteBuilder endpoints, string path, IEndpointConventionBuilder graphql)
    {
        graphql.Add(endpoint =>
        {
            var next = endpoint.RequestDelegate!;
            endpoint.RequestDelegate = context => IsForBrowser(context.Request) ? ServePageAsync(context) : next(context);
        });
        if (files.IsBundle)
        {
            endpoints.MapGet($"{path}/bcp-config.json", context => WriteAsync(context, "application/json; charset=utf-8", BundleConfiguration));
            endpoints.MapGet($"{path}/service-worker.js", context => WriteAsync(context, "text/javascript; charset=utf-8", NoServiceWorker));
        }

        endpoints.MapMethods($"{path}/{{**file}}", [HttpMethods.Get, HttpMethods.Head], ServeFileAsync);
    }

    // `?sdl` is a file for people too.
    private static bool IsForBrowser(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && !request.Query.ContainsKey("sdl")
        && request.GetTypedHeaders().Accept.Any(accepted => accepted.MediaType.Equals("text/html", StringComparison.OrdinalIgnoreCase));

    private Task ServePageAsync(HttpContext context)
    {
        context.Response.Headers.Vary = "Accept";
        var path = context.Request.PathBase + context.Request.Path;
        if (!path.Value!.EndsWith('/'))
        {
            // The page's links are relative: they need the slash.
            context.Response.Redirect(path.ToUriComponent() + "/");
            return Task.CompletedTask;
        }

        return SendAsync(context, files.Index);
    }

    private Task ServeFileAsync(HttpContext context)
    {
        if (files.Find((string?)context.Request.RouteValues["file"] ?? "") is { } file)
        {
            return SendAsync(context, file);
        }

        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }

    private async Task SendAsync(HttpContext context, IdeFile file)
    {
        var response = context.Response;
        var information = new FileInfo(file.FullPath);
        var etag = new EntityTagHeaderValue($"\"{information.LastWriteTimeUtc.Ticks:x}-{information.Length:x}\"");
        SetHeaders(response);
        response.Headers.CacheControl = file.IsImmutable ? "public, max-age=31536000, immutable" : "no-cache";
        response.GetTypedHeaders().ETag = etag;
        if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(etag, useStrongComparison: false)))
        {
            response.StatusCode = StatusCodes.Status304NotModified;
            return;
        }

        response.ContentType = file.ContentType;
        response.ContentLength = information.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.SendFileAsync(file.FullPath, context.RequestAborted);
        }
    }

    private Task WriteAsync(HttpContext context, string contentType, string content)
    {
        SetHeaders(context.Response);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentType = contentType;
        return context.Response.WriteAsync(content, context.RequestAborted);
    }

    private void SetHeaders(HttpResponse response)
    {
        response.Headers.ContentSecurityPolicy = files.IsBundle ? BundlePolicy : PagePolicy;
        response.Headers.XContentTypeOptions = "nosniff";
    }
}
