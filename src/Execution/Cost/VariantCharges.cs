using GraphGateway.Operations;
using GraphGateway.TypeSystem;

namespace GraphGateway.Execution;

/// <summary>What an object of one type counts at a position; made on first use.</summary>
internal sealed class VariantCharges
{
    /// <summary>What it was made with.</summary>
    public required CostIndex Index { get; init; }

    /// <summary>What the object counts, with those below it that it always has and that always count the same.</summary>
    public required long Object { get; init; }

    /// <summary>What the calls of its fields count whose arguments have no variables, together; of those below it as well that it always has.</summary>
    public required long Calls { get; init; }

    /// <summary>The other calls; of an object that no source has told the calls of each that it can be, of which the least count.</summary>
    public required FieldCalls[] VaryingCalls { get; init; }

    /// <summary>The fields whose values have to be looked at.</summary>
    public required ValueCharge[] Values { get; init; }

    /// <summary>Whether each such object counts the same, whatever is in it.</summary>
    public bool IsConstant => VaryingCalls.Length == 0 && Values.Length == 0 && Object >= 0 && Calls >= 0;

    /// <summary>Whether the object can be counted by a look at its own fields, without one at each item of a list.</summary>
    public bool IsFlat => Array.TrueForAll(Values, static value => value.Each is not null && (value.HasAllItems || !value.IsList));

    /// <summary>Of an object of the runtime type.</summary>
    public static VariantCharges Of(CompiledShape shape, int type, TypeSpace space, CostIndex index)
    {
        var variant = shape.Variant(type);
        return variant.Charges is { } charges && charges.Index == index ? charges : variant.Charges = Make(shape, variant, space, index);
    }

    /// <summary>Of the objects of a position whose type is no abstract one.</summary>
    public static VariantCharges OfOnlyType(CompiledShape shape, TypeSpace space, CostIndex index) =>
        shape.Charges is { } charges && charges.Index == index ? charges : shape.Charges = Of(shape, space.Find(shape.Type.Name), space, index);

    private static VariantCharges Make(CompiledShape shape, ShapeVariant variant, TypeSpace space, CostIndex index)
    {
        var isKnown = variant.Type != TypeSpace.Unknown;
        FieldDefinition Own(FieldDefinition definition) => isKnown ? space.OwnDefinition(shape.Type, variant.Type, definition) : definition;
        var possible = KindsOf(shape, variant);
        var kinds = Array.ConvertAll(possible, kind => FieldCalls.Of(shape, kind, space, index));
        var isConstant = Array.TrueForAll(kinds, static kind => kind.Varying.Length == 0);
        var calls = isConstant ? kinds.Min(static kind => kind.Constant) : 0;
        var own = possible.Min(kind => index.ObjectWeight(kind.Type == TypeSpace.Unknown ? shape.Type : space.TypeOf(kind.Type)));
        var values = new List<ValueCharge>();
        foreach (var field in variant.Fields)
        {
            var leaf = FieldCharge.Of(Own(field.Field.Definition), field.Field.Selection!, index).Leaf;
            var value = ValueCharge.Of(field, leaf, space, index);
            if (value.IsAlwaysThere)
            {
                calls = CostAmount.Add(calls, value.Each!.Calls);
                own = CostAmount.Add(own, value.Each.Object);
            }
            else if (value.Shape is not null || value.Leaf > 0)
            {
                values.Add(value);
            }
        }

        return new VariantCharges
        {
            Index = index,
            Object = own,
            Calls = calls,
            VaryingCalls = isConstant ? [] : kinds,
            Values = [.. values],
        };
    }

    // An object that no source has told counts what the cheapest one does that it can be: not more because a source did not answer.
    private static ShapeVariant[] KindsOf(CompiledShape shape, ShapeVariant variant)
    {
        ShapeVariant[] kinds = variant.Type == TypeSpace.Unknown ? [.. shape.Untold.Ordinals().Select(shape.Variant).Where(kind => !kind.IsHidden)] : [];
        return kinds.Length > 0 ? kinds : [variant];
    }
}

/// <summary>What the calls of an object's fields count.</summary>
/// <param name="Constant">Of those whose arguments have no variables, together.</param>
/// <param name="Varying">The others.</param>
internal readonly record struct FieldCalls(long Constant, FieldCharge[] Varying)
{
    /// <summary>Of objects of one kind.</summary>
    public static FieldCalls Of(CompiledShape shape, ShapeVariant variant, TypeSpace space, CostIndex index)
    {
        var constant = 0L;
        List<FieldCharge>? varying = null;
        foreach (var field in variant.Fields)
        {
            var definition = field.Field.Definition;
            var charge = FieldCharge.Of(variant.Type == TypeSpace.Unknown ? definition : space.OwnDefinition(shape.Type, variant.Type, definition), field.Field.Selection!, index);
            if (charge.IsConstant)
            {
                constant = CostAmount.Add(constant, charge.Call(VariableValues.Empty));
            }
            else
            {
                (varying ??= []).Add(charge);
            }
        }

        return new FieldCalls(constant, varying is null ? [] : [.. varying]);
    }

    /// <summary>With these variables, in thousandths.</summary>
    public long Count(VariableValues variables)
    {
        var count = Constant;
        foreach (var call in Varying)
        {
            count = CostAmount.Add(count, call.Call(variables));
        }

        return count;
    }
}

/// <summary>A field whose value has to be looked at.</summary>
/// <param name="Slot">Its place in its object.</param>
/// <param name="Shape">Of what is below it, or null where there are leaves.</param>
/// <param name="Leaf">What each leaf counts.</param>
/// <param name="Each">What each object counts where all count the same, else null: then they have to be looked at.</param>
/// <param name="IsList">Whether it is a list.</param>
/// <param name="HasAllItems">A list of one level whose items are not null: its length is the number of its objects.</param>
/// <param name="IsAlwaysThere">One object that all count the same, and without which there is not the one around it.</param>
internal readonly record struct ValueCharge(int Slot, CompiledShape? Shape, long Leaf, VariantCharges? Each, bool IsList, bool HasAllItems, bool IsAlwaysThere)
{
    public static ValueCharge Of(OutputField field, long leaf, TypeSpace space, CostIndex index)
    {
        var each = field.Shape is { Type: ObjectType } shape && VariantCharges.OfOnlyType(shape, space, index) is { IsConstant: true } charges ? charges : null;
        var list = field.Field.Definition.Type.Nullable as ListType;
        return new ValueCharge(
            field.Slot,
            field.Shape,
            leaf,
            each,
            IsList: list is not null,
            HasAllItems: list is not null && list.OfType.Nullable is not ListType && field.NonNull.At(1) && !field.IsSplit,
            IsAlwaysThere: each is not null && list is null && field.NonNull.At(0) && !field.IsSplit);
    }
}
