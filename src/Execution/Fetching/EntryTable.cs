using System.Buffers;

namespace GraphGateway.Execution;

/// <summary>Finds the entry that a target of a step belongs to: targets of one type that ask for the same share one.</summary>
internal readonly ref struct EntryTable : IDisposable
{
    private readonly ExecutionMemory memory;
    private readonly StepRun run;
    private readonly EntityStore? store;
    private readonly uint[] rented;

    // By hash: the number of an entry from 1 in the bits that it needs, and other bits of its hash in those above; 0 for none. PERF: so an
    // entry of another key is told from memory that is read anyway. To look at its values misses the cache where targets are many.
    private readonly Span<uint> table;

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
        rented = ArrayPool<uint>.Shared.Rent(size);
        table = rented.AsSpan(0, size);
        table.Clear();
    }

    /// <inheritdoc/>
    public void Dispose() => ArrayPool<uint>.Shared.Return(rented);

    /// <summary>
    /// PERF: hangs the target on the entry of an earlier one with the same type and key, without writing its values, or fills it with what the
    /// request already has. Where there is neither, <paramref name="place"/> is where its entry goes; null when the key is not plain, or not
    /// whole: then only the written values tell.
    /// </summary>
    public bool TryEnterPlain(int target, out EntryPlace? place)
    {
        place = null;
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

        var bucket = (int)hash & (table.Length - 1);
        for (; table[bucket] != 0; bucket = (bucket + 1) & (table.Length - 1))
        {
            if (!IsOf(hash, table[bucket], out var entry))
            {
                continue;
            }

            var first = run.Targets[run.FirstTarget[entry]];
            if (memory.Slots[first].Aux == type && HasEqual(slots, first, index))
            {
                run.AddTo(entry, target);
                return true;
            }
        }

        place = new EntryPlace(bucket, hash);
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
    /// <param name="plain">What <see cref="TryEnterPlain"/> gave.</param>
    public void Enter(int target, EntryPlace? plain)
    {
        if (plain is { } place)
        {
            Add(target, place);
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
        var hash = ByteHash.Of(bytes) + (uint)type;
        var bucket = (int)hash & (table.Length - 1);
        for (; table[bucket] != 0; bucket = (bucket + 1) & (table.Length - 1))
        {
            if (!IsOf(hash, table[bucket], out var entry))
            {
                continue;
            }

            var first = entry == 0 ? 0 : run.ValueEnds[(entry * inputs) - 1] + 1;
            var length = run.ValueEnds[((entry + 1) * inputs) - 1] + 1 - first;
            if (memory.Slots[run.Targets[run.FirstTarget[entry]]].Aux == type && run.Values.Slice(first, length).SequenceEqual(bytes))
            {
                run.Values.CutTo(start);
                run.ValueEnds.CutTo(run.EntryCount * inputs);
                run.AddTo(entry, target);
                return;
            }
        }

        Add(target, new EntryPlace(bucket, hash));
    }

    private bool IsOf(ulong hash, uint item, out int entry)
    {
        // There are at most half as many entries as places.
        var number = (uint)table.Length - 1;
        entry = (int)(item & number) - 1;
        return ((item ^ (uint)(hash >> 32)) & ~number) == 0;
    }

    private void Add(int target, EntryPlace place)
    {
        run.AddEntry(target);
        table[place.Bucket] = ((uint)(place.Hash >> 32) & ~((uint)table.Length - 1)) | (uint)run.EntryCount;
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

/// <summary>Where a new entry goes in an <see cref="EntryTable"/>, and its hash.</summary>
internal readonly record struct EntryPlace(int Bucket, ulong Hash);
