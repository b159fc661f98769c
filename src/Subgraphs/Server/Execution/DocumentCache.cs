namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// Documents by their bytes, the most recently used ones. A lookup copies nothing: the key is compared byte by byte with what came.
/// </summary>
internal sealed class DocumentCache(BoundSchema schema, int capacity, DocumentLimits limits)
{
    // Of text; the syntax trees are some times as large. A gateway's documents for many targets are long.
    private const long MaxBytes = 32_000_000;

    private readonly Lock gate = new();
    private readonly LinkedList<PreparedDocument> byUse = [];
    private long bytes;
    private readonly Dictionary<ReadOnlyMemory<byte>, LinkedListNode<PreparedDocument>> entries = new(BytesComparer.Instance);

    public PreparedDocument Get(ReadOnlyMemory<byte> utf8)
    {
        lock (gate)
        {
            if (entries.TryGetValue(utf8, out var node))
            {
                byUse.Remove(node);
                byUse.AddFirst(node);
                return node.Value;
            }
        }

        // Outside the lock: a slow document must not hold up the others. Two requests may prepare the same one; the first stays.
        var prepared = PreparedDocument.Prepare(schema, utf8.ToArray(), limits);
        if (capacity > 0)
        {
            Add(prepared);
        }

        return prepared;
    }

    private void Add(PreparedDocument prepared)
    {
        lock (gate)
        {
            if (!entries.TryAdd(prepared.Source.Utf8, null!))
            {
                return;
            }

            entries[prepared.Source.Utf8] = byUse.AddFirst(prepared);
            bytes += prepared.Source.Utf8.Length;
            while (entries.Count > capacity || bytes > MaxBytes)
            {
                var last = byUse.Last!.Value.Source.Utf8;
                bytes -= last.Length;
                entries.Remove(last);
                byUse.RemoveLast();
            }
        }
    }

    private sealed class BytesComparer : IEqualityComparer<ReadOnlyMemory<byte>>
    {
        public static BytesComparer Instance { get; } = new();

        public bool Equals(ReadOnlyMemory<byte> x, ReadOnlyMemory<byte> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<byte> bytes)
        {
            var hash = new HashCode();
            hash.AddBytes(bytes.Span);
            return hash.ToHashCode();
        }
    }
}
