namespace GraphGateway.Execution;

/// <summary>
/// The entities that one request already has, by source, type and key: a step fills from them what it would have asked its source for once
/// more. Only what the source has told without an error is taken over. It lives as long as the request, and finds its entities in the answer
/// when a step looks for them.
/// </summary>
/// <param name="memory">The request's memory.</param>
/// <param name="plan">Its plan.</param>
/// <param name="root">The root object.</param>
/// <param name="ended">By step: whether it has ended.</param>
internal sealed class EntityStore(ExecutionMemory memory, ExecutablePlan plan, int root, bool[] ended)
{
    // Looking must not cost more than asking: a step with few targets looks at not many more objects than it has.
    private const int FreeObjects = 256;
    private const int ObjectsPerTarget = 4;

    // Nor must the way to them: what is shared on several levels is met once for each of its places.
    private const int StepsPerObject = 64;

    private readonly List<(int Object, ReuseFields Fields)> entities = [];
    private readonly Dictionary<ulong, int> byKey = [];
    private int source;
    private int room;
    private int steps;

    /// <summary>Looks up what the answer holds for the step's targets by now.</summary>
    public void Open(StepRun run)
    {
        entities.Clear();
        byKey.Clear();
        source = run.Step.Source.Ordinal;
        room = FreeObjects + (ObjectsPerTarget * run.Targets.Count);
        steps = (int)Math.Min(int.MaxValue, (long)StepsPerObject * room);
        foreach (var place in run.Step.ReusePlacesIn(plan))
        {
            if (ended[place.Origin.Step.Id])
            {
                Walk(place, root, 0);
            }
        }
    }

    /// <summary>Fills the target with what its source has told of the same entity elsewhere; false when it must be asked.</summary>
    /// <param name="target">The object, of known type, with a whole key.</param>
    /// <param name="slots">Its key.</param>
    public bool TryFill(int target, int[] slots)
    {
        if (entities.Count == 0 || !byKey.TryGetValue(HashOf(target, slots), out var index))
        {
            return false;
        }

        var (found, fields) = entities[index];
        if (found == target || !IsSame(found, target, fields))
        {
            return false;
        }

        Fill(found, target, fields);
        return true;
    }

    private void Walk(ReusePlace place, int index, int depth)
    {
        if (--steps < 0 || memory.IsAbsent(index, out _))
        {
            return;
        }

        if (depth < place.Path.Length)
        {
            WalkSlot(place, index + 1 + place.Path[depth].Slot, depth + 1);
        }
        else if (room > 0)
        {
            room--;
            Add(place, index);
        }
    }

    private void WalkSlot(ReusePlace place, int index, int depth)
    {
        var slot = memory.Slots[index];
        if (slot.Kind == SlotKind.Object)
        {
            Walk(place, slot.Offset, depth);
        }
        else if (slot.Kind == SlotKind.List)
        {
            for (var i = 0; i < slot.Length && room > 0 && --steps > 0; i++)
            {
                WalkSlot(place, slot.Offset + i, depth);
            }
        }
    }

    private void Add(ReusePlace place, int index)
    {
        var type = memory.Slots[index].Aux;
        if (type == TypeSpace.Unknown || place.For(type) is not { } fields)
        {
            return;
        }

        var hash = (ulong)(uint)type;
        foreach (var (there, _) in fields.Key)
        {
            ref var value = ref memory.Slots[index + 1 + there];
            if (value.Kind != SlotKind.Raw)
            {
                return;
            }

            hash = (hash * 31) + ByteHash.Of(memory.Raw(value));
        }

        foreach (var (there, _) in fields.Fields)
        {
            if (!IsWhole(there, memory.Slots[index + 1 + there.Slot]))
            {
                return;
            }
        }

        // One is enough; another one of the same hash is most likely the same.
        if (byKey.TryAdd(hash, entities.Count))
        {
            entities.Add((index, fields));
        }
    }

    // A leaf, or null where that is a value and not what an error has left, as the step's own source has given it.
    private bool IsWhole(CompiledField field, in Slot slot) =>
        memory.SourceOf(slot.Buffer) == source
        && (slot.Kind == SlotKind.Raw
            || (slot.Kind == SlotKind.Null && (slot.Flags & SlotFlags.Errored) == 0 && !field.NonNull.At(0) && !memory.HasUnplacedError(slot.Buffer)));

    private ulong HashOf(int target, int[] slots)
    {
        var hash = (ulong)(uint)memory.Slots[target].Aux;
        foreach (var slot in slots)
        {
            hash = (hash * 31) + ByteHash.Of(memory.Raw(memory.Slots[target + 1 + slot]));
        }

        return hash;
    }

    private bool IsSame(int found, int target, ReuseFields fields)
    {
        if (memory.Slots[found].Aux != memory.Slots[target].Aux)
        {
            return false;
        }

        foreach (var (there, here) in fields.Key)
        {
            if (!memory.Raw(memory.Slots[found + 1 + there]).SequenceEqual(memory.Raw(memory.Slots[target + 1 + here])))
            {
                return false;
            }
        }

        return true;
    }

    private void Fill(int found, int target, ReuseFields fields)
    {
        foreach (var (there, here) in fields.Fields)
        {
            var value = memory.Slots[found + 1 + there.Slot];
            memory.CountLeaf(value.Kind == SlotKind.Raw ? value.Length : 0);
            memory.IsFlawed |= (value.Kind == SlotKind.Null && here.NonNull.At(0)) || (value.Flags & SlotFlags.Inaccessible) != 0;
            memory.Fill(target + 1 + here.Slot, value, here.IsVisible);
        }
    }
}
