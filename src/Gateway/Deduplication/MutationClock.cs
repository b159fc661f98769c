namespace GraphGateway.Gateway;

/// <summary>
/// Counts the mutations that have ended, in all sources. What was asked before one ended may be told as it was before it: nobody who comes
/// later shares that.
/// </summary>
internal sealed class MutationClock
{
    private long ended;

    /// <summary>How many have ended, well or badly.</summary>
    public long Ended => Volatile.Read(ref ended);

    /// <summary>One has ended; its client does not know yet.</summary>
    public void End() => Interlocked.Increment(ref ended);
}
