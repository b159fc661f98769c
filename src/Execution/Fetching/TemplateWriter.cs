using GraphGateway.Planning;

namespace GraphGateway.Execution;

/// <summary>Appends the JSON that a <see cref="ValueTemplate"/> describes, as slices of what the sources gave.</summary>
internal sealed class TemplateWriter(ExecutionMemory memory, TypeSpace space)
{
    /// <summary>A failure that made a value null since this was last set to -1; tells why a target has no key.</summary>
    public int Failure { get; set; } = -1;

    /// <summary>True when a value was null because a source has no such entity, since this was last cleared: a null without an error.</summary>
    public bool HasNoEntity { get; set; }

    /// <summary>The entries that failures made null since this was last cleared, by the names that lead to them, and the failure of each.</summary>
    public List<(string Path, int Failure)> FailedEntries { get; } = [];

    /// <summary>The objects on the way from the root to the target, for a step that takes values from contexts.</summary>
    public ReadOnlyMemory<int> Above { get; set; }

    /// <summary>The step that the values are for.</summary>
    public CompiledStep? Step { get; set; }

    private int depth;

    // Of the entry at hand; null outside of objects.
    private string? path;

    // How many composite fields lead from the target to the current object.
    private int below;

    public TemplateResult Write(CompiledTemplate template, int target, PooledBuffer output) => template.Kind switch
    {
        TemplateKind.Leaf or TemplateKind.Composite => WriteSlot(template, target + 1 + template.Slot, output),
        TemplateKind.Typename => WriteTypename(template, target, output),
        TemplateKind.Object => WriteObject(template, target, output),
        TemplateKind.Context => WriteContext(template, output),
        _ => WriteChoice(template, target, output),
    };

    private TemplateResult WriteSlot(CompiledTemplate template, int index, PooledBuffer output, int level = 0)
    {
        var slot = memory.Slots[index];
        switch (slot.Kind)
        {
            case SlotKind.Raw:
                output.Write(memory.Raw(slot));
                return template.NonNullItems != 0 && NullItems.IsAny(memory.Raw(slot), template.NonNullItems) ? TemplateResult.Unfit : TemplateResult.Value;
            case SlotKind.Object:
                below++;
                var result = Write(template.Inner!, slot.Offset, output);
                below--;
                return result;
            case SlotKind.List:
                return WriteList(template, slot, output, level);
            case SlotKind.Failed:
            case SlotKind.Null when (slot.Flags & SlotFlags.Errored) != 0:
                Fail(slot.Aux);
                break;
            case SlotKind.Null:
                HasNoEntity |= (slot.Flags & SlotFlags.NoEntity) != 0;
                break;
            case SlotKind.Unset when level == 0 && memory.Slots[index - 1 - template.Slot].Aux == TypeSpace.Unknown:
                FailUntold(index - 1 - template.Slot);
                break;
        }

        output.Write("null"u8);
        return TemplateResult.Null;
    }

    private TemplateResult WriteList(CompiledTemplate template, Slot list, PooledBuffer output, int level)
    {
        output.Write((byte)'[');
        for (var i = 0; i < list.Length; i++)
        {
            if (i > 0)
            {
                output.Write((byte)',');
            }

            var mark = output.Length;
            var result = WriteSlot(template, list.Offset + i, output, level + 1);
            if (result == TemplateResult.Unfit || (result != TemplateResult.Value && (template.NonNullItems >> level & 1) != 0))
            {
                return TemplateResult.Unfit;
            }

            if (result == TemplateResult.NoValue)
            {
                output.CutTo(mark);
                output.Write("null"u8);
            }
        }

        output.Write((byte)']');
        return TemplateResult.Value;
    }

    private TemplateResult WriteTypename(CompiledTemplate template, int target, PooledBuffer output)
    {
        var type = memory.Slots[target].Aux;
        if (template.Name is null && type == TypeSpace.Unknown)
        {
            FailUntold(target);
            return TemplateResult.NoValue;
        }

        output.Write(template.Name ?? space.TypenameJson(type));
        return TemplateResult.Value;
    }

    private TemplateResult WriteObject(CompiledTemplate template, int target, PooledBuffer output)
    {
        output.Write((byte)'{');
        var isFirst = true;
        foreach (var entry in template.Entries)
        {
            if (!Applies(entry, target))
            {
                continue;
            }

            var before = output.Length;
            if (!isFirst)
            {
                output.Write((byte)',');
            }

            output.Write(entry.Name!);
            var mark = output.Length;
            var result = WriteEntry(entry, target, output);
            if (result != TemplateResult.Value && entry.IsKey)
            {
                return TemplateResult.NoValue;
            }

            if (result == TemplateResult.Unfit)
            {
                if (entry.WhenUnfit is null)
                {
                    return TemplateResult.Unfit;
                }

                output.CutTo(before);
                continue;
            }

            isFirst = false;
            if (result == TemplateResult.NoValue)
            {
                output.CutTo(mark);
                output.Write("null"u8);
            }
        }

        output.Write((byte)'}');
        return TemplateResult.Value;
    }

    private TemplateResult WriteEntry(CompiledTemplate entry, int target, PooledBuffer output)
    {
        var (before, around) = (Failure, path);
        (Failure, path) = (-1, entry.EntryPath);
        depth++;
        var result = Write(entry.Inner!, target, output);
        depth--;
        if (entry.IsNonNull && result != TemplateResult.Value)
        {
            result = TemplateResult.Unfit;
        }

        if (result == TemplateResult.Unfit && Failure < 0 && entry.WhenUnfit is { } message)
        {
            Fail(memory.FailureOf(FailureKind.MissingRequirement, Step!, message));
        }
        else if (depth == 0 && Failure >= 0 && result is TemplateResult.Unfit or TemplateResult.NoValue)
        {
            // With what failed inside goes all of it.
            Fail(Failure);
        }

        Failure = Failure >= 0 ? Failure : before;
        path = around;
        return result;
    }

    private void Fail(int failure)
    {
        Failure = failure;
        if (path is not null)
        {
            FailedEntries.Add((path, failure));
        }
    }

    private TemplateResult WriteChoice(CompiledTemplate template, int target, PooledBuffer output)
    {
        var mark = output.Length;
        if (below > 0 && memory.Slots[target].Aux == TypeSpace.Unknown)
        {
            FailUntold(target);
            output.Write("null"u8);
            return TemplateResult.Null;
        }

        var isUnfit = false;
        var failed = FailedEntries.Count;
        foreach (var alternative in template.Entries)
        {
            var result = Applies(alternative, target) ? Write(alternative.Inner!, target, output) : TemplateResult.Null;
            if (result == TemplateResult.Value)
            {
                return TemplateResult.Value;
            }

            isUnfit |= result == TemplateResult.Unfit;
            output.CutTo(mark);
            FailedEntries.RemoveRange(failed, FailedEntries.Count - failed);
        }

        if (Failure >= 0)
        {
            Fail(Failure);
        }

        output.Write("null"u8);
        return isUnfit ? TemplateResult.Unfit : TemplateResult.Null;
    }

    // The object is there, and whoever was to tell what it is did not. Where nothing failed, that one has no such entity.
    private void FailUntold(int target)
    {
        if (memory.WhyUntold(target) is >= 0 and var failure)
        {
            Fail(failure);
        }
        else if (below > 0)
        {
            Fail(memory.FailureOf(FailureKind.UntoldType, Step!));
        }
        else
        {
            HasNoEntity = true;
        }
    }

    // The nearest object that sets the context counts, with whatever it has.
    private TemplateResult WriteContext(CompiledTemplate template, PooledBuffer output)
    {
        foreach (var alternative in template.Entries)
        {
            var above = Above.Span[alternative.Slot];
            if (Applies(alternative, above))
            {
                return Write(alternative.Inner!, above, output);
            }
        }

        output.Write("null"u8);
        return TemplateResult.Null;
    }

    private bool Applies(CompiledTemplate entry, int target)
    {
        var type = memory.Slots[target].Aux;
        return type == TypeSpace.Unknown || entry.AppliesTo.Contains(type);
    }
}
