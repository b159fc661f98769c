using System.Buffers;
using System.Text;
using GraphGateway.Execution;

namespace GraphGateway.Benchmarks;

/// <summary>
/// Sources that cost as little as possible: each has one answer for its root fields, and one entity that it gives as often as it is asked for.
/// What is left is the copy of bytes that a network would make as well.
/// </summary>
/// <param name="root">The answer to a query of root fields.</param>
/// <param name="entity">An entity by the source's name, as JSON.</param>
internal sealed class CannedTransport(string root, Func<string, string> entity) : ISubgraphTransport
{
    private static readonly byte[] Head = "{\"data\":{\"_entities\":["u8.ToArray();
    private static readonly byte[] Tail = "]}}"u8.ToArray();

    private readonly byte[] root = Encoding.UTF8.GetBytes(root);
    private readonly Dictionary<string, byte[]> entities = [];

    /// <summary>Bytes that were given.</summary>
    public long Bytes { get; set; }

    /// <inheritdoc/>
    public ValueTask<SubgraphResponse> SendAsync(SubgraphRequest request, CancellationToken cancellationToken)
    {
        // Each representation begins with its type; the document has no quotes.
        var count = request.Body.Span.Count("\"__typename\":\""u8);
        var (bytes, length) = count == 0 ? Root() : Entities(EntityOf(request.Source.Name), count);
        Bytes += length;
        return ValueTask.FromResult(SubgraphResponse.Received(200, "application/json", bytes, length));
    }

    private (byte[] Bytes, int Length) Root()
    {
        var bytes = ArrayPool<byte>.Shared.Rent(root.Length);
        root.CopyTo(bytes.AsSpan());
        return (bytes, root.Length);
    }

    private byte[] EntityOf(string source)
    {
        if (!entities.TryGetValue(source, out var bytes))
        {
            entities.Add(source, bytes = Encoding.UTF8.GetBytes(entity(source) + ","));
        }

        return bytes;
    }

    private static (byte[] Bytes, int Length) Entities(byte[] entity, int count)
    {
        var bytes = ArrayPool<byte>.Shared.Rent(Head.Length + (count * entity.Length) + Tail.Length);
        Head.CopyTo(bytes.AsSpan());
        var length = Head.Length;
        for (var i = 0; i < count; i++)
        {
            entity.CopyTo(bytes.AsSpan(length));
            length += entity.Length;
        }

        // The last comma gives way.
        Tail.CopyTo(bytes.AsSpan(--length));
        return (bytes, length + Tail.Length);
    }
}
