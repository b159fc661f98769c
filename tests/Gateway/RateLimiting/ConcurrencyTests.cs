using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>64 clients hammer one budget, on threads of their own: not one unit more than allowed, and no less than 99 of 100 used.</summary>
public sealed class ConcurrencyTests
{
    private const int Clients = 64;

    private readonly FakeTimeProvider clock = new();
    private readonly Budgets budgets;

    public ConcurrencyTests() => budgets = BudgetScript.Budgets(clock);

    [Fact]
    public void While_no_time_passes_exactly_the_budget_is_admitted()
    {
        const long units = 1_000_000;
        var budget = BudgetScript.Budget("1000000/1000 5000000/60000");
        var spent = Hammer(random => SpendUntilRefused(budget, () => random.Next(1, 100), estimate => estimate));

        // Who comes last is refused while fewer than the at most 99 units are left that it wants.
        Assert.InRange(spent, units - 98, units);
        Assert.Equal(units - spent, LeftOf(budget, mostLeft: 98));
    }

    [Fact]
    public void While_time_passes_no_unit_more_is_admitted_than_it_gives()
    {
        const int rounds = 100;
        var budget = BudgetScript.Budget("1000/100 100000/20000");
        using var barrier = new Barrier(Clients, _ => clock.Advance(TimeSpan.FromMilliseconds(1)));
        var spent = Hammer(_ =>
        {
            var sum = 0L;
            for (var i = 0; i < rounds; i++)
            {
                sum += SpendUntilRefused(budget, () => 1, estimate => estimate);
                barrier.SignalAndWait();
            }

            return sum;
        });

        // What is there at first, and what the milliseconds between the rounds give: in each round nothing is left.
        Assert.Equal(1000 + (10 * (rounds - 1)), spent);
    }

    [Fact]
    public void What_one_client_gives_back_another_one_spends()
    {
        var budget = BudgetScript.Budget("1000000/1000");
        var spent = Hammer(random => SpendUntilRefused(budget, () => random.Next(1, 50), estimate => random.NextInt64(1, estimate + 1)));

        // Who comes last is refused when all others have settled.
        Assert.InRange(spent, 1_000_000 - 48, 1_000_000);
    }

    private long SpendUntilRefused(Budget budget, Func<long> estimate, Func<long, long> actual)
    {
        var sum = 0L;
        while (true)
        {
            var decision = BudgetScript.Now(budgets.ReserveAsync(new BudgetRequest(budget, "one", estimate()), default));
            if (!decision.IsAdmitted)
            {
                return sum;
            }

            var spent = actual(decision.Reservation.Request.Units);
            Budgets.Settle(decision.Reservation, spent);
            sum += spent;
        }
    }

    private long LeftOf(Budget budget, int mostLeft)
    {
        var left = 0L;
        for (var units = 1; units <= mostLeft; units++)
        {
            var decision = BudgetScript.Now(budgets.ReserveAsync(new BudgetRequest(budget, "one", units), default));
            left = decision.IsAdmitted ? units : left;
            Budgets.Settle(decision.Reservation, 0);
        }

        return left;
    }

    private static long Hammer(Func<Random, long> spend)
    {
        var sums = new long[Clients];
        var threads = Enumerable.Range(0, Clients).Select(client => new Thread(() => sums[client] = spend(new Random(Seed.Value + client)))).ToList();
        threads.ForEach(thread => thread.Start());
        threads.ForEach(thread => thread.Join());
        return sums.Sum();
    }
}
