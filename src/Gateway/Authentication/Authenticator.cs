using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Security.Claims;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>Who a client is, or why it is not served: one of the two.</summary>
internal readonly record struct Authentication(ClientIdentity? Identity, AuthenticationFailure Failure)
{
    public static implicit operator Authentication(ClientIdentity identity) => new(identity, AuthenticationFailure.None);

    public static implicit operator Authentication(AuthenticationFailure failure) => new(null, failure);
}

/// <summary>
/// Makes an identity of what a client has shown, whichever way it came. What is shown and not valid is never taken for nothing.
/// </summary>
internal sealed class Authenticator(AuthenticationOptions options, TokenValidator tokens, TokenMemory memory, ApiKeyChecker? keys)
{
    /// <summary>Who it is. PERF: of a token that is remembered it is known at once.</summary>
    /// <param name="credentials">What the client has shown.</param>
    /// <param name="patience">Ends the waiting for an issuer's keys.</param>
    public ValueTask<Authentication> AuthenticateAsync(Credentials credentials, CancellationToken patience)
    {
        if (credentials.Kind == CredentialKind.None)
        {
            return ValueTask.FromResult<Authentication>(
                options.Anonymous == AnonymousClients.Allow ? ClientIdentity.Anonymous : AuthenticationFailure.Missing);
        }

        if (credentials.Kind == CredentialKind.ApiKey && keys is not null)
        {
            return keys.CheckAsync(credentials.Text.ToString(), patience);
        }

        return memory.Find(credentials.Text.Span) is { } known
            ? ValueTask.FromResult<Authentication>(known)
            : LookAsync(credentials.Text.ToString(), patience);
    }

    private async ValueTask<Authentication> LookAsync(string token, CancellationToken patience)
    {
        var verdict = await tokens.ValidateAsync(token, patience);
        if (verdict is not { Claims: { } claims, Issuer: { } issuer })
        {
            return (AuthenticationFailure)verdict.Failure;
        }

        var identity = IdentityOf(token, claims, issuer, verdict.Until);
        memory.Remember(token, verdict, identity, options.Jwt.ClockSkew);
        return identity;
    }

    private static ClientIdentity IdentityOf(string token, ClaimsIdentity claims, JwtIssuerOptions issuer, DateTimeOffset expires) => new()
    {
        Kind = ClientKind.Token,
        Subject = claims.FindFirst("sub")?.Value,
        Issuer = issuer.Issuer,
        Consumer = issuer.ConsumerClaims.Select(name => claims.FindFirst(name)?.Value).FirstOrDefault(value => !string.IsNullOrEmpty(value)),
        Plan = issuer.PlanClaim is { } plan ? claims.FindFirst(plan)?.Value : null,
        Scopes = ScopesOf(claims, issuer.ScopeClaims),
        Claims = new ClaimsPrincipal(claims),
        Token = token,
        Expires = expires,
    };

    private static FrozenSet<string> ScopesOf(ClaimsIdentity claims, ImmutableArray<string> names) => claims.Claims
        .Where(claim => names.Contains(claim.Type))
        .SelectMany(claim => claim.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        .ToFrozenSet(StringComparer.Ordinal);
}
