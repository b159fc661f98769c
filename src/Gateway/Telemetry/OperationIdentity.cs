using System.Security.Cryptography;
using GraphGateway.Language;
using GraphGateway.Validation;

namespace GraphGateway.Gateway;

/// <summary>
/// By what spans, metrics and log lines name an operation: its name, type and the hash of its document, never its text. Made once for each
/// operation that is kept.
/// </summary>
internal sealed class OperationIdentity
{
    // A name is the client's, and can be as long as a document.
    private const int MaxNameLength = 128;

    private OperationLabel? label;

    public OperationIdentity(ValidOperation operation)
    {
        var name = operation.Definition.Name?.Value;
        Name = name?.Length > MaxNameLength ? name[..MaxNameLength] : name;
        Hash = HashOf(operation.Document.Document.Source.Utf8.Span);
        Type = operation.Definition.Operation switch
        {
            OperationType.Query => "query",
            OperationType.Mutation => "mutation",
            _ => "subscription",
        };
    }

    /// <summary>The operation's name, cut to a bounded length; null for an anonymous one.</summary>
    public string? Name { get; }

    /// <summary>SHA-256 of the document's bytes: 64 hexadecimal digits.</summary>
    public string Hash { get; }

    /// <summary><c>query</c>, <c>mutation</c> or <c>subscription</c>.</summary>
    public string Type { get; }

    /// <summary>Names a document without a word of it.</summary>
    public static string HashOf(ReadOnlySpan<byte> document) => Convert.ToHexStringLower(SHA256.HashData(document));

    /// <summary>How metrics name it; decided at its first request.</summary>
    public OperationLabel LabelIn(OperationLabels labels) => label ??= labels.Of(this);
}

/// <summary>How metrics name an operation: values of a bounded number of labels.</summary>
/// <param name="Name">Its name, <c>anonymous</c>, or <c>other</c>.</param>
/// <param name="Hash">Its document's hash, or <c>other</c>.</param>
/// <param name="Type">Its type, or <c>other</c>.</param>
internal sealed record OperationLabel(string Name, string Hash, string Type)
{
    /// <summary>A request that did not come to an operation.</summary>
    public static OperationLabel None { get; } = new("none", "none", "none");
}

/// <summary>
/// The operations that metrics tell apart: the first ones, as many as the setting says; all further ones are <c>other</c>, each type by itself.
/// A client that invents names or documents costs no more memory here, in the exporter or in the database behind it.
/// </summary>
/// <param name="max">How many there are at most.</param>
internal sealed class OperationLabels(int max)
{
    private const string Other = "other";

    private readonly Lock gate = new();
    private readonly Dictionary<(string? Name, string Hash), OperationLabel> labels = [];

    /// <summary>The label; a lock, but only at an operation's first request since it is kept.</summary>
    public OperationLabel Of(OperationIdentity operation)
    {
        lock (gate)
        {
            if (!labels.TryGetValue((operation.Name, operation.Hash), out var label))
            {
                if (labels.Count >= max)
                {
                    return new OperationLabel(Other, Other, operation.Type);
                }

                label = new OperationLabel(operation.Name ?? "anonymous", operation.Hash, operation.Type);
                labels.Add((operation.Name, operation.Hash), label);
            }

            return label;
        }
    }
}
