using System.Buffers;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Benchmarks;

/// <summary>What the servers of this folder share: Kestrel with one handler and nothing else, and a body in memory that is used again.</summary>
internal static class Servers
{
    /// <summary>A server that gives every request to one handler.</summary>
    /// <param name="address">Where to listen, for example <c>http://127.0.0.1:14300</c>.</param>
    /// <param name="handler">Answers.</param>
    public static WebApplication Create(string address, RequestDelegate handler)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls(address);
        builder.Logging.ClearProviders();
        var server = builder.Build();
        server.Run(handler);
        return server;
    }

    /// <summary>Reads a request's whole body.</summary>
    public static async ValueTask<Body> ReadBody(HttpRequest request)
    {
        var buffer = ArrayPool<byte>.Shared.Rent((int)(request.ContentLength ?? 4096) + 1);
        var length = 0;
        while (await request.Body.ReadAsync(buffer.AsMemory(length)) is > 0 and var count)
        {
            length += count;
            if (length == buffer.Length)
            {
                var larger = ArrayPool<byte>.Shared.Rent(length * 2);
                buffer.CopyTo(larger.AsSpan());
                ArrayPool<byte>.Shared.Return(buffer);
                buffer = larger;
            }
        }

        return new Body(buffer, length);
    }

    /// <summary>A body of JSON to send.</summary>
    public static ReadOnlyMemoryContent Json(ReadOnlyMemory<byte> bytes) => new(bytes) { Headers = { ContentType = new("application/json") } };

    /// <summary>Bytes in a rented array.</summary>
    internal readonly record struct Body(byte[] Buffer, int Length) : IDisposable
    {
        public ReadOnlySpan<byte> Span => Buffer.AsSpan(0, Length);

        public void Dispose() => ArrayPool<byte>.Shared.Return(Buffer);
    }
}
