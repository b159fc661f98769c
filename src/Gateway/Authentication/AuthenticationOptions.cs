using System.Collections.Immutable;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>What becomes of a client without a credential. One with a credential that is not valid is always refused.</summary>
public enum AnonymousClients
{
    /// <summary>It is served, as anonymous.</summary>
    Allow,

    /// <summary>It is refused.</summary>
    Deny,
}

/// <summary>Who may ask (<c>Gateway:Authentication</c>). Where nothing is set, everybody may, and no header is looked at.</summary>
public sealed record AuthenticationOptions
{
    /// <summary>What becomes of a client without a credential.</summary>
    public AnonymousClients Anonymous { get; init; } = AnonymousClients.Allow;

    /// <summary>The tokens that are taken.</summary>
    public JwtOptions Jwt { get; init; } = new();

    /// <summary>The API keys that are taken; null takes none.</summary>
    public ApiKeyOptions? ApiKeys { get; init; }

    /// <summary>The headers that have credentials and nothing else; <c>Authorization</c> is often meant for sources, too.</summary>
    internal ImmutableArray<string> Headers =>
    [
        .. ApiKeys is null ? [] : (ReadOnlySpan<string>)[ApiKeys.Header],
        .. Jwt.Issuers.IsEmpty && ApiKeys is null ? [] : Jwt.Places.Where(place => !place.IsCookie).Select(place => place.Name)
            .Where(name => !name.Equals("Authorization", StringComparison.OrdinalIgnoreCase)),
    ];

    /// <summary>Whether requests are looked at for who sends them.</summary>
    internal bool IsOn => Anonymous == AnonymousClients.Deny || !Jwt.Issuers.IsEmpty || ApiKeys is not null;
}

/// <summary>The API keys that are taken (<c>Gateway:Authentication:ApiKeys</c>). <c>graphgateway keys</c> makes them.</summary>
public sealed record ApiKeyOptions
{
    /// <summary>Where they are: a file of SQLite, or a connection string of PostgreSQL.</summary>
    public required string Store { get; init; }

    /// <summary>What they are hashed with, the server's secret.</summary>
    public required ImmutableArray<byte> Pepper { get; init; }

    /// <summary>The header that has a key alone; the places of tokens have one, too.</summary>
    public string Header { get; init; } = "X-API-Key";

    /// <summary>Not the pepper, nor the store's password.</summary>
    public override string ToString() => nameof(ApiKeyOptions);
}

/// <summary>The tokens that are taken (<c>Gateway:Authentication:Jwt</c>): signed JSON Web Tokens (RFC 7519, RFC 7515).</summary>
public sealed record JwtOptions
{
    /// <summary>Who makes them; none takes no tokens.</summary>
    public ImmutableArray<JwtIssuerOptions> Issuers { get; init; } = [];

    /// <summary>Where a request has its token.</summary>
    public ImmutableArray<TokenPlace> Places { get; init; } = [new TokenPlace("Authorization", "Bearer", IsCookie: false)];

    /// <summary>How far the clocks of issuers and of this machine may be apart.</summary>
    public TimeSpan ClockSkew { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes of a token; a longer one is refused unread.</summary>
    public int TokenBytes { get; init; } = 16 * 1024;

    /// <summary>Bytes of tokens that are remembered as valid, each for a minute at most, with what is known of who sends them: some 8 KB for a usual one.</summary>
    public int RememberedBytes { get; init; } = 64_000_000;

    /// <summary>The time after which an issuer's keys are fetched anew.</summary>
    public TimeSpan KeyRefresh { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>The longest time for fetching them.</summary>
    public TimeSpan KeyTimeout { get; init; } = TimeSpan.FromSeconds(5);
}

/// <summary>One place where a request can have its token.</summary>
/// <param name="Name">The header or the cookie.</param>
/// <param name="Prefix">What stands before the token, and a space; null where it stands alone.</param>
/// <param name="IsCookie">True for a cookie, false for a header.</param>
public sealed record TokenPlace(string Name, string? Prefix, bool IsCookie);
