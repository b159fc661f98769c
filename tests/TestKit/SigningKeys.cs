using System.Security.Cryptography;

namespace GraphGateway.TestKit;

/// <summary>Files with keys on P-256: <c>NAME.pem</c> is private, <c>NAME-public.pem</c> its public part.</summary>
public static class SigningKeys
{
    /// <summary>Makes a pair of files; the name of the private one and of the public one.</summary>
    /// <param name="folder">Where.</param>
    /// <param name="name">Their name.</param>
    public static (string Private, string Public) Make(TemporaryFolder folder, string name)
    {
        ArgumentNullException.ThrowIfNull(folder);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return (folder.Write($"{name}.pem", key.ExportPkcs8PrivateKeyPem()), folder.Write($"{name}-public.pem", key.ExportSubjectPublicKeyInfoPem()));
    }
}
