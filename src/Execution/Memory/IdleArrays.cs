using System.Numerics;

namespace GraphGateway.Execution;

/// <summary>
/// Arrays of some powers of two that lie ready to be used again, together never more than a bound; of a size that nobody has needed for a
/// while none. Safe for any number of threads.
/// </summary>
/// <typeparam name="T">What the arrays hold.</typeparam>
/// <param name="least">Items of the smallest arrays that are kept; a power of two.</param>
/// <param name="most">Items of the largest ones; a power of two.</param>
/// <param name="mostIdle">Items of all that lie ready.</param>
internal sealed class IdleArrays<T>(int least, int most, long mostIdle)
    where T : unmanaged
{
    private readonly Size[] sizes = [.. Enumerable.Range(0, BitOperations.Log2((uint)(most / least)) + 1).Select(_ => new Size((int)(mostIdle / least)))];
    private long idle;

    /// <summary>Items of all arrays that lie ready.</summary>
    public long Count => Volatile.Read(ref idle);

    /// <summary>An array of exactly so many items, with anything in it.</summary>
    /// <param name="length">A power of two where arrays of that size are to be used again.</param>
    public T[] Take(int length)
    {
        if (SizeOf(length) is not { } size)
        {
            return GC.AllocateUninitializedArray<T>(length);
        }

        if (!size.IsUsed)
        {
            size.IsUsed = true;
        }

        if (size.Pool.Take() is not { } array)
        {
            return GC.AllocateUninitializedArray<T>(length);
        }

        Interlocked.Add(ref idle, -length);
        return array;
    }

    /// <summary>Takes an array back, once; what is not to be kept, or beyond the bound, is the garbage collector's.</summary>
    public void Give(T[] array)
    {
        if (SizeOf(array.Length) is { } size && (Interlocked.Add(ref idle, array.Length) > mostIdle || !size.Pool.Give(array)))
        {
            Interlocked.Add(ref idle, -array.Length);
        }
    }

    /// <summary>Lets go of the arrays of each size that nobody has taken one of since this was called last.</summary>
    public void Trim()
    {
        foreach (var size in sizes)
        {
            if (size.IsUsed)
            {
                size.IsUsed = false;
                continue;
            }

            while (size.Pool.Take() is { } array)
            {
                Interlocked.Add(ref idle, -array.Length);
            }
        }
    }

    private Size? SizeOf(int length) => length >= least && length <= most && BitOperations.IsPow2(length) ? sizes[BitOperations.Log2((uint)(length / least))] : null;

    private sealed class Size(int bound)
    {
        public Pool<T[]> Pool { get; } = new(bound);

        // Two threads may both set it.
        public bool IsUsed { get; set; }
    }
}
