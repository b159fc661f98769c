using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Following;

/// <summary>A gateway is asked all the time while one version after the other is published, and some are rolled back: each request is answered, and wholly by one version.</summary>
public sealed class FollowingLoadTests : IDisposable
{
    private const int Rate = 100;
    private const int Changes = 15;

    // Of each five changes the last one.
    private const int RollbackEach = 5;

    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_request_fails_and_no_answer_is_of_two_versions(bool overHttp)
    {
        var store = Path.Combine(folder.Path, "registry.db");
        await using var server = await RegistryProcess.StartAsync(store, folder);
        await using var registry = server.Connect();
        await using var sources = await VersionedSources.StartAsync(FreePort.Next(), parts: 20, operations: 50, movesAddresses: true);
        await PublishAsync(registry, sources, 1);
        await using var gateway = await GatewayProcess.StartAsync(
            Path.Combine(folder.Path, "last-good.graphql"),
            overHttp ? [$"--Gateway:Registry:Url={server.Url}", $"--Gateway:Registry:KeyFile={server.KeyFile}"] : [$"--Gateway:Registry:Store={store}"]);
        using var load = new OpenLoad(gateway.Url, sources);
        using var end = new CancellationTokenSource();
        var running = load.RunAsync(Rate, end.Token);
        var (published, live) = (1, 1);
        for (var i = 1; i <= Changes; i++)
        {
            if (i % RollbackEach == 0)
            {
                Assert.Equal(LaunchStatus.Live, (await registry.RollbackAsync("shop", "production", null, new LaunchNote(null, null), DateTimeOffset.UnixEpoch, default)).Launch?.Status);
                live--;
            }
            else
            {
                live = ++published;
                await PublishAsync(registry, sources, published);
            }

            await ServedAsync(gateway, load, live);
        }

        await end.CancelAsync();
        var result = await running;
        Assert.True(result.Failures == 0, string.Join('\n', result.Examples));
        Assert.True(result.Versions.Count > Changes / 3, $"Too few versions were met: {string.Join(", ", result.Versions.Keys.Order())}.");
    }

    private static async Task PublishAsync(RemoteRegistry registry, VersionedSources sources, int version) => Assert.Equal(
        LaunchStatus.Live,
        (await registry.PublishAsync("shop", "production", sources.Publications(version), new LaunchNote(null, null), DateTimeOffset.UnixEpoch, default)).Launch?.Status);

    private static async Task ServedAsync(GatewayProcess gateway, OpenLoad load, int version)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (await load.AskAsync(0) is var (answer, problem) && answer != version)
        {
            Assert.True(problem is null, problem);
            Assert.True(TimeProvider.System.GetElapsedTime(began) < TestPatience.Limit, $"Version {version} is not served.\n{gateway.Everything}");
        }
    }
}
