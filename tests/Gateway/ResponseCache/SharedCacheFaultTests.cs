using System.Globalization;
using System.Text;
using GraphGateway.Execution;
using GraphGateway.Gateway.Tests.Health;
using GraphGateway.Gateway.Tests.Redis;
using GraphGateway.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;
using static GraphGateway.Gateway.Tests.ResponseCache.SharedCacheKit;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>What gateways share in Debian's redis-server, where the server hangs, refuses, begins anew, or has something else than they wrote.</summary>
public sealed class SharedCacheFaultTests
{
    // Neither the telling nor the asking: also where the store has not heard what is to be forgotten, a request waits for its own time alone.
    [RedisTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_store_that_hangs_and_has_not_heard_all_holds_a_request_for_no_longer_either(bool isRefusing)
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/invalidation");
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync(
        [
            .. Shared(server), "--Gateway:ResponseCache:Shared:Timeout=1ms", "--Gateway:RequestTimeout=24h", "--Gateway:Health:Interval=24h", "--Gateway:Subgraphs:lists:Timeout=24h",
            "--Gateway:Subgraphs:details:Timeout=24h", $"--Gateway:ResponseCache:Invalidation:Key={Key}", $"--Gateway:ResponseCache:Invalidation:Url={url}",
        ]);
        await test.AskAsync();
        await WrittenAsync(server, 3);
        await using var client = RedisServer.Client(server.Url);
        if (isRefusing)
        {
            // It answers, and so is asked by the next request: which finds it hanging.
            await client.SendAsync(Command("CONFIG", "SET", "requirepass", "another"), default);
            await client.SendAsync(Command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"), default);
            Assert.StartsWith("503 ", await ForgetAsync(url, """{"kind":"cache_tag","cache_tag":"item-2"}"""), StringComparison.Ordinal);
        }

        await server.FreezeAsync();
        if (!isRefusing)
        {
            Assert.StartsWith("503 ", (await WhileTimeGoesOnAsync(ForgetAsync(url, """{"kind":"cache_tag","cache_tag":"item-2"}"""))).Answer, StringComparison.Ordinal);
        }

        for (var i = 0; i < 3; i++)
        {
            test.Ids = [$"{10 + i}"];
            var (answer, milliseconds) = await WhileTimeGoesOnAsync(test.AskAsync());
            Assert.Equal($"{10 + i}.{2 + i}", Names(answer));
            Assert.InRange(milliseconds, 0, 500);
        }

        await server.ThawAsync();

        async Task<(string Answer, int Milliseconds)> WhileTimeGoesOnAsync(Task<string> asking)
        {
            var milliseconds = 0;
            for (; !asking.IsCompleted; milliseconds++)
            {
                test.Clock.Advance(TimeSpan.FromMilliseconds(1));
                await test.Gateway.Client.GetStringAsync(new Uri("/health/live", UriKind.Relative));
            }

            return (await asking, milliseconds);
        }
    }

    // Of three values of 500 KB each reply has one. The clock goes on by half of the time whenever somebody looks at it.
    [RedisFact]
    public async Task A_request_waits_for_all_replies_together_no_longer_than_for_one()
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync(Shared(server));
        var clock = new SteppingClock();
        var options = new SharedCacheOptions { Address = server.Url, Prefix = "own", Timeout = TimeSpan.FromMinutes(1) };
        await using var cache = ActivatorUtilities.CreateInstance<SharedCache>(test.Gateway.Services, options, clock);
        Assert.True(await cache.FollowAsync());
        byte[][] names = [.. Enumerable.Range(1, 3).Select(static i => Encoding.Latin1.GetBytes(string.Create(CultureInfo.InvariantCulture, $"own:entity:{i}")))];
        var later = clock.GetTimestamp() + (clock.TimestampFrequency * 86_400);
        var random = new Random(1);
        foreach (var name in names)
        {
            var bytes = new byte[375_000];
            random.NextBytes(bytes);
            cache.Keep(name, cache.Point, new CachePolicy(CacheObstacle.None, later, later, IsPrivate: false), null, [], Encoding.Latin1.GetBytes($$"""{"a":"{{Convert.ToBase64String(bytes)}}"}"""));
        }

        while (await cache.Writer.WriteSomeAsync())
        {
        }

        Assert.Equal([true, true, true], (await cache.FindAsync(names, default)).Select(static record => record is not null));
        clock.Step = TimeSpan.FromSeconds(30);
        Assert.Equal([true, false, false], (await cache.FindAsync(names, default)).Select(static record => record is not null));
    }

    // Who follows the store tells it; a request does not wait for that at all.
    [RedisFact]
    public async Task While_a_store_that_is_down_is_told_nobody_waits_for_it()
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/invalidation");
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync([.. Shared(server), $"--Gateway:ResponseCache:Invalidation:Key={Key}", $"--Gateway:ResponseCache:Invalidation:Url={url}"]);
        await test.AskAsync();
        await WrittenAsync(server, 3);
        await server.FreezeAsync();
        var forgetting = ForgetAsync(url, """{"kind":"cache_tag","cache_tag":"item-2"}""");
        while (!forgetting.IsCompleted)
        {
            test.Clock.Advance(TimeSpan.FromMilliseconds(100));
            await test.Gateway.Client.GetStringAsync(new Uri("/health/live", UriKind.Relative));
        }

        // It is due to be asked whether it is back, and time stands still from then on.
        test.Clock.Advance(TimeSpan.FromSeconds(6));
        test.Ids = ["2", "4"];
        Assert.Equal("2.2 4.2", Names(await test.AskAsync().WaitAsync(TestPatience.Limit)));
        await server.ThawAsync();
    }

    // Once somebody has waited for it in vain: time stands still, and of all who ask then one at most finds out whether it is back.
    [RedisFact]
    public async Task While_a_store_does_not_answer_what_is_asked_for_is_a_miss_at_once()
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync(
        [
            .. Shared(server), "--Gateway:RequestTimeout=24h", "--Gateway:Health:Interval=24h", "--Gateway:Subgraphs:lists:Timeout=24h", "--Gateway:Subgraphs:details:Timeout=24h",
        ]);
        await test.AskAsync();
        await WrittenAsync(server, 3);
        await server.FreezeAsync();
        await WhileTimeGoesOnAsync(AskAsync(0));
        var asking = Enumerable.Range(1, 6).Select(AskAsync).ToList();
        var waiting = asking.ToList();
        while (waiting.Count > 1)
        {
            waiting.Remove(await Task.WhenAny(waiting).WaitAsync(TestPatience.Limit));
        }

        foreach (var one in asking)
        {
            await WhileTimeGoesOnAsync(one);
            Assert.StartsWith("1.", await one, StringComparison.Ordinal);
        }

        await server.ThawAsync();

        // Each something else, so that none waits for another one's entities.
        Task<string> AskAsync(int number) => test.AskAsync($"{{ items {{ name(of: \\\"{number}\\\") }} }}");

        async Task WhileTimeGoesOnAsync(Task task)
        {
            while (!task.IsCompleted)
            {
                test.Clock.Advance(TimeSpan.FromSeconds(1));
                await test.Gateway.Client.GetStringAsync(new Uri("/health/live", UriKind.Relative));
            }
        }
    }

    // What is kept stays in the gateway; who runs it reads in the server's own words what to do.
    [RedisFact]
    public async Task A_store_that_has_no_room_is_said_to_refuse()
    {
        await using var server = await RedisServer.StartAsync();
        var log = new LogWatch();
        await using var test = await EntityGraph.StartWithLogAsync(log, Shared(server));
        await using var client = RedisServer.Client(server.Url);
        await client.SendAsync(Command("CONFIG", "SET", "maxmemory", "1"), default);
        await test.AskAsync();
        await log.SeenStartAsync($"The shared store of answers {server.Url}/0 refuses: OOM command not allowed when used memory > 'maxmemory'.");
        Assert.Equal("1.1 2.1 3.1 | entities=3; source=details; hit=3; stale=0; miss=0", await test.AskAsync());
    }

    // What others were told meanwhile it has not heard.
    [RedisFact]
    public async Task What_was_kept_before_the_store_was_reached_is_forgotten_when_it_is()
    {
        var port = FreePort.Next();
        await using var test = await EntityGraph.StartAsync($"--Gateway:ResponseCache:Shared:Address=redis://127.0.0.1:{port}", "--Gateway:ResponseCache:Shared:Timeout=1m");
        test.CacheControl = "max-age=86400";
        Assert.Equal(Miss3, await test.AskAsync());
        Assert.Equal("1.1 2.1 3.1", Names(await test.AskAsync()));
        await using var server = await RedisServer.StartAsync(port);
        await HeardAsync(test, KnownTo(test) + 1);
        Assert.Equal("1.2 2.2 3.2", Names(await test.AskAsync()));
    }

    // It answers, and has no room for more: whoever has to make some hears so.
    [RedisFact]
    public async Task A_store_that_refuses_what_is_to_be_forgotten_is_said_to_refuse()
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/invalidation");
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync([.. Shared(server), $"--Gateway:ResponseCache:Invalidation:Key={Key}", $"--Gateway:ResponseCache:Invalidation:Url={url}"]);
        await test.AskAsync();
        await WrittenAsync(server, 3);
        await using var client = RedisServer.Client(server.Url);
        await client.SendAsync(Command("CONFIG", "SET", "maxmemory", "1"), default);
        Assert.Matches(
            """^503 \{"errors":\[\{"message":"This gateway has forgotten 3. The shared store refuses it \(.*OOM.*\), so others may have not: this gateway tells it as soon as it takes it. Say it again to hear when that is done."\}\]\}$""",
            await ForgetAsync(url, """{"kind":"subgraph","subgraph":"details"}"""));
    }

    // Whoever can write there could have every gateway count for ever.
    [RedisTheory]
    [InlineData("number", "99999999999999999")]
    [InlineData("number", "-1")]
    [InlineData("number", "1.5")]
    [InlineData("number", "nan")]
    [InlineData("last", "nan")]
    public async Task A_store_whose_count_is_none_begins_anew(string name, string value)
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync(Shared(server));
        await test.AskAsync();
        await WrittenAsync(server, 3);
        await using var client = RedisServer.Client(server.Url);
        await client.SendAsync(Command("HSET", "graphgateway:cache", name, value), default);
        await test.ReplicateAsync();
        Assert.Equal("1.2 2.2 3.2", Names(await test.AskAsync()));
        Assert.Equal("0", (await client.SendAsync(Command("HGET", "graphgateway:cache", "number"), default)).Text);
    }

    // The source said 60 seconds: a store's clock that was set back makes none more of it, and what was written by too far in the future is not given.
    [RedisTheory]
    [InlineData(5_000, "1.1 | hit; shared; age=0; ttl=60")]
    [InlineData(20_000, "1.2 | miss; kept=yes; ttl=60")]
    public async Task A_stores_clock_that_was_set_back_makes_nothing_last_longer(int milliseconds, string expected)
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync([.. Shared(server), "--Gateway:ResponseCache:Answers=On", "--Gateway:ResponseCache:Entities=Off"]);
        test.Ids = ["1"];
        await test.AskAsync();
        await WrittenAsync(server, 1);
        await using var client = RedisServer.Client(server.Url);
        await ChangeAsync(client, (await NamesAsync(server)).Single(), record => record with
        {
            MadeAt = record.MadeAt + milliseconds, FreshUntil = record.FreshUntil + milliseconds, StaleUntil = record.StaleUntil + milliseconds,
        });
        await test.ReplicateAsync();
        using var response = await test.Gateway.SendAsync("{ items { name } }");
        var name = (await response.Content.ReadAsStringAsync()).Split('"')[7];
        Assert.Equal(expected, $"{name} | {response.Headers.GetValues("GraphGateway-Cache").Single()}");
    }

    [RedisFact]
    public async Task A_whole_answer_of_the_store_that_was_to_be_forgotten_is_given_to_nobody()
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/invalidation");
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync([.. Shared(server), "--Gateway:ResponseCache:Answers=On", "--Gateway:ResponseCache:Entities=Off"]);
        await test.AskAsync();
        await WrittenAsync(server, 1);
        await test.ReplicateAsync($"--Gateway:ResponseCache:Invalidation:Key={Key}", $"--Gateway:ResponseCache:Invalidation:Url={url}");
        Assert.Equal("""200 {"count":0}""", await ForgetAsync(url, """{"kind":"cache_tag","cache_tag":"item-2"}"""));
        Assert.Equal("1.2 2.2 3.2", Names(await test.AskAsync()));
    }

    // What is on its way while the store begins anew belongs to what was before.
    [RedisFact]
    public async Task What_was_asked_for_before_the_store_began_anew_is_not_written()
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync(Shared(server));
        test.Ids = ["1"];
        var gate = new TaskCompletionSource();
        test.Gate = gate.Task;
        using var late = new MetricSum(test.Gateway, "graphgateway.cache.shared.writes", "late");
        using var written = new MetricSum(test.Gateway, "graphgateway.cache.shared.writes", "written");
        var asking = test.AskAsync();
        while (test.Details.Requests.IsEmpty)
        {
            await Task.Yield();
        }

        await using var client = RedisServer.Client(server.Url);
        await client.SendAsync(Command("HSET", "graphgateway:cache", "epoch", "another"), default);
        gate.SetResult();
        await asking;
        while (late.Value + written.Value == 0)
        {
            await Task.Yield();
        }

        Assert.Empty(await NamesAsync(server));
    }

    // A disk, a network or a person changes what is there: no client hears it, and the source is asked.
    [RedisTheory]
    [InlineData("Answers", "cut")]
    [InlineData("Answers", "flipped")]
    [InlineData("Answers", "longer")]
    [InlineData("Answers", "swapped")]
    [InlineData("Answers", "earlier form")]
    [InlineData("Entities", "cut")]
    [InlineData("Entities", "flipped")]
    [InlineData("Entities", "longer")]
    [InlineData("Entities", "swapped")]
    public async Task What_was_changed_in_the_store_is_fetched_anew(string kind, string change)
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync([.. Shared(server), "--Gateway:ResponseCache:Entities=Off", $"--Gateway:ResponseCache:{kind}=On"]);
        test.Ids = ["1", "2"];
        await test.AskAsync();
        test.Ids = ["3", "4"];
        await test.AskAsync("query Other { items { name } }");
        await WrittenAsync(server, kind == "Answers" ? 2 : 4);
        await using var client = RedisServer.Client(server.Url);
        var names = await NamesAsync(server);
        var values = new List<byte[]>();
        foreach (var name in names)
        {
            values.Add((await client.SendAsync(Command("GET", name), default)).Bytes!);
        }

        for (var i = 0; i < names.Length; i++)
        {
            var value = values[i];
            byte[] other = change switch
            {
                "cut" => value[..^3],
                "flipped" => [.. value[..^4], (byte)(value[^4] ^ 1), .. value[^3..]],
                "longer" => [.. value, .. "}}"u8],
                "swapped" => values[(i + 1) % values.Count],
                _ => [1, .. value[17..]],
            };
            await client.SendAsync([.. Command("SET", names[i]), other], default);
        }

        using var unreadable = new MetricSum(await test.ReplicateAsync(), "graphgateway.cache.shared.lookups", "unreadable");
        test.Ids = ["1", "2"];
        Assert.Equal("1.3 2.3", Names(await test.AskAsync()));
        Assert.Equal(kind == "Answers" ? 1 : 2, unreadable.Value);
    }

    /// <summary>The machine's clock, which goes on by a step more each time that somebody measures with it.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        private TimeSpan ahead;

        public TimeSpan Step { get; set; }

        public override long GetTimestamp() => base.GetTimestamp() + (long)((ahead += Step).TotalSeconds * TimestampFrequency);
    }
}
