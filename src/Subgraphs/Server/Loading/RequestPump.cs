namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// Runs one request's work on one logical thread, so that the execution needs no locks and "nothing else can run" is a fact: the queue of
/// continuations is empty. Then, and only then, the loaders' gathered keys are fetched.
/// </summary>
internal sealed class RequestPump : SynchronizationContext
{
    private readonly Lock gate = new();
    private readonly Queue<(SendOrPostCallback Callback, object? State)> queue = [];
    private TaskCompletionSource? idle;
    private bool hasNews;

    /// <summary>Runs <paramref name="work"/> to its end. Continuations of its awaits come back to the queue.</summary>
    public async Task<T> RunAsync<T>(Func<Task<T>> work, LoaderRegistry loaders, CancellationToken cancellationToken)
    {
        var task = Inside(work);
        while (!task.IsCompleted)
        {
            if (Inside(RunQueued) || Inside(() => loaders.Dispatch(cancellationToken)))
            {
                continue;
            }

            await WaitForWork().ConfigureAwait(false);
        }

        return await task.ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override void Post(SendOrPostCallback d, object? state)
    {
        lock (gate)
        {
            queue.Enqueue((d, state));
        }

        Wake();
    }

    /// <summary>
    /// Makes the loop look again. A loader calls it too: a resolver that went on outside this context (ConfigureAwait(false)) may ask for keys
    /// while the loop already waits.
    /// </summary>
    public void Wake()
    {
        TaskCompletionSource? waiting;
        lock (gate)
        {
            hasNews = true;
            waiting = idle;
            idle = null;
        }

        waiting?.SetResult();
    }

    /// <inheritdoc/>
    public override void Send(SendOrPostCallback d, object? state) => d(state);

    /// <inheritdoc/>
    public override SynchronizationContext CreateCopy() => this;

    private T Inside<T>(Func<T> work)
    {
        var outside = Current;
        SetSynchronizationContext(this);
        try
        {
            return work();
        }
        finally
        {
            SetSynchronizationContext(outside);
        }
    }

    private bool RunQueued()
    {
        var any = false;
        while (TryDequeue(out var item))
        {
            any = true;
            item.Callback(item.State);
        }

        return any;
    }

    private bool TryDequeue(out (SendOrPostCallback Callback, object? State) item)
    {
        lock (gate)
        {
            return queue.TryDequeue(out item);
        }
    }

    private Task WaitForWork()
    {
        lock (gate)
        {
            if (hasNews)
            {
                hasNews = false;
                return Task.CompletedTask;
            }

            idle = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return idle.Task;
        }
    }
}
