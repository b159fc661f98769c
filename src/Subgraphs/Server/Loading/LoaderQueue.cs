namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// The keys of one loader: those that wait, and the tasks of all that were asked for. Safe for calls from any thread, because a resolver may
/// go on where it likes.
/// </summary>
internal sealed class LoaderQueue<TKey, TValue>(Func<IReadOnlyList<TKey>, CancellationToken, Task<Func<TKey, TValue>>> fetch, Action wake)
    where TKey : notnull
{
    private readonly Lock gate = new();
    private readonly Dictionary<TKey, TaskCompletionSource<TValue>> tasks = [];
    private readonly List<TKey> waiting = [];
    private bool isRunning;

    public bool CanDispatch
    {
        get
        {
            lock (gate)
            {
                return waiting.Count > 0 && !isRunning;
            }
        }
    }

    public Task<TValue> Load(TKey key)
    {
        TaskCompletionSource<TValue>? task;
        lock (gate)
        {
            if (tasks.TryGetValue(key, out task))
            {
                return task.Task;
            }

            // Continuations run inside SetResult, on the request's own queue: then "nothing else can run" stays true to the word.
            task = new TaskCompletionSource<TValue>();
            tasks.Add(key, task);
            waiting.Add(key);
        }

        wake();
        return task.Task;
    }

    public void Dispatch(int maxBatchSize, CancellationToken cancellationToken)
    {
        List<TKey> keys;
        lock (gate)
        {
            if (waiting.Count == 0 || isRunning)
            {
                return;
            }

            keys = waiting.GetRange(0, Math.Min(maxBatchSize, waiting.Count));
            waiting.RemoveRange(0, keys.Count);
            isRunning = true;
        }

        _ = RunAsync(keys, cancellationToken);
    }

    /// <summary>Forgets finished keys; what waits or runs is still answered.</summary>
    public void Clear()
    {
        lock (gate)
        {
            foreach (var (key, task) in tasks)
            {
                if (task.Task.IsCompleted)
                {
                    tasks.Remove(key);
                }
            }
        }
    }

    private async Task RunAsync(List<TKey> keys, CancellationToken cancellationToken)
    {
        Func<TKey, TValue>? values = null;
        Exception? failure = null;
        try
        {
            values = await fetch(keys, cancellationToken);
        }
#pragma warning disable CA1031 // every failure belongs to the resolvers that wait for the keys
        catch (Exception exception)
#pragma warning restore CA1031
        {
            failure = exception;
        }

        var sources = new TaskCompletionSource<TValue>[keys.Count];
        lock (gate)
        {
            isRunning = false;
            for (var i = 0; i < keys.Count; i++)
            {
                sources[i] = tasks[keys[i]];
            }
        }

        for (var i = 0; i < sources.Length; i++)
        {
            if (values is not null)
            {
                sources[i].SetResult(values(keys[i]));
            }
            else
            {
                sources[i].SetException(failure!);
            }
        }
    }
}
