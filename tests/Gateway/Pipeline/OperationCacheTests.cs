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
    public async Task Documents_with_errors_push_nothing_out()
    {
        var cache = new OperationCache(OperationCache.CostOf(new DocumentKey("{ good }"u8.ToArray(), null)) * 4, static _ => 0);
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
    public async Task Plans_take_room_and_what_nobody_asks_for_meanwhile_goes()
    {
        var cache = new OperationCache(1_000_000, static _ => 0);
        await cache.GetAsync("{ a }"u8, null, _ => Found, out _);
        cache.Grew(600_000);
        Assert.Equal((1, 0), (cache.Count, cache.Evictions));
        cache.Grew(400_000);
        Assert.Equal((1, 0), (cache.Count, cache.Evictions));
        cache.Grew(200_000);
        Assert.Equal((0, 1), (cache.Count, cache.Evictions));
    }

    [Fact]
    public async Task An_operation_that_is_asked_for_again_counts_once_and_with_its_plans()
    {
        var cache = new OperationCache(1_000_000, static _ => 300_000);
        await cache.GetAsync("{ a }"u8, null, _ => Found, out _);
        cache.Grew(600_000);
        await cache.GetAsync("{ a }"u8, null, _ => throw new InvalidOperationException("It was there."), out _);
        Assert.Equal((1, 0), (cache.Count, cache.Evictions));

        // With 200,000 more, the 300,000 of its plans fill the half of the room.
        cache.Grew(200_000);
        cache.Grew(600_000);
        Assert.Equal((0, 1), (cache.Count, cache.Evictions));
    }

    [Fact]
    public async Task The_plans_of_an_operation_push_out_what_nobody_asks_for()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"Hi","a":"Hi","b":"Hi","c":"Hi","d":"Hi"}}""");
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Limits:OperationCacheBytes=100000", "--Gateway:Health:Interval=1h"]);
        const string asked = "query($a: Boolean!, $b: Boolean!, $c: Boolean!, $d: Boolean!) { hello a: hello @include(if: $a) b: hello @include(if: $b) c: hello @include(if: $c) d: hello @include(if: $d) }";

        Assert.Equal("""{"data":{"hello":"Hi"}}""", await gateway.QueryAsync("{ hello }"));
        for (var outcome = 0; outcome < 16; outcome++)
        {
            var variables = string.Join(',', "abcd".Select((name, bit) => $"\"{name}\":{((outcome >> bit & 1) == 0 ? "false" : "true")}"));
            Assert.StartsWith("""{"data":{"hello":"Hi""", await gateway.QueryAsync(asked, $"{{{variables}}}"), StringComparison.Ordinal);
        }

        Assert.Equal((1, 2), (gateway.Cache.Count, gateway.Cache.Misses));
        Assert.Equal("""{"data":{"hello":"Hi"}}""", await gateway.QueryAsync("{ hello }"));
        Assert.Equal(3, gateway.Cache.Misses);
    }

    private static OperationResolution Resolve(DocumentKey key, List<string?> resolved)
    {
        resolved.Add(key.OperationName);
        return Found;
    }
}
