using System.Diagnostics.Metrics;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>Memory is bounded, and the bound loses nothing.</summary>
public sealed class BucketTableTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly Budget budget = BudgetScript.Budget("10/1000");

    [Fact]
    public async Task A_million_names_take_the_room_of_those_that_are_not_full()
    {
        using var meter = new Meter("test");
        var measured = 0L;
        using var listener = Measure(meter, "graphgateway.budget.buckets", value => measured = value);
        var budgets = new Budgets(1000, new MillisecondClock(clock), BudgetScript.Telemetry(clock, meter));
        for (var i = 0; i < 1_000_000; i++)
        {
            var decision = await budgets.ReserveAsync(new BudgetRequest(budget, $"name {i}", 1), default);
            Assert.True(decision.IsAdmitted);
            Budgets.Settle(decision.Reservation, 0);
        }

        listener.RecordObservableInstruments();
        Assert.InRange(measured, 1, 10);
    }

    [Fact]
    public async Task Names_that_find_no_room_share_one_bucket_and_nobody_loses_a_debt_by_them()
    {
        var budgets = BudgetScript.Budgets(clock, max: 100);
        for (var i = 0; i < 100; i++)
        {
            Assert.Equal("admitted; 0 left in window 0, full in 1000 ms", await AskAsync(budgets, $"old {i}", 10));
        }

        // Ten units for all new ones together.
        for (var i = 0; i < 10; i++)
        {
            Assert.StartsWith("admitted", await AskAsync(budgets, $"new {i}", 1), StringComparison.Ordinal);
        }

        for (var i = 0; i < 1000; i++)
        {
            Assert.StartsWith("exhausted", await AskAsync(budgets, $"new {i}", 1), StringComparison.Ordinal);
            Assert.StartsWith("exhausted", await AskAsync(budgets, $"old {i % 100}", 1), StringComparison.Ordinal);
        }

        // The old ones' units are open, so their buckets stay: the new ones still share.
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("admitted; 0 left in window 0, full in 1000 ms", await AskAsync(budgets, "new 1", 10));
        Assert.StartsWith("exhausted", await AskAsync(budgets, "new 2", 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Full_buckets_make_room_for_newcomers()
    {
        var budgets = BudgetScript.Budgets(clock, max: 100);
        for (var round = 0; round < 20; round++)
        {
            for (var i = 0; i < 100; i++)
            {
                var decision = await budgets.ReserveAsync(new BudgetRequest(budget, $"{round} {i}", 10), default);
                Assert.Equal("admitted; 0 left in window 0, full in 1000 ms", BudgetScript.Describe(decision));
                Budgets.Settle(decision.Reservation, 10);
            }

            clock.Advance(TimeSpan.FromSeconds(1));
        }
    }

    [Fact]
    public async Task A_bucket_with_something_reserved_is_not_forgotten()
    {
        var budgets = BudgetScript.Budgets(clock, max: 1);
        var held = await budgets.ReserveAsync(new BudgetRequest(budget, "held", 1), default);
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.StartsWith("admitted", await AskAsync(budgets, "other", 1), StringComparison.Ordinal);
        Budgets.Settle(held.Reservation, 21);
        Assert.Equal("exhausted, retry in 1100 ms; 0 left in window 0, full in 2000 ms", await AskAsync(budgets, "held", 1));
    }

    [Fact]
    public async Task Buckets_that_go_while_others_ask_lose_nothing()
    {
        // Each thread keeps taking one unit from a few names and gives it back, so that the buckets come and go all the time.
        var budgets = BudgetScript.Budgets(clock, max: 4);
        var tasks = Enumerable.Range(0, 8).Select(thread => Task.Run(async () =>
        {
            var random = new Random(Seed.Value + thread);
            for (var i = 0; i < 20_000; i++)
            {
                var decision = await budgets.ReserveAsync(new BudgetRequest(budget, $"name {random.Next(6)}", 1), default);
                Assert.True(decision.IsAdmitted);
                Budgets.Settle(decision.Reservation, 0);
            }
        }));
        await Task.WhenAll(tasks);
        Assert.Equal("admitted; 0 left in window 0, full in 1000 ms", await AskAsync(budgets, "name 0", 10));
    }

    private static MeterListener Measure(Meter meter, string instrument, Action<long> value)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (published, listening) =>
            {
                if (published.Meter == meter && published.Name == instrument)
                {
                    listening.EnableMeasurementEvents(published);
                }
            },
        };
        listener.SetMeasurementEventCallback<int>((_, measurement, _, _) => value(measurement));
        listener.Start();
        return listener;
    }

    private async Task<string> AskAsync(Budgets budgets, string name, long units) =>
        BudgetScript.Describe(await budgets.ReserveAsync(new BudgetRequest(budget, name, units), default));
}
