using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using GraphGateway.TestKit;

namespace GraphGateway.Gateway.Tests.Upstream;

/// <summary>Certificates for addresses of this machine.</summary>
internal static class TestCertificates
{
    /// <summary>One that signs itself; its key can be exported.</summary>
    /// <param name="host">The address it is for.</param>
    /// <param name="fromDays">From when it holds, in days from now.</param>
    /// <param name="toDays">Until when.</param>
    public static X509Certificate2 SelfSigned(string host, int fromDays = -1, int toDays = 1)
    {
        using var key = RSA.Create(2048);
        var request = RequestFor("CN=GraphGateway test", host, key, isAuthority: true);
        var now = TimeProvider.System.GetUtcNow();
        return request.CreateSelfSigned(now.AddDays(fromDays), now.AddDays(toDays));
    }

    /// <summary>One that an authority has signed.</summary>
    public static X509Certificate2 SignedBy(X509Certificate2 authority, string host)
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var signed = RequestFor("CN=GraphGateway source", host, key, isAuthority: false).Create(authority, now.AddHours(-1), now.AddHours(1), [1, 2, 3, 4]);
        return signed.CopyWithPrivateKey(key);
    }

    /// <summary>Its key as text.</summary>
    public static string KeyOf(X509Certificate2 certificate)
    {
        using var key = certificate.GetRSAPrivateKey()!;
        return key.ExportPkcs8PrivateKeyPem();
    }

    private static CertificateRequest RequestFor(string name, string host, RSA key, bool isAuthority)
    {
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Parse(host));
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(isAuthority, hasPathLengthConstraint: false, 0, critical: true));
        return request;
    }
}
