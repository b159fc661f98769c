using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TypeSystem;

namespace GraphGateway.Execution;

/// <summary>
/// What an answer came to
/// (<see href="https://ibm.github.io/graphql-specs/cost-spec.html#sec-Query-Response-Analysis">Query Response Analysis</see>): each object that is
/// written counts by its type, and its fields as calls with the arguments they were given. Counted by the same weights as the estimate, with the
/// lists as long as they are; so it is never more than an estimate whose lists are at least as long.
/// </summary>
internal ref struct AnswerCost(ExecutionMemory memory, TypeSpace space, CostIndex index, VariableValues variables)
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
        var variant = shape.Variant(memory.Slots[target].Aux);
        var charges = variant.Charges;
        if (charges?.Index != index)
        {
            variant.Charges = charges = VariantCharges.Of(shape, variant, space, index);
        }

        fields = CostAmount.Add(fields, charges.Calls);
        types = CostAmount.Add(types, charges.Object);
        foreach (var call in charges.VaryingCalls)
        {
            fields = CostAmount.Add(fields, call.Call(variables));
        }

        foreach (var (field, leaf) in charges.Values)
        {
            AddValue(field.Shape, leaf, memory.Slots[target + 1 + field.Slot]);
        }
    }

    private void AddValue(CompiledShape? shape, long leaf, in Slot slot)
    {
        if (slot.Kind == SlotKind.Raw)
        {
            types = CostAmount.Add(types, leaf);
        }
        else if ((slot.Flags & SlotFlags.Nulled) != 0)
        {
            // Written as null, whatever is below.
        }
        else if ((slot.Flags & SlotFlags.Shared) != 0 && slot.Kind is SlotKind.Object or SlotKind.List)
        {
            AddShared(shape, leaf, slot);
        }
        else
        {
            AddComposite(shape, leaf, slot);
        }
    }

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

/// <summary>What an object of one type counts at a position; made on first use.</summary>
internal sealed class VariantCharges
{
    /// <summary>What it was made with.</summary>
    public required CostIndex Index { get; init; }

    /// <summary>What the object counts.</summary>
    public required long Object { get; init; }

    /// <summary>What the calls of its fields count whose arguments have no variables, together.</summary>
    public required long Calls { get; init; }

    /// <summary>The other calls.</summary>
    public required FieldCharge[] VaryingCalls { get; init; }

    /// <summary>The fields whose values have to be looked at, and what each leaf counts.</summary>
    public required (OutputField Field, long Leaf)[] Values { get; init; }

    public static VariantCharges Of(CompiledShape shape, ShapeVariant variant, TypeSpace space, CostIndex index)
    {
        var isKnown = variant.Type != TypeSpace.Unknown;
        FieldDefinition Own(FieldDefinition definition) => isKnown ? space.OwnDefinition(shape.Type, variant.Type, definition) : definition;
        FieldCharge ChargeOf(ResultField field) => FieldCharge.Of(Own(field.Definition), field.Selection!, index);
        var charges = variant.Fields.Select(field => (Field: field, Charge: ChargeOf(field.Field))).ToList();
        var constant = charges.Where(one => one.Charge.IsConstant).Select(one => one.Charge.Call(VariableValues.Empty));
        return new VariantCharges
        {
            Index = index,
            Object = index.ObjectWeight(isKnown ? space.TypeOf(variant.Type) : shape.Type),
            Calls = constant.Aggregate(0L, CostAmount.Add),
            VaryingCalls = [.. charges.Where(one => !one.Charge.IsConstant).Select(one => one.Charge)],
            Values = [.. charges.Where(one => one.Field.Shape is not null || one.Charge.Leaf > 0).Select(one => (one.Field, one.Charge.Leaf))],
        };
    }
}
