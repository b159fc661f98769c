using GraphGateway.Gateway.Tests.Health;
using GraphGateway.Gateway.Tests.Redis;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>Buckets in Debian's redis-server, and what becomes of requests when the server does not answer.</summary>
public sealed class RedisStoreTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly Budget budget = BudgetScript.Budget("1000/1000");

    [RedisFact]
    public async Task A_text_is_replaced_only_where_it_is_the_one_that_was_read()
    {
        await using var server = await RedisServer.StartAsync();
        await using var store = new RedisStore(RedisServer.Client(server.Url));
        await SharedStoreContract.A_text_is_replaced_only_where_it_is_the_one_that_was_read(store);
    }

    [RedisFact]
    public async Task Of_several_that_write_at_once_one_succeeds()
    {
        await using var server = await RedisServer.StartAsync();
        await SharedStoreContract.Of_several_that_write_at_once_one_succeeds(() => new RedisStore(RedisServer.Client(server.Url)));
    }

    [RedisFact]
    public async Task Replicas_admit_the_budget_and_not_one_unit_more()
    {
        await using var server = await RedisServer.StartAsync();
        await SharedStoreContract.Replicas_admit_the_budget_and_not_one_unit_more(() => new RedisStore(RedisServer.Client(server.Url)));
    }

    [RedisFact]
    public async Task A_bucket_goes_by_itself_when_it_is_full_again()
    {
        await using var server = await RedisServer.StartAsync();
        await using var store = new RedisStore(RedisServer.Client(server.Url));
        await using var client = RedisServer.Client(server.Url);
        await store.SwapAsync("key", null, [1], 600_000, default);
        ReadOnlyMemory<byte>[] ask = ["PTTL"u8.ToArray(), "key"u8.ToArray()];
        Assert.InRange((await client.SendAsync(ask, default)).Integer, 1, 600_000);
        await store.SwapAsync("key", [1], [2], 1, default);
        while ((await store.ReadAsync("key", default)).Text is not null)
        {
            // It is there for a millisecond.
        }
    }

    [RedisFact]
    public async Task A_server_that_dies_in_the_middle_and_comes_back_is_asked_again_after_the_pause()
    {
        var server = await RedisServer.StartAsync();
        await using var replica = Replica(server.Url);
        Assert.Equal("Admitted", await SharedStoreContract.AskAsync(replica, budget, "me"));
        await server.DisposeAsync();
        Assert.Equal("StoreUnavailable", await SharedStoreContract.AskAsync(replica, budget, "second"));
        await using var next = await RedisServer.StartAsync(server.Port);
        Assert.Equal("StoreUnavailable", await SharedStoreContract.AskAsync(replica, budget, "second"));
        clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal("Admitted", await SharedStoreContract.AskAsync(replica, budget, "second"));
    }

    [RedisFact]
    public async Task A_server_that_hangs_costs_the_time_out_and_comes_back_by_itself()
    {
        await using var server = await RedisServer.StartAsync();
        await using var replica = Replica(server.Url, StoreFailure.Open);
        Assert.Equal("Admitted", await SharedStoreContract.AskAsync(replica, budget, "me"));
        await server.FreezeAsync();
        Assert.Equal("AdmittedUncounted", await SharedStoreContract.AskInVainAsync(replica, budget, "second", clock));
        Assert.Equal("AdmittedUncounted", await SharedStoreContract.AskAsync(replica, budget, "second"));
        await server.ThawAsync();
        clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal("Admitted", await SharedStoreContract.AskAsync(replica, budget, "second"));
    }

    [RedisFact]
    public async Task An_answer_that_comes_too_late_is_not_taken_for_the_next_one()
    {
        await using var server = await RedisServer.StartAsync();
        await using var proxy = new TcpProxy("127.0.0.1", server.Port);
        await using var replica = Replica($"redis://127.0.0.1:{proxy.Port}");
        Assert.Equal("Admitted", await SharedStoreContract.AskAsync(replica, budget, "me"));
        proxy.Freeze();
        Assert.Equal("StoreUnavailable", await SharedStoreContract.AskInVainAsync(replica, budget, "second", clock));
        proxy.Thaw();
        clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal("Admitted", await SharedStoreContract.AskAsync(replica, budget, "third"));
    }

    [RedisFact]
    public async Task A_wrong_password_is_told_without_it()
    {
        await using var server = await RedisServer.StartAsync(null, "--requirepass", "right");
        var log = new LogWatch();
        await using var replica = Replica($"redis://:s3cret@127.0.0.1:{server.Port}", log: log);
        Assert.Equal("StoreUnavailable", await SharedStoreContract.AskAsync(replica, budget, "me"));
        await log.SeenAsync(
            $"The budgets' store redis://127.0.0.1:{server.Port}/0 cannot be asked: WRONGPASS invalid username-password pair or user is disabled. (0 more since the last line)");
    }

    [Theory]
    [InlineData("HTTP/1.1 400 Bad Request\r\n\r\n", "What answers is not a Redis server: a reply has an unknown type.")]
    [InlineData("+OK\r\n", "What answers is not a Redis server: a script's reply has not the script's shape.")]
    [InlineData("*4\r\n:0\r\n$0\r\n\r\n$1\r\nx\r\n$1\r\n0\r\n", "What answers is not a Redis server: its time is no number.")]
    [InlineData("*9999999\r\n", "A reply has 9999999 values in 0 others: that is not read.")]
    [InlineData("-LOADING Redis is loading the dataset in memory\r\n", "LOADING Redis is loading the dataset in memory")]
    [InlineData("-READONLY You can't write against a read only replica.\r\n", "READONLY You can't write against a read only replica.")]
    [InlineData("", "The server has closed the connection.")]
    public async Task An_answer_that_is_none_is_told_at_once(string answer, string reason)
    {
        await using var server = new BluntServer(answer);
        var log = new LogWatch();
        await using var replica = Replica($"redis://127.0.0.1:{server.Port}", log: log);
        Assert.Equal("StoreUnavailable", await SharedStoreContract.AskAsync(replica, budget, "me"));
        await log.SeenAsync($"The budgets' store redis://127.0.0.1:{server.Port}/0 cannot be asked: {reason} (0 more since the last line)");
    }

    private Budgets Replica(string url, StoreFailure onFailure = StoreFailure.Closed, LogWatch? log = null) =>
        SharedStoreContract.Replica(new RedisStore(RedisServer.Client(url, clock)), clock, onFailure, log);
}
