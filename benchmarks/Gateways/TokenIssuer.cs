using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace GraphGateway.Benchmarks;

/// <summary>Who makes the token of the rows that are guarded: its keys are at <see cref="SourceFront"/>.</summary>
internal static class TokenIssuer
{
    /// <summary>Where its keys are, below the front's address.</summary>
    public const string KeysPath = "/issuer/keys";

    private static readonly RSA Key = RSA.Create(2048);

    /// <summary>Its keys, as <see href="https://www.rfc-editor.org/rfc/rfc7517">RFC 7517</see> has them.</summary>
    public static byte[] Keys
    {
        get
        {
            var key = Key.ExportParameters(includePrivateParameters: false);
            return Encoding.UTF8.GetBytes(
                $$"""{"keys":[{"kty":"RSA","use":"sig","alg":"RS256","kid":"one","n":"{{Base64Url.EncodeToString(key.Modulus)}}","e":"{{Base64Url.EncodeToString(key.Exponent)}}"}]}""");
        }
    }

    /// <summary>A token for a day, of a size as issuers make them.</summary>
    public static string Token { get; } = Make();

    /// <summary>
    /// What a gateway of ours is set to, so that all of its guards work for each request: nobody without a token, an enforced limit on costs, and a budget with three windows
    /// that nobody uses up.
    /// </summary>
    /// <param name="front">Where the keys are.</param>
    public static (string, string)[] Settings(Uri front) =>
    [
        ("Gateway__Authentication__Anonymous", "Deny"),
        ("Gateway__Authentication__Jwt__Issuers__0__Issuer", "https://issuer.test/"),
        ("Gateway__Authentication__Jwt__Issuers__0__Audiences__0", "shop"),
        ("Gateway__Authentication__Jwt__Issuers__0__PlanClaim", "plan"),
        ("Gateway__Authentication__Jwt__Issuers__0__JwksUrl", new Uri(front, KeysPath).ToString()),
        ("Gateway__Cost__Mode", "Enforce"),
        ("Gateway__Cost__MaxFieldCost", "1000000000"),
        ("Gateway__Cost__MaxTypeCost", "1000000000"),
        ("Gateway__RateLimits__Plans__gold__PerSecond", "1000000000000"),
        ("Gateway__RateLimits__Plans__gold__PerMinute", "10000000000000"),
        ("Gateway__RateLimits__Plans__gold__PerDay", "100000000000000"),
        ("Gateway__RateLimits__DefaultPlan", "gold"),
    ];

    private static string Make()
    {
        var now = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds();
        var payload = $$"""{"iss":"https://issuer.test/","aud":"shop","sub":"ada@example.test","client_id":"web","plan":"gold","scope":"openid profile orders:read orders:write","iat":{{now}},"exp":{{now + 86_400}}}""";
        var signed = $"{Encode("""{"alg":"RS256","typ":"at+jwt","kid":"one"}""")}.{Encode(payload)}";
        return $"{signed}.{Base64Url.EncodeToString(Key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));
}
