namespace GraphGateway.Gateway;

/// <summary>
/// The thread on which another graph is looked for, read, planned and kept on disk: one, of low priority, and none of the pool's. Requests come before it wherever both want a processor, and what
/// it waits for, a disk or the lock of a store, keeps no thread from them. Whatever is awaited on it comes back to it, and plans that are asked for on it are made on it (<see cref="PlanFlights"/>).
/// </summary>
internal sealed class FollowingThread : TaskScheduler, IDisposable
{
    /// <summary>The thread's name.</summary>
    public const string Name = "Graph follower";

    private const string UsualName = "Graph collector";

    private static readonly Action Way = GiveWay;

    // Whether the thread that asks is one of these.
    [ThreadStatic]
    private static bool isOne;

    // One graph at a time is followed, and its plans are made one after the other: few wait here.
    private readonly Queue<Task> tasks = new();
    private readonly Thread thread;
    private readonly FollowingThread? usual;
    private bool isOver;

    public FollowingThread()
        : this(Name, ThreadPriority.BelowNormal) => usual = new FollowingThread(UsualName, ThreadPriority.Normal);

    private FollowingThread(string name, ThreadPriority priority)
    {
        thread = new Thread(Run) { IsBackground = true, Name = name, Priority = priority };
        thread.Start();
    }

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>What to do between two parts of some work: <see cref="GiveWay"/> on such a thread, null on others.</summary>
    public static Action? BetweenParts => isOne ? Way : null;

    /// <summary>
    /// On such a thread: lets go first who waits for its processor; on others nothing. A worker of the pool gives way between two pieces of work (so the runtime has it), also to a thread of lower priority, and would get its
    /// processor back at the kernel's next tick only, up to 4 ms later, with nothing to do but wait.
    /// </summary>
    public static void GiveWay()
    {
        if (isOne)
        {
            _ = Thread.Yield();
        }
    }

    /// <summary>Does some work on it, and all that it awaits.</summary>
    public Task RunAsync(Func<Task> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <summary>
    /// A thread of the usual priority. Work for the pool that comes from one of low priority may be what starts another worker, and threads inherit their priority on Linux: that one would have requests to do with a
    /// tenth of a processor.
    /// </summary>
    public TaskScheduler Usual => usual!;

    /// <inheritdoc/>
    public void Dispose()
    {
        usual?.Dispose();
        lock (tasks)
        {
            isOver = true;
            Monitor.Pulse(tasks);
        }
    }

    /// <inheritdoc/>
    protected override void QueueTask(Task task)
    {
        lock (tasks)
        {
            if (!isOver)
            {
                tasks.Enqueue(task);
                Monitor.Pulse(tasks);
                return;
            }
        }

        // What comes later ends all the same: nobody may wait for it for ever.
        ThreadPool.UnsafeQueueUserWorkItem(static state => state.Scheduler.TryExecuteTask(state.Task), (Scheduler: this, Task: task), preferLocal: false);
    }

    /// <inheritdoc/>
    protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
        // What it waits for while it works is done by itself (nobody else would); that it stands in the queue as well does no harm: a task is done once.
        Thread.CurrentThread == thread && TryExecuteTask(task);

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
        if (thread.Name == Name)
        {
            LowPriority.Take();
            isOne = true;
        }

        while (Next() is { } task)
        {
            TryExecuteTask(task);
        }
    }

    private Task? Next()
    {
        lock (tasks)
        {
            while (tasks.Count == 0 && !isOver)
            {
                Monitor.Wait(tasks);
            }

            return tasks.TryDequeue(out var task) ? task : null;
        }
    }
}
