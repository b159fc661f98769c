using System.Collections.Immutable;

namespace GraphGateway.Gateway;

/// <summary>
/// Which headers the requests to a source have beside the gateway's own (<c>Gateway:Subgraphs:All:Headers</c>, and
/// <c>Gateway:Subgraphs:NAME:Headers</c> for what one source has in addition). <see cref="HeaderRules"/> says what comes of them together.
/// </summary>
public sealed record HeaderOptions
{
    /// <summary>The client's headers that go along.</summary>
    public ImmutableArray<PropagatedHeader> Propagate { get; init; } = [];

    /// <summary>Headers that do not go, names or patterns.</summary>
    public ImmutableArray<string> Remove { get; init; } = [];

    /// <summary>Headers that always go, with their values.</summary>
    public ImmutableArray<KeyValuePair<string, string>> Insert { get; init; } = [];
}

/// <summary>A header of the client that goes along.</summary>
/// <param name="Name">Its name, or a pattern in which <c>*</c> stands for any characters.</param>
public sealed record PropagatedHeader(string Name)
{
    /// <summary>The name that the source sees; null where it is the same. Never with a pattern.</summary>
    public string? As { get; init; }

    /// <summary>The value where the client has not sent the header; null sends none then. Never with a pattern.</summary>
    public string? Default { get; init; }
}
