using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace GraphGateway.Benchmarks;

/// <summary>The gateways that are written by hand: servers of one query each, with the runtime's own HTTP client and server.</summary>
internal static class HandWritten
{
    /// <summary>Serves until the process is ended.</summary>
    /// <param name="args">
    /// <c>bff PORT SOURCES</c> or <c>bff-identity PORT SOURCES</c>: <see cref="Shopfront"/>; <c>one-hop PORT SOURCE</c>: gives each body to one source.
    /// </param>
    public static int Run(string[] args)
    {
        if (args is not [("bff" or "bff-identity" or "one-hop") and var name, var port, var address]
            || !int.TryParse(port, CultureInfo.InvariantCulture, out var number)
            || !Uri.TryCreate(address, UriKind.Absolute, out var sources))
        {
            Console.Error.WriteLine("Usage: handwritten bff|bff-identity|one-hop PORT URL");
            return 2;
        }

        using var handler = new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false };
        using var client = new HttpClient(handler);
        RequestDelegate answer = name == "one-hop"
            ? context => Forward(context, client, sources)
            : new Shopfront(client, sources, isIdentityKept: name == "bff-identity").Answer;
        Servers.Create($"http://127.0.0.1:{number}", answer).RunAsync().GetAwaiter().GetResult();
        return 0;
    }

    private static async Task Forward(HttpContext context, HttpClient client, Uri source)
    {
        using var body = await Servers.ReadBody(context.Request);
        using var request = new HttpRequestMessage(HttpMethod.Post, source) { Content = Servers.Json(body.Buffer.AsMemory(0, body.Length)) };
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, context.RequestAborted);
        context.Response.StatusCode = (int)response.StatusCode;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = response.Content.Headers.ContentLength;
        await response.Content.CopyToAsync(context.Response.Body, context.RequestAborted);
    }
}
