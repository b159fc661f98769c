using System.Collections.Concurrent;

namespace GraphGateway.Execution;

/// <summary>
/// Objects that are used again instead of being made anew for each request. It never holds more than its bound: what is given back beyond
/// that is the garbage collector's. Safe for any number of threads.
/// </summary>
/// <typeparam name="T">What is kept.</typeparam>
/// <param name="bound">How many objects lie idle at most.</param>
public sealed class Pool<T>(int bound)
    where T : class
{
    private readonly ConcurrentQueue<T> idle = [];
    private T? first;
    private int count;

    /// <summary>An object that was given back, or null: then the caller makes one.</summary>
    public T? Take()
    {
        var item = first;
        if (item is not null && Interlocked.CompareExchange(ref first, null, item) == item)
        {
            return item;
        }

        if (idle.TryDequeue(out item))
        {
            Interlocked.Decrement(ref count);
            return item;
        }

        return null;
    }

    /// <summary>Gives an object back that nobody refers to any more; false when there is no room for it.</summary>
    public bool Give(T item)
    {
        if (first is null && Interlocked.CompareExchange(ref first, item, null) is null)
        {
            return true;
        }

        if (Interlocked.Increment(ref count) < bound)
        {
            idle.Enqueue(item);
            return true;
        }

        Interlocked.Decrement(ref count);
        return false;
    }
}
