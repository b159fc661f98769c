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
        var cache = new OperationCache(1_000_000);
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
        var cache = new OperationCache(1_000_000);
        Assert.Same(Refusal, await cache.GetAsync("{ a }"u8, null, _ => Refusal, out _));
        Assert.Equal(0, cache.Count);
        Assert.Same(Found, await cache.GetAsync("{ a }"u8, null, _ => Found, out _));
    }

    [Fact]
    public async Task A_fault_reaches_all_who_wait_and_is_not_kept()
    {
        var cache = new OperationCache(1_000_000);
        await Assert.ThrowsAsync<InvalidOperationException>(() => cache.GetAsync("{ a }"u8, null, _ => throw new InvalidOperationException(), out _));
        Assert.Same(Found, await cache.GetAsync("{ a }"u8, null, _ => Found, out _));
    }

    [Fact]
    public async Task Whoever_comes_while_an_operation_is_resolved_waits_for_that_flight()
    {
        var cache = new OperationCache(1_000_000);
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
        var cache = new OperationCache(cost * room);
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
        var cache = new OperationCache(OperationCache.CostOf(new DocumentKey("{ good }"u8.ToArray(), null)) * 4);
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

    private static OperationResolution Resolve(DocumentKey key, List<string?> resolved)
    {
        resolved.Add(key.OperationName);
        return Found;
    }
}
