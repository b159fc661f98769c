namespace GraphGateway.Http;

/// <summary>Why a token is not valid. Closed: each has its text in <see cref="TokenFailures"/>.</summary>
public enum TokenFailure
{
    /// <summary>It is valid.</summary>
    None,

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
}

/// <summary>What is told of <see cref="TokenFailure"/>.</summary>
public static class TokenFailures
{
    /// <summary>What is wrong, in one sentence. It has nothing of the token, and no character that a header would have to escape.</summary>
    /// <param name="failure">It; not <see cref="TokenFailure.None"/>.</param>
    public static string Message(this TokenFailure failure) => failure switch
    {
        TokenFailure.Malformed => "The token is not a signed JSON Web Token.",
        TokenFailure.TooLarge => "The token is longer than allowed.",
        TokenFailure.CriticalHeader => "The token has a critical header that is not known here.",
        TokenFailure.IssuerUnknown => "The token is of an issuer that is not known here.",
        TokenFailure.AlgorithmNotAllowed => "The token is not signed by an algorithm that is taken of its issuer.",
        TokenFailure.KeyUnknown => "The token is signed with a key that its issuer does not have.",
        TokenFailure.KeysUnavailable => "The keys of the token's issuer cannot be had now. Try again.",
        TokenFailure.SignatureInvalid => "The token's signature is not valid.",
        TokenFailure.AudienceWrong => "The token is for another audience.",
        TokenFailure.NoExpiry => "The token has no time at which it expires.",
        TokenFailure.Expired => "The token has expired.",
        TokenFailure.NotYetValid => "The token is not valid yet.",
        _ => throw new ArgumentOutOfRangeException(nameof(failure), failure, "It is no failure."),
    };
}
