using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Gateway.Tests.Registry;

/// <summary>The last good supergraph on disk.</summary>
public sealed class RegistryCopyTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task What_a_gateway_that_was_killed_has_left_behind_goes_and_nothing_else()
    {
        var clock = new FakeTimeProvider();
        void Write(string name, int minutes) => File.SetLastWriteTimeUtc(folder.Write(name, "part"), clock.GetUtcNow().AddMinutes(-minutes).UtcDateTime);
        Write("live.graphql.00112233445566778899aabbccddeeff.tmp", 11);
        Write("live.graphql.ffeeddccbbaa99887766554433221100.tmp", 9);
        Write("live.graphql.mine.tmp", 11);
        Write("other.graphql.00112233445566778899aabbccddeeff.tmp", 11);

        await using var source = new RegistrySource(
            new RegistryOptions { Store = Path.Combine(folder.Path, "registry.db"), Graph = "shop", Stage = "dev", File = Path.Combine(folder.Path, "live.graphql") }, clock);
        Assert.Null(source.Copy.Write("whole"u8.ToArray()));

        Assert.Equal(
            ["live.graphql", "live.graphql.ffeeddccbbaa99887766554433221100.tmp", "live.graphql.mine.tmp", "other.graphql.00112233445566778899aabbccddeeff.tmp"],
            Directory.GetFiles(folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal("# graphgateway: the last good supergraph of shop/dev\n# sha256: 5d5766cf2d78701614200418ee1450690d9af12c84d52545e4802f001ad53099\nwhole", await File.ReadAllTextAsync(Path.Combine(folder.Path, "live.graphql")));
        Assert.Equal("whole"u8.ToArray(), source.Copy.Read().Text);
    }

    [Fact]
    public async Task What_is_larger_than_any_copy_is_not_read()
    {
        var file = Path.Combine(folder.Path, "live.graphql");
        await using var source = new RegistrySource(new RegistryOptions { Store = Path.Combine(folder.Path, "registry.db"), Graph = "shop", Stage = "dev", File = file }, new FakeTimeProvider());
        await using (var stream = File.Create(file))
        {
            stream.SetLength(3_000_000_000);
        }

        Assert.Equal(new CopyContent(null, $"{file} has 3000000000 bytes, and no copy has more than 67110400: it is something else.", null), source.Copy.Read());
    }

    [Fact]
    public async Task A_copy_says_of_which_stage_it_is_and_another_gateways_is_neither_run_nor_written_over()
    {
        await using var users = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", users.Url, "hello");
        Assert.Empty(await gateway.StartAsync($"--Gateway:Registry:File={gateway.Copy}"));
        await gateway.StopAsync();
        var copy = await File.ReadAllTextAsync(gateway.Copy);
        Assert.StartsWith("# graphgateway: the last good supergraph of shop/dev\n", copy, StringComparison.Ordinal);

        // Of another stage of the graph, or another graph.
        var foreign = copy.Replace("shop/dev", "mix/prod", StringComparison.Ordinal);
        await File.WriteAllTextAsync(gateway.Copy, foreign);
        var told = $"{gateway.Copy} is the copy of mix/prod, which another gateway follows, or this one did before. Give each gateway a Gateway:Registry:File of its own, or remove that one.";
        Assert.Empty(await gateway.StartAsync($"--Gateway:Registry:File={gateway.Copy}"));
        await gateway.Log.SeenAsync($"The supergraph cannot be kept in {gateway.Copy}: {told}");
        var launch = await gateway.PublishAsync("users", null, "hello", "other");
        await gateway.SeenAsync(launch);
        await gateway.Log.SeenAsync($"#{launch} of dev of shop cannot be kept in {gateway.Copy}: {told}");
        await gateway.StopAsync();
        Assert.Equal(foreign, await File.ReadAllTextAsync(gateway.Copy));
        SqliteConnection.ClearAllPools();
        File.Delete(gateway.Place);
        const string Away = "Gateway:Registry: the registry cannot be read: SQLite Error 14: 'unable to open database file'.";
        Assert.Equal([Away, told], await gateway.StartAsync($"--Gateway:Registry:File={gateway.Copy}"));

        // Of an older version.
        await File.WriteAllTextAsync(gateway.Copy, string.Join('\n', copy.Split('\n')[2..]));
        Assert.Empty(await gateway.StartAsync($"--Gateway:Registry:File={gateway.Copy}"));
        await gateway.Log.SeenAsync(
            $"{Away} The gateway starts with the last good one, {gateway.Copy}. {gateway.Copy} does not say of which stage it is: an older version of the gateway has written it.");
        Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync("{ hello }"));
        await gateway.StopAsync();

        // A word is another one, and it is GraphQL all the same.
        await File.WriteAllTextAsync(gateway.Copy, copy.Replace("hello", "hullo", StringComparison.Ordinal));
        Assert.Equal(
            [Away, $"{gateway.Copy} is damaged: what is in it does not have the hash that it says. Remove it, and start where the registry can be reached."],
            await gateway.StartAsync($"--Gateway:Registry:File={gateway.Copy}"));

        // Who opens a pipe waits for ever.
        if (OperatingSystem.IsLinux())
        {
            File.Delete(gateway.Copy);
            await using (var mkfifo = ChildProcess.Start("mkfifo", [gateway.Copy]))
            {
                Assert.Equal(0, (await mkfifo.WaitForExitAsync()).ExitCode);
            }

            Assert.Equal([Away, $"{gateway.Copy} is no file but something else, such as a pipe or a folder."], await gateway.StartAsync($"--Gateway:Registry:File={gateway.Copy}"));
        }
    }
}
