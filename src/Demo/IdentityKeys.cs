using System.Security.Cryptography;

namespace GraphGateway.Demo;

/// <summary>The key by which the demo's gateway signs who asks: another one at each start. The services get its public part.</summary>
internal static class IdentityKeys
{
    /// <summary>The file with the key.</summary>
    public static string Private(string folder) => Path.Combine(folder, "identity.pem");

    /// <summary>The file with its public part.</summary>
    public static string Public(string folder) => Path.Combine(folder, "identity-public.pem");

    /// <summary>Makes a key and writes both files.</summary>
    /// <param name="folder">Where the demo keeps its data.</param>
    public static void Write(string folder)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var file = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            file.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // A file that is there already keeps the rights that it has.
        File.Delete(Private(folder));
        using (var writer = new StreamWriter(Private(folder), file))
        {
            writer.Write(key.ExportPkcs8PrivateKeyPem());
        }

        File.WriteAllText(Public(folder), key.ExportSubjectPublicKeyInfoPem());
    }
}
