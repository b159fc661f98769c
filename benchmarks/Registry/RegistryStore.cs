using System.Runtime.InteropServices;
using System.Text;
using GraphGateway.ControlPlane;
using GraphGateway.TestKit;

namespace GraphGateway.Benchmarks;

/// <summary>What the parts of the suite share of a registry's store.</summary>
internal static class RegistryStore
{
    /// <summary>The command line's program.</summary>
    public static string Command { get; } = Published("Cli", "graphgateway.dll");

    /// <summary>The gateway's program.</summary>
    public static string Gateway { get; } = Published("Gateway", "GraphGateway.Gateway.dll");

    // As it is installed: compiled for its platform.
    private static string Published(string project, string program) =>
        Repository.PathOf($"src/{project}/bin/Release/net10.0/{RuntimeInformation.RuntimeIdentifier}/publish/{program}");

    /// <summary>Makes a key that may do everything, before the registry's server makes one.</summary>
    /// <param name="store">Where the registry is.</param>
    /// <param name="file">The file that gets the key.</param>
    public static async Task MakeKeyAsync(string store, string file)
    {
        await using var keys = ApiKeyStore.OfRegistry(store);
        await keys.PrepareAsync(default);
        var made = await keys.CreateAsync(new ApiKeyGrant("benchmark", null, ["admin"], null), Encoding.ASCII.GetBytes(new string('p', 32)), TimeProvider.System.GetUtcNow(), default);
        await File.WriteAllTextAsync(file, made.Text);
    }

    /// <summary>Whether something answers there.</summary>
    public static async Task<bool> IsThereAsync(Uri url)
    {
        try
        {
            using var client = new HttpClient();
            using var response = await client.GetAsync(url);
            return response.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
