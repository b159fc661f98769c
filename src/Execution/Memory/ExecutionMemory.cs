namespace GraphGateway.Execution;

/// <summary>
/// Everything that one request holds until its answer is written: slots, the sources' bytes that they point into, failures.
/// One owner at a time touches it, so nothing here locks. PERF: it is used again for the next request; disposing it, once, empties it.
/// </summary>
internal sealed class ExecutionMemory : IDisposable
{
    private const int NoSource = -1;

    // An entry of a dictionary that has room for more.
    private const int NoteBytes = 48;

    // In place of a failure: who was to tell an object's type has no such entity.
    private const int NoEntity = -2;

    // Lists that were once long would stay so.
    private const int MostKeptItems = 256;

    private static readonly Pool<ExecutionMemory> Idle = new(bound: 256);

    private readonly List<byte[]> buffers = [[]];
    private readonly List<int> sources = [NoSource];
    private readonly List<IDisposable> owned = [];
    private readonly FailureList failures;

    // Mostly there are none.
    private Dictionary<int, int>? absent;
    private HashSet<ushort>? unplaced;
    private Dictionary<int, int>? untold;

    private ExecutionMemory()
    {
        Slots = new SlotTable(Budget);
        Gaps = new Gaps(this);
        OpenErrors = new OpenErrors(this);
        Overwritten = new Overwritten(this);
        failures = new FailureList(Budget);
    }

    /// <summary>What the request may hold.</summary>
    public AnswerBudget Budget { get; } = new();

    public SlotTable Slots { get; }

    /// <summary>The places where a step gave no object and another one may.</summary>
    public Gaps Gaps { get; }

    /// <summary>The errors at such places.</summary>
    public OpenErrors OpenErrors { get; }

    /// <summary>What has to be put back where the response that is being read turns out to be unreadable.</summary>
    public Overwritten Overwritten { get; }

    public FailureList Failures => failures;

    /// <summary>
    /// Bytes of all leaves together, as often as they stand in slots: an answer in which no objects or lists are shared has no more of them.
    /// </summary>
    public long LeafBytes { get; private set; }

    /// <summary>True once an object or a list may stand in several places.</summary>
    public bool IsShared { get; private set; }

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
    /// <exception cref="NoRoomException">All requests together hold as much as they may.</exception>
    public static ExecutionMemory Rent(int expectedSlots, ExecutionOptions options)
    {
        var memory = Idle.Take() ?? new ExecutionMemory();
        memory.Budget.Begin(options.Memory, options.MaxAnswerBytes);
        try
        {
            memory.Slots.Expect(expectedSlots);
        }
        catch
        {
            memory.Dispose();
            throw;
        }

        return memory;
    }

    /// <summary>Notes that an object is not there, since who knows has none of its id; or, by a failure, could not be asked.</summary>
    /// <param name="target">Its header.</param>
    /// <param name="failure">The failure; -1 for none.</param>
    public void SetAbsent(int target, int failure)
    {
        Budget.Note(NoteBytes);
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
    public void SetUntold(int target, int failure)
    {
        Budget.Note(NoteBytes);
        (untold ??= [])[target] = failure;
    }

    /// <summary>The failure that kept an object's type from being told; -1 where nothing failed.</summary>
    public int WhyUntold(int target) => untold is not null && untold.TryGetValue(target, out var failure) && failure != NoEntity ? failure : -1;

    /// <summary>Notes that who was to tell an object's type has no such entity; a failure that is noted already stays.</summary>
    /// <param name="target">Its header.</param>
    public void SetUntoldEntity(int target)
    {
        Budget.Note(NoteBytes);
        (untold ??= []).TryAdd(target, NoEntity);
    }

    /// <summary>True when nobody has told the object's type since who was to tell it has no such entity.</summary>
    public bool IsUntoldEntity(int target) => untold is not null && untold.TryGetValue(target, out var failure) && failure == NoEntity;

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

    /// <summary>A leaf of so many bytes stands in one more slot.</summary>
    public void CountLeaf(int bytes) => LeafBytes += bytes;

    public ReadOnlySpan<byte> Raw(in Slot slot) => buffers[slot.Buffer].AsSpan(slot.Offset, slot.Length);

    /// <inheritdoc cref="Raw"/>
    public ReadOnlyMemory<byte> RawMemory(in Slot slot) => buffers[slot.Buffer].AsMemory(slot.Offset, slot.Length);

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
            else if (slot.Kind != SlotKind.Unset)
            {
                Overwritten.Note(index);
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
        Budget.Note(NoteBytes);
        Forks.Add((source, copy));
        if (IsAbsent(source, out var failure))
        {
            SetAbsent(copy, failure);
        }

        if (WhyUntold(source) is >= 0 and var reason)
        {
            SetUntold(copy, reason);
        }
        else if (IsUntoldEntity(source))
        {
            SetUntoldEntity(copy);
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
        // A list without items takes no room: where it is another one can begin, and what is known of shared slots by their place would be taken for both.
        if (slot is { Kind: SlotKind.Object } or { Kind: SlotKind.List, Length: > 0 })
        {
            slot.Flags |= SlotFlags.Shared;
            IsShared = true;
        }
        else if (slot.Kind == SlotKind.Raw)
        {
            CountLeaf(slot.Length);
        }

        return slot;
    }

    /// <inheritdoc cref="FailureList.Of(FailureKind, CompiledStep, string?)"/>
    public int FailureOf(FailureKind kind, CompiledStep step, string? detail = null)
    {
        IsFlawed = true;
        return failures.Of(kind, step, detail);
    }

    /// <inheritdoc cref="FailureList.Of(SourceError, CompiledStep)"/>
    public int FailureOf(SourceError error, CompiledStep step)
    {
        IsFlawed = true;
        return failures.Of(error, step);
    }

    public void Dispose()
    {
        foreach (var item in owned)
        {
            item.Dispose();
        }

        // Large arrays go back to where all can use them, whether the rest is kept or not.
        Slots.Clear();
        Budget.End();
        if (buffers.Capacity > MostKeptItems || failures.Capacity > MostKeptItems || Forks.Capacity > MostKeptItems)
        {
            return;
        }

        owned.Clear();
        buffers.RemoveRange(1, buffers.Count - 1);
        sources.RemoveRange(1, sources.Count - 1);
        failures.Clear();
        Forks.Clear();
        Gaps.Clear();
        OpenErrors.Clear();
        Overwritten.End();
        absent = null;
        unplaced = null;
        untold = null;
        Missing = 0;
        LeafBytes = 0;
        IsShared = false;
        IsFlawed = false;
        Idle.Give(this);
    }

    private void ShareInto(int from, int to)
    {
        Slots[to] = Share(from);
        Gaps.Copy(from, to);
    }
}
