namespace GraphGateway.ControlPlane;

/// <summary>
/// Supergraphs on their way to those who asked for them. However many ask for the same one, as all gateways of a stage do when something is published, it is read once, and is in memory once for as long
/// as it is sent to anybody.
/// </summary>
internal sealed class SentSupergraphs
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Task<byte[]?>> read = [];

    // Whom it is sent to holds it.
    private readonly Dictionary<string, WeakReference<byte[]>> sent = [];

    /// <summary>True for one that is sent to somebody, or is being read: it needs no room of its own.</summary>
    /// <param name="hash">Its hash.</param>
    public bool IsThere(string hash)
    {
        lock (gate)
        {
            return read.ContainsKey(hash) || sent.GetValueOrDefault(hash)?.TryGetTarget(out _) == true;
        }
    }

    /// <summary>A supergraph, UTF-8; null where the store has it no longer. Throws what reading throws.</summary>
    /// <param name="hash">Its hash: two launches that have the same one have the same supergraph.</param>
    /// <param name="readBytes">Reads it from the store.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    public Task<byte[]?> GetAsync(string hash, Func<Task<byte[]?>> readBytes, CancellationToken cancellation)
    {
        Task<byte[]?>? reading;
        lock (gate)
        {
            if (sent.GetValueOrDefault(hash)?.TryGetTarget(out var there) == true)
            {
                return Task.FromResult<byte[]?>(there);
            }

            if (!read.TryGetValue(hash, out reading))
            {
                // On the threads on which the store is asked: the first one's.
                read.Add(hash, reading = Task.Factory.StartNew(() => ReadAsync(hash, readBytes), CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Current).Unwrap());
                // Those who waited may have left.
                _ = reading.ContinueWith(static task => _ = task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
            }
        }

        return reading.WaitAsync(cancellation);
    }

    private async Task<byte[]?> ReadAsync(string hash, Func<Task<byte[]?>> readBytes)
    {
        byte[]? bytes = null;
        try
        {
            bytes = await readBytes();
            return bytes;
        }
        finally
        {
            lock (gate)
            {
                read.Remove(hash);
                foreach (var gone in sent.Where(static pair => !pair.Value.TryGetTarget(out _)).Select(static pair => pair.Key).ToList())
                {
                    sent.Remove(gone);
                }

                if (bytes is not null)
                {
                    sent[hash] = new WeakReference<byte[]>(bytes);
                }
            }
        }
    }
}
