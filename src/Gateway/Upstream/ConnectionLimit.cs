namespace GraphGateway.Gateway;

/// <summary>
/// How many requests to one source are on the way at the same time, and how many wait for their turn; they go in the order in which they came.
/// Who finds the queue full is refused at once: a source that is too slow for what it is asked must not fill the gateway's memory.
/// </summary>
/// <param name="max">Requests on the way.</param>
/// <param name="queue">Requests that wait.</param>
internal sealed class ConnectionLimit(int max, int queue) : IDisposable
{
    private readonly SemaphoreSlim free = new(max, max);
    private int waiting;

    /// <summary>How many wait for their turn now.</summary>
    public int Waiting => Math.Max(0, Math.Min(queue, Volatile.Read(ref waiting)));

    /// <summary>How many are on the way now.</summary>
    public int Active => max - free.CurrentCount;

    /// <summary>True when it is the caller's turn at once, who calls <see cref="Leave"/> afterwards. Who waits comes before who has just arrived.</summary>
    public bool TryEnter() => Volatile.Read(ref waiting) == 0 && free.Wait(0, CancellationToken.None);

    /// <summary>
    /// True when it has become the caller's turn, who calls <see cref="Leave"/> afterwards; false when the queue is full. Throws
    /// <see cref="OperationCanceledException"/> when the caller waits no longer.
    /// </summary>
    public async ValueTask<bool> QueueAsync(CancellationToken cancellationToken)
    {
        try
        {
            if (Interlocked.Increment(ref waiting) > queue)
            {
                return false;
            }

            await free.WaitAsync(cancellationToken);
            return true;
        }
        finally
        {
            Interlocked.Decrement(ref waiting);
        }
    }

    /// <summary>The request has ended.</summary>
    public void Leave() => free.Release();

    /// <inheritdoc/>
    public void Dispose() => free.Dispose();
}
