using System.Collections.Immutable;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>
/// By what the gateway signs who asks (<c>Gateway:Identity</c>). What of it a source gets are its <see cref="IdentityRules"/>, which stand there, too, for all
/// sources that have none of their own.
/// </summary>
public sealed record IdentityOptions
{
    /// <summary>The keys: the first one signs, all are published.</summary>
    public ImmutableArray<EllipticKey> Keys { get; init; } = [];

    /// <summary>The files that <see cref="Keys"/> are from, whose changes are followed; none where they are from elsewhere.</summary>
    public ImmutableArray<string> KeyFiles { get; init; } = [];

    /// <summary>The gateway's name in its tokens (<c>iss</c>).</summary>
    public string Issuer { get; init; } = IdentityToken.DefaultIssuer;

    /// <summary>How long a token is valid. A new one is made when a quarter of it is left.</summary>
    public TimeSpan Lifetime { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>Bytes of headers that are remembered for clients and sources.</summary>
    public int RememberedBytes { get; init; } = 32_000_000;

    /// <summary>Shorter ones would end on the way, or by clocks that are apart.</summary>
    internal static TimeSpan MinLifetime { get; } = TimeSpan.FromSeconds(10);

    /// <summary>A longer one could be used by whoever finds it somewhere.</summary>
    internal static TimeSpan MaxLifetime { get; } = TimeSpan.FromHours(1);

    /// <summary>Less, and signatures would be made over and over.</summary>
    internal const int MinRememberedBytes = 1_000_000;
}

/// <summary>
/// What a source gets of who asks (<c>Gateway:Identity</c>, and <c>Gateway:Subgraphs:NAME:Identity</c>, which takes its place for one source). The ways can be
/// combined; by default there is none. <see cref="SourceIdentity"/> says what comes of them.
/// </summary>
public sealed record IdentityRules
{
    /// <summary>Nothing.</summary>
    public static IdentityRules None { get; } = new();

    /// <summary>Whether the client's token goes along, as <c>Authorization: Bearer</c>.</summary>
    public bool Forward { get; init; }

    /// <summary>What is known of the client in headers.</summary>
    public ImmutableArray<ClaimHeader> Claims { get; init; } = [];

    /// <summary>Whether the source gets a token of the gateway's own.</summary>
    public bool Sign { get; init; }

    /// <summary>The header of that token; <c>Authorization</c> has <c>Bearer</c> before it.</summary>
    public string SignHeader { get; init; } = IdentityToken.DefaultHeader;

    /// <summary>Further claims of the client in that token.</summary>
    public ImmutableArray<string> SignClaims { get; init; } = [];

    /// <summary>For whom that token is (<c>aud</c>); null is the source's name in the supergraph.</summary>
    public string? Audience { get; init; }

    /// <summary>Whether the source gets anything.</summary>
    internal bool IsOn => Forward || Sign || !Claims.IsEmpty;

    /// <summary>The headers that the gateway sets.</summary>
    internal IEnumerable<string> Headers =>
        Claims.Select(claim => claim.Header).Concat(Sign ? [SignHeader] : []).Concat(Forward ? [Authorization] : []);

    /// <summary>Where a token of a client goes.</summary>
    internal const string Authorization = "Authorization";
}

/// <summary>A header with what is known of the client.</summary>
/// <param name="Header">Its name.</param>
/// <param name="Fact">What it has: <c>kind</c>, <c>sub</c>, <c>iss</c>, <c>consumer</c>, <c>plan</c>, <c>scope</c>, or a claim by its name or as <c>claim:NAME</c>.</param>
public sealed record ClaimHeader(string Header, string Fact);
