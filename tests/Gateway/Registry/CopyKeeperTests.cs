using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.Gateway.Tests.Registry;

/// <summary>What could not be kept on disk is tried again.</summary>
public sealed class CopyKeeperTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new();
    private readonly List<string> lines = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void What_could_not_be_written_is_tried_again_and_told_once()
    {
        // The folder is not there yet, and no reason of a file system's own is the same everywhere.
        var file = Path.Combine(folder.Path, "later", "live.graphql");
        var keeper = KeeperOf(file);
        keeper.Keep("#1 of dev of shop", "one"u8.ToArray());
        keeper.Keep("#2 of dev of shop", "two"u8.ToArray());
        Assert.Equal(["Warning: #1 of dev of shop cannot be kept", "Warning: #2 of dev of shop cannot be kept"], lines.Select(line => line.Split(" in ")[0]));
        lines.Clear();
        for (var at = 0; at < 9; at++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            keeper.TryAgain();
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        keeper.TryAgain();
        Assert.False(File.Exists(file));
        clock.Advance(TimeSpan.FromSeconds(1));
        keeper.TryAgain();
        Assert.Equal("# graphgateway: the last good supergraph of shop/dev\n# sha256: 3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3\ntwo", File.ReadAllText(file));
        Assert.Equal([$"Information: #2 of dev of shop is kept in {file}"], lines);

        // Once is enough.
        File.Delete(file);
        clock.Advance(TimeSpan.FromHours(1));
        keeper.TryAgain();
        Assert.False(File.Exists(file));
    }

    [Fact]
    public void The_pauses_double_and_have_an_end()
    {
        var file = Path.Combine(folder.Path, "later", "live.graphql");
        var keeper = KeeperOf(file);
        keeper.Remember(new UnkeptCopy("#1 of dev of shop", "one"u8.ToArray()));
        foreach (var pause in new[] { 10, 20, 40, 80, 160, 300, 300 })
        {
            clock.Advance(TimeSpan.FromSeconds(pause - 1));
            keeper.TryAgain();
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            keeper.TryAgain();
            Assert.False(File.Exists(file));
            Directory.Delete(Path.GetDirectoryName(file)!);
            clock.Advance(TimeSpan.FromSeconds(1));
            keeper.TryAgain();
        }

        Assert.Empty(lines);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        clock.Advance(TimeSpan.FromSeconds(300));
        keeper.TryAgain();
        Assert.True(File.Exists(file));
    }

    // Of its start it is known that it could not.
    [Fact]
    public async Task A_gateway_knows_what_it_could_not_keep_when_it_started()
    {
        await using var users = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", users.Url, "hello");
        var file = Path.Combine(folder.Path, "later", "live.graphql");
        Assert.Empty(await gateway.StartAsync($"--Gateway:Registry:File={file}"));
        var start = gateway.Start;
        Assert.Equal(("#1 of dev of shop", start.Hash), (start.Unkept!.Name, RegistrySource.HashOf(start.Unkept.Text)));
        await gateway.Log.SeenStartAsync($"The supergraph cannot be kept in {file}: ");
    }

    // A registry elsewhere lets wait for 30 seconds; 40 is when it is given up.
    [Fact]
    public async Task What_could_not_be_kept_is_tried_again_while_the_registry_is_waited_for()
    {
        await using var users = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        await using var gateway = new FollowingGateway { Clock = clock };
        await gateway.PublishAsync("users", users.Url, "hello");
        await gateway.ServeAsync(0, "read:shop/dev");
        var file = Path.Combine(folder.Path, "later", "live.graphql");
        Assert.Empty(await gateway.StartAsync($"--Gateway:Registry:File={file}", "--Gateway:Registry:Usage=Off"));
        using var limit = new CancellationTokenSource(TestPatience.Limit);
        while (clock.WaitingTimersDueIn(TimeSpan.FromSeconds(40)) == 0 || clock.WaitingTimersDueIn(CopyKeeper.FirstPause) == 0)
        {
            await Task.Yield();
            limit.Token.ThrowIfCancellationRequested();
        }

        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        clock.Advance(CopyKeeper.FirstPause);
        await gateway.Log.SeenAsync($"#1 of dev of shop is kept in {file}");
    }

    [Fact]
    public async Task What_else_is_awaited_is_had_at_once_and_its_failure_too()
    {
        var keeper = KeeperOf(Path.Combine(folder.Path, "later", "live.graphql"));
        keeper.Remember(new UnkeptCopy("#1 of dev of shop", "one"u8.ToArray()));
        var other = new TaskCompletionSource<int>();
        var waiting = keeper.WhileAsync(other.Task);
        Assert.Equal(1, clock.WaitingTimersDueIn(CopyKeeper.FirstPause));
        other.SetResult(7);
        Assert.Equal(7, await waiting);
        Assert.Equal(0, clock.WaitingTimers);
        await Assert.ThrowsAsync<InvalidDataException>(() => keeper.WhileAsync(Task.FromException<int>(new InvalidDataException())));
    }

    private CopyKeeper KeeperOf(string file)
    {
        var options = new RegistryOptions { Store = Path.Combine(folder.Path, "registry.db"), Graph = "shop", Stage = "dev", File = file };
        return new CopyKeeper(new RegistryCopy(options, clock), file, clock, new Lines(lines));
    }

    private sealed class Lines(List<string> lines) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => lines.Add($"{logLevel}: {formatter(state, exception)}");
    }
}
