using System.Threading.Channels;

namespace GraphGateway.ControlPlane;

/// <summary>
/// Lets gateways wait until another launch of their stage is live. However many wait for a stage, it is looked at once in <see cref="Interval"/>, and at once when this
/// process has changed it. Who waits holds no connection of the store.
/// </summary>
/// <param name="ask">What is live at a stage of a graph, from the store.</param>
/// <param name="clock">When it is looked, and how long is waited.</param>
/// <param name="mostWaiters">So many may wait.</param>
internal sealed class LiveWatch(Func<string, string, CancellationToken, Task<LiveLaunch?>> ask, TimeProvider clock, int mostWaiters = LiveWatch.MostWaiters) : IDisposable
{
    /// <summary>So many wait at the same time, each with a connection of the server: half of those that it has.</summary>
    public const int MostWaiters = 500;

    /// <summary>How often a stage is looked at for which somebody waits.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock gate = new();
    private readonly Dictionary<(string Graph, string Stage), WatchedStage> stages = [];
    private readonly CancellationTokenSource stopping = new();
    private int waiters;

    /// <summary>How many wait.</summary>
    public int Waiters => Volatile.Read(ref waiters);

    /// <summary>Waits until another launch is live. Throws what the registry throws where it cannot be looked at.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="isKnown">Whether a launch is the one that is known.</param>
    /// <param name="wait">How long.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>What is live; null where that is no other one when the time is over or the server stops. Or that too many wait already.</returns>
    public async Task<(LiveLaunch? Live, bool IsFull)> WaitAsync(string graph, string stage, Func<LiveLaunch, bool> isKnown, TimeSpan wait, CancellationToken cancellation)
    {
        if (Join(graph, stage) is not { } watched)
        {
            return (null, true);
        }

        using var over = new CancellationTokenSource(wait, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(over.Token, stopping.Token, cancellation);
        try
        {
            // Before the question: what changes after the answer is in a later look.
            var look = watched.Last;
            var live = await ask(graph, stage, either.Token);
            var earlier = watched.Begun;
            while (live is null || isKnown(live))
            {
                look = await look.Next.WaitAsync(either.Token);
                if (look.Number > earlier)
                {
                    live = look.Live;
                }
                else
                {
                    // The store was asked for it before it gave the answer from above: what it found may be older, and who asks knows that something else came after.
                    live = await ask(graph, stage, either.Token);
                    earlier = watched.Begun;
                }
            }

            return (live, false);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return (null, false);
        }
        finally
        {
            Leave(watched);
        }
    }

    /// <summary>This process has changed a stage.</summary>
    public void Wake(string graph, string stage)
    {
        lock (gate)
        {
            stages.GetValueOrDefault((graph, stage))?.Wake();
        }
    }

    /// <summary>Nobody waits any longer: the server stops.</summary>
    public void Stop() => stopping.Cancel();

    /// <inheritdoc/>
    public void Dispose() => stopping.Dispose();

    private WatchedStage? Join(string graph, string stage)
    {
        lock (gate)
        {
            if (waiters >= mostWaiters)
            {
                return null;
            }

            if (!stages.TryGetValue((graph, stage), out var watched))
            {
                watched = stages[(graph, stage)] = new WatchedStage(cancellation => ask(graph, stage, cancellation), clock);
                watched.Failed += () => Forget((graph, stage), watched);
                watched.Begin();
            }

            waiters++;
            watched.Waiters++;
            return watched;
        }
    }

    private void Leave(WatchedStage watched)
    {
        lock (gate)
        {
            waiters--;
            if (--watched.Waiters > 0)
            {
                return;
            }

            if (stages.FirstOrDefault(pair => pair.Value == watched) is { Value: not null } known)
            {
                stages.Remove(known.Key);
            }
        }

        watched.Dispose();
    }

    // Who comes later looks anew.
    private void Forget((string Graph, string Stage) name, WatchedStage failed)
    {
        lock (gate)
        {
            if (stages.GetValueOrDefault(name) == failed)
            {
                stages.Remove(name);
            }
        }
    }

    /// <summary>What was live at a look, and the next look that found something else.</summary>
    private sealed class Look(LiveLaunch? live, int number)
    {
        private readonly TaskCompletionSource<Look> next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public LiveLaunch? Live => live;

        /// <summary>Its number among those of its stage, given when the store was asked.</summary>
        public int Number => number;

        public Task<Look> Next => next.Task;

        public void Follow(Look look) => next.SetResult(look);

        public void Fail(Exception exception)
        {
            next.SetException(exception);

            // Perhaps nobody waits for it any longer.
            _ = next.Task.Exception;
        }
    }

    /// <summary>A stage for which somebody waits.</summary>
    private sealed class WatchedStage(Func<CancellationToken, Task<LiveLaunch?>> ask, TimeProvider clock) : IDisposable
    {
        private readonly CancellationTokenSource over = new();

        // One is enough: what is asked for twice before a look is one look.
        private readonly Channel<bool> signals = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        private ITimer? timer;
        private volatile Look last = new(null, 0);
        private volatile int begun;

        public event Action? Failed;

        public Look Last => last;

        /// <summary>How many looks have begun.</summary>
        public int Begun => begun;

        public int Waiters { get; set; }

        public void Begin()
        {
            timer = clock.CreateTimer(static state => ((WatchedStage)state!).Wake(), this, Interval, Interval);
            _ = RunAsync(over.Token);
        }

        public void Wake() => signals.Writer.TryWrite(true);

        public void Dispose()
        {
            timer?.Dispose();
            over.Cancel();
            over.Dispose();
        }

        private async Task RunAsync(CancellationToken cancellation)
        {
            try
            {
                await foreach (var _ in signals.Reader.ReadAllAsync(cancellation))
                {
                    var number = ++begun;
                    if (await ask(cancellation) is var live && live != last.Live)
                    {
                        var before = last;
                        last = new Look(live, number);
                        before.Follow(last);
                    }
                }
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // Nobody waits any longer.
            }
            catch (Exception exception)
            {
                // Whoever waits answers with it.
                Failed?.Invoke();
                last.Fail(exception);
            }
        }
    }
}
