using System.Collections.Immutable;
using Microsoft.IdentityModel.Tokens;

namespace GraphGateway.Http;

/// <summary>
/// One issuer of tokens: for the gateway an item of <c>Gateway:Authentication:Jwt:Issuers</c>, for a service the gateway itself.
/// </summary>
public sealed record JwtIssuerOptions
{
    /// <summary>Its name: what its tokens have as <c>iss</c>, to the letter.</summary>
    public required string Issuer { get; init; }

    /// <summary>A token must be for one of these (<c>aud</c>); empty takes tokens that are for anybody.</summary>
    public ImmutableArray<string> Audiences { get; init; } = [];

    /// <summary>The algorithms by which it signs (RFC 7518, section 3.1).</summary>
    public ImmutableArray<string> Algorithms { get; init; } = Asymmetric;

    /// <summary>
    /// Its discovery document (<see href="https://openid.net/specs/openid-connect-discovery-1_0.html">OpenID Connect Discovery</see>), which says where its
    /// keys are; null where <see cref="JwksUrl"/> says it.
    /// </summary>
    public Uri? MetadataUrl { get; init; }

    /// <summary>Its keys (RFC 7517); null where the discovery document says where they are.</summary>
    public Uri? JwksUrl { get; init; }

    /// <summary>Whether its keys may come over HTTP from another machine.</summary>
    public bool AllowHttp { get; init; }

    /// <summary>The claims that have scopes: words in a text, or a list.</summary>
    public ImmutableArray<string> ScopeClaims { get; init; } = ["scope", "scp"];

    /// <summary>The claims that name the consumer; the first one that is there counts.</summary>
    public ImmutableArray<string> ConsumerClaims { get; init; } = ["client_id", "azp"];

    /// <summary>The claim that names the plan; null where there are no plans.</summary>
    public string? PlanClaim { get; init; }

    /// <summary>Keys that are known already, instead of those that it publishes: a developer's secret, or public keys from files.</summary>
    public ImmutableArray<SecurityKey> KnownKeys { get; init; } = [];

    /// <summary>All algorithms with a public key that there are here.</summary>
    public static ImmutableArray<string> Asymmetric { get; } =
        ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"];

    /// <summary>Whether keys may come from an address: what comes over HTTP from another machine can be changed on the way.</summary>
    /// <param name="url">The address.</param>
    /// <param name="allowHttp">What <see cref="AllowHttp"/> says.</param>
    public static bool IsTrusted(Uri url, bool allowHttp)
    {
        ArgumentNullException.ThrowIfNull(url);
        return url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && (allowHttp || url.IsLoopback));
    }
}
