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

    // On the way or waiting. Exact at any moment, which a count of those that wait is not: who is given a turn learns of it a little later.
    private int present;

    /// <summary>How many wait for their turn now.</summary>
    public int Waiting => Math.Clamp(Volatile.Read(ref present) - max, 0, queue);

    /// <summary>How many are on the way now.</summary>
    public int Active => Math.Min(Volatile.Read(ref present), max);

    /// <summary>True when it is the caller's turn at once, who calls <see cref="Leave"/> afterwards. Who waits comes before who has just arrived.</summary>
    public bool TryEnter()
    {
        for (var now = Volatile.Read(ref present); now < max;)
        {
            var before = Interlocked.CompareExchange(ref present, now + 1, now);
            if (before == now)
            {
                if (free.Wait(0, CancellationToken.None))
                {
                    return true;
                }

                // There is a turn for each of the first that are present, since who leaves gives its own back before it is counted out: but one
                // who has come to wait meanwhile has taken it. The caller comes to wait, too.
                Interlocked.Decrement(ref present);
                return false;
            }

            now = before;
        }

        return false;
    }

    /// <summary>
    /// True when it has become the caller's turn, who calls <see cref="Leave"/> afterwards; false when the queue is full. Throws
    /// <see cref="OperationCanceledException"/> when the caller waits no longer.
    /// </summary>
    public async ValueTask<bool> QueueAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Increment(ref present) - max > queue)
        {
            Interlocked.Decrement(ref present);
            return false;
        }

        try
        {
            await free.WaitAsync(cancellationToken);
            return true;
        }
        catch
        {
            Interlocked.Decrement(ref present);
            throw;
        }
    }

    /// <summary>The request has ended.</summary>
    public void Leave()
    {
        free.Release();
        Interlocked.Decrement(ref present);
    }

    /// <inheritdoc/>
    public void Dispose() => free.Dispose();
}
