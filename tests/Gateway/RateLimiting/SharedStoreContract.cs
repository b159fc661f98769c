using System.Diagnostics.Metrics;
using GraphGateway.TestKit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>What holds for each store that replicas share, tried on a running server. Keys are new ones each time.</summary>
internal static class SharedStoreContract
{
    private const int Replicas = 4;
    private const int Clients = 64;

    private static readonly TimeSpan Ample = TimeSpan.FromSeconds(60);

    public static async Task A_text_is_replaced_only_where_it_is_the_one_that_was_read(ISharedStore store)
    {
        var key = NewKey();
        byte[] first = [1, 0, 255, 13, 10], second = [2], third = [3];
        var began = TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds();

        var none = await store.ReadAsync(key, default);
        Assert.Null(none.Text);
        Assert.InRange(none.Now, began - 60_000, began + 60_000);
        Assert.True((await store.SwapAsync(key, null, first, 60_000, default)).IsSwapped);
        Assert.Equal(first, Left(await store.SwapAsync(key, null, second, 60_000, default)));
        Assert.Equal(first, Left(await store.SwapAsync(key, third, second, 60_000, default)));
        Assert.True((await store.SwapAsync(key, first, second, 60_000, default)).IsSwapped);
        Assert.Equal(second, Left(await store.SwapAsync(key, first, third, 60_000, default)));
        Assert.Equal(second, Left(await store.ReadAsync(key, default)));
        Assert.Null((await store.ReadAsync(key + "x", default)).Text);

        byte[]? Left(StoredText text)
        {
            Assert.InRange(text.Now, none.Now, none.Now + 600_000);
            Assert.False(text.IsSwapped);
            return text.Text;
        }
    }

    public static async Task Of_several_that_write_at_once_one_succeeds(Func<ISharedStore> connect)
    {
        var key = NewKey();
        var stores = Enumerable.Range(0, 4).Select(_ => connect()).ToList();
        var before = (await stores[0].ReadAsync(key, default)).Text;
        for (byte round = 0; round < 50; round++)
        {
            var swaps = await Task.WhenAll(stores.SelectMany((store, i) => new[] { 0, 1 }.Select(
                async j => await store.SwapAsync(key, before, [round, (byte)i, (byte)j], 60_000, default))));
            var winner = Assert.Single(swaps, swap => swap.IsSwapped).Text;
            before = (await stores[round % 4].ReadAsync(key, default)).Text;
            Assert.Equal(winner, before);
            Assert.All(swaps, swap => Assert.Equal(winner, swap.Text));
        }

        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    /// <summary>64 clients on 4 replicas, each with a connection and a clock of its own, until all are refused.</summary>
    public static async Task Replicas_admit_the_budget_and_not_one_unit_more(Func<ISharedStore> connect)
    {
        const long units = 50_000;
        var budget = new Budget(NewKey(), BudgetWindow.Of(units, TimeSpan.FromDays(1)), BudgetWindow.Of(units * 10, TimeSpan.FromDays(1)));
        await using var watch = connect();
        var began = (await watch.ReadAsync(budget.Name, default)).Now;
        var replicas = Enumerable.Range(0, Replicas).Select(i => Replica(connect(), new ShiftedClock(TimeSpan.FromDays(i - 1)))).ToList();

        var spent = await Task.WhenAll(Enumerable.Range(0, Clients).Select(client => Task.Run(
            () => SpendUntilRefusedAsync(replicas[client % Replicas], budget, new Random(Seed.Value + client)))));

        // A unit comes back in 1.7 seconds.
        var passed = (await watch.ReadAsync(budget.Name, default)).Now - began;
        var allowed = units + (passed * units / BudgetWindow.MaxMilliseconds) + 1;
        Assert.InRange(spent.Sum(), units * 99 / 100, allowed);
        foreach (var replica in replicas)
        {
            await replica.DisposeAsync();
        }
    }

    /// <summary>What a request for one unit comes to. Only the test lets time pass: a server may take as long as it needs.</summary>
    public static async Task<string> AskAsync(Budgets budgets, Budget budget, string consumer)
    {
        var decision = await budgets.ReserveAsync(new BudgetRequest(budget, consumer, 1), default).AsTask().WaitAsync(Ample);
        Budgets.Settle(decision.Reservation, 1);
        return decision.Outcome.ToString();
    }

    /// <summary>The same for one that is not answered: it waits as long as it may, and not longer.</summary>
    public static async Task<string> AskInVainAsync(Budgets budgets, Budget budget, string consumer, FakeTimeProvider clock)
    {
        var asked = AskAsync(budgets, budget, consumer);
        clock.Advance(new SharingOptions().Timeout - TimeSpan.FromTicks(1));
        Assert.False(asked.IsCompleted);
        clock.Advance(TimeSpan.FromTicks(1));
        return await asked;
    }

    public static Budgets Replica(ISharedStore store, TimeProvider clock, StoreFailure onFailure = StoreFailure.Closed, ILogger? log = null)
    {
        var time = new MillisecondClock(clock);
        var telemetry = new BudgetTelemetry(new Meter("test"), clock, log ?? NullLogger.Instance);
        // On a busy machine a quarter of a second is not much: where time is real, it is ample.
        var options = new SharingOptions { OnFailure = onFailure, Timeout = clock is FakeTimeProvider ? new SharingOptions().Timeout : Ample };
        return new Budgets(1000, time, telemetry, new LeaseExchange(store, options, time, telemetry, new Random(Seed.Value)));
    }

    public static string NewKey() => $"test {Guid.NewGuid():N}";

    private static async Task<long> SpendUntilRefusedAsync(Budgets budgets, Budget budget, Random random)
    {
        var sum = 0L;
        while (true)
        {
            var decision = await budgets.ReserveAsync(new BudgetRequest(budget, "one", random.Next(1, 20)), default);
            if (!decision.IsAdmitted)
            {
                Assert.Equal(BudgetOutcome.Exhausted, decision.Outcome);
                return sum;
            }

            var spent = random.NextInt64(decision.Reservation.Request.Units + 1);
            Budgets.Settle(decision.Reservation, spent);
            sum += spent;
        }
    }

    /// <summary>A machine's clock that is set wrong.</summary>
    private sealed class ShiftedClock(TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + by;

        public override long GetTimestamp() => System.GetTimestamp() + (long)(by.TotalSeconds * TimestampFrequency);
    }
}
