using System.Collections.Concurrent;
using GraphGateway.ControlPlane.Tests.Api;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Stores;

/// <summary>What a store keeps waiting is a few threads, none of them the pool's, and nobody for longer than a while.</summary>
public sealed class StoreThreadsTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task What_is_awaited_comes_back_to_the_threads_and_who_finds_none_is_told()
    {
        var clock = new FakeTimeProvider();
        using var threads = new StoreThreads(2, "Test", clock);
        using var open = new ManualResetEventSlim();
        using var arrived = new CountdownEvent(2);
        var names = new ConcurrentQueue<string?>();
        var kept = Enumerable.Range(0, 2).Select(_ => threads.RunAsync(
            async () =>
            {
                names.Enqueue(Thread.CurrentThread.Name);
                await Task.Yield();
                names.Enqueue(Thread.CurrentThread.Name);
                arrived.Signal();
                open.Wait();
                return "done";
            },
            "busy",
            default)).ToList();
        arrived.Wait();

        var isDone = false;
        var late = threads.RunAsync(() => Task.FromResult($"{isDone = true}"), "busy", default);
        clock.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromMilliseconds(1));
        Assert.False(late.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("busy", await late);
        using var left = new CancellationTokenSource();
        var leaving = threads.RunAsync(() => Task.FromResult($"{isDone = true}"), "busy", left.Token);
        await left.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => threads.RunAsync(() => Task.FromResult($"{isDone = true}"), "busy", left.Token));

        open.Set();
        Assert.Equal(["done", "done"], await Task.WhenAll(kept));
        Assert.Equal(["Test", "Test", "Test", "Test"], names);
        Assert.Equal("after", await threads.RunAsync(() => Task.FromResult("after"), "busy", default));
        Assert.False(isDone);
    }

    // Composing makes parts of a graph as tasks where it runs, and waits for them: two at once have nobody left to do these.
    [Fact]
    public async Task What_they_wait_for_they_do_themselves()
    {
        using var threads = new StoreThreads(2, "Test", TimeProvider.System);
        using var both = new Barrier(2);
        var waiting = Enumerable.Range(0, 2).Select(_ => threads.RunAsync(
            () =>
            {
                both.SignalAndWait();
                var part = Task.Factory.StartNew(static () => Thread.CurrentThread.Name!, CancellationToken.None, TaskCreationOptions.None, TaskScheduler.Current);
                part.Wait();
                return part;
            },
            "busy",
            default));
        Assert.Equal(["Test", "Test"], await Task.WhenAll(waiting).WaitAsync(TestPatience.Limit));
    }

    // A made-up key needs no right to be looked up. The lock is one that another program has.
    [Fact]
    public async Task While_a_file_is_locked_those_that_find_no_thread_are_told_to_come_again_and_the_pool_has_none_of_them()
    {
        var place = Path.Combine(folder.Path, "registry.db");
        await using var api = await ApiUnderTest.StartAsync(place);
        await using var locker = new SqliteConnection($"Data Source={place};Pooling=False");
        await locker.OpenAsync();
        await ExecuteAsync(locker, "BEGIN EXCLUSIVE");
        var asked = Enumerable.Range(0, 40).Select(_ => api.SendAsync("GET", "/api/stages", ApiKeyText.Make())).ToList();
        await SeenAsync(() => api.Server.Threads.Working == StoreThreads.UsualCount && api.Server.Threads.Waiting == 40 - StoreThreads.UsualCount);
        api.Clock.Advance(TimeSpan.FromSeconds(5));
        for (var told = 0; told < 40 - StoreThreads.UsualCount; told++)
        {
            var answer = await Task.WhenAny(asked);
            asked.Remove(answer);
            Assert.Equal(
                (503, """{"type":"urn:graphgateway:registry:busy","title":"busy","status":503,"detail":"The registry's store has kept all who ask it waiting for 5 seconds.","code":"BUSY","advice":"Try again later."}"""),
                await answer);
        }

        await ExecuteAsync(locker, "ROLLBACK");
        Assert.All(await Task.WhenAll(asked), answer => Assert.Equal(401, answer.Status));
        Assert.Equal(200, (await api.SendAsync("GET", "/api/stages", api.FirstKey)).Status);
    }

    private static async Task ExecuteAsync(SqliteConnection connection, string statement)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = statement;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task SeenAsync(Func<bool> isSo)
    {
        using var limit = new CancellationTokenSource(TestPatience.Limit);
        while (!isSo())
        {
            await Task.Yield();
            limit.Token.ThrowIfCancellationRequested();
        }
    }
}
