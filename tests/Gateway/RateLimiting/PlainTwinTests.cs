using System.Globalization;
using GraphGateway.TestKit;
using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>The buckets beside their plain twin, on random budgets and schedules.</summary>
public sealed class PlainTwinTests(ITestOutputHelper output)
{
    [Fact]
    public async Task Random_schedules_come_to_the_same()
    {
        var (admitted, refused, debts) = (0, 0, 0);
        for (var i = 0; i < Nightly.Cases(300, 10_000); i++)
        {
            var seed = Seed.Value + i;
            var random = new Random(seed);
            var budget = RandomBudget(random);
            output.WriteLine($"seed {seed}: {budget.Signature}");
            var clock = new FakeTimeProvider();
            var budgets = BudgetScript.Budgets(clock);
            var twin = new PlainBucket(budget);
            var open = new List<BudgetReservation>();
            for (var step = 0; step < 100; step++)
            {
                switch (random.Next(4))
                {
                    case 0:
                        var time = random.NextInt64(Scale(random, budget.Windows[0].Milliseconds * 2) + 1);
                        clock.Advance(TimeSpan.FromMilliseconds(time));
                        twin.Pass(time);
                        break;
                    case 1 when open.Count > 0:
                        var settled = open[random.Next(open.Count)];
                        open.Remove(settled);
                        var actual = Scale(random, settled.Request.Units * 3);
                        Budgets.Settle(settled, actual);
                        twin.Give((System.Numerics.BigInteger)settled.Request.Units - actual);
                        debts += twin.Available < 0 ? 1 : 0;
                        break;
                    default:
                        var units = Scale(random, budget.Capacity);
                        var decision = await budgets.ReserveAsync(new BudgetRequest(budget, "me", units), default);
                        Assert.Equal(twin.TryTake(units), decision.IsAdmitted);
                        Assert.Equal(decision.IsAdmitted ? 0 : twin.WaitFor(units), decision.RetryAfter.Ticks / TimeSpan.TicksPerMillisecond);
                        if (decision.IsAdmitted)
                        {
                            Assert.Equal((long)twin.Available, decision.Standing.Remaining);
                            open.Add(decision.Reservation);
                        }

                        (admitted, refused) = decision.IsAdmitted ? (admitted + 1, refused) : (admitted, refused + 1);
                        break;
                }
            }
        }

        Assert.True(Math.Min(admitted, Math.Min(refused, debts)) > 150, string.Create(CultureInfo.InvariantCulture, $"{admitted} {refused} {debts}"));
    }

    /// <summary>One to three windows of any size that is allowed.</summary>
    private static Budget RandomBudget(Random random) => new(
        "random",
        [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => new BudgetWindow(
            Math.Max(Scale(random, BudgetWindow.MaxUnits), 1), Math.Max(Scale(random, BudgetWindow.MaxMilliseconds), 1)))]);

    // From 0; small numbers as often as large ones.
    private static long Scale(Random random, long max) => (long)Math.Min(Math.Exp(random.NextDouble() * Math.Log(max + 2.0)) - 1, max);
}
