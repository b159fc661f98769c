using System.Collections.Frozen;
using System.Security.Claims;

namespace GraphGateway.Gateway;

/// <summary>How a client is known.</summary>
public enum ClientKind
{
    /// <summary>It has shown nothing.</summary>
    Anonymous,

    /// <summary>By a token of an issuer.</summary>
    Token,

    /// <summary>By an API key.</summary>
    ApiKey,
}

/// <summary>
/// Who asks. Made once of what the client has shown, whichever way it came, and never changed: two requests have the same object only where they have shown
/// the same.
/// </summary>
public sealed class ClientIdentity
{
    private static long made;

    /// <summary>A client that has shown nothing.</summary>
    public static ClientIdentity Anonymous { get; } = new() { Kind = ClientKind.Anonymous };

    /// <summary>How the client is known.</summary>
    public required ClientKind Kind { get; init; }

    /// <summary>The person or program that the issuer speaks of (<c>sub</c>); null where nobody is named.</summary>
    public string? Subject { get; init; }

    /// <summary>Who says so; null where there is no issuer.</summary>
    public string? Issuer { get; init; }

    /// <summary>The application that asks, on whose account it goes; null where it is not known.</summary>
    public string? Consumer { get; init; }

    /// <summary>The consumer's plan, such as <c>gold</c>; null where it has none.</summary>
    public string? Plan { get; init; }

    /// <summary>What it may do, by the names that its issuer uses.</summary>
    public FrozenSet<string> Scopes { get; init; } = FrozenSet<string>.Empty;

    /// <summary>All that the issuer says of it, as ASP.NET Core's policies take it; nobody changes it.</summary>
    public ClaimsPrincipal Claims { get; init; } = new(new ClaimsIdentity());

    /// <summary>When the credential is no longer valid; null where it does not expire.</summary>
    public DateTimeOffset? Expires { get; init; }

    /// <summary>Another one for each identity that was made, from 1; 0 is anonymous. What it stands for is nobody's secret.</summary>
    internal long Number { get; private init; }

    /// <summary>Who sends a request.</summary>
    /// <param name="context">The request, after it was admitted.</param>
    public static ClientIdentity Of(HttpContext context) => context.Features.Get<ClientIdentity>() ?? Anonymous;

    /// <summary>The identity of an API key; its subject is the key's id, which is no secret.</summary>
    internal static ClientIdentity OfApiKey(string id, string consumer, string? plan, FrozenSet<string> scopes, DateTimeOffset? expires) => new()
    {
        Kind = ClientKind.ApiKey,
        Subject = id,
        Consumer = consumer,
        Plan = plan,
        Scopes = scopes,
        Claims = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", id), new Claim("client_id", consumer), .. scopes.Select(scope => new Claim("scope", scope))], "ApiKey")),
        Expires = expires,
        Number = Interlocked.Increment(ref made),
    };

    /// <summary>An identity with a number of its own.</summary>
    internal static ClientIdentity OfToken(
        string? subject, string issuer, string? consumer, string? plan, FrozenSet<string> scopes, ClaimsPrincipal claims, DateTimeOffset expires) => new()
        {
            Kind = ClientKind.Token,
            Subject = subject,
            Issuer = issuer,
            Consumer = consumer,
            Plan = plan,
            Scopes = scopes,
            Claims = claims,
            Expires = expires,
            Number = Interlocked.Increment(ref made),
        };
}
