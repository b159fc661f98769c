using System.Security.Cryptography;
using GraphGateway.Http;
using GraphGateway.TestKit;

namespace GraphGateway.Gateway.Tests.Identity;

/// <summary>A key by which a test's gateway signs, in files.</summary>
internal sealed class IdentityKeyFile : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public IdentityKeyFile()
    {
        File = folder.Write("identity.pem", Key.ExportPkcs8PrivateKeyPem());
        PublicFile = folder.Write("public.pem", Key.ExportSubjectPublicKeyInfoPem());
    }

    public ECDsa Key { get; } = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>The file with the private key.</summary>
    public string File { get; }

    /// <summary>The file with the public one.</summary>
    public string PublicFile { get; }

    public EllipticKey Read() => EllipticKey.FromPem(Key.ExportPkcs8PrivateKeyPem());

    /// <summary>Settings of a gateway that signs with it.</summary>
    public string[] Settings => ["--Gateway:Identity:Sign=On", $"--Gateway:Identity:KeyFiles={File}"];

    public string Write(string name, string text) => folder.Write(name, text);

    public void Dispose()
    {
        Key.Dispose();
        folder.Dispose();
    }
}
