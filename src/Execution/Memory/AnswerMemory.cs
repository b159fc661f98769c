using System.Buffers;

namespace GraphGateway.Execution;

/// <summary>
/// The arrays that answers of sources are held in, from <see cref="ArrayPool{T}.Shared"/>, and how many bytes of them are out at the same time:
/// over all requests never more than the limit. Counted when an array goes out and comes back, not by what is written into it. Safe for any
/// number of threads.
/// </summary>
/// <param name="maxBytes">Bytes of all arrays that are out.</param>
public sealed class AnswerMemory(long maxBytes)
{
    private long heldBytes;

    /// <summary>Bytes of all arrays that may be out.</summary>
    public long MaxBytes { get; } = maxBytes;

    /// <summary>Bytes of all arrays that are out now.</summary>
    public long HeldBytes => Volatile.Read(ref heldBytes);

    /// <summary>An array of at least so many bytes, which goes back by <see cref="Return"/>; null where the limit leaves no room for it.</summary>
    /// <param name="bytes">At least 1.</param>
    public byte[]? TryRent(int bytes)
    {
        // The pool gives powers of two; what it gives is counted, not what was asked for.
        var array = ArrayPool<byte>.Shared.Rent(bytes);
        if (Interlocked.Add(ref heldBytes, array.Length) <= MaxBytes)
        {
            return array;
        }

        Return(array);
        return null;
    }

    /// <summary>Takes an array back, once.</summary>
    public void Return(byte[] array)
    {
        Interlocked.Add(ref heldBytes, -array.Length);
        ArrayPool<byte>.Shared.Return(array);
    }
}
