namespace GraphGateway.Execution;

/// <summary>
/// Everything that one request holds until its answer is written: slots, the sources' bytes that they point into, failures.
/// One owner at a time touches it, so nothing here locks. PERF: it is used again for the next request; disposing it, once, empties it.
/// </summary>
internal sealed class ExecutionMemory : IDisposable
{
    private const int NoSource = -1;

    // Lists that were once long would stay so.
    private const int MostKeptItems = 256;

    private static readonly Pool<ExecutionMemory> Idle = new(bound: 256);

    private readonly List<byte[]> buffers = [[]];
    private readonly List<int> sources = [NoSource];
    private readonly List<IDisposable> owned = [];

    // Mostly there are none.
    private Dictionary<int, int>? absent;
    private HashSet<ushort>? unplaced;
    private Dictionary<int, int>? untold;

    private ExecutionMemory() => Gaps = new Gaps(this);

    public SlotTable Slots { get; } = new();

    /// <summary>The places where a step gave no object and another one may.</summary>
    public Gaps Gaps { get; }

    public List<Failure> Failures { get; } = [];

    /// <summary>Visible slots of all objects that nothing has been put into yet.</summary>
    public int Missing { get; private set; }

    /// <summary>The objects that were copied and their copies, in the order of time: who fills the one has to fill the other.</summary>
    public List<(int Source, int Copy)> Forks { get; } = [];

    /// <summary>
    /// True once anything is not plainly there: a failure, a null where the type says non-null, an object of unknown type. Together with
    /// <see cref="Missing"/> it tells whether nulls have to be propagated at all; mostly they have not.
    /// </summary>
    public bool IsFlawed { get; set; }

    public bool NeedsCompletion => IsFlawed || Missing != 0;

    /// <summary>Empty memory with room for as many slots as are expected.</summary>
    public static ExecutionMemory Rent(int expectedSlots)
    {
        var memory = Idle.Take() ?? new ExecutionMemory();
        memory.Slots.Expect(expectedSlots);
        return memory;
    }

    /// <summary>Notes that an object is not there, since who knows has none of its id; or, by a failure, could not be asked.</summary>
    /// <param name="target">Its header.</param>
    /// <param name="failure">The failure; -1 for none.</param>
    public void SetAbsent(int target, int failure)
    {
        (absent ??= [])[target] = failure;
        IsFlawed = true;
    }

    /// <summary>True when the object is not there; with the failure that kept it away, or -1.</summary>
    public bool IsAbsent(int target, out int failure)
    {
        failure = -1;
        return absent is not null && absent.TryGetValue(target, out failure);
    }

    /// <summary>Notes why nobody has told an object's type: who was to tell it failed.</summary>
    /// <param name="target">Its header.</param>
    /// <param name="failure">The failure; of several the last one counts.</param>
    public void SetUntold(int target, int failure) => (untold ??= [])[target] = failure;

    /// <summary>The failure that kept an object's type from being told; -1 where nothing failed.</summary>
    public int WhyUntold(int target) => untold is not null && untold.TryGetValue(target, out var failure) ? failure : -1;

    /// <summary>Keeps the bytes until the end of the request; the number that slots refer to them by.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="owner">Disposed with the request.</param>
    /// <param name="source">The ordinal of the source that gave them.</param>
    public ushort Keep(byte[] bytes, IDisposable owner, int source = NoSource)
    {
        owned.Add(owner);
        buffers.Add(bytes);
        sources.Add(source);
        return checked((ushort)(buffers.Count - 1));
    }

    /// <summary>Notes that an answer has an error of which nobody knows which of its nulls it explains.</summary>
    public void NoteUnplacedError(ushort buffer) => (unplaced ??= []).Add(buffer);

    /// <summary>Whether any of an answer's nulls may be there because of an error.</summary>
    public bool HasUnplacedError(ushort buffer) => unplaced?.Contains(buffer) == true;

    /// <summary>The ordinal of the source that gave a slot's bytes; negative for none.</summary>
    public int SourceOf(ushort buffer) => sources[buffer];

    public ReadOnlySpan<byte> Raw(in Slot slot) => buffers[slot.Buffer].AsSpan(slot.Offset, slot.Length);

    /// <summary>A new object with nothing in it; the index of its header.</summary>
    public int NewObject(CompiledShape shape, int type)
    {
        var index = Slots.Allocate(1 + shape.SlotCount);
        ref var header = ref Slots[index];
        header.Kind = SlotKind.Header;
        header.Offset = shape.Id;
        header.Aux = type;
        Missing += shape.Variant(type).ExpectedFills;
        if (type == TypeSpace.Unknown)
        {
            IsFlawed = true;
        }

        return index;
    }

    /// <summary>
    /// Puts a value into a slot. What is there stays, unless it is nothing, or a null that a value can replace. Of several failures that of the
    /// last step in the plan stays, whichever came first.
    /// </summary>
    public void Fill(int index, in Slot value, bool isVisible)
    {
        ref var slot = ref Slots[index];
        if (slot.Kind == SlotKind.Failed && value.Kind == SlotKind.Failed && Failures[slot.Aux].Step.Step.Id > Failures[value.Aux].Step.Step.Id)
        {
            return;
        }

        if (slot.IsOpen || (slot.Kind == SlotKind.Null && value.Kind is not (SlotKind.Null or SlotKind.Failed)))
        {
            if (isVisible && slot.Kind == SlotKind.Unset)
            {
                Missing--;
            }

            slot = value;
        }
        else if (value.Kind == slot.Kind && slot.Kind is SlotKind.Object or SlotKind.List && value.Offset != slot.Offset)
        {
            // A fork: the same value as before on slots of its own. It was not filled first by this response.
            var buffer = slot.Buffer;
            slot = value;
            slot.Buffer = buffer;
        }
    }

    /// <summary>A copy of an object, whose children both share from now on.</summary>
    public int ForkObject(int source, CompiledShape shape)
    {
        var copy = Slots.Allocate(1 + shape.SlotCount);
        Slots[copy] = Slots[source];
        Slots[copy].Length = 0;
        Forks.Add((source, copy));
        if (IsAbsent(source, out var failure))
        {
            SetAbsent(copy, failure);
        }

        if (WhyUntold(source) is >= 0 and var reason)
        {
            SetUntold(copy, reason);
        }

        for (var i = 1; i <= shape.SlotCount; i++)
        {
            ShareInto(source + i, copy + i);
        }

        foreach (var field in shape.Variant(Slots[copy].Aux).Fields)
        {
            if (!field.IsTypename && Slots[copy + 1 + field.Slot].Kind == SlotKind.Unset)
            {
                Missing++;
            }
        }

        return copy;
    }

    /// <summary>A copy of a list, whose items both share from now on.</summary>
    public int ForkList(Slot list)
    {
        var copy = Slots.Allocate(list.Length);
        for (var i = 0; i < list.Length; i++)
        {
            ShareInto(list.Offset + i, copy + i);
        }

        return copy;
    }

    /// <summary>The slot's value for a second place.</summary>
    public Slot Share(int index)
    {
        ref var slot = ref Slots[index];
        if (slot.Kind is SlotKind.Object or SlotKind.List)
        {
            slot.Flags |= SlotFlags.Shared;
        }

        return slot;
    }

    /// <summary>The number of a failure; the same one for all fields that fail alike in a step.</summary>
    public int FailureOf(FailureKind kind, CompiledStep step)
    {
        IsFlawed = true;
        var index = Failures.FindIndex(failure => failure.Kind == kind && failure.Step == step && failure.Error is null);
        if (index < 0)
        {
            index = Failures.Count;
            Failures.Add(new Failure(kind, step, null));
        }

        return index;
    }

    /// <summary>The number of the failure of fields that cannot be asked for because something is null; the plan says what.</summary>
    public int FailureOf(FailureKind kind, string detail, CompiledStep step)
    {
        IsFlawed = true;
        var index = Failures.FindIndex(failure => failure.Step == step && failure.Detail == detail);
        if (index < 0)
        {
            index = Failures.Count;
            Failures.Add(new Failure(kind, step, null) { Detail = detail });
        }

        return index;
    }

    /// <summary>The number of a failure that a source's own error describes.</summary>
    public int FailureOf(SourceError error, CompiledStep step)
    {
        IsFlawed = true;
        Failures.Add(new Failure(FailureKind.SourceError, step, error));
        return Failures.Count - 1;
    }

    public void Dispose()
    {
        foreach (var item in owned)
        {
            item.Dispose();
        }

        // Large arrays go back to where all can use them, whether the rest is kept or not.
        Slots.Clear();
        if (buffers.Capacity > MostKeptItems || Failures.Capacity > MostKeptItems || Forks.Capacity > MostKeptItems)
        {
            return;
        }

        owned.Clear();
        buffers.RemoveRange(1, buffers.Count - 1);
        sources.RemoveRange(1, sources.Count - 1);
        Failures.Clear();
        Forks.Clear();
        Gaps.Clear();
        absent = null;
        unplaced = null;
        untold = null;
        Missing = 0;
        IsFlawed = false;
        Idle.Give(this);
    }

    private void ShareInto(int from, int to)
    {
        Slots[to] = Share(from);
        Gaps.Copy(from, to);
    }
}
