using System.Buffers;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Claims;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace GraphGateway.Http;

/// <summary>An issuer with its keys.</summary>
/// <param name="Options">Its settings.</param>
/// <param name="Keys">Its keys.</param>
public sealed record TokenIssuer(JwtIssuerOptions Options, Refreshed<KeySet> Keys);

/// <summary>What came of looking at a token: what it says, with the key that signed it, or why it is not valid.</summary>
/// <param name="Claims">What it says; null where it is not valid.</param>
/// <param name="Issuer">Who says so.</param>
/// <param name="Key">The key that signed it.</param>
/// <param name="Until">When it expires.</param>
/// <param name="Failure">Why it is not valid.</param>
public readonly record struct TokenVerdict(ClaimsIdentity? Claims, JwtIssuerOptions? Issuer, SigningKey? Key, DateTimeOffset Until, TokenFailure Failure)
{
    internal static TokenVerdict Of(TokenFailure failure) => new(null, null, null, default, failure);
}

/// <summary>
/// Looks at a token that is new (<see href="https://www.rfc-editor.org/rfc/rfc7519#section-7.2">RFC 7519, section 7.2</see>,
/// <see href="https://www.rfc-editor.org/rfc/rfc8725">RFC 8725</see>). The steps are numbered in <see cref="ValidateAsync"/>: nothing that costs more is done
/// before what costs less, and no other host is asked for a token of an issuer that is not known. Signature, issuer and audience are the library's, as in
/// ASP.NET Core's JwtBearer; the times are checked here, by the gateway's clock.
/// </summary>
/// <param name="issuers">Whose tokens are taken.</param>
/// <param name="maxBytes">Bytes of a token; a longer one is refused unread.</param>
/// <param name="clockSkew">How far the clocks of issuers and of this machine may be apart.</param>
/// <param name="clock">The clock.</param>
public sealed class TokenValidator(ImmutableArray<TokenIssuer> issuers, int maxBytes, TimeSpan clockSkew, TimeProvider clock)
{
    private static readonly SearchValues<char> Characters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    private readonly JsonWebTokenHandler handler = new() { MapInboundClaims = false, MaximumTokenSizeInBytes = maxBytes };
    private readonly FrozenDictionary<string, TokenIssuer> byName = issuers.ToFrozenDictionary(issuer => issuer.Options.Issuer, StringComparer.Ordinal);

    /// <summary>Whether the token is valid, and what it says.</summary>
    /// <param name="text">The token.</param>
    /// <param name="patience">Ends the waiting for an issuer's keys.</param>
    public async ValueTask<TokenVerdict> ValidateAsync(string text, CancellationToken patience)
    {
        // 1. Its shape.
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > maxBytes)
        {
            return TokenVerdict.Of(TokenFailure.TooLarge);
        }

        if (TryRead(text) is not { } token)
        {
            return TokenVerdict.Of(TokenFailure.Malformed);
        }

        if (token.IsCritical)
        {
            return TokenVerdict.Of(TokenFailure.CriticalHeader);
        }

        // 2. Its issuer, by what it says itself; 3. whether that one signs so.
        if (token.Issuer is null || !byName.TryGetValue(token.Issuer, out var issuer))
        {
            return TokenVerdict.Of(TokenFailure.IssuerUnknown);
        }

        if (!issuer.Options.Algorithms.Contains(token.Algorithm))
        {
            return TokenVerdict.Of(TokenFailure.AlgorithmNotAllowed);
        }

        // 4. The key. One that is not known may be new.
        var keys = await issuer.Keys.GetAsync(patience);
        var found = keys?.Find(token.KeyId, token.Algorithm) ?? [];
        if (found.IsEmpty && keys is not null)
        {
            keys = await issuer.Keys.RefreshAsync(patience);
            found = keys?.Find(token.KeyId, token.Algorithm) ?? [];
        }

        if (found.IsEmpty)
        {
            return TokenVerdict.Of(keys is null ? TokenFailure.KeysUnavailable : TokenFailure.KeyUnknown);
        }

        // 5. Its signature and its audience; 6. its time.
        var result = await handler.ValidateTokenAsync(token.Token, ParametersOf(issuer.Options, found));
        return result.IsValid ? Judge(token.Token, result.ClaimsIdentity, issuer.Options, found) : TokenVerdict.Of(FailureOf(result.Exception));
    }

    // A token is the client's to write: whatever reading it throws, it is none.
    [SuppressMessage("Design", "CA1031", Justification = "The library throws many things for what is no token; none of them says more than that.")]
    private static TokenHead? TryRead(string text)
    {
        // RFC 7515, section 7.1: three parts. Five would be an encrypted one.
        if (text.AsSpan().Count('.') != 2 || text.AsSpan().ContainsAnyExcept(Characters))
        {
            return null;
        }

        try
        {
            var token = new JsonWebToken(text);
            token.TryGetPayloadValue<string>("iss", out var issuer);
            return token.Alg is { Length: > 0 } algorithm
                ? new TokenHead(token, algorithm, string.IsNullOrEmpty(token.Kid) ? null : token.Kid, issuer, token.TryGetHeaderValue<object>("crit", out _))
                : null;
        }
        catch (Exception)
        {
            return null;
        }
    }

    private static TokenValidationParameters ParametersOf(JwtIssuerOptions issuer, ImmutableArray<SigningKey> keys) => new()
    {
        ValidIssuer = issuer.Issuer,
        ValidateAudience = !issuer.Audiences.IsEmpty,
        ValidAudiences = issuer.Audiences,
        ValidAlgorithms = issuer.Algorithms,
        IssuerSigningKeys = keys.Select(key => key.Key),
        ValidateLifetime = false,
        RequireSignedTokens = true,
        LogValidationExceptions = false,
    };

    private static TokenFailure FailureOf(Exception exception) => exception switch
    {
        SecurityTokenInvalidAudienceException => TokenFailure.AudienceWrong,
        SecurityTokenInvalidIssuerException => TokenFailure.IssuerUnknown,
        SecurityTokenInvalidAlgorithmException => TokenFailure.AlgorithmNotAllowed,
        SecurityTokenInvalidSignatureException => TokenFailure.SignatureInvalid,
        _ => TokenFailure.Malformed,
    };

    private TokenVerdict Judge(JsonWebToken token, ClaimsIdentity claims, JwtIssuerOptions issuer, ImmutableArray<SigningKey> keys)
    {
        if (claims.FindFirst("exp") is null || token.ValidTo == DateTime.MinValue)
        {
            return TokenVerdict.Of(TokenFailure.NoExpiry);
        }

        // The skew goes to the side of now, which has room for it: a token's times can be any.
        var now = clock.GetUtcNow();
        var expires = new DateTimeOffset(token.ValidTo, TimeSpan.Zero);
        if (now - clockSkew >= expires)
        {
            return TokenVerdict.Of(TokenFailure.Expired);
        }

        if (now + clockSkew < new DateTimeOffset(token.ValidFrom, TimeSpan.Zero))
        {
            return TokenVerdict.Of(TokenFailure.NotYetValid);
        }

        var key = keys.First(key => ReferenceEquals(key.Key, token.SigningKey));
        return new TokenVerdict(claims, issuer, key, expires, TokenFailure.None);
    }

    /// <summary>What a token says of itself; nothing of it is proved yet.</summary>
    private sealed record TokenHead(JsonWebToken Token, string Algorithm, string? KeyId, string? Issuer, bool IsCritical);
}
