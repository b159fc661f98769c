namespace GraphGateway.Execution;

/// <summary>How many of a target's fields fail because of what they require.</summary>
internal enum Failing
{
    None,
    Some,

    /// <summary>Nothing is left to be asked for.</summary>
    All,
}

/// <summary>Settles what a step would have filled in a target, where there is no object to read it from.</summary>
internal sealed class TargetFiller(ExecutionMemory memory)
{
    /// <summary>All open fields of the entry's targets fail alike.</summary>
    public void FailEntry(StepRun run, int entry, int failure) => FillEntry(run, entry, FailedSlot(failure, 0));

    /// <summary>The source has null for the entity: so have its fields.</summary>
    public void NullEntry(StepRun run, int entry, ushort buffer) =>
        FillEntry(run, entry, new Slot { Kind = SlotKind.Null, Flags = SlotFlags.NoEntity, Buffer = buffer });

    /// <summary>A target without a key, or without what its fields require: they are null, with the error of whatever kept it away. Without one a source has no such entity.</summary>
    public void Skip(CompiledStep step, int target, int failure) =>
        FillTarget(step, target, failure >= 0 ? FailedSlot(failure, 0) : new Slot { Kind = SlotKind.Null, Flags = SlotFlags.NoEntity });

    /// <summary>Settles the fields that require what failed.</summary>
    /// <param name="step">The step that would fill them.</param>
    /// <param name="target">The object.</param>
    /// <param name="failed">The inputs, or entries of the representation, that are null because of a failure.</param>
    public Failing FailRequiring(CompiledStep step, int target, List<(string Path, int Failure)> failed)
    {
        var (isAny, isAll) = (false, true);
        var type = memory.Slots[target].Aux;
        foreach (var field in step.Selection.Variant(type).Fields)
        {
            var index = field.Requires.IsEmpty ? -1 : failed.FindIndex(entry => field.Requires.Any(required => IsWithin(required, entry.Path) || IsWithin(entry.Path, required)));
            if (index >= 0)
            {
                var slot = FailedSlot(failed[index].Failure, 0);
                slot.Flags = SlotFlags.Settled;
                Settlement.Settle(memory, field, target + 1 + field.Slot, slot);
                isAny = true;
            }
            else
            {
                isAll = false;
            }
        }

        return !isAny ? Failing.None : isAll ? Failing.All : Failing.Some;
    }

    private static bool IsWithin(string path, string around) =>
        path.StartsWith(around, StringComparison.Ordinal) && (path.Length == around.Length || path[around.Length] == '.');

    /// <summary>Nulls that came from the response without a reason of their own get one.</summary>
    /// <param name="run">The step.</param>
    /// <param name="entry">The entry.</param>
    /// <param name="buffer">The response.</param>
    /// <param name="failure">The reason.</param>
    /// <param name="isBelow">The reason stands at a field of the object already.</param>
    public void ExplainNulls(StepRun run, int entry, ushort buffer, int failure, bool isBelow = false)
    {
        for (var target = run.FirstTarget[entry]; target >= 0; target = run.NextTarget[target])
        {
            var index = run.Targets[target];
            if (memory.IsAbsent(index, out _))
            {
                memory.SetAbsent(index, isBelow ? -1 : failure);
                continue;
            }

            NoteUntold(run.Step, index, failure);
            foreach (var field in run.Step.Selection.Variant(memory.Slots[index].Aux).Fields)
            {
                Settlement.TryExplain(memory, field, index + 1 + field.Slot, FailedSlot(failure, buffer));
            }
        }
    }

    /// <summary>
    /// Gives the entry's other targets what its first one got. False when a target has, or can get, composite values of its own, which only
    /// reading the source's bytes again can fill.
    /// </summary>
    public bool TryCopy(StepRun run, int source, int target)
    {
        var type = memory.Slots[source].Aux;
        var fields = run.Step.Selection.Variant(type).Fields;
        foreach (var field in fields)
        {
            if (field.IsGivenBySeveral || (field.Selection is not null && memory.Slots[target + 1 + field.Slot].Kind is SlotKind.Object or SlotKind.List))
            {
                return false;
            }
        }

        if (memory.Slots[target].Aux != type)
        {
            memory.Overwritten.Note(target);
            memory.Slots[target].Aux = type;
        }

        if (memory.WhyUntold(source) is >= 0 and var failure)
        {
            memory.SetUntold(target, failure);
        }

        foreach (var field in fields)
        {
            memory.Fill(target + 1 + field.Slot, memory.Share(source + 1 + field.Slot), field.IsVisible);
        }

        return true;
    }

    private static Slot FailedSlot(int failure, ushort buffer) => new() { Kind = SlotKind.Failed, Aux = failure, Buffer = buffer };

    private void FillEntry(StepRun run, int entry, in Slot value)
    {
        for (var target = run.FirstTarget[entry]; target >= 0; target = run.NextTarget[target])
        {
            FillTarget(run.Step, run.Targets[target], value);
        }
    }

    private void FillTarget(CompiledStep step, int target, in Slot value)
    {
        if (step.Step.Decides.Contains(memory.Slots[target].Aux))
        {
            memory.SetAbsent(target, value.Kind == SlotKind.Failed ? value.Aux : -1);
            return;
        }

        if (value.Kind == SlotKind.Failed)
        {
            NoteUntold(step, target, value.Aux);
        }
        else if (TellsTypeOf(step, target))
        {
            memory.SetUntoldEntity(target);
        }

        foreach (var field in step.Selection.Variant(memory.Slots[target].Aux).Fields)
        {
            Settlement.Settle(memory, field, target + 1 + field.Slot, value);
        }
    }

    // What waits for the type fails with the same reason.
    private void NoteUntold(CompiledStep step, int target, int failure)
    {
        if (TellsTypeOf(step, target))
        {
            memory.SetUntold(target, failure);
        }
    }

    private bool TellsTypeOf(CompiledStep step, int target) => step.Selection.Source.TellsRuntimeType && memory.Slots[target].Aux == TypeSpace.Unknown;
}
