using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>Reads where a registry elsewhere is (<c>Gateway:Registry:Url</c>) and the file with the key for it (<c>KeyFile</c>).</summary>
internal static class RegistryAddressReader
{
    /// <summary>The key of the address.</summary>
    public const string Url = "Url";

    private const string KeyFile = "KeyFile";

    /// <summary>Where it is; null where the settings do not say it, or wrongly, which is a problem then.</summary>
    public static RegistryAddress? Read(SettingsReader reader)
    {
        var (text, file) = (reader.Text(Url), reader.Text(KeyFile));
        if (text is null)
        {
            if (file is not null)
            {
                reader.Problem(Url, "is missing: where the registry is that takes the key of KeyFile.");
            }

            return null;
        }

        // It may have a password: it is not repeated.
        var url = RegistryAddress.ReadUrl(text);
        if (url is null)
        {
            reader.Problem(Url, "is no address of a registry such as https://registry.example: http or https, without a name, a password or a query.");
        }

        if (file is null)
        {
            reader.Problem(KeyFile, "is missing: the file with a key of the registry that may read the stage. `graphgateway registry keys create` makes one.");
            return null;
        }

        var (key, problem) = RegistryKey.OfFile(Path.GetFullPath(file));
        if (key is null)
        {
            reader.Problem(KeyFile, problem!);
        }

        return url is not null && key is not null ? new RegistryAddress(url, key) : null;
    }
}
