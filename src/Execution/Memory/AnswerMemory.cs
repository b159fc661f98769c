using System.Buffers;
using System.Numerics;

namespace GraphGateway.Execution;

/// <summary>
/// The arrays that answers of sources are held in, and how many bytes of them are out at the same time: over all requests never more than the
/// limit. Counted when an array goes out and comes back, not by what is written into it. Safe for any number of threads.
/// <para>
/// PERF: arrays of usual answers are kept here and not in <see cref="ArrayPool{T}.Shared"/>, which keeps 32 of a size for each processor and
/// gives them up when the oldest generation is collected: with more answers at a time than that, arrays were made anew all the time, and the
/// large ones among them are what that generation is collected for.
/// </para>
/// </summary>
/// <param name="maxBytes">Bytes of all arrays that are out.</param>
public sealed class AnswerMemory(long maxBytes)
{
    private const int LeastKept = 16 * 1024;
    private const int MostKept = 1024 * 1024;
    private const long MostIdleBytes = 16 * 1024 * 1024;
    private const int LargestPowerOfTwo = 1 << 30;

    // One for each power of two from LeastKept to MostKept.
    private readonly Pool<byte[]>[] idle =
        [.. Enumerable.Range(0, BitOperations.Log2(MostKept / LeastKept) + 1).Select(_ => new Pool<byte[]>((int)(MostIdleBytes / LeastKept)))];

    private long idleBytes;
    private long heldBytes;

    /// <summary>Bytes of all arrays that may be out.</summary>
    public long MaxBytes { get; } = maxBytes;

    /// <summary>Bytes of all arrays that are out now.</summary>
    public long HeldBytes => Volatile.Read(ref heldBytes);

    /// <summary>Bytes of arrays that lie ready for the next answers: 16 MB at most.</summary>
    public long IdleBytes => Volatile.Read(ref idleBytes);

    /// <summary>An array of at least so many bytes, which goes back by <see cref="Return"/>; null where the limit leaves no room for it.</summary>
    /// <param name="bytes">At least 1.</param>
    public byte[]? TryRent(int bytes)
    {
        // What is given is counted, not what was asked for.
        var size = bytes > LargestPowerOfTwo ? bytes : Math.Max(16, (int)BitOperations.RoundUpToPowerOf2((uint)bytes));
        if (Interlocked.Add(ref heldBytes, size) > MaxBytes)
        {
            Interlocked.Add(ref heldBytes, -size);
            return null;
        }

        try
        {
            return Rent(size);
        }
        catch (OutOfMemoryException)
        {
            Interlocked.Add(ref heldBytes, -size);
            throw;
        }
    }

    /// <summary>Takes an array back, once.</summary>
    public void Return(byte[] array)
    {
        var size = array.Length;
        Interlocked.Add(ref heldBytes, -size);
        if (PoolOf(size) is not { } pool)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
        else if (Interlocked.Add(ref idleBytes, size) > MostIdleBytes || !pool.Give(array))
        {
            Interlocked.Add(ref idleBytes, -size);
        }
    }

    private byte[] Rent(int size)
    {
        if (PoolOf(size) is not { } pool)
        {
            return ArrayPool<byte>.Shared.Rent(size);
        }

        if (pool.Take() is not { } array)
        {
            return GC.AllocateUninitializedArray<byte>(size);
        }

        Interlocked.Add(ref idleBytes, -size);
        return array;
    }

    private Pool<byte[]>? PoolOf(int size) =>
        size is >= LeastKept and <= MostKept ? idle[BitOperations.Log2((uint)(size / LeastKept))] : null;
}
