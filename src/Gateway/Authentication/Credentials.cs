namespace GraphGateway.Gateway;

/// <summary>What a credential claims to be.</summary>
internal enum CredentialKind
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>A signed token.</summary>
    Token,

    /// <summary>An API key.</summary>
    ApiKey,
}

/// <summary>What a client has shown of itself, whichever way it came: by a header, a cookie, or the first message on a WebSocket.</summary>
/// <param name="Kind">What it claims to be.</param>
/// <param name="Text">It, and nothing around it.</param>
internal readonly record struct Credentials(CredentialKind Kind, ReadOnlyMemory<char> Text)
{
    /// <summary>The client has shown nothing.</summary>
    public static Credentials None => default;

    /// <summary>Not its text: that is a secret.</summary>
    public override string ToString() => Kind.ToString();
}
