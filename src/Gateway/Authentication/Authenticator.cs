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
internal sealed class Authenticator(AuthenticationOptions options, TokenValidator tokens, TokenMemory memory, ApiKeyChecker? keys, TimeProvider clock)
{
    /// <summary>The longest time for which a token is taken without another look at it.</summary>
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(60);

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
        if (verdict.Identity is not { } identity)
        {
            return verdict.Failure;
        }

        // Until it expires, the skew included, so that a token that is remembered is no better and no worse than one that is new.
        var left = verdict.Until - (clock.GetUtcNow() - options.Jwt.ClockSkew);
        var time = left < Remembered ? left : Remembered;
        memory.Remember(token, new RememberedToken(identity, verdict.Key!, clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency)));
        return identity;
    }
}
