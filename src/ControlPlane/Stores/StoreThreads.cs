namespace GraphGateway.ControlPlane;

/// <summary>
/// The threads on which a registry's requests are answered, a few and none of the pool's. SQLite, and a disk that hangs, keep the thread that asks them: here they keep no thread from whoever else lives in
/// the process, such as the gateway that answers clients. What is awaited on one of them comes back to one of them. Who comes when all are kept waits for a while only.
/// </summary>
/// <param name="most">How many there are at most; each is made when it is needed first.</param>
/// <param name="name">What the threads are called.</param>
/// <param name="clock">Measures how long somebody waits.</param>
internal sealed class StoreThreads(int most, string name, TimeProvider clock) : TaskScheduler, IDisposable
{
    /// <summary>How long it is waited for one of them.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [ThreadStatic]
    private static StoreThreads? ofThisThread;

    // Who asks holds a connection of the server, of which there are so many: so it has a bound.
    private readonly LinkedList<Task> tasks = new();
    private int threads;
    private int idle;
    private int working;
    private bool isOver;

    /// <summary>As many as are useful where each may wait for a disk, and some make answers.</summary>
    public static int UsualCount { get; } = Math.Max(4, Environment.ProcessorCount);

    /// <summary>How many wait for one of them.</summary>
    public int Waiting
    {
        get
        {
            lock (tasks)
            {
                return tasks.Count;
            }
        }
    }

    /// <summary>How many of them do something.</summary>
    public int Working
    {
        get
        {
            lock (tasks)
            {
                return working;
            }
        }
    }

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => most;

    /// <summary>Does some work on them, and all that it awaits.</summary>
    /// <param name="work">The work.</param>
    /// <param name="busy">What is answered instead where none of them has come to it in time; the work is not done then.</param>
    /// <param name="cancellation">Ends the waiting for one of them.</param>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, T busy, CancellationToken cancellation)
    {
        using var late = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(late.Token, cancellation);

        // Not by a factory: what that starts looks at its token only when a thread comes to it.
        var begun = new Task<Task<T>>(work, either.Token, TaskCreationOptions.DenyChildAttach);
        try
        {
            begun.Start(this);
        }
        catch (InvalidOperationException) when (begun.IsCanceled)
        {
            // Whoever asks had gone before it could start: what is awaited says so.
        }

        try
        {
            return await await begun;
        }
        catch (OperationCanceledException) when (begun.IsCanceled && !cancellation.IsCancellationRequested)
        {
            return busy;
        }
    }

    /// <summary>Ends them when the work is done that they have.</summary>
    public void Dispose()
    {
        lock (tasks)
        {
            isOver = true;
            Monitor.PulseAll(tasks);
        }
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        lock (tasks)
        {
            if (!isOver)
            {
                tasks.AddLast(task);
                if (idle >= tasks.Count)
                {
                    Monitor.Pulse(tasks);
                }
                else if (threads < most)
                {
                    threads++;
                    new Thread(Run) { IsBackground = true, Name = name }.UnsafeStart();
                }

                return;
            }
        }

        // What comes later ends all the same: nobody may wait for it for ever.
        ThreadPool.UnsafeQueueUserWorkItem(static state => state.Scheduler.TryExecuteTask(state.Task), (Scheduler: this, Task: task), preferLocal: false);
    }

    /// <inheritdoc/>
    protected override bool TryDequeue(Task task)
    {
        // Of who has given up: only what is taken out ends at once.
        lock (tasks)
        {
            return tasks.Remove(task);
        }
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        // What one of them waits for, such as a part of a graph that is composed, it does itself: else all of them could wait for what none is left to do.
        ofThisThread == this && (!taskWasPreviouslyQueued || TryDequeue(task)) && TryExecuteTask(task);

    /// <inheritdoc/>
    protected override IEnumerable<Task> GetScheduledTasks()
    {
        lock (tasks)
        {
            return [.. tasks];
        }
    }

    private void Run()
    {
        ofThisThread = this;
        while (Next() is { } task)
        {
            TryExecuteTask(task);
            lock (tasks)
            {
                working--;
            }
        }
    }

    private Task? Next()
    {
        lock (tasks)
        {
            while (tasks.Count == 0 && !isOver)
            {
                idle++;
                Monitor.Wait(tasks);
                idle--;
            }

            var task = tasks.First?.Value;
            if (task is not null)
            {
                tasks.RemoveFirst();
                working++;
            }

            return task;
        }
    }
}
