using System.Collections.Frozen;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;

namespace GraphGateway.Http;

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
/// the same. A service has it as the gateway says it: of the client, not of the gateway.
/// </summary>
public sealed class ClientIdentity
{
    private static long made;

    /// <summary>A client that has shown nothing.</summary>
    public static ClientIdentity Anonymous { get; } = new() { Kind = ClientKind.Anonymous, Number = 0 };

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

    /// <summary>Another one for each identity that was made, from 1; 0 is <see cref="Anonymous"/>. What it stands for is nobody's secret.</summary>
    public long Number { get; private init; } = Interlocked.Increment(ref made);

    /// <summary>The token that was validated, to be sent on where a setting says so; null where there was none. A secret.</summary>
    public string? Token { get; init; }

    /// <summary>Who sends a request.</summary>
    /// <param name="context">The request, after it was admitted.</param>
    public static ClientIdentity Of(HttpContext context) => context.Features.Get<ClientIdentity>() ?? Anonymous;

    /// <summary>The identity of an API key.</summary>
    /// <param name="id">The key's id, which is no secret: the subject.</param>
    /// <param name="consumer">On whose account it goes.</param>
    /// <param name="plan">Its plan, or null.</param>
    /// <param name="scopes">What it may do.</param>
    /// <param name="expires">When it ends, or null.</param>
    public static ClientIdentity OfApiKey(string id, string consumer, string? plan, FrozenSet<string> scopes, DateTimeOffset? expires) => new()
    {
        Kind = ClientKind.ApiKey,
        Subject = id,
        Consumer = consumer,
        Plan = plan,
        Scopes = scopes,
        Claims = new ClaimsPrincipal(new ClaimsIdentity([new Claim("sub", id), new Claim("client_id", consumer), .. scopes.Select(scope => new Claim("scope", scope))], "ApiKey")),
        Expires = expires,
    };
}
