namespace GraphGateway.Gateway;

/// <summary>
/// The public keys by which sources check the gateway's tokens (<see href="https://www.rfc-editor.org/rfc/rfc7517#section-5">RFC 7517, section 5</see>), for
/// everybody.
/// </summary>
internal static class IdentityEndpoints
{
    /// <summary>Where they are.</summary>
    public const string Path = "/.well-known/jwks.json";

    public static void Map(IEndpointRouteBuilder endpoints, IdentityOptions options, IdentityKeys keys)
    {
        if (options.Keys.IsEmpty)
        {
            return;
        }

        endpoints.MapGet(Path, context =>
        {
            var json = keys.PublicJson;
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = json.Length;
            // Shorter than the time after which those who check tokens look again.
            context.Response.Headers.CacheControl = "public, max-age=60";
            return context.Response.Body.WriteAsync(json, context.RequestAborted).AsTask();
        });
    }
}
