using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace GraphGateway.ControlPlane;

/// <summary>A key by which supergraphs are signed, or signatures are checked: ECDSA on the curve P-256 (FIPS 186-5), in PEM.</summary>
public sealed class SupergraphKey
{
    // Eight bytes tell keys apart for people; what counts is whether the signature holds.
    private const int IdBytes = 8;

    // What is not safe to be used by several threads at a time.
    private readonly Lock gate = new();
    private readonly ECDsa key;

    private SupergraphKey(ECDsa key, bool isPrivate)
    {
        this.key = key;
        IsPrivate = isPrivate;
        Id = Convert.ToHexStringLower(SHA256.HashData(key.ExportSubjectPublicKeyInfo()).AsSpan(0, IdBytes));
    }

    /// <summary>Its name, which follows from its public part: 16 hexadecimal digits.</summary>
    public string Id { get; }

    /// <summary>Whether it can sign.</summary>
    public bool IsPrivate { get; }

    /// <summary>Reads the file of a key: <c>PRIVATE KEY</c>, <c>EC PRIVATE KEY</c> or <c>PUBLIC KEY</c> in PEM.</summary>
    /// <param name="file">Its name.</param>
    /// <param name="isPrivate">Whether it has to be able to sign.</param>
    /// <param name="key">The key.</param>
    /// <param name="problem">Why there is none, with what to do; nothing of the file is in it.</param>
    public static bool TryRead(string file, bool isPrivate, [NotNullWhen(true)] out SupergraphKey? key, [NotNullWhen(false)] out string? problem)
    {
        key = null;
        try
        {
            var read = Of(File.ReadAllText(file));
            problem = isPrivate && !read.IsPrivate ? $"{file} has a public key alone, which cannot sign. {HowToMake}" : null;
            key = problem is null ? read : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            problem = $"{file} cannot be read: {exception.Message}";
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            problem = $"{file} has no elliptic key of the curve P-256 in PEM, or one with a password. {HowToMake}";
        }

        return key is not null;
    }

    /// <summary>Not the key.</summary>
    public override string ToString() => Id;

    internal byte[] Sign(byte[] data)
    {
        lock (gate)
        {
            return key.SignData(data, HashAlgorithmName.SHA256);
        }
    }

    internal bool Verify(byte[] data, byte[] signature)
    {
        lock (gate)
        {
            return key.VerifyData(data, signature, HashAlgorithmName.SHA256);
        }
    }

    private const string HowToMake = "`openssl ecparam -name prime256v1 -genkey -noout -out signing.pem` makes one, and `openssl ec -in signing.pem -pubout -out signing-public.pem` its public part.";

    private static SupergraphKey Of(string pem)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(pem);
            return key.ExportParameters(includePrivateParameters: false).Curve.Oid.Value == ECCurve.NamedCurves.nistP256.Oid.Value
                ? new SupergraphKey(key, CanSign(key))
                : throw new CryptographicException("Another curve.");
        }
        catch
        {
            key.Dispose();
            throw;
        }
    }

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
