using System.Diagnostics.CodeAnalysis;
using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>A document and the operation in it that is meant, as a cache's key.</summary>
/// <param name="document">Its bytes; nobody changes them.</param>
/// <param name="operationName">The operation that is meant; null where there is one.</param>
internal sealed class DocumentKey(byte[] document, string? operationName)
{
    private int hash;

    public byte[] Document => document;

    public string? OperationName => operationName;

    /// <summary>PERF: made of all bytes, and once: a document that stays is asked for by the same key again and again.</summary>
    public int Hash => hash != 0 ? hash : hash = DocumentKeyComparer.Instance.GetHashCode(new DocumentLookup(document, operationName));
}

/// <summary>The same, over bytes that belong to a request.</summary>
internal readonly ref struct DocumentLookup(ReadOnlySpan<byte> document, string? operationName)
{
    public ReadOnlySpan<byte> Document { get; } = document;

    public string? OperationName { get; } = operationName;
}

/// <summary>
/// Compares by hash and then by every byte: a collision would run somebody else's operation. Looking up makes no key.
/// </summary>
internal sealed class DocumentKeyComparer : IEqualityComparer<DocumentKey>, IAlternateEqualityComparer<DocumentLookup, DocumentKey>
{
    public static DocumentKeyComparer Instance { get; } = new();

    public bool Equals(DocumentKey? x, DocumentKey? y) =>
        ReferenceEquals(x, y) || (x is not null && y is not null && Equals(new DocumentLookup(x.Document, x.OperationName), y));

    public int GetHashCode([DisallowNull] DocumentKey obj) => obj.Hash;

    public bool Equals(DocumentLookup alternate, DocumentKey other) =>
        alternate.OperationName == other.OperationName && alternate.Document.SequenceEqual(other.Document);

    public int GetHashCode(DocumentLookup alternate) =>
        HashCode.Combine(ByteHash.Of(alternate.Document), alternate.OperationName);

    public DocumentKey Create(DocumentLookup alternate) => new(alternate.Document.ToArray(), alternate.OperationName);
}
