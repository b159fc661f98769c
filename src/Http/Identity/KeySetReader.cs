using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace GraphGateway.Http;

/// <summary>
/// Reads what issuers publish: the discovery document (OpenID Connect Discovery, section 4.2) and the set of keys
/// (<see href="https://www.rfc-editor.org/rfc/rfc7517#section-5">RFC 7517, section 5</see>). Throws <see cref="InvalidDataException"/> with what is wrong.
/// </summary>
internal static class KeySetReader
{
    private const int MaxKeys = 100;

    // RFC 7518, section 3.3.
    private const int MinRsaBits = 2048;

    /// <summary>Where the keys are.</summary>
    public static Uri ReadMetadata(ReadOnlyMemory<byte> json, JwtIssuerOptions options)
    {
        using var document = Parse(json, "The discovery document");
        // Section 4.3: another issuer's document would let it make tokens for this one.
        if (TextOf(document.RootElement, "issuer") != options.Issuer)
        {
            throw new InvalidDataException("The discovery document is not of this issuer: its \"issuer\" is another one.");
        }

        if (!Uri.TryCreate(TextOf(document.RootElement, "jwks_uri"), UriKind.Absolute, out var url)
            || !JwtIssuerOptions.IsTrusted(url, options.AllowHttp))
        {
            throw new InvalidDataException("The discovery document has no \"jwks_uri\" that may be asked: it must begin with https.");
        }

        return url;
    }

    /// <summary>The public keys for signatures. Those of kinds that are not known here, or too short, are left out, as section 5 asks.</summary>
    public static ImmutableArray<SigningKey> ReadKeys(ReadOnlyMemory<byte> json)
    {
        using var document = Parse(json, "The set of keys");
        if (!document.RootElement.TryGetProperty("keys", out var keys) || keys.ValueKind != JsonValueKind.Array)
        {
            throw new InvalidDataException("The set of keys has no list \"keys\".");
        }

        return keys.GetArrayLength() > MaxKeys
            ? throw new InvalidDataException($"The set of keys has more than {MaxKeys} keys.")
            : [.. keys.EnumerateArray().Select(ReadKey).OfType<SigningKey>()];
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json, string what)
    {
        try
        {
            var document = JsonDocument.Parse(json);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
            {
                return document;
            }

            document.Dispose();
        }
        catch (JsonException)
        {
            // Said below: its own words can have some of the text.
        }

        throw new InvalidDataException($"{what} is no JSON object.");
    }

    private static SigningKey? ReadKey(JsonElement element)
    {
        // A key that is shared must not be in a set that everybody can read; one for encryption signs nothing.
        if (element.ValueKind != JsonValueKind.Object || TextOf(element, "kty") is not ("RSA" or "EC") || TextOf(element, "use") is not (null or "sig"))
        {
            return null;
        }

        // Of a private key that was published by mistake only the public part is read.
        string[] parts = ["kty", "kid", "alg", "n", "e", "crv", "x", "y"];
        var values = parts.Select(part => TextOf(element, part)).ToArray();
        var material = new StringBuilder();
        foreach (var value in values)
        {
            material.Append(value?.Length ?? -1).Append(':').Append(value);
        }

        var web = new JsonWebKey { Kty = values[0], Kid = values[1], N = values[3], E = values[4], Crv = values[5], X = values[6], Y = values[7] };
        return TryConvert(web) is { } key && (key is not RsaSecurityKey || key.KeySize >= MinRsaBits)
            ? new SigningKey(key, values[2], material.ToString())
            : null;
    }

    private static SecurityKey? TryConvert(JsonWebKey web)
    {
        try
        {
            return JsonWebKeyConverter.TryConvertToSecurityKey(web, out var key) ? key : null;
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or System.Security.Cryptography.CryptographicException or PlatformNotSupportedException)
        {
            return null;
        }
    }

    private static string? TextOf(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
