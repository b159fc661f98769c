using System.Collections.Immutable;

namespace GraphGateway.ControlPlane;

/// <summary>What became of a release.</summary>
/// <param name="IsStored">True when the store has it, of now or of before.</param>
/// <param name="Added">How many documents were not there before; 0 where nothing has happened.</param>
/// <param name="Problem">Why nothing is stored; null where it is.</param>
/// <param name="Ids">The operations that are the reason, in order.</param>
public sealed record PublishResult(bool IsStored, int Added, string? Problem, ImmutableArray<string> Ids)
{
    /// <summary>True when the very same release was there before.</summary>
    public bool WasThere { get; init; }

    internal static PublishResult Refused(string problem, params ImmutableArray<string> ids) => new(false, 0, problem, ids);
}

/// <summary>A release that is published.</summary>
/// <param name="Client">Whose; null where its operations are for all clients.</param>
/// <param name="Tag">Its name, such as <c>1.4.2</c>.</param>
/// <param name="Operations">How many operations it has.</param>
/// <param name="Published">When it was published.</param>
public sealed record OperationRelease(string? Client, string Tag, int Operations, DateTimeOffset Published);

/// <summary>A document as it is stored. Nobody has checked yet that <see cref="Text"/> is what was published.</summary>
/// <param name="Client">Whose; null where it is for all clients.</param>
/// <param name="Id">Its identifier.</param>
/// <param name="Text">The document.</param>
/// <param name="Hash">SHA-256 of what was published: 64 hexadecimal digits.</param>
public sealed record StoredOperation(string? Client, string Id, string Text, string Hash)
{
    /// <summary>Whether the text is what was published; a hash over all of it.</summary>
    internal bool IsIntact => PublishedOperation.HashOf(Text) == Hash;
}

/// <summary>Which state of a store: another one after each change, and in another store.</summary>
/// <param name="Store">The store.</param>
/// <param name="Number">Grows with each change.</param>
public sealed record StoreRevision(string Store, long Number)
{
    /// <summary>A place where nothing was published yet.</summary>
    public static StoreRevision None { get; } = new("", 0);
}
