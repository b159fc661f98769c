namespace GraphGateway.Execution;

/// <summary>
/// How large an answer is before it is written: a few entities of a megabyte each, which thousands of places share, are gigabytes. Nothing is walked
/// that can be bounded without, and what several places share is measured once.
/// </summary>
internal ref struct AnswerSize(ExecutionMemory memory, TypeSpace space)
{
    // Larger than any answer, and small enough to be added up: places multiply with each level on which something is shared.
    private const long Most = 1L << 50;

    // Braces, and the keys of the answer itself.
    private const int Around = 64;

    private Dictionary<(SlotKind, int), long>? shared;

    /// <summary>Bytes of the answer: as many, or more where that is within the limit anyway.</summary>
    /// <param name="plan">Its plan.</param>
    /// <param name="memory">Its values, nulls propagated.</param>
    /// <param name="errors">Its errors.</param>
    /// <param name="root">The root object; negative where <c>data</c> is null.</param>
    /// <param name="limit">What interests the caller.</param>
    public static long AtMost(ExecutablePlan plan, ExecutionMemory memory, ErrorList errors, int root, long limit)
    {
        var others = Around + errors.Size;
        if (root < 0)
        {
            return others;
        }

        // Each slot is written once at most where none is shared: with a key, or a comma, and as its leaf, or as something short.
        var bound = others + memory.LeafBytes + ((long)memory.Slots.Count * plan.MostBytesBesideLeaf);
        return !memory.IsShared && bound <= limit ? bound : others + new AnswerSize(memory, plan.Space).OfObject(plan.Root, root);
    }

    private long OfObject(CompiledShape shape, int target)
    {
        var variant = shape.Variant(memory.Slots[target].Aux);
        var size = 2L;
        foreach (var field in variant.Fields)
        {
            size += field.Key.Length + (field.IsTypename ? OfTypename(variant.Type) : OfValue(field.Shape, memory.Slots[target + 1 + field.Slot]));
        }

        return Math.Min(size, Most);
    }

    private readonly long OfTypename(int type) => type == TypeSpace.Unknown ? 4 : space.TypenameJson(type).Length;

    private long OfValue(CompiledShape? shape, in Slot slot)
    {
        if (slot.Kind == SlotKind.Raw)
        {
            return slot.Length + ((slot.Flags & SlotFlags.Quote) == 0 ? 0 : 2);
        }

        if ((slot.Flags & SlotFlags.Nulled) != 0 || slot.Kind is not (SlotKind.Object or SlotKind.List))
        {
            return 4;
        }

        if ((slot.Flags & SlotFlags.Shared) == 0)
        {
            return OfComposite(shape, slot);
        }

        if (!(shared ??= []).TryGetValue((slot.Kind, slot.Offset), out var size))
        {
            shared.Add((slot.Kind, slot.Offset), size = OfComposite(shape, slot));
        }

        return size;
    }

    private long OfComposite(CompiledShape? shape, in Slot slot)
    {
        if (slot.Kind == SlotKind.Object)
        {
            return OfObject(shape!, slot.Offset);
        }

        var size = 2L + Math.Max(0, slot.Length - 1);
        for (var i = 0; i < slot.Length; i++)
        {
            size = Math.Min(size + OfValue(shape, memory.Slots[slot.Offset + i]), Most);
        }

        return size;
    }
}
