using System.Collections.Immutable;
using GraphGateway.Http;

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

    /// <summary>The longest time for opening a connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The protocol.</summary>
    public SubgraphProtocol Protocol { get; init; } = SubgraphProtocol.Http1;

    /// <summary>The connections.</summary>
    public ConnectionOptions Connections { get; init; } = new();

    /// <summary>Bytes of one request to the source; a larger one is not sent.</summary>
    public int RequestBytes { get; init; } = 16 * 1024 * 1024;

    /// <summary>
    /// Bytes of one answer of the source, as they are sent and when they are decompressed; a larger one is not read to its end.
    /// </summary>
    public int ResponseBytes { get; init; } = 64 * 1024 * 1024;

    /// <summary>Whether the source may compress its answers. What is compressed all the same is read.</summary>
    public bool Compression { get; init; }

    /// <summary>The header that tells the source how many milliseconds it has; null sends none.</summary>
    public string? DeadlineHeader { get; init; } = "X-Request-Timeout-Ms";

    /// <summary>
    /// How many times a query is sent again whose connection was refused, or broke before any of the answer came; a mutation never is.
    /// </summary>
    public int Retries { get; init; }

    /// <summary>More would only keep a source from getting up.</summary>
    internal const int MaxRetries = 5;

    /// <summary>What clients see of the source's error messages.</summary>
    public SubgraphErrors Errors { get; init; } = SubgraphErrors.Mask;

    /// <summary>More would not fit into one array while it grows.</summary>
    internal const int MaxBytes = 1_000_000_000;

    /// <summary>What the plan of an operation may ask of the source.</summary>
    public SubgraphCostOptions Cost { get; init; } = new();

    /// <summary>What the source gets of who asks; for all sources <c>Gateway:Identity</c>.</summary>
    public IdentityRules Identity { get; init; } = IdentityRules.None;

    /// <summary>Which headers go along: the rules for all sources, then the source's own.</summary>
    public ImmutableArray<HeaderOptions> Headers { get; init; } = [];
}

/// <summary>The settings for all sources, and for those that differ.</summary>
public sealed record SubgraphsOptions
{
    private HeaderRules? clientHeaders;
    private ImmutableArray<string>? identityHeaders;

    /// <summary>What holds for a source that is not named.</summary>
    public SubgraphOptions All { get; init; } = new();

    /// <summary>The sources that are named; what they leave out they have from <see cref="All"/>. Names differ by more than case.</summary>
    public ImmutableSortedDictionary<string, SubgraphOptions> Named { get; init; } =
        ImmutableSortedDictionary.Create<string, SubgraphOptions>(StringComparer.OrdinalIgnoreCase);

    /// <summary>The client's headers that any source gets.</summary>
    internal HeaderRules ClientHeaders => clientHeaders ??=
        HeaderRules.Union(Named.Values.Append(All).Select(source => HeaderRules.Of(source, NotByPattern)));

    /// <summary>
    /// The headers by which any source is told who asks. No pattern takes one from a client, for no source: what has a meaning for one may have it for another.
    /// <c>GraphGateway-Identity</c> is always among them, so that a service that is moved behind this gateway gets it from nobody else.
    /// </summary>
    internal ImmutableArray<string> IdentityHeaders => identityHeaders ??=
    [
        .. Named.Values.Append(All).SelectMany(source => source.Identity.Headers).Append(IdentityToken.DefaultHeader).Distinct(StringComparer.OrdinalIgnoreCase),
    ];

    /// <summary>The headers in which clients have credentials for the gateway alone, such as <c>X-API-Key</c>; not <c>Authorization</c>.</summary>
    internal ImmutableArray<string> CredentialHeaders { get; init; } = [];

    /// <summary>What no pattern takes from a client: it would be taken for the gateway's word, or is a secret between the two.</summary>
    internal ImmutableArray<string> NotByPattern => [.. IdentityHeaders, .. CredentialHeaders];

    /// <summary>Whether any source is told who asks.</summary>
    internal bool TellsIdentity => All.Identity.IsOn || Named.Values.Any(source => source.Identity.IsOn);

    /// <summary>The settings of a source.</summary>
    /// <param name="name">The source's name in the supergraph.</param>
    public SubgraphOptions For(string name) => Named.GetValueOrDefault(name, All);
}
