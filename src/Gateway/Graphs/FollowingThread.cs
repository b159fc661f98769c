using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;

namespace GraphGateway.Gateway;

/// <summary>
/// The thread on which another graph is looked for, read, planned and kept on disk: one, of low priority, and none of the pool's. Requests come before it wherever both want a processor, and what
/// it waits for, a disk or the lock of a store, keeps no thread from them. Whatever is awaited on it comes back to it, and plans that are asked for on it are made on it (<see cref="PlanFlights"/>).
/// </summary>
internal sealed class FollowingThread : TaskScheduler, IDisposable
{
    /// <summary>The thread's name.</summary>
    public const string Name = "Graph follower";

    /// <summary>
    /// Of 0 to 19, Linux' measure: beside one thread of a request about a tenth of a processor is left for it. With less a collection of garbage, which waits until each thread has come to a stop,
    /// would wait for one that is not let on.
    /// </summary>
    public const int Niceness = 10;

    private const int ThreadOfPriority = 0;

    // One graph at a time is followed, and its plans are made one after the other: few wait here.
    private readonly Queue<Task> tasks = new();
    private readonly Thread thread;
    private bool isOver;

    public FollowingThread()
    {
        thread = new Thread(Run) { IsBackground = true, Name = Name, Priority = ThreadPriority.BelowNormal };
        thread.Start();
    }

    /// <inheritdoc/>
    public override int MaximumConcurrencyLevel => 1;

    /// <summary>Does some work on it, and all that it awaits.</summary>
    public Task RunAsync(Func<Task> work) => Task.Factory.StartNew(work, CancellationToken.None, TaskCreationOptions.DenyChildAttach, this).Unwrap();

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
        BeNice();
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

    // The runtime's own priorities do nothing on Linux. There each thread has one of its own (elsewhere it is the whole process' one), and may always lower it.
    [SuppressMessage("Performance", "CA1806", Justification = "Where a sandbox forbids it the work is done at the usual priority.")]
    private static void BeNice()
    {
        if (!OperatingSystem.IsLinux())
        {
            return;
        }

        try
        {
            SetPriority(ThreadOfPriority, 0, Niceness);
        }
        catch (Exception exception) when (exception is DllNotFoundException or EntryPointNotFoundException)
        {
            // A system library of another name: the work is done at the usual priority.
        }
    }

    // setpriority(2): of PRIO_PROCESS and the id 0, the thread that calls.
    [DllImport("libc", EntryPoint = "setpriority")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int SetPriority(int which, uint who, int priority);
}
