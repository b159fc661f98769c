using System.Buffers;
using GraphGateway.Planning;

namespace GraphGateway.Execution;

/// <summary>
/// Finds what a step fills, from what the answer holds by now, and puts targets that ask for the same together. Each target is evaluated
/// where it stands; a target without a key is settled at once.
/// </summary>
internal sealed class TargetCollector(ExecutionMemory memory, ExecutablePlan plan, TargetFiller filler, EntityStore? store)
{
    private readonly TemplateWriter templates = new(memory, plan.Space);
    private readonly List<int> above = [];
    private int stamp;

    /// <summary>Fills targets and entries of the run.</summary>
    public void Collect(StepRun run, int root)
    {
        if (run.Step.Step is { Kind: FetchKind.Root, Path.IsEmpty: true })
        {
            run.Targets.Add(root);
            run.NextTarget.Add(-1);
            run.AddEntry(0);
            return;
        }

        stamp++;
        above.Clear();
        Walk(run, root, 0);
        run.ForksSeen = memory.Forks.Count;
        store?.Open(run);
        var size = HashTableSize(run.Targets.Count);
        var rented = ArrayPool<int>.Shared.Rent(size);
        var table = rented.AsSpan(0, size);
        table.Clear();
        for (var target = 0; target < run.Targets.Count; target++)
        {
            run.NextTarget.Add(-1);
            if (TryEnterPlain(run, target, table, out var bucket) || !TryEvaluate(run, target))
            {
                continue;
            }

            if (templates.FailedEntries.Count > 0 && filler.TryFailRequiring(run.Step, run.Targets[target], templates.FailedEntries))
            {
                // Nobody else can share what is not whole here.
                run.AddEntry(target);
            }
            else if (bucket >= 0)
            {
                run.AddEntry(target);
                table[bucket] = run.EntryCount;
            }
            else
            {
                Enter(run, target, table);
            }
        }

        ArrayPool<int>.Shared.Return(rented);
    }

    private void Walk(StepRun run, int target, int depth)
    {
        if (memory.IsAbsent(target, out _))
        {
            return;
        }

        var step = run.Step;
        if (depth < step.Step.Path.Length)
        {
            above.Add(target);
            WalkSlot(run, target + 1 + step.Step.Path[depth].Slot, depth + 1);
            above.RemoveAt(depth);
            return;
        }

        ref var header = ref memory.Slots[target];
        var type = header.Aux;
        if (header.Length != stamp && (type == TypeSpace.Unknown || step.Step.TargetTypes.Contains(type)))
        {
            // An object that two places share is met twice and filled once.
            header.Length = stamp;
            run.Targets.Add(target);
            foreach (var ancestor in step.ContextDepth is null ? [] : above)
            {
                run.Above.Add(ancestor);
            }
        }
    }

    private void WalkSlot(StepRun run, int index, int depth)
    {
        var slot = run.Step.ContextDepth < depth ? Own(run, index, depth) : memory.Slots[index];
        if (slot.Kind == SlotKind.Object)
        {
            Walk(run, slot.Offset, depth);
        }
        else if (slot.Kind == SlotKind.List)
        {
            for (var i = 0; i < slot.Length; i++)
            {
                WalkSlot(run, slot.Offset + i, depth);
            }
        }
    }

    // Below an object that sets a context every place needs an object of its own: the fields can have another value in each.
    private Slot Own(StepRun run, int index, int depth)
    {
        var slot = memory.Slots[index];
        if (slot.Kind is SlotKind.Object or SlotKind.List && (slot.Flags & SlotFlags.Shared) != 0)
        {
            slot = Settlement.Own(memory, run.Step.Path[depth], slot);
            memory.Slots[index] = slot;
        }

        return slot;
    }

    /// <summary>
    /// PERF: hangs the target on the entry of an earlier one with the same type and key, without writing its values, or fills it with what the
    /// request already has. Where there is neither, <paramref name="bucket"/> is the place for its entry; -1 when the key is not plain, or not
    /// whole: then only the written values tell.
    /// </summary>
    private bool TryEnterPlain(StepRun run, int target, Span<int> table, out int bucket)
    {
        bucket = -1;
        var index = run.Targets[target];
        var type = memory.Slots[index].Aux;
        if (type == TypeSpace.Unknown || run.Step.PlainKey?.SlotsOf(type) is not { } slots)
        {
            return false;
        }

        var hash = (ulong)(uint)type;
        foreach (var slot in slots)
        {
            ref var value = ref memory.Slots[index + 1 + slot];
            if (value.Kind != SlotKind.Raw)
            {
                return false;
            }

            hash = (hash * 31) + ByteHash.Of(memory.Raw(value));
        }

        bucket = (int)hash & (table.Length - 1);
        for (; table[bucket] != 0; bucket = (bucket + 1) & (table.Length - 1))
        {
            var entry = table[bucket] - 1;
            var first = run.Targets[run.FirstTarget[entry]];
            if (memory.Slots[first].Aux == type && HasEqual(slots, first, index))
            {
                run.AddTo(entry, target);
                return true;
            }
        }

        return store?.TryFill(index, slots) == true;
    }

    private bool HasEqual(int[] slots, int left, int right)
    {
        foreach (var slot in slots)
        {
            ref var value = ref memory.Slots[left + 1 + slot];
            if (value.Kind != SlotKind.Raw || !memory.Raw(value).SequenceEqual(memory.Raw(memory.Slots[right + 1 + slot])))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Appends the target's input values; false when it cannot be asked for.</summary>
    private bool TryEvaluate(StepRun run, int target)
    {
        var start = run.Values.Length;
        var ends = run.ValueEnds.Count;
        templates.FailedEntries.Clear();
        templates.Above = run.Step.ContextDepth is null ? default : run.Above.Slice(target * run.Step.Step.Path.Length, run.Step.Step.Path.Length);
        foreach (var input in run.Step.Inputs)
        {
            templates.Failure = -1;
            var mark = run.Values.Length;
            var result = templates.Write(input.Template, run.Targets[target], run.Values);
            if (result != TemplateResult.Value && input.SkipsOnNull)
            {
                run.Values.CutTo(start);
                run.ValueEnds.CutTo(ends);
                filler.Skip(run.Step, run.Targets[target], templates.Failure);
                return false;
            }

            if (result == TemplateResult.NoValue)
            {
                run.Values.CutTo(mark);
                run.Values.Write("null"u8);
            }

            if (templates.Failure >= 0)
            {
                templates.FailedEntries.Add((input.Name, templates.Failure));
            }

            run.ValueEnds.Add(run.Values.Length);
            run.Values.Write((byte)',');
        }

        return true;
    }

    // The values just written are those of a new entry, unless an entry with the same bytes and type is there already.
    private void Enter(StepRun run, int target, Span<int> table)
    {
        var inputs = run.Step.Inputs.Length;
        if (inputs == 0 && run.EntryCount > 0)
        {
            // Query in several places: one answer for all.
            run.AddTo(0, target);
            return;
        }

        var start = run.EntryCount == 0 || inputs == 0 ? 0 : run.ValueEnds[(run.EntryCount * inputs) - 1] + 1;
        var bytes = run.Values.Slice(start, run.Values.Length - start);
        var type = memory.Slots[run.Targets[target]].Aux;
        var bucket = (int)(ByteHash.Of(bytes) + (uint)type) & (table.Length - 1);
        while (table[bucket] != 0)
        {
            var entry = table[bucket] - 1;
            var first = entry == 0 ? 0 : run.ValueEnds[(entry * inputs) - 1] + 1;
            var length = run.ValueEnds[((entry + 1) * inputs) - 1] + 1 - first;
            if (memory.Slots[run.Targets[run.FirstTarget[entry]]].Aux == type && run.Values.Slice(first, length).SequenceEqual(bytes))
            {
                run.Values.CutTo(start);
                run.ValueEnds.CutTo(run.EntryCount * inputs);
                run.AddTo(entry, target);
                return;
            }

            bucket = (bucket + 1) & (table.Length - 1);
        }

        run.AddEntry(target);
        table[bucket] = run.EntryCount;
    }

    private static int HashTableSize(int count)
    {
        var size = 16;
        while (size < count * 2)
        {
            size *= 2;
        }

        return size;
    }
}
