using System.Runtime.InteropServices;

namespace GraphGateway.Execution;

/// <summary>
/// Where several steps give objects at one place: those that gave none, while nobody else had given one yet. When another step gives objects
/// there after all, the fields that only they would have added get their reason. So it makes no difference who answers first.
/// </summary>
internal sealed class Gaps(ExecutionMemory memory)
{
    private const int MostKept = 1024;

    // An entry, its list and the list's array.
    private const int GapBytes = 256;
    private const int OverBytes = 24;

    private readonly Dictionary<int, List<Gap>> bySlot = [];
    private readonly Dictionary<int, List<MissedPlace>> missedBySlot = [];
    private readonly List<MissedPlace> filledSince = [];

    // Where objects of others stand: the responses that have none there.
    private readonly HashSet<(int Index, ushort Buffer)> over = [];

    // Settled by the response that is being read.
    private readonly List<(int Index, List<Gap> Gaps)> settled = [];

    /// <summary>Places that a step found empty, and where objects have been put since; whoever settles them takes them out.</summary>
    public List<MissedPlace> FilledSince => filledSince;

    /// <summary>Notes that a step put no object into the slot.</summary>
    /// <param name="index">The slot.</param>
    /// <param name="field">The field as the step reads it.</param>
    /// <param name="value">A null or a failure.</param>
    /// <param name="step">The step whose answer has the null: what it would have added is missing then. Null where the value itself is what its fields get.</param>
    public void Note(int index, CompiledField field, in Slot value, CompiledStep? step)
    {
        memory.Budget.Note(GapBytes);
        ref var gaps = ref CollectionsMarshal.GetValueRefOrAddDefault(bySlot, index, out _);
        (gaps ??= []).Add(new Gap(field, value, step));
    }

    /// <summary>Notes that a step found nothing to ask for in the slot, where others may still put objects.</summary>
    /// <param name="place">The slot and the step.</param>
    public void NoteMissed(in MissedPlace place)
    {
        memory.Budget.Note(GapBytes);
        ref var places = ref CollectionsMarshal.GetValueRefOrAddDefault(missedBySlot, place.Index, out _);
        (places ??= []).Add(place);
    }

    /// <summary>Notes that a response has no object where there is one of another.</summary>
    /// <param name="index">The slot.</param>
    /// <param name="buffer">The response.</param>
    public void NoteOver(int index, ushort buffer)
    {
        if (over.Add((index, buffer)))
        {
            memory.Budget.Note(OverBytes);
        }
    }

    /// <summary>True when the object in the slot is one of others, and the response has none there.</summary>
    public bool IsOver(int index, ushort buffer) => over.Contains((index, buffer));

    /// <summary>Objects have been put into the slot: those that gave none tell why, each in its fields.</summary>
    /// <param name="index">The slot.</param>
    /// <param name="before">What was there before.</param>
    public void Settle(int index, in Slot before)
    {
        if (memory.Slots[index].Kind is not (SlotKind.Object or SlotKind.List))
        {
            return;
        }

        if (bySlot.Remove(index, out var gaps))
        {
            if (memory.Overwritten.IsReading)
            {
                settled.Add((index, gaps));
            }

            foreach (var gap in gaps)
            {
                Settlement.Settle(memory, gap.Field, index, ReasonOf(gap, before));
            }
        }

        if (missedBySlot.Remove(index, out var places))
        {
            filledSince.AddRange(places);
        }
    }

    /// <summary>
    /// What a response left null has a reason now. The slot itself does not tell it any more where yet another step failed there meanwhile.
    /// </summary>
    /// <param name="index">The slot.</param>
    /// <param name="reason">The failure, and the response that the null is of.</param>
    public void Explain(int index, in Slot reason)
    {
        if (!bySlot.TryGetValue(index, out var gaps))
        {
            return;
        }

        for (var i = 0; i < gaps.Count; i++)
        {
            if (gaps[i].Value is { Kind: SlotKind.Null } value && value.Buffer == reason.Buffer)
            {
                gaps[i] = gaps[i] with { Value = reason, Step = null };
            }
        }
    }

    /// <summary>A slot was copied.</summary>
    public void Copy(int from, int to)
    {
        if (bySlot.TryGetValue(from, out var gaps))
        {
            memory.Budget.Note(GapBytes);
            bySlot[to] = [.. gaps];
        }

        if (missedBySlot.TryGetValue(from, out var places))
        {
            missedBySlot[to] = [.. places.Select(place => place with { Index = to })];
        }
    }

    /// <summary>A response has been read to its end: what it settled is settled.</summary>
    public void Keep() => settled.Clear();

    /// <summary>A response turned out to be unreadable: what it said is forgotten, and whom its objects settled still waits for some.</summary>
    public void Forget(ushort buffer)
    {
        foreach (var (index, waiting) in settled)
        {
            if (bySlot.TryGetValue(index, out var since))
            {
                waiting.AddRange(since);
            }

            bySlot[index] = waiting;
        }

        settled.Clear();
        foreach (var place in filledSince)
        {
            NoteMissed(place);
        }

        filledSince.Clear();
        foreach (var gaps in bySlot.Values)
        {
            gaps.RemoveAll(gap => gap.Value.Buffer == buffer);
        }
    }

    /// <summary>Forgets all, and what one large request had room for.</summary>
    public void Clear()
    {
        bySlot.Clear();
        missedBySlot.Clear();
        filledSince.Clear();
        settled.Clear();
        over.Clear();
        if (over.Capacity > MostKept)
        {
            over.TrimExcess();
        }

        if (settled.Capacity > MostKept)
        {
            settled.TrimExcess();
        }

        if (bySlot.Capacity > MostKept)
        {
            bySlot.TrimExcess();
        }

        if (missedBySlot.Capacity > MostKept)
        {
            missedBySlot.TrimExcess();
        }
    }

    // An error of the source that explains the null, or the null alone.
    private Slot ReasonOf(Gap gap, in Slot before)
    {
        if (gap.Value.Buffer != 0 && before.Buffer == gap.Value.Buffer && (before.Kind == SlotKind.Failed || (before.Flags & SlotFlags.Errored) != 0))
        {
            return new Slot { Kind = SlotKind.Failed, Aux = before.Aux, Buffer = before.Buffer };
        }

        return gap is { Step: { } step, Value.Kind: SlotKind.Null }
            ? new Slot { Kind = SlotKind.Failed, Aux = memory.FailureOf(FailureKind.MissingEntity, step), Buffer = gap.Value.Buffer }
            : gap.Value;
    }

    private readonly record struct Gap(CompiledField Field, Slot Value, CompiledStep? Step);
}

/// <summary>A step that looked for objects in a slot into which nobody had put one yet.</summary>
/// <param name="Step">The step.</param>
/// <param name="Index">The slot.</param>
/// <param name="Depth">How many fields of the step's path lead to it.</param>
/// <param name="Value">What was in it: a failure, or nothing.</param>
/// <param name="Above">The objects on the way to it.</param>
internal readonly record struct MissedPlace(CompiledStep Step, int Index, int Depth, Slot Value, int[] Above);
