using System.Collections.Concurrent;

namespace GraphGateway.Gateway;

/// <summary>
/// Documents that clients have sent with their hash. Bounded by bytes: documents live in a young and an old generation; when the young one has its half of the
/// room it becomes the old one, and what nobody asked for since then goes. Clients send it again.
/// </summary>
/// <param name="maxBytes">The room for documents (<see cref="CostOf"/>).</param>
internal sealed class AutomaticDocuments(long maxBytes)
{
    // Key, entry and array header; an estimate.
    private const int CostPerEntry = 160;

    private readonly Lock gate = new();
    private volatile ConcurrentDictionary<DocumentHash, byte[]> young = new();
    private volatile ConcurrentDictionary<DocumentHash, byte[]> old = new();
    private long youngBytes;

    /// <summary>Documents that are remembered.</summary>
    public int Count
    {
        get
        {
            var (first, second) = (young, old);
            return first.Count + second.Keys.Count(hash => !first.ContainsKey(hash));
        }
    }

    /// <summary>The document; null where it is not known, or no longer.</summary>
    public byte[]? Find(DocumentHash hash)
    {
        if (young.TryGetValue(hash, out var document))
        {
            return document;
        }

        if (old.TryGetValue(hash, out document))
        {
            Put(hash, document);
        }

        return document;
    }

    /// <summary>Remembers a document, whose hash the caller has checked. One that would take half of the room is not.</summary>
    public void Keep(DocumentHash hash, ReadOnlySpan<byte> document)
    {
        if (CostOf(document.Length) <= maxBytes / 2 && !young.ContainsKey(hash))
        {
            Put(hash, old.TryGetValue(hash, out var known) ? known : document.ToArray());
        }
    }

    /// <summary>What a document counts for, in bytes.</summary>
    public static long CostOf(int length) => CostPerEntry + length;

    private void Put(DocumentHash hash, byte[] document)
    {
        lock (gate)
        {
            if (youngBytes + CostOf(document.Length) > maxBytes / 2)
            {
                old = young;
                young = new ConcurrentDictionary<DocumentHash, byte[]>();
                youngBytes = 0;
            }

            if (young.TryAdd(hash, document))
            {
                youngBytes += CostOf(document.Length);
            }
        }
    }
}
