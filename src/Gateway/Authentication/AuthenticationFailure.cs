using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>
/// Why a client is not served. Closed: each has its text and its status in <see cref="AuthenticationFailures"/>. Those of tokens are
/// <see cref="TokenFailure"/>'s, with the same numbers.
/// </summary>
internal enum AuthenticationFailure
{
    /// <summary>It was refused for nothing.</summary>
    None = TokenFailure.None,

    /// <inheritdoc cref="TokenFailure.Malformed"/>
    Malformed = TokenFailure.Malformed,

    /// <inheritdoc cref="TokenFailure.TooLarge"/>
    TooLarge = TokenFailure.TooLarge,

    /// <inheritdoc cref="TokenFailure.CriticalHeader"/>
    CriticalHeader = TokenFailure.CriticalHeader,

    /// <inheritdoc cref="TokenFailure.IssuerUnknown"/>
    IssuerUnknown = TokenFailure.IssuerUnknown,

    /// <inheritdoc cref="TokenFailure.AlgorithmNotAllowed"/>
    AlgorithmNotAllowed = TokenFailure.AlgorithmNotAllowed,

    /// <inheritdoc cref="TokenFailure.KeyUnknown"/>
    KeyUnknown = TokenFailure.KeyUnknown,

    /// <inheritdoc cref="TokenFailure.KeysUnavailable"/>
    KeysUnavailable = TokenFailure.KeysUnavailable,

    /// <inheritdoc cref="TokenFailure.SignatureInvalid"/>
    SignatureInvalid = TokenFailure.SignatureInvalid,

    /// <inheritdoc cref="TokenFailure.AudienceWrong"/>
    AudienceWrong = TokenFailure.AudienceWrong,

    /// <inheritdoc cref="TokenFailure.NoExpiry"/>
    NoExpiry = TokenFailure.NoExpiry,

    /// <inheritdoc cref="TokenFailure.Expired"/>
    Expired = TokenFailure.Expired,

    /// <inheritdoc cref="TokenFailure.NotYetValid"/>
    NotYetValid = TokenFailure.NotYetValid,

    /// <summary>Anonymous clients are not served.</summary>
    Missing,

    /// <summary>Several credentials: which one counts could be read in two ways.</summary>
    Multiple,

    /// <summary>Something else than what is taken here, such as a password.</summary>
    SchemeUnknown,

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
        > AuthenticationFailure.None and <= AuthenticationFailure.NotYetValid => ((TokenFailure)failure).Message(),
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
