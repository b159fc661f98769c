using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Gateway.Tests.Registry;

/// <summary>
/// On Linux a thread has the priority of the one that starts it: a worker of the pool that one of low priority has started would answer requests with a tenth of a processor, for as long as it lives. The gateway's own process,
/// where workers end that were idle for 5 ms (it is 20 s otherwise), so that often the next one who has something for them starts one.
/// </summary>
public sealed class InheritedPriorityTests : IDisposable
{
    private const int Changes = 6;

    // Who makes graphs, and who works for the runtime beside requests, as the kernel has their names.
    private static readonly string[] Expected = [".NET BGC 10", ".NET Tiered Com 10", "Graph maker 10"];

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private static readonly Dictionary<string, string?> ShortLives = new() { ["DOTNET_ThreadPool_ThreadTimeoutMs"] = "5" };

    private readonly TemporaryFolder folder = new();

    private string Store => Path.Combine(folder.Path, "operations.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    // What is published is read anew for each graph, and its plans are looked for on disk.
    [LinuxFact]
    public async Task Who_makes_graphs_of_a_file_starts_no_thread_of_low_priority()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        var file = folder.Write("live.graphql", ManyTypes.Graph(200));
        Directory.CreateDirectory(Path.Combine(folder.Path, "plans"));
        await ManyTypes.PublishAsync(Store, 0);
        await using var gateway = Start(
            $"--Gateway:Supergraph={file}", "--Gateway:FollowSupergraph=On", $"--Gateway:Subgraphs:users:Url={source.Url}/graphql", $"--Gateway:WarmUp:Plans={folder.Path}/plans");
        AssertExpected(await LowAsync(gateway, async change =>
        {
            await ManyTypes.PublishAsync(Store, change);
            await File.WriteAllTextAsync(file, ManyTypes.Graph(200 + change));
        }));
    }

    [LinuxFact]
    public async Task Who_makes_graphs_of_a_registry_elsewhere_starts_no_thread_of_low_priority()
    {
        await using var test = new FollowingGateway();
        await test.PublishAsync("one", "http://127.0.0.1:9", "hello");
        var port = await test.ServeAsync(0, "read:shop/dev", "report:shop/dev");
        await ManyTypes.PublishAsync(Store, 0);
        await using var gateway = Start(
            $"--Gateway:Registry:Url=http://127.0.0.1:{port}", $"--Gateway:Registry:KeyFile={test.KeyFile}", "--Gateway:Registry:Graph=shop", "--Gateway:Registry:Stage=dev", $"--Gateway:Registry:File={test.Copy}");
        AssertExpected(await LowAsync(gateway, async change =>
        {
            await ManyTypes.PublishAsync(Store, change);
            await test.PublishAsync("one", "http://127.0.0.1:9", change % 2 == 0 ? ["hello"] : ["hello", "more"]);
        }));
    }

    private static void AssertExpected(HashSet<string> low)
    {
        Assert.Contains("Graph maker 10", low);
        Assert.Empty(low.Except(Expected));
    }

    // No prober, which would keep workers there.
    private ChildProcess Start(params string[] arguments) => ChildProcess.StartDotnet(
        Repository.Output("src/Gateway", "GraphGateway.Gateway.dll"),
        ["--urls", "http://127.0.0.1:0", $"--Gateway:PersistedOperations:Store={Store}", "--Gateway:Health:Interval=1h", .. arguments],
        folder.Path,
        ShortLives);

    // Looked for as often as workers end.
    private static async Task<HashSet<string>> LowAsync(ChildProcess gateway, Func<int, Task> change)
    {
        var low = new HashSet<string>();
        using var looks = new PeriodicTimer(Pause, TimeProvider.System);
        await gateway.WaitForLineAsync(static line => line.Contains("Now listening on: ", StringComparison.Ordinal));
        for (var count = 1; count <= Changes; count++)
        {
            await change(count);
            var served = gateway.WaitForLineAsync(static line => line.Contains(" is served", StringComparison.Ordinal));
            do
            {
                await looks.WaitForNextTickAsync();
                low.UnionWith(ThreadPriorities.Low(gateway.Id));
            }
            while (!served.IsCompleted);

            await served;
        }

        return low;
    }
}
