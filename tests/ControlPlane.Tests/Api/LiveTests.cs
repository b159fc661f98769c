using System.Collections.Concurrent;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Api;

/// <summary>Who waits for what is published, at the server and at the watch itself.</summary>
public sealed class LiveTests : IDisposable
{
    private const string Stage = "/api/graphs/shop/stages/dev";
    private readonly TemporaryFolder folder = new();

    private string Place => Path.Combine(folder.Path, "registry.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task What_is_live_is_told_at_once_where_it_is_not_known()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        Assert.Equal(404, (await api.SendAsync("GET", $"{Stage}/live?wait=60", api.FirstKey)).Status);
        await PublishAsync(api, "a: Missing");
        Assert.Equal((204, ""), await api.SendAsync("GET", $"{Stage}/live", api.FirstKey));
        await PublishAsync(api, "a: Int");
        var (status, body) = await api.SendAsync("GET", $"{Stage}/live", api.FirstKey);
        Assert.Equal((200, """{"launch":2,"hash":"HASH"}"""), (status, System.Text.RegularExpressions.Regex.Replace(body, "[0-9a-f]{64}", "HASH")));
        Assert.Equal((200, body), await api.SendAsync("GET", $"{Stage}/live?after=1&wait=60", api.FirstKey));
        Assert.Equal((204, ""), await api.SendAsync("GET", $"{Stage}/live?after=2", api.FirstKey));
        Assert.Equal(400, (await api.SendAsync("GET", $"{Stage}/live?after=2&wait=61", api.FirstKey)).Status);
    }

    // The clock stands still: nothing but the publish itself can have woken it.
    [Fact]
    public async Task What_is_published_at_this_server_is_told_at_once_to_all_who_wait()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        await PublishAsync(api, "a: Int");
        var waiting = Enumerable.Range(0, 3).Select(_ => api.SendAsync("GET", $"{Stage}/live?after=1&wait=60", api.FirstKey)).ToList();
        await WaitingAsync(api, 3);

        // Heavy ones have their room still.
        await PublishAsync(api, "a: Int b: Int");
        Assert.All(await Task.WhenAll(waiting), answer => Assert.StartsWith("""{"launch":2,""", answer.Body, StringComparison.Ordinal));
        Assert.Equal(0, api.Server.Live.Waiters);
    }

    [Fact]
    public async Task What_others_publish_into_the_store_is_told_within_a_second()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        await PublishAsync(api, "a: Int");
        var waiting = api.SendAsync("GET", $"{Stage}/live?after=1&wait=60", api.FirstKey);
        await WaitingAsync(api, 1);
        await using (var other = SchemaRegistry.At(Place))
        {
            await other.PublishAsync("shop", "dev", [new SourcePublication("b", "type Query { b: Int }")], new LaunchNote(null, null), DateTimeOffset.UnixEpoch, default);
        }

        Assert.False(waiting.IsCompleted);
        api.Clock.Advance(LiveWatch.Interval);
        Assert.StartsWith("""{"launch":2,""", (await waiting).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_waiting_ends_with_its_time_and_with_the_server()
    {
        await using var api = await ApiUnderTest.StartAsync(Place);
        await PublishAsync(api, "a: Int");
        var waiting = api.SendAsync("GET", $"{Stage}/live?after=1&wait=30", api.FirstKey);
        await WaitingAsync(api, 1);
        api.Clock.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal((204, ""), await waiting);

        waiting = api.SendAsync("GET", $"{Stage}/live?after=1&wait=30", api.FirstKey);
        await WaitingAsync(api, 1);
        await api.Server.StopAsync(default);
        Assert.Equal((204, ""), await waiting);
    }

    [Fact]
    public async Task So_many_wait_and_those_who_leave_make_room()
    {
        await using var registry = SchemaRegistry.At(Place);
        await registry.PrepareAsync(default);
        using var watch = new LiveWatch(registry.LiveAsync, new FakeTimeProvider(), mostWaiters: 2);
        using var leaving = new CancellationTokenSource();
        var first = watch.WaitAsync("shop", "dev", live => live.Launch == 1, TimeSpan.FromSeconds(30), leaving.Token);
        var second = watch.WaitAsync("shop", "other", live => live.Launch == 1, TimeSpan.FromSeconds(30), default);
        Assert.Equal((null, true), await watch.WaitAsync("shop", "dev", live => live.Launch == 1, TimeSpan.FromSeconds(30), default));
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        var third = watch.WaitAsync("shop", "dev", live => live.Launch == 1, TimeSpan.FromSeconds(30), default);
        Assert.Equal(2, watch.Waiters);
        watch.Stop();
        Assert.Equal((null, false), await second);
        Assert.Equal((null, false), await third);
        Assert.Equal(0, watch.Waiters);
    }

    [Fact]
    public async Task A_store_that_cannot_be_used_ends_the_waiting_and_is_looked_at_again_for_who_comes_later()
    {
        await using var registry = SchemaRegistry.At(Place);
        await registry.PrepareAsync(default);
        var clock = new FakeTimeProvider();
        using var watch = new LiveWatch(registry.LiveAsync, clock);
        var waiting = watch.WaitAsync("shop", "dev", live => live.Launch == 1, TimeSpan.FromSeconds(30), default);
        await ExecuteAsync("ALTER TABLE graphgateway_registry_stages RENAME COLUMN live TO lost");
        clock.Advance(LiveWatch.Interval);
        await Assert.ThrowsAsync<SqliteException>(() => waiting);

        await ExecuteAsync("ALTER TABLE graphgateway_registry_stages RENAME COLUMN lost TO live");
        waiting = watch.WaitAsync("shop", "dev", live => live.Launch == 1, TimeSpan.FromSeconds(30), default);
        await registry.PublishAsync("shop", "dev", [new SourcePublication("b", "type Query { b: Int }")], new LaunchNote(null, null), DateTimeOffset.UnixEpoch, default);
        await registry.PublishAsync("shop", "dev", [new SourcePublication("b", "type Query { c: Int }")], new LaunchNote(null, null), DateTimeOffset.UnixEpoch, default);
        watch.Wake("shop", "dev");
        Assert.Equal(2, (await waiting).Live?.Launch);
    }

    // The store is asked by: 1. who waits first, 2. the watch, which is answered late, 3. who comes meanwhile, 4. the same once more, since the late answer is not what it knows, 5. the watch.
    [Fact]
    public async Task A_look_that_the_store_answers_late_tells_nobody_of_what_was_live_before()
    {
        var (one, two, three) = (new LiveLaunch(1, "one"), new LiveLaunch(2, "two"), new LiveLaunch(3, "three"));
        var late = new TaskCompletionSource<LiveLaunch?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var answers = new ConcurrentQueue<Task<LiveLaunch?>>([Told(one), late.Task, Told(two), Told(two), Told(three)]);
        using var asked = new SemaphoreSlim(0);
        var clock = new FakeTimeProvider();
        using var watch = new LiveWatch(
            (_, _, _) =>
            {
                Assert.True(answers.TryDequeue(out var answer));
                asked.Release();
                return answer;
            },
            clock);

        var first = watch.WaitAsync("shop", "dev", live => live.Launch == 1, TimeSpan.FromSeconds(30), default);
        clock.Advance(LiveWatch.Interval);
        await AskedAsync(2);
        var second = watch.WaitAsync("shop", "dev", live => live.Launch == 2, TimeSpan.FromSeconds(30), default);
        late.SetResult(one);
        await AskedAsync(2);
        Assert.False(second.IsCompleted);

        clock.Advance(LiveWatch.Interval);
        Assert.Equal((three, false), await second);
        Assert.Equal((three, false), await first);
        Assert.Empty(answers);

        static Task<LiveLaunch?> Told(LiveLaunch live) => Task.FromResult<LiveLaunch?>(live);
        async Task AskedAsync(int times)
        {
            for (var i = 0; i < times; i++)
            {
                Assert.True(await asked.WaitAsync(TestPatience.Limit));
            }
        }
    }

    private static async Task PublishAsync(ApiUnderTest api, string fields) => Assert.Equal(
        200, (await api.SendAsync("POST", $"{Stage}/publish", api.FirstKey, $$"""{"sources":[{"source":"a","schema":"type Query { {{fields}} }"}]}""")).Status);

    // A waiter has joined when it is counted, and whatever is published after that is in a later look.
    private static async Task WaitingAsync(ApiUnderTest api, int count)
    {
        using var limit = new CancellationTokenSource(TestPatience.Limit);
        while (api.Server.Live.Waiters < count)
        {
            await Task.Yield();
            limit.Token.ThrowIfCancellationRequested();
        }
    }

    private async Task ExecuteAsync(string statement)
    {
        await using var connection = new SqliteConnection($"Data Source={Place}");
        await connection.OpenAsync();
        await using var command = new SqliteCommand(statement, connection);
        await command.ExecuteNonQueryAsync();
    }
}
