using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>Documents that clients have sent with their hash. Bounded by bytes: what nobody has asked for lately goes, and its clients send it again.</summary>
/// <param name="maxBytes">The room for documents (<see cref="CostOf"/>).</param>
internal sealed class AutomaticDocuments(long maxBytes)
{
    // Key, entry, the document's own keys and array header; an estimate.
    private const int CostPerEntry = 280;

    private readonly Generations<DocumentHash, KnownDocument> documents = new(maxBytes, static (_, document) => CostOf(document.Text.Length));

    /// <summary>Documents that are remembered.</summary>
    public int Count => documents.Count;

    /// <summary>The document; null where it is not known, or no longer.</summary>
    public KnownDocument? Find(DocumentHash hash) => documents.Renew(hash);

    /// <summary>Remembers a document, whose hash the caller has checked. One that would take half of the room is not.</summary>
    public void Keep(DocumentHash hash, ReadOnlySpan<byte> document)
    {
        if (documents.Renew(hash) is null)
        {
            documents.Put(hash, new KnownDocument(document.ToArray()));
        }
    }

    /// <summary>What a document counts for, in bytes.</summary>
    public static long CostOf(int length) => CostPerEntry + length;
}
