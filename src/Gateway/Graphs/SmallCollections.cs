namespace GraphGateway.Gateway;

/// <summary>
/// Collects garbage in small steps while another graph is made, called by the thread that makes it. Most of what is made then stays, and all requests stand still while it is moved into the old generations:
/// many short stops with time for requests between them, in moments without a request where there are any, where otherwise a few would be long.
/// </summary>
/// <param name="threads">Who makes, and who collects.</param>
/// <param name="isIdle">Whether no request is on its way: then a stop keeps nobody waiting but those who come while it lasts.</param>
/// <param name="clock">Measures the stops.</param>
/// <param name="stopping">Ends the waiting; nothing is thrown then: who calls is in the midst of something.</param>
internal sealed class SmallCollections(GraphThreads threads, Func<bool> isIdle, TimeProvider clock, CancellationToken stopping)
{
    // What one step may have to move: half a millisecond to one, measured. Half of that is the same for less.
    private const long Bytes = 256 * 1024;

    // Requests have so many times what the collector has had.
    private const int Share = 4;

    // How often it looks for a moment without a request, and after how long each: where there is none it collects all the same.
    private const int Looks = 5;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(1);

    // After so many steps in a row without such a moment it waits for none: there is always a request on its way, such as one whose source takes long, and the graph would come later for nothing.
    private const int MostInVain = 3;

    private long collected;
    private int inVain;

    /// <summary>The threads: what is made on them is collected here.</summary>
    public GraphThreads Threads => threads;

    /// <summary>Collects what there is, from before and of requests, so that the first step has no more to move than the others.</summary>
    public void Begin() => Collect();

    /// <summary>Collects what is left, so that the next <see cref="Begin"/> has no more to move than what requests have made.</summary>
    public void End() => Collect();

    /// <summary>Lets requests go first; collects where the calling thread has made enough since the last time, and waits for a while then.</summary>
    public void Step()
    {
        GraphThreads.GiveWay();
        if (GC.GetAllocatedBytesForCurrentThread() - collected >= Bytes)
        {
            Collect();
        }
    }

    private void Collect()
    {
        try
        {
            threads.Sleep(CollectAsync, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // Who calls ends at the next place where it can.
        }

        collected = GC.GetAllocatedBytesForCurrentThread();
    }

    // On the thread that follows: where there is one processor, the one who asks for it collects. One of low priority would do it behind all that still runs, such as the runtime's own compiler, while all requests wait:
    // stops of up to 45 ms, measured. With the middle generation: else it would grow, and be moved as a whole.
    private async Task CollectAsync()
    {
        await IdleAsync();
        var start = clock.GetTimestamp();
        GC.Collect(1, GCCollectionMode.Forced, blocking: true, compacting: false);
        await Task.Delay(clock.GetElapsedTime(start) * Share, clock, stopping);
    }

    private async Task IdleAsync()
    {
        var isSo = isIdle();
        for (var look = 0; look < Looks && !isSo && inVain < MostInVain; look++)
        {
            await Task.Delay(Look, clock, stopping);
            isSo = isIdle();
        }

        inVain = isSo ? 0 : inVain + 1;
    }
}
