using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>An admitted request costs no memory, alone and from a lease.</summary>
public sealed class AllocationTests
{
    private readonly FakeTimeProvider clock = new();
    private readonly Budget budget = BudgetScript.Budget("1000000/1000 100000000/60000 100000000000/86400000");

    [Fact]
    public void In_memory_nothing_is_allocated() => Assert.Equal(0, AllocatedBy(BudgetScript.Budgets(clock)));

    [Fact]
    public void From_a_lease_nothing_is_allocated()
    {
        var time = new MillisecondClock(clock);
        var exchange = new LeaseExchange(new MemoryStore(clock), new SharingOptions(), time, BudgetScript.Telemetry(clock), new Random(1));
        var budgets = BudgetScript.Budgets(clock, exchange: exchange);

        // A request for much, which brings a lease for all of the others.
        Spend(budgets, units: 100_000, actual: 0);
        Assert.Equal(0, AllocatedBy(budgets));
    }

    private long AllocatedBy(Budgets budgets)
    {
        Spend(budgets, 1, 1);
        Spend(budgets, 2, 1);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1000; i++)
        {
            Spend(budgets, 2, 1);
        }

        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private void Spend(Budgets budgets, long units, long actual)
    {
        var decision = BudgetScript.Now(budgets.ReserveAsync(new BudgetRequest(budget, "me", units), default));
        if (!decision.IsAdmitted)
        {
            throw new InvalidOperationException("It was to be admitted.");
        }

        Budgets.Settle(decision.Reservation, actual);
    }
}
