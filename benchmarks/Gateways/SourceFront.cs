using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace GraphGateway.Benchmarks;

/// <summary>
/// What gateways ask instead of the sources: it answers a body that it has seen before from memory, so that the sources cost next to nothing
/// and the same for every gateway, and it counts the requests.
/// </summary>
internal sealed class SourceFront : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<byte[], byte[]>> answers = new();
    private readonly HttpClient behind = new();
    private readonly Uri sources;
    private readonly TimeSpan delay;
    private readonly WebApplication server;
    private long calls;

    private SourceFront(Uri sources, Uri address, TimeSpan delay)
    {
        (this.sources, this.delay) = (sources, delay);
        server = Servers.Create(address.ToString(), Answer);
    }

    /// <summary>How many requests there have been.</summary>
    public long Calls => Interlocked.Read(ref calls);

    /// <param name="sources">The server with the real sources.</param>
    /// <param name="address">Where to listen.</param>
    /// <param name="delay">How much later each answer comes.</param>
    public static async Task<SourceFront> Start(Uri sources, Uri address, TimeSpan delay)
    {
        var front = new SourceFront(sources, address, delay);
        await front.server.StartAsync();
        return front;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await server.DisposeAsync();
        behind.Dispose();
    }

    private async Task Answer(HttpContext context)
    {
        if (context.Request.Path == TokenIssuer.KeysPath)
        {
            await context.Response.BodyWriter.WriteAsync(TokenIssuer.Keys);
            return;
        }

        Interlocked.Increment(ref calls);
        using var body = await Servers.ReadBody(context.Request);
        var path = context.Request.Path.Value!;
        var known = answers.GetOrAdd(path, _ => new(new ByContent()));
        if (!known.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(body.Span, out var answer))
        {
            var bytes = body.Span.ToArray();
            known[bytes] = answer = await Ask(path, bytes);
        }

        if (delay > TimeSpan.Zero)
        {
            await Task.Delay(delay, TimeProvider.System);
        }

        context.Response.ContentType = "application/json";
        context.Response.ContentLength = answer.Length;
        await context.Response.BodyWriter.WriteAsync(answer);
    }

    private async Task<byte[]> Ask(string path, byte[] body)
    {
        using var content = Servers.Json(body);
        using var response = await behind.PostAsync(new Uri(sources, path), content);
        return await response.EnsureSuccessStatusCode().Content.ReadAsByteArrayAsync();
    }

    private sealed class ByContent : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            var hash = default(HashCode);
            hash.AddBytes(alternate);
            return hash.ToHashCode();
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
