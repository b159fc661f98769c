using Microsoft.AspNetCore.Http;

namespace GraphGateway.Http;

/// <summary>The schema as a file.</summary>
internal static class SdlEndpoint
{
    public static async Task WriteAsync(HttpContext context, ReadOnlyMemory<byte> sdl)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.ContentLength = sdl.Length;
        await context.Response.Body.WriteAsync(sdl, context.RequestAborted);
    }
}
