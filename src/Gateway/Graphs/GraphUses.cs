namespace GraphGateway.Gateway;

/// <summary>Counts the requests that are on their way in one graph: as long as there is one, its connections stay.</summary>
internal sealed class GraphUses
{
    private int count;

    /// <summary>Whether there is none.</summary>
    public bool AreOver => Volatile.Read(ref count) == 0;

    /// <summary>A request begins.</summary>
    public void Begin() => Interlocked.Increment(ref count);

    /// <summary>It has ended.</summary>
    public void End() => Interlocked.Decrement(ref count);
}
