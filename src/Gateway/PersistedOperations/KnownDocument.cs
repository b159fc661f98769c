namespace GraphGateway.Gateway;

/// <summary>A document that stays when its request has ended: its operations are found by keys that stay with it.</summary>
/// <param name="text">Its bytes; nobody changes them.</param>
internal sealed class KnownDocument(byte[] text)
{
    private readonly DocumentKey alone = new(text, null);
    private volatile DocumentKey? last;

    /// <summary>Its bytes.</summary>
    public byte[] Text => text;

    /// <summary>The key of an operation in it. PERF: clients that say a name always say the same one, since their documents have one operation.</summary>
    /// <param name="operationName">The operation that is meant; null where there is one.</param>
    public DocumentKey KeyOf(string? operationName) => operationName is null ? alone
        : last is { } known && known.OperationName == operationName ? known : last = new DocumentKey(text, operationName);
}
