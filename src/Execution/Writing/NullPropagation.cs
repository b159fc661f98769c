using GraphGateway.Language;
using GraphGateway.Planning;
using GraphGateway.TypeSystem;

namespace GraphGateway.Execution;

/// <summary>
/// Handles what has no value
/// (<see href="https://spec.graphql.org/September2025/#sec-Handling-Execution-Errors">Spec §6.4.4</see>): a null where the type says
/// non-null makes its parent null, up to the nearest nullable one, and every null that is not the source's own gets an error. Runs only
/// where something is missing.
/// </summary>
internal sealed class NullPropagation(ExecutionMemory memory, ErrorList errors)
{
    private readonly ErrorPath path = new();

    // What came of the objects and lists that stand in several places; mostly there are none.
    private Dictionary<(SlotKind, int), (bool HasValue, int Errors, int LeastStep)>? shared;

    /// <summary>
    /// False when the object is null itself. An object in several places is visited in each as long as there are errors in it that would be told, for each
    /// place has a path of its own.
    /// </summary>
    public bool TryComplete(CompiledShape shape, int target)
    {
        var isWhole = true;
        var variant = shape.Variant(memory.Slots[target].Aux);
        if (variant.IsUndecided)
        {
            AddUntold(target);
            return false;
        }

        foreach (var field in variant.Fields)
        {
            path.Add(field.Field.Key);
            var hasValue = CompleteField(variant, field, target);
            isWhole &= hasValue || !field.NonNull.At(0);
            path.CutTo(path.Length - 1);
        }

        return isWhole;
    }

    private bool CompleteField(ShapeVariant variant, OutputField field, int target)
    {
        var index = target + 1 + field.Slot;
        if (field.IsSplit && memory.IsUntoldEntity(target))
        {
            // Whatever it is, who knows has no such entity, and its fields are null.
            if (field.NonNull.At(0))
            {
                AddNull(field);
            }

            return false;
        }

        if (variant.Type == TypeSpace.Unknown
            && (field.IsTypename || field.IsSplit || (field.Unservable is null && memory.Slots[index].Kind == SlotKind.Unset)))
        {
            // Who gives the field differs by the type, so nobody could be asked.
            AddUntold(target);
            return false;
        }

        return field.IsTypename || CompleteValue(field, index, 0);
    }

    private void AddUntold(int target)
    {
        if (memory.WhyUntold(target) is >= 0 and var failure)
        {
            errors.Add(memory.Failures[failure], path);
        }
        else
        {
            errors.Add("No source tells the object's type.", ErrorCode.SubrequestMalformedResponse, path);
        }
    }

    /// <summary>True when a value is written for the slot, false when null is.</summary>
    private bool CompleteValue(OutputField field, int index, int level)
    {
        ref var slot = ref memory.Slots[index];
        if ((slot.Flags & SlotFlags.Shared) == 0 || slot.Kind is not (SlotKind.Object or SlotKind.List))
        {
            return CompleteValue(field, ref slot, level);
        }

        // The places multiply with each level on which something is shared.
        var key = (slot.Kind, slot.Offset);
        if ((shared ??= []).TryGetValue(key, out var known) && (known.Errors == 0 || errors.LeavesOut(known.LeastStep)))
        {
            errors.AddLeftOut(known.Errors, known.LeastStep);
            return Mark(ref slot, known.HasValue);
        }

        var (count, leastStep) = (errors.Count, errors.LeastStep);
        errors.LeastStep = int.MaxValue;
        var hasValue = CompleteValue(field, ref slot, level);
        shared[key] = (hasValue, errors.Count - count, errors.LeastStep);
        errors.LeastStep = Math.Min(leastStep, errors.LeastStep);
        return hasValue;
    }

    private bool CompleteValue(OutputField field, ref Slot slot, int level)
    {
        switch (slot.Kind)
        {
            case SlotKind.Raw when (slot.Flags & SlotFlags.Inaccessible) == 0:
                return true;
            case SlotKind.Raw:
                // No source is asked any more.
                slot.Kind = SlotKind.Failed;
                errors.Add(memory.Failures[slot.Aux], path);
                return false;
            case SlotKind.Object when field.Shape is not null && field.Shape.Variant(memory.Slots[slot.Offset].Aux).IsHidden:
                errors.Add(memory.Failures[memory.WhyUntold(slot.Offset) is >= 0 and var told ? told : slot.Aux], path);
                return Mark(ref slot, hasValue: false);
            case SlotKind.Object when memory.IsAbsent(slot.Offset, out var failure):
                if (failure >= 0)
                {
                    errors.Add(memory.Failures[failure], path);
                }

                return Mark(ref slot, hasValue: false);
            case SlotKind.Object when field.Shape is not null:
                return Mark(ref slot, TryComplete(field.Shape, slot.Offset));
            case SlotKind.List:
                return Mark(ref slot, CompleteItems(field, slot, level + 1));
            case SlotKind.Failed:
                errors.Add(memory.Failures[slot.Aux], path);
                return false;
            case SlotKind.Null:
                if (field.NonNull.At(level) && (slot.Flags & SlotFlags.Errored) == 0)
                {
                    AddNull(field);
                }

                return false;
            default:
                AddUnset(field);
                return false;
        }
    }

    private bool CompleteItems(OutputField field, Slot list, int level)
    {
        var isWhole = true;
        for (var i = 0; i < list.Length; i++)
        {
            path.Add(i);
            isWhole &= CompleteValue(field, list.Offset + i, level) || !field.NonNull.At(level);
            path.CutTo(path.Length - 1);
        }

        return isWhole;
    }

    private static bool Mark(ref Slot slot, bool hasValue)
    {
        slot.Flags = hasValue ? slot.Flags & ~SlotFlags.Nulled : slot.Flags | SlotFlags.Nulled;
        return hasValue;
    }

    private void AddNull(OutputField field) =>
        errors.Add($"Cannot return null for non-nullable field {NameOf(field)}.", ErrorCode.NonNullViolation, path);

    private void AddUnset(OutputField field)
    {
        if (field.Unservable is { } unservable)
        {
            var code = unservable.Cause == UnservableCause.Withheld ? ErrorCode.UnauthorizedFieldOrType : ErrorCode.FieldNotServable;
            errors.Add(unservable.Reason, code, path);
        }
        else
        {
            errors.Add($"The field {NameOf(field)} was not fetched.", ErrorCode.InternalServerError, path);
        }
    }

    private static string NameOf(OutputField field) => ((CompositeType?)field.Field.Parent.Type)?.Name + "." + field.Field.Definition.Name;
}
