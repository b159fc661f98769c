namespace GraphGateway.Gateway;

/// <summary>
/// A thread that is none of the pool's and does what it is given, one after the other, as it came. What is awaited on it comes back to it, and what is done there in parallel with <see cref="TaskScheduler.Current"/> it does
/// alone.
/// </summary>
internal sealed class OwnThread : TaskScheduler, IDisposable
{
    // One graph at a time is followed, and its plans are made one after the other: few wait here.
    private readonly Queue<Task> tasks = new();
    private readonly Thread thread;
    private readonly Action? last;
    private bool isOver;

    /// <summary>Starts it.</summary>
    /// <param name="name">Its name; the kernel knows 15 characters of it.</param>
    /// <param name="first">What it does before all else; null for nothing.</param>
    /// <param name="last">What it does when it is over, and has done all that it was given before; null for nothing.</param>
    public OwnThread(string name, Action? first = null, Action? last = null)
    {
        this.last = last;
        thread = new Thread(() => Run(first)) { IsBackground = true, Name = name };
        thread.Start();
    }

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Has it do something.</summary>
    /// <param name="work">Throws nothing: nobody would hear of it.</param>
    public void Do(Action work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this);

    /// <summary>Has it do something, and all that that awaits.</summary>
    public Task DoAsync(Func<Task> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

    /// <inheritdoc/>
    public void Dispose()
    {
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
            // It comes back here before it ends.
            if (!isOver || Thread.CurrentThread == thread)
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

    private void Run(Action? first)
    {
        first?.Invoke();
        while (Next() is { } task)
        {
            TryExecuteTask(task);
        }

        last?.Invoke();
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
