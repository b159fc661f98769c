using System.Buffers;

namespace GraphGateway.Execution;

/// <summary>Finds the entry that a target of a step belongs to: targets of one type that ask for the same share one.</summary>
internal readonly ref struct EntryTable : IDisposable
{
    private readonly ExecutionMemory memory;
    private readonly StepRun run;
    private readonly EntityStore? store;
    private readonly int[] rented;

    // By hash: the number of an entry from 1, or 0.
    private readonly Span<int> table;

    /// <param name="memory">The request's memory.</param>
    /// <param name="run">The step with all its targets.</param>
    /// <param name="store">Fills targets with what is there already; null where nothing is taken over.</param>
    public EntryTable(ExecutionMemory memory, StepRun run, EntityStore? store)
    {
        this.memory = memory;
        this.run = run;
        this.store = store;
        store?.Open(run);
        var size = SizeFor(run.Targets.Count);
        rented = ArrayPool<int>.Shared.Rent(size);
        table = rented.AsSpan(0, size);
        table.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<int>.Shared.Return(rented);

    /// <summary>
    /// PERF: hangs the target on the entry of an earlier one with the same type and key, without writing its values, or fills it with what the
    /// request already has. Where there is neither, <paramref name="bucket"/> is the place for its entry; -1 when the key is not plain, or not
    /// whole: then only the written values tell.
    /// </summary>
    public bool TryEnterPlain(int target, out int bucket)
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

    /// <summary>The values just written are those of a new entry, unless an entry with the same bytes and type is there already.</summary>
    /// <param name="target">Whose values they are.</param>
    /// <param name="plainBucket">What <see cref="TryEnterPlain"/> gave.</param>
    public void Enter(int target, int plainBucket)
    {
        if (plainBucket >= 0)
        {
            run.AddEntry(target);
            table[plainBucket] = run.EntryCount;
            return;
        }

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

    private static int SizeFor(int count)
    {
        var size = 16;
        while (size < count * 2)
        {
            size *= 2;
        }

        return size;
    }
}
