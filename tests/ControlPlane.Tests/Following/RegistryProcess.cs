using System.Globalization;
using System.Text;
using GraphGateway.TestKit;

namespace GraphGateway.ControlPlane.Tests.Following;

/// <summary>A registry's server as a process of its own, which is killed and started again at the same address.</summary>
internal sealed class RegistryProcess : IAsyncDisposable
{
    private static readonly byte[] Pepper = Encoding.ASCII.GetBytes("a pepper of a test, 32 bytes long");

    private readonly string store;
    private readonly string pepperFile;
    private ChildProcess? process;

    private RegistryProcess(string store, string pepperFile, string keyFile)
    {
        (this.store, this.pepperFile, KeyFile) = (store, pepperFile, keyFile);
        Url = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}"));
    }

    /// <summary>Where it listens.</summary>
    public Uri Url { get; }

    /// <summary>The file with a key that may do everything.</summary>
    public string KeyFile { get; }

    /// <summary>Makes the store with a key, and starts the server.</summary>
    public static async Task<RegistryProcess> StartAsync(string store, TemporaryFolder folder)
    {
        var registry = new RegistryProcess(store, folder.Write("pepper", Encoding.ASCII.GetString(Pepper)), Path.Combine(folder.Path, "key"));
        await using (var keys = ApiKeyStore.OfRegistry(store))
        {
            await keys.PrepareAsync(default);
            await File.WriteAllTextAsync(registry.KeyFile, (await keys.CreateAsync(new ApiKeyGrant("team", null, ["admin"], null), Pepper, DateTimeOffset.UnixEpoch, default)).Text);
        }

        await registry.StartAsync();
        return registry;
    }

    /// <summary>Starts it again.</summary>
    public async Task StartAsync()
    {
        process = ChildProcess.StartDotnet(
            Repository.Output("src/Cli", "graphgateway.dll"), ["registry", "serve", "--store", store, "--urls", Url.ToString(), "--pepper-file", pepperFile]);
        await process.WaitForLineAsync(line => line.EndsWith($"The registry listens at {Url}", StringComparison.Ordinal));
    }

    /// <summary>A client of it.</summary>
    public RemoteRegistry Connect() => new(new RegistryAddress(Url, RegistryKey.OfFile(KeyFile).Key!), TimeProvider.System);

    /// <summary>Ends it as <c>kill -9</c> does.</summary>
    public async Task KillAsync()
    {
        if (process is not null)
        {
            await process.DisposeAsync();
            process = null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await KillAsync();
}
