using GraphGateway.Operations;
using GraphGateway.TypeSystem;

namespace GraphGateway.Execution;

/// <summary>
/// What an answer came to
/// (<see href="https://ibm.github.io/graphql-specs/cost-spec.html#sec-Query-Response-Analysis">Query Response Analysis</see>): each object that is
/// written counts by its type, and its fields as calls with the arguments they were given. Counted by the same weights as the estimate, with the
/// lists as long as they are; so it is never more than an estimate whose lists are at least as long.
/// </summary>
internal ref struct AnswerCost(ExecutionMemory memory, TypeSpace space, CostIndex index, VariableValues variables, bool countsNulled)
{
    private long fields;
    private long types;

    // Of the objects and lists that stand in several places; mostly there are none.
    private Dictionary<(SlotKind, int), CostFigures>? shared;

    /// <summary>Of the object and all below it.</summary>
    public CostFigures Of(CompiledShape shape, int target)
    {
        Add(shape, target);
        return new CostFigures(fields, types);
    }

    private void Add(CompiledShape shape, int target)
    {
        // PERF: where one type alone is possible, its objects need not be asked what they are.
        var charges = shape.Type is ObjectType
            ? VariantCharges.OfOnlyType(shape, space, index)
            : VariantCharges.Of(shape, memory.Slots[target].Aux, space, index);
        fields = CostAmount.Add(fields, charges.Calls);
        types = CostAmount.Add(types, charges.Object);
        if (charges.VaryingCalls.Length > 0)
        {
            fields = CostAmount.Add(fields, Least(charges.VaryingCalls));
        }

        foreach (ref readonly var value in charges.Values.AsSpan())
        {
            ref readonly var slot = ref memory.Slots[target + 1 + value.Slot];
            if (value.Each is { } each)
            {
                AddEqual(each, CountObjects(slot, value.HasAllItems && !countsNulled));
            }
            else
            {
                AddValue(value.Shape, value.Leaf, slot);
            }
        }
    }

    private readonly long Least(FieldCalls[] kinds)
    {
        var least = kinds[0].Count(variables);
        for (var i = 1; i < kinds.Length; i++)
        {
            least = Math.Min(least, kinds[i].Count(variables));
        }

        return least;
    }

    // PERF: most objects of an answer are of such a kind, and nothing in them has to be looked at.
    private void AddEqual(VariantCharges each, int count)
    {
        fields = CostAmount.Add(fields, CostAmount.Times(each.Calls, count));
        types = CostAmount.Add(types, CostAmount.Times(each.Object, count));
    }

    private readonly bool IsNulled(in Slot slot) => (slot.Flags & SlotFlags.Nulled) != 0 && !countsNulled;

    private readonly int CountObjects(in Slot slot, bool hasAllItems)
    {
        if (IsNulled(slot) || slot.Kind is not (SlotKind.Object or SlotKind.List))
        {
            return 0;
        }

        if (slot.Kind == SlotKind.Object || hasAllItems)
        {
            return slot.Kind == SlotKind.Object ? 1 : slot.Length;
        }

        var count = 0;
        for (var i = 0; i < slot.Length; i++)
        {
            count += CountObjects(memory.Slots[slot.Offset + i], hasAllItems: false);
        }

        return count;
    }

    private void AddValue(CompiledShape? shape, long leaf, in Slot slot)
    {
        if (slot.Kind == SlotKind.Raw)
        {
            types = CostAmount.Add(types, leaf);
        }
        else if (slot.Kind is not (SlotKind.Object or SlotKind.List) || IsNulled(slot))
        {
            // Written as null, whatever is below.
        }
        else if ((slot.Flags & SlotFlags.Shared) != 0 && !(slot.Kind == SlotKind.Object && IsFlat(shape)))
        {
            AddShared(shape, leaf, slot);
        }
        else
        {
            AddComposite(shape, leaf, slot);
        }
    }

    // PERF: looking at its few fields once more is less than remembering it.
    private readonly bool IsFlat(CompiledShape? shape) => shape is { Type: ObjectType } && VariantCharges.OfOnlyType(shape, space, index).IsFlat;

    // The places multiply with each level on which something is shared: it is counted once.
    private void AddShared(CompiledShape? shape, long leaf, in Slot slot)
    {
        if (!(shared ??= []).TryGetValue((slot.Kind, slot.Offset), out var figures))
        {
            var before = (fields, types);
            (fields, types) = (0, 0);
            AddComposite(shape, leaf, slot);
            shared.Add((slot.Kind, slot.Offset), figures = new CostFigures(fields, types));
            (fields, types) = before;
        }

        fields = CostAmount.Add(fields, figures.FieldThousandths);
        types = CostAmount.Add(types, figures.TypeThousandths);
    }

    private void AddComposite(CompiledShape? shape, long leaf, in Slot slot)
    {
        if (slot.Kind == SlotKind.Object)
        {
            Add(shape!, slot.Offset);
        }
        else if (slot.Kind == SlotKind.List)
        {
            for (var i = 0; i < slot.Length; i++)
            {
                AddValue(shape, leaf, memory.Slots[slot.Offset + i]);
            }
        }
    }
}

