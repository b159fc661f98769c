using System.Numerics;

namespace GraphGateway.Execution;

/// <summary>
/// All slots of one request. Indices stay valid while the table grows; references into it do not.
/// One growing array: an index is one addition away from its slot, and growing is a plain copy. What is beyond a small table of its own is counted.
/// </summary>
internal sealed class SlotTable(AnswerBudget budget)
{
    private const int LeastSlots = 64;

    /// <summary>What a table keeps for its next request, and what is not counted: 64 KB.</summary>
    public const int MostOwnSlots = 4096;

    private Slot[] slots = [];
    private Slot[] stack = [];

    /// <summary>Slots in use.</summary>
    public int Count { get; private set; }

    /// <summary>Items of lists that are being read; a list moves to the table when it is whole.</summary>
    public int StackCount { get; private set; }

    public ref Slot this[int index] => ref slots[index];

    /// <summary>Makes room for as many slots as are expected, so that the table does not grow by doubling each time.</summary>
    public void Expect(int count)
    {
        if (slots.Length < count)
        {
            Grow(ref slots, Count, count);
        }
    }

    /// <summary>Adjacent empty slots; the index of the first.</summary>
    /// <exception cref="NoRoomException">The request would hold more than it may.</exception>
    public int Allocate(int count)
    {
        var start = Count;
        if (count > slots.Length - start)
        {
            Grow(ref slots, start, (long)start + count);
        }

        slots.AsSpan(start, count).Clear();
        Count = start + count;
        return start;
    }

    /// <exception cref="NoRoomException">The request would hold more than it may.</exception>
    public void Push(in Slot slot)
    {
        if (StackCount == stack.Length)
        {
            Grow(ref stack, StackCount, StackCount + 1L);
        }

        stack[StackCount++] = slot;
    }

    /// <summary>Moves what lies above <paramref name="mark"/> on the stack to adjacent slots; the index of the first.</summary>
    public int PopToSlots(int mark)
    {
        var count = StackCount - mark;
        var start = Allocate(count);
        stack.AsSpan(mark, count).CopyTo(slots.AsSpan(start));
        StackCount = mark;
        return start;
    }

    /// <summary>Drops what lies above <paramref name="mark"/> on the stack.</summary>
    public void Drop(int mark) => StackCount = mark;

    /// <summary>Undoes a response that turned out to be unreadable: every slot filled from it is open again. Cold.</summary>
    public void Reset(ushort buffer)
    {
        foreach (ref var slot in slots.AsSpan(0, Count))
        {
            if (slot.Buffer == buffer && slot.Kind != SlotKind.Header)
            {
                slot = default;
            }
        }
    }

    /// <summary>Empties the table for the next request.</summary>
    public void Clear()
    {
        Shrink(ref slots);
        Shrink(ref stack);
        Count = StackCount = 0;
    }

    private void Shrink(ref Slot[] array)
    {
        if (array.Length > MostOwnSlots)
        {
            budget.Return(array);
            array = [];
        }
    }

    private void Grow(ref Slot[] array, int used, long needed)
    {
        var wanted = BitOperations.RoundUpToPowerOf2((ulong)Math.Max(needed, LeastSlots));
        var before = array;
        var larger = wanted <= MostOwnSlots ? new Slot[wanted] : budget.Rent((long)wanted, needed);
        before.AsSpan(0, used).CopyTo(larger);
        array = larger;
        if (before.Length > MostOwnSlots)
        {
            budget.Return(before);
        }
    }
}
