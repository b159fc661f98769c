using System.Globalization;
using System.Text;
using GraphGateway.Gateway.Tests.Authentication;
using GraphGateway.Gateway.Tests.Identity;
using GraphGateway.Gateway.Tests.Redis;
using GraphGateway.TestKit;
using Xunit;
using static GraphGateway.Gateway.Tests.ResponseCache.SharedCacheKit;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>Several gateways that share what they keep in Debian's redis-server.</summary>
public sealed class SharedCacheTests
{
    [RedisFact]
    public async Task What_one_has_fetched_another_one_has_not_to_fetch()
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync(Shared(server));
        Assert.Equal(Miss3, await test.AskAsync());
        await WrittenAsync(server, 3);
        await test.ReplicateAsync();
        test.Ids = ["5", "1", "2", "3", "4"];
        Assert.Equal("5.2 1.1 2.1 3.1 4.2 | entities=5; source=details; hit=3; stale=0; miss=2; shared=3; kept=yes", await test.AskAsync());
        Assert.Equal("5.2 1.1 2.1 3.1 4.2 | entities=5; source=details; hit=5; stale=0; miss=0", await test.AskAsync());
        Assert.Equal("1,2,3 5,4", test.Asked);
    }

    // A reply has 768 KB at most: of 60 entities of 20 KB that do not get smaller it takes two.
    [RedisFact]
    public async Task What_has_no_room_in_one_reply_comes_in_the_next()
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync(Shared(server));
        var random = new Random(1);
        test.Tail = Convert.ToBase64String([.. Enumerable.Range(0, 15_000).Select(_ => (byte)random.Next(256))]);
        test.Ids = [.. Enumerable.Range(1, 60).Select(static id => id.ToString(CultureInfo.InvariantCulture))];
        await test.AskAsync();
        await WrittenAsync(server, 60);
        await test.ReplicateAsync();
        Assert.EndsWith(" | entities=60; source=details; hit=60; stale=0; miss=0; shared=60", await test.AskAsync(), StringComparison.Ordinal);
        Assert.Single(test.Details.Requests);
    }

    [RedisFact]
    public async Task Whole_answers_are_shared_with_their_time_cost_and_tags()
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync([.. Shared(server), "--Gateway:ResponseCache:Answers=On", "--Gateway:ResponseCache:Entities=Off"]);
        Assert.Equal("1.1 2.1 3.1", Names(await test.AskAsync()));
        await WrittenAsync(server, 1);
        await test.ReplicateAsync();
        using var response = await test.Gateway.SendAsync("{ items { name } }");
        Assert.Equal("hit; shared; age=0; ttl=60", response.Headers.GetValues("GraphGateway-Cache").Single().Replace("ttl=59", "ttl=60", StringComparison.Ordinal));
        Assert.Equal("""{"data":{"items":[{"name":"1.1"},{"name":"2.1"},{"name":"3.1"}]}}""", await response.Content.ReadAsStringAsync());
        Assert.Equal("1,2,3", test.Asked);

        // Another operation of the same document's text, other variables and other texts are others.
        Assert.Equal("1.2 2.2 3.2", Names(await test.AskAsync("query Other { items { name } }")));
    }

    [RedisTheory]
    [InlineData("{ items { name(of: \\\"a\\\") } }", null, "1.2")]
    [InlineData("{ items { name } }", "b", "1.2")]
    [InlineData("query Other { items { name } }", "a", "1.1")]
    public async Task What_differs_in_a_field_or_a_header_is_not_the_same(string query, string? user, string expected)
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync([.. Shared(server), "--Gateway:Subgraphs:details:Headers:Propagate=x-user"]);
        test.Ids = ["1"];
        await test.AskAsync(headers: ("x-user", "a"));
        await WrittenAsync(server, 1);
        await test.ReplicateAsync();
        Assert.Equal(expected, Names(await test.AskAsync(query, user is null ? [] : [("x-user", user)])));
    }

    [RedisFact]
    public async Task Others_settings_for_the_name_or_another_graph_share_nothing()
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync(Shared(server));
        await test.AskAsync();
        await WrittenAsync(server, 3);
        await using var other = await EntityGraph.StartAsync([.. Shared(server), "--Gateway:ResponseCache:Shared:Prefix=other"]);
        Assert.Equal(Miss3, await other.AskAsync());

        // The same source by name, at another address.
        await using var elsewhere = await EntityGraph.StartAsync(Shared(server));
        Assert.Equal(Miss3, await elsewhere.AskAsync());
    }

    [RedisFact]
    public async Task What_is_to_be_forgotten_is_in_all_replicas_and_in_the_store()
    {
        await using var server = await RedisServer.StartAsync();
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/invalidation");
        await using var test = await EntityGraph.StartAsync(Shared(server));
        await test.AskAsync();
        await WrittenAsync(server, 3);
        var known = KnownTo(test);
        await using var told = await EntityGraph.StartAsync([.. Shared(server), $"--Gateway:ResponseCache:Invalidation:Key={Key}", $"--Gateway:ResponseCache:Invalidation:Url={url}"]);
        Assert.Equal("""200 {"count":0}""", await ForgetAsync(url, """[{"kind":"cache_tag","cache_tag":"item-2"},{"kind":"entity","subgraph":"details","type":"Item","key":{"id":"3"}}]"""));

        // One that starts afterwards knows nothing but the store.
        await test.ReplicateAsync();
        Assert.Equal("1.1 2.2 3.2 | entities=3; source=details; hit=1; stale=0; miss=2; shared=1; kept=yes", await test.AskAsync());

        // One that has them in memory hears of it within a second.
        test.Turn();
        await HeardAsync(test, known + 2);
        Assert.Equal("1.1 2.2 3.2", Names(await test.AskAsync()));
        Assert.Equal("1,2,3 2,3", test.Asked);
    }

    [RedisFact]
    public async Task Without_the_store_each_goes_on_by_itself_and_what_is_to_be_forgotten_is_said_again()
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/invalidation");
        var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync([.. Shared(server), $"--Gateway:ResponseCache:Invalidation:Key={Key}", $"--Gateway:ResponseCache:Invalidation:Url={url}"]);
        Assert.Equal(Miss3, await test.AskAsync());
        await WrittenAsync(server, 3);
        await server.DisposeAsync();
        test.Ids = ["1", "4"];
        Assert.Equal("1.1 4.2 | entities=2; source=details; hit=1; stale=0; miss=1; kept=yes", await test.AskAsync());
        Assert.Equal(
            Untold(4),
            await ForgetAsync(url, """[{"kind":"subgraph","subgraph":"details"}]"""));
        Assert.Equal("1.3 4.3", Names(await test.AskAsync()));

        // It is there again, and has lost all: so is what this gateway has.
        await using var next = await RedisServer.StartAsync(server.Port);
        while (!(await ForgetAsync(url, """[{"kind":"cache_tag","cache_tag":"none"}]""")).StartsWith("200", StringComparison.Ordinal))
        {
            test.Clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.Equal("1.4 4.4", Names(await test.AskAsync()));
    }

    // What the store does not hear it has still, when it is there again: it hears it before it is asked for anything, or else within a second.
    [RedisTheory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_the_store_has_not_heard_it_hears_before_it_is_asked_for_anything(bool isAsked)
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/invalidation");
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync(Shared(server));
        Assert.Equal(Miss3, await test.AskAsync());
        await WrittenAsync(server, 3);
        var known = KnownTo(test);
        var other = test.Gateway;
        await test.ReplicateAsync($"--Gateway:ResponseCache:Invalidation:Key={Key}", $"--Gateway:ResponseCache:Invalidation:Url={url}");
        await using var client = RedisServer.Client(server.Url);
        await client.SendAsync(Command("CONFIG", "SET", "requirepass", "another"), default);
        await client.SendAsync(Command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes"), default);
        var forgotten = await ForgetAsync(url, """[{"kind":"cache_tag","cache_tag":"item-2"}]""");
        await client.SendAsync(Command("CONFIG", "SET", "requirepass", ""), default);
        Assert.Equal(Untold(0, "refuses it (NOAUTH Authentication required.)", "takes it"), forgotten);
        if (isAsked)
        {
            // What was asked for before the store had heard it is not kept.
            Assert.Equal("1.1 2.2 3.1 | entities=3; source=details; hit=2; stale=0; miss=1; shared=2; kept=invalidated", await test.AskAsync());
        }

        // The other one hears of it without that it is said again.
        test.Turn();
        Assert.Same(other, test.Gateway);
        await HeardAsync(test, known + 1);
        Assert.Equal(isAsked ? "1.1 2.3 3.1" : "1.1 2.2 3.1", Names(await test.AskAsync()));
        Assert.Equal(isAsked ? "1.1 2.3 3.1" : "1.1 2.2 3.1", Names(await test.AskAsync()));
        Assert.Equal(isAsked ? "1,2,3 2 2" : "1,2,3 2", test.Asked);

        // It was told once.
        test.Clock.Advance(TimeSpan.FromSeconds(2));
        await test.AskAsync();
        Assert.Equal("1", (await client.SendAsync(Command("HGET", "graphgateway:cache", "number"), default)).Text);
    }

    // Redis writes its file now and then: what comes back has what was to be forgotten, and knows nothing of it.
    [RedisTheory]
    [InlineData(true, """200 {"count":3}""")]
    [InlineData(false, "503")]
    public async Task A_store_that_comes_back_as_it_was_gives_nothing_that_was_to_be_forgotten_meanwhile(bool isThere, string answer)
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort.Next()}/invalidation");
        using var folder = new TemporaryFolder();
        var server = await RedisServer.StartAsync(port: null, "--dir", folder.Path);
        await using var test = await EntityGraph.StartAsync([.. Shared(server), $"--Gateway:ResponseCache:Invalidation:Key={Key}", $"--Gateway:ResponseCache:Invalidation:Url={url}"]);
        Assert.Equal(Miss3, await test.AskAsync());
        await WrittenAsync(server, 3);
        await using (var client = RedisServer.Client(server.Url))
        {
            await client.SendAsync(Command("SAVE"), default);
        }

        if (!isThere)
        {
            await server.DisposeAsync();
        }

        Assert.Equal(isThere ? answer : Untold(3), await ForgetAsync(url, """[{"kind":"subgraph","subgraph":"details"}]"""));
        if (isThere)
        {
            await server.DisposeAsync();
        }

        await using var next = await RedisServer.StartAsync(server.Port, "--dir", folder.Path);
        Assert.Equal(3, (await NamesAsync(next)).Length);
        var told = test.Gateway;
        await test.ReplicateAsync(string.Create(CultureInfo.InvariantCulture, $"--Gateway:ResponseCache:Invalidation:Url=http://127.0.0.1:{FreePort.Next()}/"));
        Assert.Equal("1.2 2.2 3.2", Names(await test.AskAsync()));
        test.Turn();
        Assert.Same(told, test.Gateway);
        test.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.DoesNotContain("1.1", await test.AskAsync(), StringComparison.Ordinal);
    }

    // More than is remembered is everything; and one that ends says what nobody has heard.
    [Fact]
    public void What_the_store_has_not_heard_is_bounded()
    {
        var untold = new UntoldInvalidations();
        Invalidation[] Some(int count, int characters) => [.. Enumerable.Range(0, count).Select(i => new Invalidation { Tag = new string('t', characters) + i })];
        untold.Add(Some(1_000, 1));
        Assert.Equal((1_000, "t7"), (untold.Count, untold.All[7].Tag));
        untold.Add(Some(1, 1));
        Assert.Equal((1, null), (untold.Count, untold.All[0].Tag));
        untold.Clear();
        Assert.Equal(0, untold.Count);
        untold.Add(Some(2, 500_000));
        Assert.Equal(2, untold.Count);
        untold.Add(Some(1, 100_000));
        Assert.Equal((1, null), (untold.Count, untold.All[0].Tag));
        untold.Add(Some(900, 1_000));
        Assert.Equal((901, null), (untold.Count, untold.All[0].Tag));
    }

    [RedisFact]
    public async Task A_store_that_hangs_holds_a_request_for_no_longer_than_its_time()
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync(
        [
            .. Shared(server), "--Gateway:ResponseCache:Shared:Timeout=100ms", "--Gateway:RequestTimeout=24h", "--Gateway:Health:Interval=24h",
            "--Gateway:Subgraphs:lists:Timeout=24h", "--Gateway:Subgraphs:details:Timeout=24h",
        ]);
        await test.AskAsync();
        await WrittenAsync(server, 3);
        await server.FreezeAsync();
        test.Ids = ["4"];
        Assert.Equal("4.2 | entities=1; source=details; hit=0; stale=0; miss=1; kept=yes", await AskedAsync());
        test.Ids = ["5"];
        Assert.Equal("5.3", Names(await AskedAsync()));
        await server.ThawAsync();

        // The time goes on: also who finds out whether the store is back waits for no longer. A request of another kind between two ticks lets it come in; no other time-out is near.
        async Task<string> AskedAsync()
        {
            var asking = test.AskAsync();
            while (!asking.IsCompleted)
            {
                test.Clock.Advance(TimeSpan.FromMilliseconds(10));
                await test.Gateway.Client.GetStringAsync(new Uri("/health/live", UriKind.Relative));
            }

            return await asking;
        }
    }

    [RedisFact]
    public async Task A_store_that_is_not_there_keeps_no_gateway_from_starting()
    {
        await using var test = await EntityGraph.StartAsync($"--Gateway:ResponseCache:Shared:Address=redis://127.0.0.1:{FreePort.Next()}");
        Assert.Equal(Miss3, await test.AskAsync());
        Assert.Equal("1.1 2.1 3.1", Names(await test.AskAsync()));
    }

    [RedisTheory]
    [InlineData("")]
    [InlineData("nothing of ours")]
    [InlineData("\u0001\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000{}")]
    public async Task What_nobody_can_read_is_fetched_and_written_anew(string garbage)
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync(Shared(server));
        await test.AskAsync();
        await WrittenAsync(server, 3);
        await using var client = RedisServer.Client(server.Url);
        foreach (var name in await NamesAsync(server))
        {
            await client.SendAsync(Command("SET", name, garbage), default);
        }

        await test.ReplicateAsync();
        Assert.Equal("1.2 2.2 3.2 | entities=3; source=details; hit=0; stale=0; miss=3; kept=yes", await test.AskAsync());
        await test.ReplicateAsync();
        while (!(await test.AskAsync()).EndsWith("hit=3; stale=0; miss=0; shared=3", StringComparison.Ordinal))
        {
            await test.ReplicateAsync();
        }
    }

    [RedisFact]
    public async Task An_old_one_is_given_to_none_but_those_who_wait_for_the_new_one()
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync(Shared(server));
        (test.CacheControl, test.Ids) = ("max-age=60, stale-while-revalidate=600", ["1"]);
        await test.AskAsync();
        await WrittenAsync(server, 1);
        await AgeAsync(server);
        await test.ReplicateAsync();
        Assert.Equal("1.2 | entities=1; source=details; hit=0; stale=0; miss=1; kept=yes", await test.AskAsync());
    }

    [RedisFact]
    public async Task An_old_answer_is_given_while_a_new_one_is_made()
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync([.. Shared(server), "--Gateway:ResponseCache:Answers=On", "--Gateway:ResponseCache:Entities=Off"]);
        (test.CacheControl, test.Ids) = ("max-age=60, stale-while-revalidate=600", ["1"]);
        await test.AskAsync();
        await WrittenAsync(server, 1);
        await AgeAsync(server);
        await test.ReplicateAsync();
        using var response = await test.Gateway.SendAsync("{ items { name } }");
        Assert.StartsWith("stale; age=0; ttl=", response.Headers.GetValues("GraphGateway-Cache").Single(), StringComparison.Ordinal);
        while (Names(await test.AskAsync()) != "1.2")
        {
            await Task.Yield();
        }

        Assert.Equal("1 1", test.Asked);
    }

    [RedisFact]
    public async Task A_store_whose_clock_was_set_back_begins_anew()
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync(Shared(server));
        await test.AskAsync();
        await WrittenAsync(server, 3);
        await using var client = RedisServer.Client(server.Url);

        // A time that has been, an hour from now.
        await client.SendAsync(Command("HSET", "graphgateway:cache", "last", string.Create(CultureInfo.InvariantCulture, $"{TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() + 3_600_000}")), default);
        await test.ReplicateAsync();
        Assert.Equal("1.2 2.2 3.2", Names(await test.AskAsync()));
    }

    // A source that is told who asks answers for that one alone.
    [RedisFact]
    public async Task What_is_private_is_shared_for_its_client_alone()
    {
        await using var server = await RedisServer.StartAsync();
        await using var issuer = await FakeIssuer.StartAsync();
        await using var test = await EntityGraph.StartAsync([.. Shared(server), .. IdentityAttackTests.Issuer(issuer), "--Gateway:Identity:Forward=On"]);
        test.Ids = ["1"];
        var (ada, bob) = (Shows("ada"), Shows("bob"));
        Assert.Equal("1.1", Names(await test.AskAsync(headers: ada)));
        await WrittenAsync(server, 1);
        await test.ReplicateAsync();
        Assert.Equal("1.2", Names(await test.AskAsync(headers: bob)));
        Assert.Equal("1.1 | entities=1; source=details; hit=1; stale=0; miss=0; shared=1", await test.AskAsync(headers: ada));
        Assert.Equal("1.3 | entities=1; source=details; hit=0; stale=0; miss=1; kept=private", await test.AskAsync());

        (string, string) Shows(string name) => ("Authorization", $"Bearer {issuer.Token(test.Clock.GetUtcNow(), payload: $$"""{"sub":"{{name}}"}""")}");
    }

    // Whose members not everybody may see is never given as if it were everybody's.
    [RedisFact]
    public async Task What_is_protected_stays_its_clients()
    {
        await using var server = await RedisServer.StartAsync();
        await using var issuer = await FakeIssuer.StartAsync();
        await using var test = await EntityGraph.StartAsync([.. Shared(server), .. IdentityAttackTests.Issuer(issuer)]);
        test.Ids = ["1"];
        var (ada, bob) = (Shows("ada"), Shows("bob"));
        Assert.Equal("1.1", Names(await test.AskAsync("{ items { secret } }", ada)));
        await WrittenAsync(server, 1);
        await test.ReplicateAsync();
        Assert.Equal("1.2", Names(await test.AskAsync("{ items { secret } }", bob)));
        Assert.Equal("1.1", Names(await test.AskAsync("{ items { secret } }", ada)));

        (string, string) Shows(string name) => ("Authorization", $"Bearer {issuer.Token(test.Clock.GetUtcNow(), payload: $$"""{"sub":"{{name}}"}""")}");
    }

    // Its source says no longer that it may be kept: who comes to another gateway does not get what it said before.
    [RedisFact]
    public async Task A_source_that_changes_its_mind_is_believed_in_the_store_too()
    {
        await using var server = await RedisServer.StartAsync();
        await using var test = await EntityGraph.StartAsync(Shared(server));
        (test.CacheControl, test.Ids) = ("max-age=60, stale-while-revalidate=600", ["1"]);
        await test.AskAsync();
        await WrittenAsync(server, 1);
        await AgeAsync(server);
        await test.ReplicateAsync();
        test.CacheControl = "no-store";
        Assert.Equal("1.2 | entities=1; source=details; hit=0; stale=0; miss=1; kept=no-store", await test.AskAsync());
        while ((await NamesAsync(server)).Length > 0)
        {
            await Task.Yield();
        }
    }
}
