using System.Globalization;
using GraphGateway.ControlPlane;
using GraphGateway.ControlPlane.Tests.Following;
using GraphGateway.TestKit;

namespace GraphGateway.Benchmarks;

/// <summary>Where a gateway follows its registry.</summary>
internal enum FollowedPlace
{
    /// <summary>In its store.</summary>
    Store,

    /// <summary>Over HTTP.</summary>
    Http,
}

/// <summary>How large a graph is, and what it is asked.</summary>
/// <param name="Types">How many types the three sources have together, besides the few that are asked for.</param>
/// <param name="Operations">How many different operations are asked for in turns: after each change all of them are hot.</param>
internal sealed record GraphSize(int Types, int Operations)
{
    /// <summary>About that of a shop.</summary>
    public static GraphSize Small { get; } = new(60, 25);

    /// <summary>Several times that.</summary>
    public static GraphSize Large { get; } = new(180, 100);

    public override string ToString() => $"{Types} types, {Operations} operations";
}

/// <summary>
/// A registry's server on a store of SQLite, a gateway that follows it, and sources whose versions can be told apart. The gateway has a core of its own unless it may use all; what composes has the other one with the
/// sources and those who ask, and comes after these (<c>nice</c>): elsewhere it has a machine of its own.
/// </summary>
internal sealed class RegistryWorld : IAsyncDisposable
{
    private const string Graph = "shop";
    private const string Stage = "production";
    private const int RegistryPort = 14500;
    private const int GatewayPort = 14501;
    private const int PagePort = 14502;
    private const int SourcesPort = 14503;
    private const int GatewayCore = 1;
    private const int OtherCore = 0;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder;
    private readonly VersionedSources sources;
    private readonly PinnedProcess server;
    private readonly RemoteRegistry registry;
    private PinnedProcess? gateway;
    private int published;

    private RegistryWorld(TemporaryFolder folder, VersionedSources sources, PinnedProcess server, RemoteRegistry registry) =>
        (this.folder, this.sources, this.server, this.registry) = (folder, sources, server, registry);

    /// <summary>Sends requests to the gateway.</summary>
    public OpenLoad Load { get; private set; } = null!;

    /// <summary>Starts all of it, with a first version.</summary>
    /// <param name="place">Where the gateway follows the registry.</param>
    /// <param name="size">How large the graph is.</param>
    /// <param name="movesAddresses">Whether each version has addresses of its own.</param>
    /// <param name="interval">How often the gateway asks at most.</param>
    /// <param name="onAllCores">Whether the gateway may use all processors, as the others do.</param>
    public static async Task<RegistryWorld> StartAsync(FollowedPlace place, GraphSize size, bool movesAddresses, TimeSpan interval, bool onAllCores = false)
    {
        var folder = new TemporaryFolder();
        var sources = await VersionedSources.StartAsync(SourcesPort, size.Types / 3, size.Operations, movesAddresses);
        var (pepper, key) = (folder.Write("pepper", new string('p', 32)), Path.Combine(folder.Path, "key"));
        var store = Path.Combine(folder.Path, "registry.db");
        await RegistryStore.MakeKeyAsync(store, key);
        var url = new Uri($"http://127.0.0.1:{RegistryPort}");
        var server = PinnedProcess.Start(
            OtherCore, folder.Path, LogOf("registry"), [],
            // What has a session of its own is a group for the kernel, which weighs groups before it looks at what is in them (sched(7)).
            "sh", "-c", "echo 19 2>/dev/null >/proc/self/autogroup; exec \"$@\"", "sh", "nice", "-n", "19", "dotnet", RegistryStore.Command, "registry", "serve", "--store", store, "--urls", url.ToString(), "--pepper-file", pepper);
        var registry = new RemoteRegistry(new RegistryAddress(url, RegistryKey.OfFile(key).Key!), TimeProvider.System);
        var world = new RegistryWorld(folder, sources, server, registry);
        await world.UntilAsync(server, async () => await RegistryStore.IsThereAsync(new Uri(url, "/openapi.json")));
        await world.PublishAsync();
        world.gateway = PinnedProcess.Start(
            onAllCores ? null : GatewayCore, folder.Path, LogOf("gateway"), [],
            [
                "dotnet", RegistryStore.Gateway, "--urls", $"http://127.0.0.1:{GatewayPort}",
                $"--Gateway:Registry:Graph={Graph}", $"--Gateway:Registry:Stage={Stage}", $"--Gateway:Registry:File={Path.Combine(folder.Path, "last-good.graphql")}",
                $"--Gateway:Registry:Interval={(int)interval.TotalMilliseconds}ms", "--Gateway:Telemetry:Prometheus=On", $"--Gateway:Telemetry:PrometheusUrl=http://127.0.0.1:{PagePort}",
                .. place == FollowedPlace.Store ? new[] { $"--Gateway:Registry:Store={store}" } : [$"--Gateway:Registry:Url={url}", $"--Gateway:Registry:KeyFile={key}"],
            ]);
        world.Load = new OpenLoad(new Uri($"http://127.0.0.1:{GatewayPort}"), sources);
        await world.ServedAsync();
        return world;
    }

    /// <summary>Publishes the next version.</summary>
    public async Task PublishAsync()
    {
        published++;
        var result = await registry.PublishAsync(Graph, Stage, sources.Publications(published), new LaunchNote("benchmark", null), TimeProvider.System.GetUtcNow(), default);
        Served = result.Launch is { Status: LaunchStatus.Live } ? published : throw new InvalidOperationException($"Version {published} is not live: {result.Refusal} {string.Join(' ', result.Problems)}");
    }

    /// <summary>Goes back to the version before.</summary>
    public async Task RollbackAsync()
    {
        var result = await registry.RollbackAsync(Graph, Stage, null, new LaunchNote("benchmark", null), TimeProvider.System.GetUtcNow(), default);
        Served = result.Launch is { Status: LaunchStatus.Live } ? Served - 1 : throw new InvalidOperationException($"Nothing was rolled back: {result.Refusal}");
    }

    /// <summary>The version that the gateway has to serve.</summary>
    public int Served { get; private set; }

    /// <summary>Waits until the gateway answers with the version that is live.</summary>
    public Task ServedAsync() => UntilAsync(gateway!, async () => (await Load.AskAsync(0)).Version == Served);

    /// <summary>Resident memory of the gateway, and its managed heap after the last collection, in MB.</summary>
    public async Task<(double Resident, double Heap)> MemoryAsync() => (gateway!.ResidentMegabytes(), await MetricAsync("dotnet_gc_last_collection_heap_size_bytes") / 1e6);

    /// <summary>Seconds for which the gateway's collector has stopped it so far.</summary>
    public static Task<double> PausesAsync() => MetricAsync("dotnet_gc_pause_time_seconds_total");

    /// <summary>The sum of a metric on the gateway's page.</summary>
    public static async Task<double> MetricAsync(string name)
    {
        using var client = new HttpClient { Timeout = Patience };
        var lines = (await client.GetStringAsync(new Uri($"http://127.0.0.1:{PagePort}/metrics"))).Split('\n').Where(line => line.StartsWith(name + "{", StringComparison.Ordinal));
        return lines.Sum(line => double.Parse(line[(line.IndexOf('}', StringComparison.Ordinal) + 2)..].Split(' ')[0], CultureInfo.InvariantCulture));
    }

    /// <summary>Processor seconds of the gateway so far.</summary>
    public double ProcessorSeconds() => gateway!.Usage().Seconds;

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        Load?.Dispose();
        gateway?.Dispose();
        await registry.DisposeAsync();
        server.Dispose();
        await sources.DisposeAsync();
        folder.Dispose();
    }

    private static string LogOf(string name)
    {
        Directory.CreateDirectory(Repository.PathOf("artifacts/registry"));
        return Repository.PathOf($"artifacts/registry/{name}.log");
    }

    private async Task UntilAsync(PinnedProcess process, Func<Task<bool>> isSo)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (!await isSo())
        {
            if (process.HasEnded || TimeProvider.System.GetElapsedTime(began) > Patience)
            {
                throw new InvalidOperationException($"It {(process.HasEnded ? "has ended" : "does not come to it")}: the logs are in artifacts/registry. Version {Served} was live; {(Load is null ? "" : (await Load.AskAsync(0)).ToString())}");
            }

            await Task.Delay(Pause, TimeProvider.System);
        }
    }
}
