using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.Tokens;

namespace GraphGateway.Http;

/// <summary>A key for <c>ES256</c> (RFC 7518, section 3.4): on the curve P-256, public or private.</summary>
public sealed class EllipticKey
{
    // What is not safe to be used by several threads at a time.
    private readonly Lock gate = new();
    private readonly ECDsa key;
    private readonly string x;
    private readonly string y;

    private EllipticKey(ECDsa key, ECParameters parameters, bool isPrivate)
    {
        this.key = key;
        IsPrivate = isPrivate;
        x = Base64Url.EncodeToString(parameters.Q.X);
        y = Base64Url.EncodeToString(parameters.Q.Y);
        // RFC 7638, section 3: these members, in this order.
        Id = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes($$"""{"crv":"P-256","kty":"EC","x":"{{x}}","y":"{{y}}"}""")));
        Public = new ECDsaSecurityKey(ECDsa.Create(parameters)) { KeyId = Id };
    }

    /// <summary>Its name, which follows from it: the thumbprint of <see href="https://www.rfc-editor.org/rfc/rfc7638">RFC 7638</see>.</summary>
    public string Id { get; }

    /// <summary>Whether it can sign.</summary>
    public bool IsPrivate { get; }

    /// <summary>The part of it that everybody may know, to check signatures with.</summary>
    public SecurityKey Public { get; }

    /// <summary>The same as JSON (<see href="https://www.rfc-editor.org/rfc/rfc7517#section-4">RFC 7517, section 4</see>).</summary>
    public string PublicJson => $$"""{"kty":"EC","use":"sig","alg":"{{IdentityToken.Algorithm}}","kid":"{{Id}}","crv":"P-256","x":"{{x}}","y":"{{y}}"}""";

    /// <summary>Reads a key in PEM: <c>PRIVATE KEY</c>, <c>EC PRIVATE KEY</c> or <c>PUBLIC KEY</c>.</summary>
    /// <param name="pem">The text of the file.</param>
    /// <exception cref="InvalidDataException">It is no such key; the message ends a sentence about the file, and has nothing of it.</exception>
    public static EllipticKey FromPem(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            var parameters = key.ExportParameters(includePrivateParameters: false);
            if (parameters.Curve.Oid.Value != ECCurve.NamedCurves.nistP256.Oid.Value)
            {
                throw new InvalidDataException("has a key on another curve than P-256, which ES256 needs.");
            }

            return new EllipticKey(key, parameters, CanSign(key));
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new InvalidDataException("has no elliptic key in PEM, or one with a password.", exception);
        }
    }

    /// <summary>Signs (RFC 7515, section 5.1).</summary>
    /// <param name="data">What is signed.</param>
    public byte[] Sign(byte[] data)
    {
        lock (gate)
        {
            return key.SignData(data, HashAlgorithmName.SHA256);
        }
    }

    /// <summary>Not the key.</summary>
    public override string ToString() => Id;

    private static bool CanSign(ECDsa key)
    {
        try
        {
            _ = key.ExportParameters(includePrivateParameters: true);
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }
}
