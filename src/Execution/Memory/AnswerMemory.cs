using System.Buffers;
using System.Numerics;

namespace GraphGateway.Execution;

/// <summary>
/// What answers of sources are held in, and how many bytes of it are out at the same time: over all requests never more than the limit. Arrays are
/// counted when they go out and come back, not by what is written into them. Safe for any number of threads.
/// <para>
/// PERF: arrays are kept here and not in <see cref="ArrayPool{T}.Shared"/>, which keeps 32 of a size for each processor and gives them up
/// only when the oldest generation is collected: with more answers at a time than that, arrays were made anew all the time; and of a burst of large ones
/// it kept hundreds of megabytes for as long as the gateway had nothing to do.
/// </para>
/// </summary>
/// <param name="maxBytes">Bytes of all that is out.</param>
public sealed class AnswerMemory(long maxBytes)
{
    private const int Least = 16 * 1024;
    private const int Usual = 1024 * 1024;
    private const int MostUsualBytes = 16 * 1024 * 1024;
    private const int MostKept = 16 * 1024 * 1024;
    private const int MostLargeBytes = 32 * 1024 * 1024;
    private const int MostKeptSlots = 1024 * 1024;
    private const int MostIdleSlots = 2 * 1024 * 1024;
    private const int LargestPowerOfTwo = 1 << 30;

    // Large ones have a bound of their own: one of them is not to take the room of hundreds of small ones.
    private readonly IdleArrays<byte> usual = new(Least, Usual, MostUsualBytes);
    private readonly IdleArrays<byte> large = new(Usual * 2, MostKept, MostLargeBytes);
    private readonly IdleArrays<Slot> slots = new(SlotTable.MostOwnSlots * 2, MostKeptSlots, MostIdleSlots);

    private long heldBytes;

    // Several threads may set it.
    private bool isUsed;

    /// <summary>Bytes of all that may be out.</summary>
    public long MaxBytes { get; } = maxBytes;

    /// <summary>Bytes of all that is out now.</summary>
    public long HeldBytes => Volatile.Read(ref heldBytes);

    /// <summary>Bytes of arrays that lie ready for the next answers: 80 MB at most.</summary>
    public long IdleBytes => usual.Count + large.Count + (slots.Count * Slot.Bytes);

    /// <summary>An array of at least so many bytes, which goes back by <see cref="Return"/>; null where the limit leaves no room for it.</summary>
    /// <param name="bytes">At least 1.</param>
    public byte[]? TryRent(int bytes)
    {
        if (!isUsed)
        {
            isUsed = true;
        }

        // What is given is counted, not what was asked for.
        var size = bytes > LargestPowerOfTwo ? bytes : Math.Max(16, (int)BitOperations.RoundUpToPowerOf2((uint)bytes));
        if (!TryHold(size))
        {
            return null;
        }

        try
        {
            return size < Least ? ArrayPool<byte>.Shared.Rent(size) : IdleOf(size).Take(size);
        }
        catch (OutOfMemoryException)
        {
            Release(size);
            throw;
        }
    }

    /// <summary>Takes an array back, once.</summary>
    public void Return(byte[] array)
    {
        Release(array.Length);
        if (array.Length < Least)
        {
            ArrayPool<byte>.Shared.Return(array);
        }
        else
        {
            IdleOf(array.Length).Give(array);
        }
    }

    /// <summary>Lets go of the idle arrays of each size that nobody has needed since this was called last.</summary>
    public void Trim()
    {
        usual.Trim();
        large.Trim();
        slots.Trim();
    }

    /// <summary>Whether an array has been rented since this was called last.</summary>
    public bool TakeUse()
    {
        var wasUsed = isUsed;
        isUsed = false;
        return wasUsed;
    }

    /// <summary>Counts what is held of an answer besides its bytes; false, and nothing is counted, where the limit leaves no room for it.</summary>
    internal bool TryHold(long bytes)
    {
        if (Interlocked.Add(ref heldBytes, bytes) <= MaxBytes)
        {
            return true;
        }

        Release(bytes);
        return false;
    }

    /// <summary>So many bytes are not held any more.</summary>
    internal void Release(long bytes) => Interlocked.Add(ref heldBytes, -bytes);

    /// <summary>Slots, not empty; who takes them has counted them.</summary>
    internal Slot[] TakeSlots(int count) => slots.Take(count);

    /// <summary>Takes slots back; who gives them counts them no more.</summary>
    internal void GiveSlots(Slot[] array) => slots.Give(array);

    private IdleArrays<byte> IdleOf(int size) => size <= Usual ? usual : large;
}
