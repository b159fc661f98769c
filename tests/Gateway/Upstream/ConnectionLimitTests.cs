using Xunit;

namespace GraphGateway.Gateway.Tests.Upstream;

/// <summary>The turns at one source.</summary>
public sealed class ConnectionLimitTests
{
    // Who counted himself in, and found his turn taken by one who waited, was counted for good.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 1)]
    [InlineData(4, 8)]
    public async Task When_all_have_left_nobody_is_counted(int max, int queue)
    {
        using var limit = new ConnectionLimit(max, queue);
        var inside = 0;
        var most = 0;
        await Task.WhenAll(Enumerable.Range(0, max + queue + 2).Select(_ => Task.Run(async () =>
        {
            for (var round = 0; round < 30_000; round++)
            {
                if (limit.TryEnter() || await limit.QueueAsync(CancellationToken.None))
                {
                    InterlockedMax(ref most, Interlocked.Increment(ref inside));
                    Interlocked.Decrement(ref inside);
                    limit.Leave();
                }
            }
        })));
        Assert.InRange(most, 1, max);
        Assert.Equal((0, 0), (limit.Active, limit.Waiting));
    }

    private static void InterlockedMax(ref int most, int value)
    {
        for (var now = Volatile.Read(ref most); value > now;)
        {
            var before = Interlocked.CompareExchange(ref most, value, now);
            if (before == now)
            {
                return;
            }

            now = before;
        }
    }
}
