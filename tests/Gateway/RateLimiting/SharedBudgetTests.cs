using System.Diagnostics.Metrics;
using GraphGateway.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>Replicas that share a store: who asks it, when, and what becomes of requests when it does not answer.</summary>
public sealed class SharedBudgetTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly MemoryStore store;
    private readonly Budget budget = BudgetScript.Budget("1000/1000 100000/60000");

    public SharedBudgetTests() => store = MemoryStore.On(clock);

    [Fact]
    public async Task Most_requests_are_paid_from_the_lease_without_asking_anybody()
    {
        var replica = Replica();
        var admitted = 0;
        for (var i = 0; i < 900; i++)
        {
            admitted += await SpendAsync(replica, 1) ? 1 : 0;
        }

        Assert.Equal(900, admitted);
        // Leases double up to a tenth of the smallest window.
        Assert.InRange(store.Reads, 9, 30);
    }

    [Fact]
    public async Task A_replica_waits_for_the_store_once_at_the_beginning()
    {
        var answered = new TaskCompletionSource();
        store.Before = _ => answered.Task;
        var replica = Replica();
        var first = replica.ReserveAsync(new BudgetRequest(budget, "me", 1), default);
        var others = Enumerable.Range(0, 3).Select(_ => replica.ReserveAsync(new BudgetRequest(budget, "me", 1), default).AsTask()).ToList();
        Assert.False(first.IsCompleted);
        answered.SetResult();
        Assert.True((await first).IsAdmitted);
        Assert.All(await Task.WhenAll(others), decision => Assert.True(decision.IsAdmitted));
        Assert.Equal(1, store.Reads);
    }

    [Fact]
    public async Task Replicas_together_admit_no_more_than_the_budget_and_use_it_up()
    {
        var replicas = Enumerable.Range(0, 4).Select(_ => Replica()).ToList();
        var spent = 0;
        for (var refused = 0; refused < 20;)
        {
            foreach (var replica in replicas)
            {
                var isAdmitted = await SpendAsync(replica, 1);
                spent += isAdmitted ? 1 : 0;
                refused = isAdmitted ? 0 : refused + 1;
            }
        }

        Assert.InRange(spent, 990, 1000);
    }

    [Fact]
    public async Task What_a_replica_does_not_use_goes_back_when_it_is_idle_and_when_it_stops()
    {
        var (one, two) = (Replica(), Replica());
        Assert.True(await SpendAsync(one, 100));
        Assert.True(await SpendAsync(two, 100));
        Assert.StartsWith("1893456000000;800.0,99800.0;", store.Text, StringComparison.Ordinal);
        // The first round sees that there was a request, the second that there was none.
        await one.TellAsync(isLast: false, default);
        await one.TellAsync(isLast: false, default);
        await two.TellAsync(isLast: true, default);
        Assert.Equal("1893456000000;800.0,99800.0;", store.Text);
    }

    [Fact]
    public async Task A_replica_that_dies_holds_its_lease_until_it_expires()
    {
        var dead = Replica();
        await dead.ReserveAsync(new BudgetRequest(budget, "me", 900), default);
        var other = Replica();
        Assert.Equal("exhausted, retry in 900 ms; 100 left in window 0, full in 900 ms", await AskAsync(other, 1000));
        clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal("admitted; 0 left in window 0, full in 1000 ms", await AskAsync(other, 1000));
        // Its 900 are back in both windows.
        Assert.StartsWith("1893456010000;0.0,99000.0;", store.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_reservation_outlives_its_lease_and_is_charged_all_the_same()
    {
        var replica = Replica();
        var held = await replica.ReserveAsync(new BudgetRequest(budget, "me", 900), default);
        clock.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal("admitted; 0 left in window 0, full in 1000 ms", await AskAsync(Replica(), 1000));
        Budgets.Settle(held.Reservation, 2500);
        await replica.TellAsync(isLast: false, default);
        Assert.StartsWith("1893456060000;-2500.0,96500.0;", store.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_replica_with_a_wrong_clock_does_no_harm()
    {
        var fast = new FakeTimeProvider(new DateTimeOffset(2040, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var (one, two) = (Replica(), BudgetScript.Budgets(fast, exchange: Exchange(fast)));
        Assert.True(await SpendAsync(one, 900));
        fast.Advance(TimeSpan.FromHours(1));
        Assert.Equal("exhausted, retry in 900 ms; 100 left in window 0, full in 900 ms", await AskAsync(two, 1000));
        clock.Advance(TimeSpan.FromMilliseconds(900));
        fast.Advance(TimeSpan.FromMilliseconds(100));
        Assert.StartsWith("admitted", await AskAsync(two, 1000), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_is_believed_for_a_moment_without_asking_again()
    {
        var replica = Replica();
        Assert.StartsWith("admitted", await AskAsync(replica, 1000), StringComparison.Ordinal);
        Assert.Equal("exhausted, retry in 500 ms; 0 left in window 0, full in 1000 ms", await AskAsync(replica, 500));
        var reads = store.Reads;
        Assert.Equal("exhausted, retry in 600 ms; 0 left in window 0, full in 1000 ms", await AskAsync(replica, 600));
        clock.Advance(TimeSpan.FromMilliseconds(99));
        Assert.Equal("exhausted, retry in 401 ms; 99 left in window 0, full in 901 ms", await AskAsync(replica, 500));
        Assert.Equal(reads, store.Reads);
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal("admitted; 0 left in window 0, full in 1000 ms", await AskAsync(replica, 100));
    }

    [Fact]
    public async Task Who_leaves_while_the_store_is_asked_has_reserved_nothing()
    {
        var answered = new TaskCompletionSource();
        store.Before = _ => answered.Task;
        var replica = Replica();
        using var client = new CancellationTokenSource();
        var left = replica.ReserveAsync(new BudgetRequest(budget, "me", 1000), client.Token);
        var stays = replica.ReserveAsync(new BudgetRequest(budget, "me", 1000), default);
        await client.CancelAsync();
        await Assert.ThrowsAsync<TaskCanceledException>(async () => await left);
        answered.SetResult();
        Assert.True((await stays).IsAdmitted);
    }

    [Theory]
    [InlineData(StoreFailure.Open, "AdmittedUncounted")]
    [InlineData(StoreFailure.Closed, "StoreUnavailable")]
    public async Task A_store_that_hangs_costs_its_time_once_in_a_pause_and_heals_by_itself(StoreFailure onFailure, string outcome)
    {
        using var meter = new Meter("test");
        var isUp = new List<int>();
        using var listener = new MeterListener { InstrumentPublished = (instrument, listening) => Listen(meter, instrument, listening) };
        listener.SetMeasurementEventCallback<int>((_, measurement, _, _) => isUp.Add(measurement));
        listener.Start();
        var replica = BudgetScript.Budgets(clock, exchange: Exchange(clock, onFailure, meter));

        var hangs = new TaskCompletionSource();
        store.Before = _ => hangs.Task;
        var first = AskAsync(replica, 1);
        Assert.False(first.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(outcome, await first);
        listener.RecordObservableInstruments();

        // In the pause nobody asks.
        Assert.Equal(outcome, await AskAsync(replica, 1));
        Assert.Equal(1, store.Reads);

        // After it one does, and the others do not wait for it.
        clock.Advance(TimeSpan.FromMilliseconds(100));
        var probe = AskAsync(replica, 1);
        var other = AskAsync(replica, 1, "other");
        Assert.False(probe.IsCompleted);
        Assert.Equal(outcome, await other);
        Assert.Equal(2, store.Reads);
        clock.Advance(TimeSpan.FromMilliseconds(250));
        Assert.Equal(outcome, await probe);

        store.Before = _ => Task.CompletedTask;
        clock.Advance(TimeSpan.FromMilliseconds(200));
        Assert.StartsWith("admitted", await AskAsync(replica, 1), StringComparison.Ordinal);
        listener.RecordObservableInstruments();
        Assert.Equal([0, 1], isUp);
    }

    // The first connection to a server takes longer than a request waits for it: names are looked up, a password is shown.
    [Fact]
    public async Task The_first_request_finds_a_store_that_is_connected()
    {
        var connected = new TaskCompletionSource();
        store.Before = _ => connected.Task;
        var replica = Replica(StoreFailure.Closed);
        using var upkeep = new BudgetUpkeep(replica, new SharingOptions(), clock, NullLogger<BudgetUpkeep>.Instance);
        var starting = upkeep.StartAsync(default);
        Assert.False(starting.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(2));
        connected.SetResult();
        await starting;
        Assert.Equal("admitted; 999 left in window 0, full in 4 ms", await AskAsync(replica, 1));
        await upkeep.StopAsync(default);
    }

    [Fact]
    public async Task A_store_that_hangs_does_not_keep_the_gateway_from_starting()
    {
        var hangs = new TaskCompletionSource();
        store.Before = _ => hangs.Task;
        var replica = Replica(StoreFailure.Closed);
        using var upkeep = new BudgetUpkeep(replica, new SharingOptions(), clock, NullLogger<BudgetUpkeep>.Instance);
        var starting = upkeep.StartAsync(default);
        clock.Advance(TimeSpan.FromSeconds(5));
        await starting;
        Assert.Equal("StoreUnavailable", await AskAsync(replica, 1));

        store.Before = _ => Task.CompletedTask;
        clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal("admitted; 999 left in window 0, full in 4 ms", await AskAsync(replica, 1));
        await upkeep.StopAsync(default);
    }

    // The window fills up behind the lease, which is there besides. Clients are told of no more than the window's units.
    [Fact]
    public async Task What_is_left_is_never_more_than_the_window()
    {
        var replica = Replica();
        Assert.Equal("admitted; 999 left in window 0, full in 4 ms", await AskAsync(replica, 1));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("admitted; 1000 left in window 0, full in 0 ms", await AskAsync(replica, 1));
    }

    [Fact]
    public async Task A_lease_lasts_through_a_short_outage()
    {
        var replica = Replica();
        Assert.True(await SpendAsync(replica, 10));
        store.Before = _ => throw new InvalidOperationException("The server is gone.");
        // What is left of the first lease; its other half asks for more in vain.
        var admitted = 0;
        while (await SpendAsync(replica, 1))
        {
            admitted++;
        }

        Assert.Equal(30, admitted);
        Assert.Equal("StoreUnavailable", await AskAsync(replica, 1));
    }

    [Fact]
    public async Task A_connection_that_broke_while_nobody_used_it_is_no_failure()
    {
        var replica = Replica(StoreFailure.Closed);
        var broken = 1;
        store.Before = _ => Interlocked.Decrement(ref broken) >= 0 ? throw new IOException("Connection reset by peer") : Task.CompletedTask;
        Assert.StartsWith("admitted", await AskAsync(replica, 1), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lost_answer_loses_no_units()
    {
        var replica = Replica();
        var lost = 2;
        store.After = _ => Interlocked.Decrement(ref lost) == 0 ? throw new IOException("Connection reset by peer") : Task.CompletedTask;
        Assert.StartsWith("admitted", await AskAsync(replica, 400), StringComparison.Ordinal);
        // What the lost answer had granted is a part of the lease: 400 of 800 are left, and the store is not asked.
        store.Before = _ => throw new InvalidOperationException("It is asked.");
        Assert.StartsWith("admitted", await AskAsync(replica, 400), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_text_that_is_no_bucket_begins_anew()
    {
        store.Write(LeaseExchange.KeyOf(budget, "=me"), "what is this?");
        Assert.Equal("admitted; 0 left in window 0, full in 1000 ms", await AskAsync(Replica(), 1000));
    }

    [Fact]
    public void A_key_names_the_budget_its_windows_and_the_consumer() =>
        Assert.Equal("graphgateway:budget:1:a%3Ab%25:1000/1000+5/1:=me", LeaseExchange.KeyOf(BudgetScript.Budget("1000/1000 5/1", "a:b%"), "=me"));

    private static void Listen(Meter meter, Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter == meter && instrument.Name == "graphgateway.budget.store.up")
        {
            listener.EnableMeasurementEvents(instrument);
        }
    }

    private Budgets Replica(StoreFailure onFailure = StoreFailure.Closed) => BudgetScript.Budgets(clock, exchange: Exchange(clock, onFailure));

    private LeaseExchange Exchange(FakeTimeProvider time, StoreFailure onFailure = StoreFailure.Closed, Meter? meter = null) => new(
        store, new SharingOptions { OnFailure = onFailure }, new MillisecondClock(time), BudgetScript.Telemetry(time, meter), new Random(Seed.Value));

    private async Task<string> AskAsync(Budgets budgets, long units, string consumer = "me") =>
        BudgetScript.Describe(await budgets.ReserveAsync(new BudgetRequest(budget, consumer, units), default));

    private async Task<bool> SpendAsync(Budgets budgets, long units)
    {
        var decision = await budgets.ReserveAsync(new BudgetRequest(budget, "me", units), default);
        Budgets.Settle(decision.Reservation, units);
        return decision.IsAdmitted;
    }
}
