using System.Diagnostics.CodeAnalysis;
using GraphGateway.Execution;

namespace GraphGateway.Gateway;

/// <summary>A document and the operation in it that is meant, as a cache's key.</summary>
internal sealed record DocumentKey(byte[] Document, string? OperationName);

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
        x is not null && y is not null && Equals(new DocumentLookup(x.Document, x.OperationName), y);

    public int GetHashCode([DisallowNull] DocumentKey obj) => GetHashCode(new DocumentLookup(obj.Document, obj.OperationName));

    public bool Equals(DocumentLookup alternate, DocumentKey other) =>
        alternate.OperationName == other.OperationName && alternate.Document.SequenceEqual(other.Document);

    public int GetHashCode(DocumentLookup alternate) =>
        HashCode.Combine(ByteHash.Of(alternate.Document), alternate.OperationName);

    public DocumentKey Create(DocumentLookup alternate) => new(alternate.Document.ToArray(), alternate.OperationName);
}
