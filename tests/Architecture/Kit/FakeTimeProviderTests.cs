using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Architecture.Kit;

public sealed class FakeTimeProviderTests
{
    [Fact]
    public void Timers_fire_in_the_order_of_their_due_times_and_see_their_own_instant()
    {
        var clock = new FakeTimeProvider();
        var start = clock.GetUtcNow();
        var fired = new List<string>();
        using var late = Timer("late", TimeSpan.FromSeconds(5), Timeout.InfiniteTimeSpan);
        using var often = Timer("often", TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(2));
        using var gone = Timer("gone", TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan);
        gone.Dispose();

        clock.Advance(TimeSpan.FromSeconds(6));

        Assert.Equal(["often at 2", "often at 4", "late at 5", "often at 6"], fired);
        Assert.Equal(start + TimeSpan.FromSeconds(6), clock.GetUtcNow());
        Assert.Equal(1, clock.WaitingTimers);

        ITimer Timer(string name, TimeSpan due, TimeSpan period) =>
            clock.CreateTimer(_ => fired.Add($"{name} at {(clock.GetUtcNow() - start).TotalSeconds}"), null, due, period);
    }

    [Fact]
    public async Task A_cancellation_source_and_a_periodic_timer_run_on_it()
    {
        var clock = new FakeTimeProvider();
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(3), clock);
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(2), clock);
        var tick = ticks.WaitForNextTickAsync(CancellationToken.None);

        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(await tick);
        Assert.False(timeout.IsCancellationRequested);

        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.True(timeout.IsCancellationRequested);
    }
}
