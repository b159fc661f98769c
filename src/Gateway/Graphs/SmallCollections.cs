namespace GraphGateway.Gateway;

/// <summary>
/// Collects garbage in small steps while another graph is made, on the thread that makes it. Most of what is made then stays, and all requests stand still while it is moved into the old generations:
/// many short stops with time for requests between them, where otherwise a few would be long.
/// </summary>
/// <param name="clock">Measures the stops.</param>
internal sealed class SmallCollections(TimeProvider clock)
{
    // What one step may have to move.
    private const long Bytes = 1024 * 1024;

    // Requests have so many times what the collector has had.
    private const int Share = 4;

    private long collected = GC.GetAllocatedBytesForCurrentThread();

    /// <summary>Collects where enough was made since the last time, and waits for a while then.</summary>
    /// <param name="stopping">Ends the waiting. Throws <see cref="OperationCanceledException"/> then.</param>
    public async Task StepAsync(CancellationToken stopping)
    {
        if (GC.GetAllocatedBytesForCurrentThread() - collected < Bytes)
        {
            return;
        }

        // With the middle generation: else it would grow, and be moved as a whole.
        var start = clock.GetTimestamp();
        GC.Collect(1, GCCollectionMode.Forced, blocking: true, compacting: false);
        await Task.Delay(clock.GetElapsedTime(start) * Share, clock, stopping);
        collected = GC.GetAllocatedBytesForCurrentThread();
    }
}
