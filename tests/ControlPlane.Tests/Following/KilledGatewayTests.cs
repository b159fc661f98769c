using System.Globalization;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.ControlPlane.Tests.Following;

/// <summary>
/// A gateway is killed at random moments while versions are published one after the other, and starts again while the registry is away: it serves a version that was published, whole, and one no
/// older than what it had served. When the registry is there again, it follows.
/// </summary>
public sealed class KilledGatewayTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder folder = new();

    private string Store => Path.Combine(folder.Path, "registry.db");

    private string Copy => Path.Combine(folder.Path, "last-good.graphql");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task One_that_follows_over_HTTP_goes_on_with_the_last_good_version()
    {
        await using var server = await RegistryProcess.StartAsync(Store, folder);
        await KillAgainAndAgainAsync(
            Nightly.Cases(2, 100), [$"--Gateway:Registry:Url={server.Url}", $"--Gateway:Registry:KeyFile={server.KeyFile}"], server.KillAsync, server.StartAsync);
    }

    [Fact]
    public async Task One_that_follows_in_the_store_goes_on_with_the_last_good_version()
    {
        var away = Store + ".away";
        Task Move(string from, string to)
        {
            SqliteConnection.ClearAllPools();
            File.Move(from, to);
            return Task.CompletedTask;
        }

        await KillAgainAndAgainAsync(Nightly.Cases(2, 100), [$"--Gateway:Registry:Store={Store}"], () => Move(Store, away), () => Move(away, Store));
    }

    private async Task KillAgainAndAgainAsync(int kills, string[] place, Func<Task> takeAway, Func<Task> bringBack)
    {
        var random = new Random(Seed.Value);

        // A graph of some size: writing it takes a while.
        await using var sources = await VersionedSources.StartAsync(FreePort.Next(), parts: 100, operations: 50, movesAddresses: true);
        var published = await PublishAsync(sources, 0, () => true);
        var gateway = await GatewayProcess.StartAsync(Copy, place);
        for (var i = 0; i < kills; i++)
        {
            using var end = new CancellationTokenSource();
            var version = published;
            var publishing = Task.Run(() => PublishAsync(sources, version, () => end.IsCancellationRequested));
            using (var load = new OpenLoad(gateway.Url, sources))
            {
                await UntilAsync(gateway, load, answer => answer > version);
                var delay = TimeSpan.FromMilliseconds(random.Next(500));
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"seed {Seed.Value}, kill {i} after {delay.TotalMilliseconds} ms"));
                await Moments.PassAsync(delay);
                await gateway.DisposeAsync();
                await end.CancelAsync();
                published = await publishing;
                await takeAway();

                gateway = await GatewayProcess.StartAsync(Copy, place);
                await gateway.SaidAsync("The gateway starts with the last good one, ");
                using var again = new OpenLoad(gateway.Url, sources);
                var (kept, problem) = await again.AskAsync(1);
                Assert.Null(problem);

                // What is served is written after that, and on a machine that is busy many versions are passed over at once: what was served before the first of them is there in any case.
                Assert.InRange(kept!.Value, version, published);
                await bringBack();
                await UntilAsync(gateway, again, answer => answer == published);
            }
        }

        await gateway.DisposeAsync();
    }

    // Versions after one, until it is the end; at least one. The last one.
    private async Task<int> PublishAsync(VersionedSources sources, int version, Func<bool> isEnd)
    {
        await using var registry = SchemaRegistry.At(Store);
        await registry.PrepareAsync(default);
        do
        {
            version++;
            var result = await registry.PublishAsync("shop", "production", sources.Publications(version), new LaunchNote(null, null), DateTimeOffset.UnixEpoch, default);
            Assert.Equal(LaunchStatus.Live, result.Launch?.Status);

            // SQLite waits for nothing: without this the loop would keep its thread from all others.
            await Task.Yield();
        }
        while (!isEnd());

        return version;
    }

    private static async Task<int> UntilAsync(GatewayProcess gateway, OpenLoad load, Func<int, bool> isSo)
    {
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var (version, problem) = await load.AskAsync(0);
            Assert.True(problem is null, problem);
            if (isSo(version!.Value))
            {
                return version.Value;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"It does not follow.\n{gateway.Everything}");
        }
    }
}
