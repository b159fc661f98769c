namespace GraphGateway.Execution;

/// <summary>
/// What the response that is being read took the place of. Nobody knows before its end whether it can be read, and where it cannot, what others had told
/// stands again: a null without an error stays one, and a failure keeps its reason.
/// </summary>
internal sealed class Overwritten(ExecutionMemory memory)
{
    private const int NoteBytes = 32;

    // A list that was once long would stay so.
    private const int MostKept = 1024;

    private readonly List<(int Index, Slot Slot)> slots = [];

    /// <summary>True while a response is read.</summary>
    public bool IsReading { get; private set; }

    /// <summary>A response is read from now on.</summary>
    public void Begin() => IsReading = true;

    /// <summary>The response has been read to its end: what it says stands.</summary>
    public void End()
    {
        slots.Clear();
        if (slots.Capacity > MostKept)
        {
            slots.TrimExcess();
        }

        IsReading = false;
    }

    /// <summary>Notes what is in a slot that gets another value now.</summary>
    public void Note(int index)
    {
        if (IsReading)
        {
            memory.Budget.Note(NoteBytes);
            slots.Add((index, memory.Slots[index]));
        }
    }

    /// <summary>The response turned out to be unreadable, and its own values are gone: puts back what was there before.</summary>
    public void PutBack()
    {
        for (var i = slots.Count - 1; i >= 0; i--)
        {
            memory.Slots[slots[i].Index] = slots[i].Slot;
        }

        End();
    }
}
