using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>Random lives of replicas: they ask, settle, tell, lose the store for a while, and die with their leases.</summary>
public sealed class ReplicaTests
{
    private const int Capacity = 1000;
    private const int LargestRequest = 40;

    [Fact]
    public async Task Together_they_never_spend_more_than_the_budget_and_the_leases_of_the_dead_and_lose_nothing_for_ever()
    {
        var (admitted, refused, died) = (0, 0, 0);
        for (var i = 0; i < Nightly.Cases(100, 3000); i++)
        {
            var seed = Seed.Value + i;
            var world = new World(new Random(seed));
            for (var step = 0; step < 400; step++)
            {
                await world.StepAsync();
                Assert.True(world.Spent <= world.Allowed, $"seed {seed}, step {step}: {world.Spent} spent, {world.Allowed} allowed");
            }

            await world.EndAsync();
            (admitted, refused, died) = (admitted + world.Admitted, refused + world.Refused, died + world.Died);
        }

        Assert.True(admitted > 1000 && refused > 1000 && died > 100, $"{admitted} admitted, {refused} refused, {died} died");
    }

    private sealed class World
    {
        private readonly Random random;
        private readonly FakeTimeProvider clock = new();
        private readonly MemoryStore store;
        private readonly Budget budget = BudgetScript.Budget("1000/5000 3000/60000");
        private readonly Budgets[] replicas;
        private readonly List<(int Replica, BudgetReservation Reservation)> open = [];
        private readonly long began;
        private long upkept;
        private bool isDown;

        public World(Random random)
        {
            this.random = random;
            store = MemoryStore.On(clock);
            store.Before = _ => isDown ? throw new IOException("The server is gone.") : Task.CompletedTask;
            store.After = _ => random.Next(20) == 0 ? throw new IOException("The answer was lost.") : Task.CompletedTask;
            replicas = [.. Enumerable.Range(0, 4).Select(_ => New())];
            began = upkept = clock.GetTimestamp();
        }

        public long Spent { get; private set; }

        public int Admitted { get; private set; }

        public int Refused { get; private set; }

        public int Died { get; private set; }

        /// <summary>
        /// What both windows gave so far; and for each dead replica the largest lease, and one request that needed more, twice: where an answer was lost the
        /// replica has asked again.
        /// </summary>
        public long Allowed
        {
            get
            {
                var passed = (clock.GetTimestamp() - began) / TimeSpan.TicksPerMillisecond;
                return Math.Min(Capacity + (passed / 5), 3000 + (passed / 20)) + (Died * 2 * ((Capacity / 10) + LargestRequest));
            }
        }

        public async Task StepAsync()
        {
            var replica = random.Next(replicas.Length);
            switch (random.Next(100))
            {
                case < 15:
                    await PassAsync(TimeSpan.FromMilliseconds(random.Next(400)));
                    break;
                case < 40 when open.Count > 0:
                    Settle(open[random.Next(open.Count)]);
                    break;
                case < 50:
                    await replicas[replica].TellAsync(isLast: false, default);
                    break;
                case < 52:
                    Kill(replica);
                    break;
                case < 55:
                    isDown = !isDown;
                    break;
                default:
                    await AskAsync(replica);
                    break;
            }
        }

        /// <summary>All come to rest: after the leases' time and the longest wait the budget is whole again.</summary>
        public async Task EndAsync()
        {
            isDown = false;
            open.ToList().ForEach(Settle);
            for (var i = 0; i < 3; i++)
            {
                clock.Advance(TimeSpan.FromMinutes(5));
                store.After = _ => Task.CompletedTask;
                foreach (var replica in replicas)
                {
                    await replica.TellAsync(isLast: false, default);
                }
            }

            clock.Advance(TimeSpan.FromMinutes(5));
            Assert.Equal("admitted; 0 left in window 0, full in 5000 ms", BudgetScript.Describe(await New().ReserveAsync(new BudgetRequest(budget, "me", Capacity), default)));
        }

        // As the upkeep does, so that the living keep their leases; an outage is shorter than a lease.
        private async Task PassAsync(TimeSpan time)
        {
            clock.Advance(time);
            if (clock.GetElapsedTime(upkept) < new SharingOptions().Lease / 4)
            {
                return;
            }

            upkept = clock.GetTimestamp();
            isDown = false;
            foreach (var replica in replicas)
            {
                await replica.TellAsync(isLast: false, default);
            }
        }

        private async Task AskAsync(int replica)
        {
            var decision = await replicas[replica].ReserveAsync(new BudgetRequest(budget, "me", random.Next(LargestRequest + 1)), default);
            if (decision.IsAdmitted)
            {
                Admitted++;
                open.Add((replica, decision.Reservation));
            }
            else
            {
                Refused++;
            }
        }

        private void Settle((int Replica, BudgetReservation Reservation) held)
        {
            open.Remove(held);
            var actual = random.NextInt64(held.Reservation.Request.Units + 1);
            Budgets.Settle(held.Reservation, actual);
            Spent += actual;
        }

        private void Kill(int replica)
        {
            Died++;
            Spent += open.Where(held => held.Replica == replica).Sum(held => held.Reservation.Request.Units);
            open.RemoveAll(held => held.Replica == replica);
            replicas[replica] = New();
        }

        private Budgets New()
        {
            var time = new MillisecondClock(clock);
            var telemetry = BudgetScript.Telemetry(clock);
            return BudgetScript.Budgets(clock, exchange: new LeaseExchange(store, new SharingOptions(), time, telemetry, new Random(random.Next())));
        }
    }
}
