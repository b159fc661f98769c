using System.Collections.Immutable;

namespace GraphGateway.Gateway;

/// <summary>What clients see of a source's own error messages.</summary>
public enum SubgraphErrors
{
    /// <summary>A general message and the code; the source's own log has its words.</summary>
    Mask,

    /// <summary>The source's message and extensions as they are.</summary>
    Forward,
}

/// <summary>How one source is called (<c>Gateway:Subgraphs:All</c>, and <c>Gateway:Subgraphs:NAME</c> for what differs).</summary>
public sealed record SubgraphOptions
{
    /// <summary>Where the source answers; null takes the address from the supergraph.</summary>
    public Uri? Url { get; init; }

    /// <summary>The longest time for one request to the source.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes of one answer of the source; a larger one is not read to its end.</summary>
    public int ResponseBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>What clients see of the source's error messages.</summary>
    public SubgraphErrors Errors { get; init; } = SubgraphErrors.Mask;

    /// <summary>The client's headers that the source gets too, by name, in lower case.</summary>
    public ImmutableArray<string> PropagatedHeaders { get; init; } = [];
}

/// <summary>The settings for all sources, and for those that differ.</summary>
public sealed record SubgraphsOptions
{
    private ImmutableArray<string>? allPropagatedHeaders;

    /// <summary>What holds for a source that is not named.</summary>
    public SubgraphOptions All { get; init; } = new();

    /// <summary>The sources that are named; what they leave out they have from <see cref="All"/>. Names differ by more than case.</summary>
    public ImmutableSortedDictionary<string, SubgraphOptions> Named { get; init; } =
        ImmutableSortedDictionary.Create<string, SubgraphOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The client's headers that any source gets, each once.</summary>
    public ImmutableArray<string> AllPropagatedHeaders => allPropagatedHeaders ??=
        [.. Named.Values.Append(All).SelectMany(source => source.PropagatedHeaders).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>The settings of a source.</summary>
    /// <param name="name">The source's name in the supergraph.</param>
    public SubgraphOptions For(string name) => Named.GetValueOrDefault(name, All);
}
