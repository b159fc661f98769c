using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests;

public sealed class SmallCollectionsTests : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    private readonly GraphThreads threads = new();

    public void Dispose() => threads.Dispose();

    [Fact]
    public void A_step_collects_and_waits_where_its_thread_has_made_enough_and_does_nothing_else()
    {
        var clock = new SlowClock();
        var collections = new SmallCollections(threads, static () => true, clock, CancellationToken.None);
        collections.Begin();
        collections.Step();
        Assert.Equal([TimeSpan.FromSeconds(4)], clock.Waited);

        var garbage = Make(300);
        collections.Step();
        collections.Step();
        Assert.False(garbage.IsAlive);
        Assert.Equal([TimeSpan.FromSeconds(4), TimeSpan.FromSeconds(4)], clock.Waited);
    }

    [Fact]
    public void A_moment_without_a_request_is_waited_for_and_not_for_long()
    {
        var clock = new SlowClock();
        var busy = new Queue<bool>([false, false, true]);
        var garbage = Make(1);
        new SmallCollections(threads, () => garbage.IsAlive && busy.Dequeue(), clock, CancellationToken.None).Begin();
        Assert.False(garbage.IsAlive);
        Assert.Equal([Look, Look, TimeSpan.FromSeconds(4)], clock.Waited);

        clock.Waited.Clear();
        garbage = Make(1);
        new SmallCollections(threads, static () => false, clock, CancellationToken.None).Begin();
        Assert.False(garbage.IsAlive);
        Assert.Equal([Look, Look, Look, Look, Look, TimeSpan.FromSeconds(4)], clock.Waited);
    }

    // A request whose source takes long is on its way all the time, and then no more.
    [Fact]
    public void A_moment_that_did_not_come_three_times_is_waited_for_no_longer_until_there_is_one_again()
    {
        var clock = new SlowClock();
        var isIdle = false;
        var collections = new SmallCollections(threads, () => isIdle, clock, CancellationToken.None);
        string Waited(int steps, bool idle)
        {
            (isIdle, var before) = (idle, clock.Waited.Count);
            for (var i = 0; i < steps; i++)
            {
                collections.End();
            }

            return string.Concat(clock.Waited.Skip(before).Select(wait => wait == Look ? "." : "|"));
        }

        Assert.Equal(".....|.....|.....|||", Waited(5, false));
        Assert.Equal("|", Waited(1, true));
        Assert.Equal(".....|.....|.....||", Waited(4, false));
    }

    [Fact]
    public async Task Who_stops_is_not_kept_waiting()
    {
        var clock = new SlowClock { StandsStill = true };
        using var stopping = new CancellationTokenSource();
        var step = Task.Run(new SmallCollections(threads, static () => true, clock, stopping.Token).Begin);
        await clock.Asked.WaitAsync(TestPatience.Limit);
        Assert.False(step.IsCompleted);
        await stopping.CancelAsync();
        await step.WaitAsync(TestPatience.Limit);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference Make(int kilobytes)
    {
        object? last = null;
        for (var i = 0; i < kilobytes; i++)
        {
            last = new byte[1024];
        }

        return new WeakReference(last);
    }

    // Each look at it is a second later than the one before, and what is waited for is over at once, or never.
    private sealed class SlowClock : TimeProvider
    {
        private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private long looks;

        public bool StandsStill { get; init; }

        public ConcurrentQueue<TimeSpan> Waited { get; } = [];

        public Task Asked => asked.Task;

        public override long TimestampFrequency => 1;

        public override long GetTimestamp() => Interlocked.Increment(ref looks);

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waited.Enqueue(dueTime);
            if (!StandsStill)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static call => call.callback(call.state), (callback, state), preferLocal: false);
            }

            asked.TrySetResult();
            return new Timer();
        }

        private sealed class Timer : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => true;

            public void Dispose()
            {
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
