namespace GraphGateway.Gateway;

/// <summary>Whether a request may come from where it comes from.</summary>
internal sealed class AccessRule(AccessOptions options)
{
    /// <summary>What whoever may not ask is told: not which address it was taken for.</summary>
    public const string Message = "Requests from this address are not served.";

    /// <summary>Whether it may. An address that cannot be told may not.</summary>
    public bool Admits(HttpContext context) =>
        ClientAddress.Of(context.Connection.RemoteIpAddress, context.Request.Headers["X-Forwarded-For"], options.TrustedProxies) is { } address
        && !ClientAddress.IsIn(options.Deny, address)
        && (options.Allow.IsEmpty || ClientAddress.IsIn(options.Allow, address));
}
