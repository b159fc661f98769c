namespace GraphGateway.Execution;

/// <summary>
/// Puts the reason why a step gives a field no value where the field stands. Where an earlier step put objects there already, to which this
/// one only adds, the value stays and the fields that would have been added get the reason.
/// </summary>
internal static class Settlement
{
    /// <summary>Settles a field that the step gives no value.</summary>
    /// <param name="memory">The request's memory.</param>
    /// <param name="field">The field as the step reads it.</param>
    /// <param name="index">Its slot.</param>
    /// <param name="value">A null or a failure.</param>
    public static void Settle(ExecutionMemory memory, CompiledField field, int index, in Slot value)
    {
        var there = memory.Slots[index];
        if (field.Selection is not { } selection || there.Kind is not (SlotKind.Object or SlotKind.List))
        {
            memory.Fill(index, value, field.IsVisible);
            memory.IsFlawed |= field.NonNull.At(0);
            if (field.IsGivenBySeveral)
            {
                memory.Gaps.Note(index, field, value, step: null);
            }

            return;
        }

        if (field.IsGivenBySeveral && value.Buffer != 0)
        {
            memory.Gaps.NoteOver(index, value.Buffer);
        }

        var own = Own(memory, selection.Shape, there);
        if (own.Offset != there.Offset)
        {
            memory.Fill(index, own, field.IsVisible);
        }

        if (own.Kind == SlotKind.Object)
        {
            foreach (var below in selection.Variant(memory.Slots[own.Offset].Aux).Fields)
            {
                Settle(memory, below, own.Offset + 1 + below.Slot, value);
            }

            return;
        }

        for (var i = 0; i < own.Length; i++)
        {
            if (memory.Slots[own.Offset + i].Kind is SlotKind.Object or SlotKind.List)
            {
                Settle(memory, field, own.Offset + i, value);
            }
        }
    }

    /// <summary>Gives the nulls that a response left at a field, and in what an earlier step put there, a reason; false when there are none.</summary>
    /// <param name="memory">The request's memory.</param>
    /// <param name="field">The field as the step reads it.</param>
    /// <param name="index">Its slot.</param>
    /// <param name="reason">The failure, and the response that the nulls are of.</param>
    public static bool TryExplain(ExecutionMemory memory, CompiledField field, int index, in Slot reason)
    {
        if (field.IsGivenBySeveral)
        {
            memory.Gaps.Explain(index, reason);
        }

        ref var slot = ref memory.Slots[index];
        if (slot.Kind is SlotKind.Object or SlotKind.List)
        {
            return field.Selection is not null && TryExplainBelow(memory, field, slot, reason);
        }

        if (slot.Buffer != reason.Buffer || (slot.Flags & SlotFlags.Errored) != 0 || slot.Kind is not (SlotKind.Null or SlotKind.Failed))
        {
            return false;
        }

        slot = reason;
        return true;
    }

    /// <summary>An object or list that no other place shares.</summary>
    public static Slot Own(ExecutionMemory memory, CompiledShape shape, in Slot slot)
    {
        if ((slot.Flags & SlotFlags.Shared) == 0)
        {
            return slot;
        }

        var offset = slot.Kind == SlotKind.List ? memory.ForkList(slot) : memory.ForkObject(slot.Offset, shape);
        return slot with { Offset = offset, Flags = slot.Flags & ~SlotFlags.Shared };
    }

    private static bool TryExplainBelow(ExecutionMemory memory, CompiledField field, in Slot slot, in Slot reason)
    {
        var isAny = false;
        if (slot.Kind == SlotKind.List)
        {
            for (var i = 0; i < slot.Length; i++)
            {
                isAny |= memory.Slots[slot.Offset + i].Kind is SlotKind.Object or SlotKind.List
                    && TryExplainBelow(memory, field, memory.Slots[slot.Offset + i], reason);
            }

            return isAny;
        }

        foreach (var below in field.Selection!.Variant(memory.Slots[slot.Offset].Aux).Fields)
        {
            isAny |= TryExplain(memory, below, slot.Offset + 1 + below.Slot, reason);
        }

        return isAny;
    }
}
