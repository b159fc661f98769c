using System.Collections.Immutable;
using System.Text;
using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>A published document. Of equal ones there may be several.</summary>
/// <param name="Document">Its text.</param>
/// <param name="Hash">The text's SHA-256.</param>
/// <param name="Form">What it says, however it is written; null where nobody asks for that.</param>
internal sealed record PublishedDocument(KnownDocument Document, DocumentHash Hash, DocumentHash? Form);

/// <summary>
/// All published documents at one time. A client finds its own, and those that are for all clients. Looking up allocates nothing and takes no lock.
/// </summary>
internal sealed class PublishedDocuments
{
    private readonly Dictionary<string, Shelf> clients = new(StringComparer.Ordinal);
    private readonly Shelf all = new();
    private readonly HashSet<DocumentHash> forms = [];

    private PublishedDocuments(StoreRevision revision)
    {
        Revision = revision;
    }

    /// <summary>Of which state of the store they are.</summary>
    public StoreRevision Revision { get; }

    /// <summary>How many there are.</summary>
    public int Count { get; private set; }

    /// <summary>True where a client has published some of its own.</summary>
    public bool HasClients => clients.Count > 0;

    /// <summary>The documents, each text once.</summary>
    public IEnumerable<PublishedDocument> Documents => clients.Values.Append(all).SelectMany(shelf => shelf.ByHash.Values).DistinctBy(document => document.Hash);

    /// <summary>Those that are left out because their text is not what was published, by client and identifier.</summary>
    public ImmutableArray<string> Damaged { get; private set; } = [];

    /// <summary>The documents that take the place of earlier ones; what has not changed is taken over.</summary>
    /// <param name="revision">The store's state, asked for before the documents.</param>
    /// <param name="operations">The documents.</param>
    /// <param name="before">What was there; null where nothing was.</param>
    /// <param name="withForms">True where it is asked whether a text is published, however it is written.</param>
    public static PublishedDocuments Replace(StoreRevision revision, ImmutableArray<StoredOperation> operations, PublishedDocuments? before, bool withForms)
    {
        var documents = new PublishedDocument?[operations.Length];
        Parallel.For(0, operations.Length, i => documents[i] = DocumentOf(operations[i], before, withForms));
        var result = new PublishedDocuments(revision);
        var damaged = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < documents.Length; i++)
        {
            var operation = operations[i];
            if (documents[i] is { } document)
            {
                result.Add(operation, document);
            }
            else
            {
                damaged.Add($"{operation.Client ?? "all clients"} {operation.Id}");
            }
        }

        result.Damaged = damaged.ToImmutable();
        return result;
    }

    /// <summary>The document that a client names; null where there is none.</summary>
    /// <param name="client">The client's name; null where it has none.</param>
    /// <param name="id">As the client wrote it.</param>
    public PublishedDocument? Find(string? client, string id)
    {
        // What says that it is a hash is the text's, and no name that looks like one.
        var isHash = DocumentHash.TryParse(id, out var hash);
        var name = isHash && id.StartsWith(PublishedOperation.HashPrefix, StringComparison.Ordinal) ? null : id;
        return (ShelfOf(client) is { } own ? own.Find(name, isHash, hash) : null) ?? all.Find(name, isHash, hash);
    }

    /// <summary>Whether a text is published for a client.</summary>
    public bool Knows(string? client, DocumentHash form) => ShelfOf(client)?.Forms.Contains(form) == true || all.Forms.Contains(form);

    /// <summary>Whether a text is published for any client.</summary>
    public bool Knows(DocumentHash form) => forms.Contains(form);

    /// <summary>Whether a text is published, by whomever.</summary>
    /// <param name="hash">The text's.</param>
    public bool Has(DocumentHash hash) => all.ByHash.ContainsKey(hash) || clients.Values.Any(shelf => shelf.ByHash.ContainsKey(hash));

    /// <summary>Who has published a text, by client and identifier, as they came; a walk over all that is published.</summary>
    /// <param name="hash">The text's.</param>
    public IEnumerable<string> NamesOf(DocumentHash hash) => clients.Append(new("all clients", all))
        .SelectMany(shelf => shelf.Value.ById.Where(entry => entry.Value.Hash == hash).Select(entry => $"{shelf.Key} {entry.Key}"));

    private static PublishedDocument? DocumentOf(StoredOperation operation, PublishedDocuments? before, bool withForms)
    {
        var text = Encoding.UTF8.GetBytes(operation.Text);
        var hash = DocumentHash.Of(text);
        if (!DocumentHash.TryParse(operation.Hash, out var published) || published != hash)
        {
            return null;
        }

        return before?.ShelfOf(operation.Client, before.all)?.ByHash.GetValueOrDefault(hash)
            ?? new PublishedDocument(new KnownDocument(text), hash, withForms ? DocumentForm.Of(text)?.Hash : null);
    }

    private void Add(StoredOperation operation, PublishedDocument document)
    {
        var shelf = ShelfOf(operation.Client, all);
        if (shelf is null)
        {
            shelf = new Shelf();
            clients.Add(operation.Client!, shelf);
        }

        shelf.ById[operation.Id] = document;
        shelf.ByHash.TryAdd(document.Hash, document);
        if (document.Form is { } form)
        {
            shelf.Forms.Add(form);
            forms.Add(form);
        }

        Count++;
    }

    private Shelf? ShelfOf(string? client, Shelf? otherwise = null) => client is null ? otherwise : clients.GetValueOrDefault(client);

    // Written while it is made, and only read after that.
    private sealed class Shelf
    {
        public Dictionary<string, PublishedDocument> ById { get; } = new(StringComparer.Ordinal);

        public Dictionary<DocumentHash, PublishedDocument> ByHash { get; } = [];

        public HashSet<DocumentHash> Forms { get; } = [];

        public PublishedDocument? Find(string? name, bool isHash, DocumentHash hash) =>
            (name is null ? null : ById.GetValueOrDefault(name)) ?? (isHash ? ByHash.GetValueOrDefault(hash) : null);
    }
}
