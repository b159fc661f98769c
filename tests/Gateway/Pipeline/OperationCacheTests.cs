using System.Globalization;
using System.Text;
using GraphGateway.Language;
using Xunit;

namespace GraphGateway.Gateway.Tests.Pipeline;

public sealed class OperationCacheTests
{
    private static readonly OperationResolution Refusal = new(null, [new GraphQLError { Message = "no" }]);

    // The cache never looks inside an operation.
    private static readonly OperationResolution Found =
        new((PreparedOperation)System.Runtime.CompilerServices.RuntimeHelpers.GetUninitializedObject(typeof(PreparedOperation)), []);

    [Fact]
    public async Task A_document_is_resolved_once_for_each_operation_name()
    {
        var cache = new OperationCache(1_000_000, static _ => 0);
        var resolved = new List<string?>();
        foreach (var name in new[] { "A", "B", "A", null, null, "B" })
        {
            Assert.Same(Found, await cache.GetAsync("query A { a } query B { b }"u8, name, key => Resolve(key, resolved), out _));
        }

        Assert.Equal(["A", "B", null], resolved);
        Assert.Equal(3, cache.Misses);
    }

    [Fact]
    public async Task What_is_refused_is_not_kept()
    {
        var cache = new OperationCache(1_000_000, static _ => 0);
        Assert.Same(Refusal, await cache.GetAsync("{ a }"u8, null, _ => Refusal, out _));
        Assert.Equal(0, cache.Count);
        Assert.Same(Found, await cache.GetAsync("{ a }"u8, null, _ => Found, out _));
    }

    [Fact]
    public async Task A_fault_reaches_all_who_wait_and_is_not_kept()
    {
        var cache = new OperationCache(1_000_000, static _ => 0);
        await Assert.ThrowsAsync<InvalidOperationException>(() => cache.GetAsync("{ a }"u8, null, _ => throw new InvalidOperationException(), out _));
        Assert.Same(Found, await cache.GetAsync("{ a }"u8, null, _ => Found, out _));
    }

    [Fact]
    public async Task Whoever_comes_while_an_operation_is_resolved_waits_for_that_flight()
    {
        var cache = new OperationCache(1_000_000, static _ => 0);
        Task<OperationResolution>? second = null;
        var first = cache.GetAsync("{ a }"u8, null, _ =>
        {
            second = cache.GetAsync("{ a }"u8, null, _ => throw new InvalidOperationException("It is resolved twice."), out bool _);
            Assert.False(second.IsCompleted);
            return Found;
        }, out _);
        Assert.Same(Found, await first);
        Assert.Same(Found, await second!);
        Assert.Equal(1, cache.Misses);
    }

    [Fact]
    public async Task It_is_bounded_and_keeps_what_is_asked_for()
    {
        const int room = 20;
        var cost = OperationCache.CostOf(new DocumentKey(Encoding.UTF8.GetBytes("{ a0001 }"), null));
        var cache = new OperationCache(cost * room, static _ => 0);
        var resolved = new List<string?>();
        for (var i = 0; i < 1000; i++)
        {
            await cache.GetAsync("{ often }"u8, "often", key => Resolve(key, resolved), out _);
            await cache.GetAsync(Encoding.UTF8.GetBytes($"{{ a{i.ToString("D4", CultureInfo.InvariantCulture)} }}"), null, _ => Found, out _);
            Assert.InRange(cache.Count, 1, room + 2);
        }

        Assert.Equal(["often"], resolved);
    }

    [Fact]
    public async Task A_document_that_stays_and_the_same_text_are_one_operation()
    {
        var cache = new OperationCache(100_000, static _ => 0);
        var resolved = new List<string?>();
        var known = new KnownDocument("query A { a } query B { b }"u8.ToArray());
        var found = new List<bool>();
        foreach (var name in (string?[])["A", "B", "A", null, "B", null])
        {
            Assert.Same(Found, await cache.GetAsync(known.KeyOf(name), key => Resolve(key, resolved), out var byKey));
            Assert.Same(Found, await cache.GetAsync(known.Text, name, key => Resolve(key, resolved), out var byText));
            found.AddRange([byKey, byText]);
        }

        Assert.Equal(["A", "B", null], resolved);
        Assert.Equal([false, true, false, true, true, true, false, true, true, true, true, true], found);
        Assert.Equal(3, cache.Count);
        Assert.Same(known.KeyOf("A"), known.KeyOf("A"));
    }

    [Fact]
    public async Task What_is_asked_for_by_its_key_stays()
    {
        const int room = 20;
        var often = new KnownDocument("{ often }"u8.ToArray());
        var cache = new OperationCache(OperationCache.CostOf(often.KeyOf(null)) * room, static _ => 0);
        var resolved = new List<string?>();
        for (var i = 0; i < 1000; i++)
        {
            await cache.GetAsync(often.KeyOf("often"), key => Resolve(key, resolved), out _);
            for (var twice = 0; twice < 2; twice++)
            {
                await cache.GetAsync(Encoding.UTF8.GetBytes($"{{ a{i.ToString("D4", CultureInfo.InvariantCulture)} }}"), null, _ => Found, out _);
            }
        }

        Assert.Equal(["often"], resolved);
    }

    [Fact]
    public async Task Documents_with_errors_push_nothing_out()
    {
        var cache = new OperationCache(OperationCache.CostOf(new DocumentKey("{ good }"u8.ToArray(), null)) * 8, static _ => 0);
        var resolved = new List<string?>();
        await cache.GetAsync("{ good }"u8, "good", key => Resolve(key, resolved), out _);
        for (var i = 0; i < 1000; i++)
        {
            await cache.GetAsync(Encoding.UTF8.GetBytes($"{{ bad{i.ToString(CultureInfo.InvariantCulture)} }}"), null, _ => Refusal, out _);
        }

        await cache.GetAsync("{ good }"u8, "good", key => Resolve(key, resolved), out _);
        Assert.Equal(["good"], resolved);
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public async Task Texts_that_come_once_push_out_nothing_that_is_asked_for_again()
    {
        const int hot = 20;
        var cost = OperationCache.CostOf(KeyOf(Text('a', 0)));
        var cache = new OperationCache(cost * 100, static _ => 0);
        var resolved = new List<string?>();
        async Task AskAsync(string text, string? name = null) => await cache.GetAsync(Encoding.UTF8.GetBytes(text), name, key => Resolve(key, resolved), out _);

        for (var i = 0; i < hot * 2; i++)
        {
            await AskAsync(Text('h', i % hot), "hot");
        }

        Assert.Equal(hot, resolved.Count);
        for (var i = 0; i < 100_000; i++)
        {
            await cache.GetAsync(Encoding.UTF8.GetBytes(Text('a', i)), null, static _ => Found, out _);
        }

        for (var i = 0; i < hot; i++)
        {
            await AskAsync(Text('h', i), "hot");
        }

        Assert.Equal(hot, resolved.Count);
        Assert.InRange(cache.Count, hot, hot + 25);
        Assert.Equal(100_000 + hot, cache.Misses);
        Assert.Equal(cache.Misses - cache.Count, cache.Evictions);
    }

    [Fact]
    public async Task Of_what_is_asked_for_again_that_goes_which_nobody_has_asked_for_lately()
    {
        var cost = OperationCache.CostOf(KeyOf(Text('a', 0)));
        var cache = new OperationCache(cost * 40, static _ => 0);
        var resolved = new List<string?>();
        for (var i = 0; i < 1_000; i++)
        {
            await cache.GetAsync(Encoding.UTF8.GetBytes(Text('h', 0)), "often", key => Resolve(key, resolved), out _);
            for (var twice = 0; twice < 2; twice++)
            {
                await cache.GetAsync(Encoding.UTF8.GetBytes(Text('a', i)), null, static _ => Found, out _);
            }

            Assert.InRange(cache.Count, 1, 40);
        }

        Assert.Equal(["often"], resolved);
        await cache.GetAsync(Encoding.UTF8.GetBytes(Text('a', 0)), "again", key => Resolve(key, resolved), out _);
        Assert.Equal(["often", "again"], resolved);
    }

    [Fact]
    public async Task Plans_take_room_where_their_operation_is()
    {
        // A quarter of the room, in two halves, for what is new; three quarters for what was asked for once more.
        var cache = new OperationCache(1_000_000, static _ => 0);
        var (once, twice) = (KeyOf("{ once }"), KeyOf("{ twice }"));
        async Task AskAsync(DocumentKey key) => await cache.GetAsync(key.Document, null, static _ => Found, out _);

        await AskAsync(twice);
        await AskAsync(twice);
        await AskAsync(once);
        cache.Grew(once, 130_000);
        Assert.Equal((2, 0), (cache.Count, cache.Evictions));
        cache.Grew(once, 130_000);
        Assert.Equal((1, 1), (cache.Count, cache.Evictions));

        // It is gone: what it still grows by takes no room.
        cache.Grew(once, 1_000_000);
        cache.Grew(twice, 300_000);
        cache.Grew(twice, 80_000);
        Assert.Equal((1, 1), (cache.Count, cache.Evictions));
        cache.Grew(twice, 380_000);
        Assert.Equal((0, 2), (cache.Count, cache.Evictions));
    }

    [Fact]
    public async Task An_operation_that_is_too_large_pushes_nothing_out_however_often_it_is_asked_for()
    {
        var plans = 0L;
        var cache = new OperationCache(1_000_000, _ => plans);
        async Task<bool> IsHitAsync(string text)
        {
            await cache.GetAsync(Encoding.UTF8.GetBytes(text), null, static _ => Found, out var isHit);
            return isHit;
        }

        Assert.Equal((false, true), (await IsHitAsync("{ small }"), await IsHitAsync("{ small }")));

        // With its 10,000 characters it is too large for half of a quarter.
        var large = $"{{ {new string('a', 10_000)} }}";
        Assert.Equal((false, false, false), (await IsHitAsync(large), await IsHitAsync(large), await IsHitAsync(large)));

        // This one becomes too large by its plans.
        Assert.Equal((false, true), (await IsHitAsync("{ grows }"), await IsHitAsync("{ grows }")));
        cache.Grew(KeyOf("{ grows }"), 400_000);
        for (var i = 0; i < 5; i++)
        {
            plans = 400_000;
            Assert.True(await IsHitAsync("{ grows }"));
            plans = 0;
            Assert.True(await IsHitAsync("{ small }"));
        }

        Assert.Equal((2, 0), (cache.Count, cache.Evictions));
    }

    [Fact]
    public async Task What_one_is_refused_is_looked_at_once_more_for_who_asks_otherwise()
    {
        var cache = new OperationCache(1_000_000, static _ => 0);
        Func<DocumentKey, OperationResolution> byIdentifier = static _ => Found;
        Task<OperationResolution>? joined = null;
        var refused = await cache.GetAsync("{ a }"u8, null, _ =>
        {
            joined = cache.GetAsync("{ a }"u8, null, byIdentifier, out var isHit);
            Assert.True(isHit);
            return Refusal;
        }, out _);
        Assert.Same(Refusal, refused);
        Assert.Same(Found, await joined!);
        Assert.Same(Found, await cache.GetAsync("{ a }"u8, null, _ => throw new InvalidOperationException("It is there."), out _));
    }

    [Fact]
    public async Task What_is_warmed_up_is_there_as_if_it_had_been_asked_for()
    {
        var cost = OperationCache.CostOf(KeyOf(Text('a', 0)));
        var cache = new OperationCache(cost * 20, static _ => 0);
        Assert.Same(Found, cache.Warm(KeyOf(Text('w', 0)), static _ => Found));
        Assert.Same(Found, cache.Warm(KeyOf(Text('w', 0)), static _ => throw new InvalidOperationException("It is there.")));
        Assert.Same(Refusal, cache.Warm(KeyOf(Text('w', 1)), static _ => Refusal));
        for (var i = 0; i < 1_000; i++)
        {
            await cache.GetAsync(Encoding.UTF8.GetBytes(Text('a', i)), null, static _ => Found, out _);
        }

        Assert.Same(Found, await cache.GetAsync(Encoding.UTF8.GetBytes(Text('w', 0)), null, static _ => throw new InvalidOperationException("It is there."), out var isHit));
        Assert.Equal((true, 1_000L), (isHit, cache.Misses));
    }

    [Fact]
    public async Task The_plans_of_operations_push_out_what_nobody_asks_for()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"Hi","a":"Hi","b":"Hi","c":"Hi","d":"Hi"}}""");
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Limits:OperationCacheBytes=400000", "--Gateway:Health:Interval=1h"]);
        const string asked = "query($a: Boolean!, $b: Boolean!, $c: Boolean!) { hello a: hello @include(if: $a) b: hello @include(if: $b) c: hello @include(if: $c) }";

        Assert.Equal("""{"data":{"hello":"Hi"}}""", await gateway.QueryAsync("{ hello }"));
        Assert.Equal("""{"data":{"hello":"Hi"}}""", await gateway.QueryAsync("{ hello }"));
        for (var i = 0; i < 3; i++)
        {
            for (var outcome = 0; outcome < 8; outcome++)
            {
                var variables = string.Join(',', "abc".Select((name, bit) => $"\"{name}\":{((outcome >> bit & 1) == 0 ? "false" : "true")}"));
                Assert.StartsWith("""{"data":{"hello":"Hi""", await gateway.QueryAsync($"{asked} #{i}", $"{{{variables}}}"), StringComparison.Ordinal);
            }
        }

        // The last one is there, whose plans have pushed out those of the first ones.
        Assert.Equal(4, gateway.Cache.Misses);
        Assert.InRange(gateway.Cache.Count, 1, 2);
        Assert.Equal("""{"data":{"hello":"Hi"}}""", await gateway.QueryAsync("{ hello }"));
        Assert.Equal(5, gateway.Cache.Misses);
    }

    private static string Text(char kind, int number) => $"{{ {kind}{number.ToString("D6", CultureInfo.InvariantCulture)} }}";

    private static DocumentKey KeyOf(string text) => new(Encoding.UTF8.GetBytes(text), null);

    private static OperationResolution Resolve(DocumentKey key, List<string?> resolved)
    {
        resolved.Add(key.OperationName);
        return Found;
    }
}
