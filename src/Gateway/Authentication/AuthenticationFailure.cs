namespace GraphGateway.Gateway;

/// <summary>Why a client is not served. Closed: each has its text and its status in <see cref="AuthenticationFailures"/>.</summary>
internal enum AuthenticationFailure
{
    /// <summary>It was refused for nothing.</summary>
    None,

    /// <summary>Anonymous clients are not served.</summary>
    Missing,

    /// <summary>Several credentials: which one counts could be read in two ways.</summary>
    Multiple,

    /// <summary>Something else than what is taken here, such as a password.</summary>
    SchemeUnknown,

    /// <summary>No signed token.</summary>
    Malformed,

    /// <summary>Longer than any that is taken.</summary>
    TooLarge,

    /// <summary>Whoever reads the token must know what it asks for, and it is not known here (<c>crit</c>, RFC 7515, section 4.1.11).</summary>
    CriticalHeader,

    /// <summary>An issuer that no setting names.</summary>
    IssuerUnknown,

    /// <summary>Not signed at all, or by an algorithm that the issuer does not use.</summary>
    AlgorithmNotAllowed,

    /// <summary>The issuer has no such key.</summary>
    KeyUnknown,

    /// <summary>The issuer's keys could not be had so far.</summary>
    KeysUnavailable,

    /// <summary>Not signed with the key that it names.</summary>
    SignatureInvalid,

    /// <summary>Made for another API.</summary>
    AudienceWrong,

    /// <summary>It would be valid for ever.</summary>
    NoExpiry,

    /// <summary>Its time is over.</summary>
    Expired,

    /// <summary>Its time has not come.</summary>
    NotYetValid,

    /// <summary>No API key, or one that nobody has made: which one of the two is nobody's business.</summary>
    ApiKeyInvalid,

    /// <summary>The API key's time is over.</summary>
    ApiKeyExpired,

    /// <summary>The API key was revoked.</summary>
    ApiKeyRevoked,

    /// <summary>The store of API keys could not be read so far.</summary>
    ApiKeysUnavailable,
}

/// <summary>What clients are told of <see cref="AuthenticationFailure"/>.</summary>
internal static class AuthenticationFailures
{
    private static readonly string[] Names = [.. Enum.GetNames<AuthenticationFailure>().Select(ToSnakeCase)];

    /// <summary>What is wrong, in one sentence. It has nothing of the credential, and no character that a header would have to escape.</summary>
    public static string Message(this AuthenticationFailure failure) => failure switch
    {
        AuthenticationFailure.Missing => "A credential is needed: send Authorization: Bearer and a token or an API key.",
        AuthenticationFailure.Multiple => "The request has more than one credential. Send one.",
        AuthenticationFailure.SchemeUnknown => "The credential is of a kind that is not taken here. Send Authorization: Bearer and a token or an API key.",
        AuthenticationFailure.Malformed => "The token is not a signed JSON Web Token.",
        AuthenticationFailure.TooLarge => "The token is longer than allowed.",
        AuthenticationFailure.CriticalHeader => "The token has a critical header that is not known here.",
        AuthenticationFailure.IssuerUnknown => "The token is of an issuer that is not known here.",
        AuthenticationFailure.AlgorithmNotAllowed => "The token is not signed by an algorithm that is taken of its issuer.",
        AuthenticationFailure.KeyUnknown => "The token is signed with a key that its issuer does not have.",
        AuthenticationFailure.KeysUnavailable => "The keys of the token's issuer cannot be had now. Try again.",
        AuthenticationFailure.SignatureInvalid => "The token's signature is not valid.",
        AuthenticationFailure.AudienceWrong => "The token is for another audience.",
        AuthenticationFailure.NoExpiry => "The token has no time at which it expires.",
        AuthenticationFailure.Expired => "The token has expired.",
        AuthenticationFailure.NotYetValid => "The token is not valid yet.",
        AuthenticationFailure.ApiKeyInvalid => "The API key is not valid.",
        AuthenticationFailure.ApiKeyExpired => "The API key has expired.",
        AuthenticationFailure.ApiKeyRevoked => "The API key was revoked.",
        AuthenticationFailure.ApiKeysUnavailable => "API keys cannot be checked now. Try again.",
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "It is no failure."),
    };

    /// <summary>Its name in metrics, such as <c>key_unknown</c>.</summary>
    public static string Name(this AuthenticationFailure failure) => Names[(int)failure];

    /// <summary>
    /// What <c>WWW-Authenticate</c> says (<see href="https://www.rfc-editor.org/rfc/rfc6750#section-3">RFC 6750, section 3</see>): a client that has shown
    /// nothing, or something else than a bearer token, is told no error.
    /// </summary>
    public static string Challenge(this AuthenticationFailure failure) => failure switch
    {
        AuthenticationFailure.Missing or AuthenticationFailure.SchemeUnknown => "Bearer realm=\"graphgateway\"",
        AuthenticationFailure.Multiple => $"Bearer realm=\"graphgateway\", error=\"invalid_request\", error_description=\"{failure.Message()}\"",
        _ => $"Bearer realm=\"graphgateway\", error=\"invalid_token\", error_description=\"{failure.Message()}\"",
    };

    /// <summary>The status of the answer: 400 where a request is ambiguous, 503 where the credential cannot be checked, else 401.</summary>
    public static int Status(this AuthenticationFailure failure) => failure switch
    {
        AuthenticationFailure.Multiple => StatusCodes.Status400BadRequest,
        AuthenticationFailure.KeysUnavailable or AuthenticationFailure.ApiKeysUnavailable => StatusCodes.Status503ServiceUnavailable,
        _ => StatusCodes.Status401Unauthorized,
    };

    private static string ToSnakeCase(string name) =>
        string.Concat(name.Select((c, i) => char.IsUpper(c) && i > 0 ? $"_{char.ToLowerInvariant(c)}" : $"{char.ToLowerInvariant(c)}"));
}
