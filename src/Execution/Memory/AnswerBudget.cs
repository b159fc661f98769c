namespace GraphGateway.Execution;

/// <summary>
/// What one request holds besides the bytes of its sources' answers: slots, and notes of what is not plainly there. It is counted with all other
/// requests' (<see cref="AnswerMemory"/>), and no request holds more than its own bound. One owner at a time touches it.
/// </summary>
internal sealed class AnswerBudget
{
    // Small things are counted together: one step over the limit is this large.
    private const int Together = 64 * 1024;

    private AnswerMemory memory = ExecutionOptions.Unlimited;
    private long maxBytes = long.MaxValue;
    private long heldBytes;
    private int notCounted;

    /// <summary>The most that the request may hold. Bytes.</summary>
    public long MaxBytes => maxBytes;

    /// <summary>A request begins.</summary>
    /// <param name="memory">Where all requests are counted.</param>
    /// <param name="maxBytes">The most that this one may hold.</param>
    public void Begin(AnswerMemory memory, long maxBytes)
    {
        this.memory = memory;
        this.maxBytes = maxBytes;
    }

    /// <summary>It ends, and all slots have been given back.</summary>
    public void End()
    {
        memory.Release(heldBytes);
        heldBytes = 0;
        notCounted = 0;
    }

    /// <summary>
    /// An array of slots that holds more than the one before it, which goes back by <see cref="Return"/>. Not empty. Both count until then: while
    /// the one is copied into the other, both are there.
    /// </summary>
    /// <param name="wanted">How many would be good.</param>
    /// <param name="needed">How many there must be.</param>
    /// <exception cref="NoRoomException">The request would hold more than it may.</exception>
    public Slot[] Rent(long wanted, long needed)
    {
        var room = Math.Min((maxBytes - heldBytes) / Slot.Bytes, Array.MaxLength);
        if (needed > room)
        {
            throw new NoRoomException(isTooLarge: true);
        }

        var count = (int)Math.Min(wanted, room);
        Hold((long)count * Slot.Bytes);
        return memory.TakeSlots(count);
    }

    /// <summary>Takes slots back, once.</summary>
    public void Return(Slot[] slots)
    {
        memory.GiveSlots(slots);
        memory.Release((long)slots.Length * Slot.Bytes);
        heldBytes -= (long)slots.Length * Slot.Bytes;
    }

    /// <summary>Something small is kept until the request ends.</summary>
    /// <param name="bytes">About how large it is.</param>
    /// <exception cref="NoRoomException">The request would hold more than it may.</exception>
    public void Note(int bytes)
    {
        notCounted += bytes;
        if (notCounted < Together)
        {
            return;
        }

        if (heldBytes + notCounted > maxBytes)
        {
            throw new NoRoomException(isTooLarge: true);
        }

        Hold(notCounted);
        notCounted = 0;
    }

    private void Hold(long bytes)
    {
        if (!memory.TryHold(bytes))
        {
            throw new NoRoomException(isTooLarge: false);
        }

        heldBytes += bytes;
    }
}

/// <summary>
/// A request cannot hold what its sources have answered. Thrown where the memory is wanted and caught where the request ends: nothing in between goes on
/// without it.
/// </summary>
/// <param name="isTooLarge">True when the request alone wants too much, false when all together do.</param>
internal sealed class NoRoomException(bool isTooLarge) : Exception
{
    /// <summary>What the client is told.</summary>
    public FailureKind Kind { get; } = isTooLarge ? FailureKind.AnswerTooLarge : FailureKind.NoMemory;
}
