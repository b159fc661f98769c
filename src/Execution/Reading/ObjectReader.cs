using System.Runtime.CompilerServices;

namespace GraphGateway.Execution;

/// <summary>
/// Reads objects of a source's answer into slots: a value is checked, its place in the bytes is noted, and that is all that happens to it.
/// A value that does not fit its type becomes a failure of that field alone; broken JSON ends everything (<see cref="JsonCursor.IsMalformed"/>).
/// </summary>
internal ref struct ObjectReader(JsonCursor cursor, ExecutionMemory memory, TypeSpace space, CompiledStep step, ushort buffer)
{
    public JsonCursor Cursor = cursor;

    /// <summary>The step that is read for; a call can be for several.</summary>
    public CompiledStep Step = step;

    /// <summary>
    /// Reads the object that begins here. <paramref name="existing"/> is filled, or a new one is made when it is negative.
    /// The slot that refers to it, or one that tells why there is none.
    /// </summary>
    public Slot ReadObject(CompiledSelection selection, int existing)
    {
        var start = Cursor.Position;
        var type = RuntimeType(selection, existing);
        if (Cursor.IsMalformed)
        {
            return default;
        }

        if (type is null)
        {
            Cursor.MoveTo(start);
            Cursor.SkipValue();
            return Failed(FailureKind.WrongType);
        }

        var target = existing >= 0 ? existing : memory.NewObject(selection.Shape, type.Value);
        var wasUntold = existing >= 0 && memory.Slots[target].Aux == TypeSpace.Unknown;
        if (wasUntold)
        {
            memory.Overwritten.Note(target);
        }

        memory.Slots[target].Aux = type.Value;
        var variant = selection.Variant(type.Value);
        ReadMembers(variant, target);
        var failure = variant.Output.IsHidden ? memory.FailureOf(FailureKind.InaccessibleType, Step) : 0;
        if (variant.Output.IsHidden && wasUntold)
        {
            // Whoever brought the object could not know.
            memory.SetUntold(target, failure);
        }

        return new Slot { Kind = SlotKind.Object, Offset = target, Buffer = buffer, Aux = failure };
    }

    /// <summary>The type that the object says it has, or that is known anyway; null when they contradict each other.</summary>
    private int? RuntimeType(CompiledSelection selection, int existing)
    {
        var known = existing >= 0 ? memory.Slots[existing].Aux : TypeSpace.Unknown;
        var own = selection.FixedType;
        if (selection.Source.TellsRuntimeType)
        {
            own = ReadTypename();
            if (own == TypeSpace.Unknown)
            {
                return null;
            }
        }
        else if (own == TypeSpace.Unknown)
        {
            own = known != TypeSpace.Unknown ? known : selection.OnlyType;
        }

        var contradicts = known != TypeSpace.Unknown && known != own;
        var isPossible = own == TypeSpace.Unknown || known == own || selection.IsPossible(own)
            || (known == TypeSpace.Unknown && selection.IsHidden(own));
        return contradicts || !isPossible ? null : own;
    }

    // The planner asks for __typename first, so this is one comparison; a server may order keys as it likes, though.
    private int ReadTypename()
    {
        var start = Cursor.Position;
        var type = TypeSpace.Unknown;
        Cursor.Consume((byte)'{');
        if (Cursor.Peek() == (byte)'}')
        {
            Cursor.MoveTo(start);
            return type;
        }

        do
        {
            Cursor.Peek();
            if (Cursor.TryConsumeExactly("\"__typename\":"u8) || IsTypename(Cursor.ReadKey(out var isEscaped), isEscaped))
            {
                type = ReadTypeName();
                break;
            }

            Cursor.SkipValue();
        }
        while (Cursor.TryNext((byte)'}'));

        if (!Cursor.IsMalformed)
        {
            Cursor.MoveTo(start);
        }

        return type;
    }

    private static bool IsTypename(ReadOnlySpan<byte> key, bool isEscaped) => Decoded(key, isEscaped).SequenceEqual("__typename"u8);

    private int ReadTypeName()
    {
        if (Cursor.Peek() != (byte)'"')
        {
            return TypeSpace.Unknown;
        }

        var start = Cursor.Position;
        var isEscaped = Cursor.SkipString();
        return Cursor.IsMalformed ? TypeSpace.Unknown : space.Find(Decoded(Cursor.Slice(start)[1..^1], isEscaped));
    }

    private void ReadMembers(SelectionVariant variant, int target)
    {
        Cursor.Consume((byte)'{');
        var keys = variant.Keys;
        var seen = 0UL;
        var seenMore = keys.Length > 64 ? new bool[keys.Length] : null;
        var next = 0;
        var count = 0;
        if (!Cursor.TryConsume((byte)'}'))
        {
            do
            {
                var index = ReadKnownKey(variant, next);
                if (index < 0)
                {
                    Cursor.SkipValue();
                    continue;
                }

                next = index + 1;
                if (seenMore is null ? (seen >> index & 1) != 0 : seenMore[index])
                {
                    // Two values for one key: nobody can say which one is meant.
                    Cursor.Fail();
                    return;
                }

                seen |= seenMore is null ? 1UL << index : 0;
                if (seenMore is not null)
                {
                    seenMore[index] = true;
                }

                count++;
                ReadField(keys[index], target);
            }
            while (Cursor.TryNext((byte)'}'));
        }

        if (count < keys.Length && !Cursor.IsMalformed)
        {
            FailMissing(variant, target, seen, seenMore);
        }
    }

    private int ReadKnownKey(SelectionVariant variant, int next)
    {
        Cursor.Peek();
        if (next < variant.Keys.Length && Cursor.TryConsumeExactly(variant.Keys[next].Key))
        {
            return next;
        }

        var key = Cursor.ReadKey(out var isEscaped);
        return Cursor.IsMalformed ? -1 : variant.Find(Decoded(key, isEscaped));
    }

    private void FailMissing(SelectionVariant variant, int target, ulong seen, bool[]? seenMore)
    {
        var missing = Failed(FailureKind.MissingKey);
        for (var i = 0; i < variant.Keys.Length; i++)
        {
            if (seenMore is null ? (seen >> i & 1) != 0 : seenMore[i])
            {
                continue;
            }

            for (var field = variant.Keys[i]; field is not null && field != CompiledField.Typename; field = field.Next)
            {
                Settlement.Settle(memory, field, target + 1 + field.Slot, missing);
            }
        }
    }

    private void ReadField(CompiledField field, int target)
    {
        if (field == CompiledField.Typename)
        {
            Cursor.SkipValue();
            return;
        }

        var start = Cursor.Position;
        while (true)
        {
            var index = target + 1 + field.Slot;
            var value = ReadValue(field, 0, memory.Slots[index]);
            if (Cursor.IsMalformed)
            {
                return;
            }

            Put(field, index, value, field.IsVisible);
            if (field.Next is null)
            {
                return;
            }

            field = field.Next;
            Cursor.MoveTo(start);
        }
    }

    private Slot ReadValue(CompiledField field, int level, in Slot existing)
    {
        var first = Cursor.Peek();
        if (first == (byte)'n')
        {
            Cursor.SkipLiteral("null"u8);
            memory.IsFlawed |= field.NonNull.At(level);
            return new Slot { Kind = SlotKind.Null, Buffer = buffer };
        }

        if (level < field.ListDepth)
        {
            return first == (byte)'[' ? ReadList(field, level, existing) : Skip(FailureKind.WrongValue);
        }

        if (field.Selection is null)
        {
            return ReadLeaf(field, first);
        }

        return first == (byte)'{'
            ? ReadObject(field.Selection, existing.Kind == SlotKind.Object ? Settlement.Own(memory, field.Selection.Shape, existing).Offset : -1)
            : Skip(FailureKind.WrongValue);
    }

    // Where an earlier step put objects, this one adds to them; when its source has none there, what it would have added fails.
    private readonly void Put(CompiledField field, int index, in Slot value, bool isVisible)
    {
        var before = memory.Slots[index];
        if (value.Kind is SlotKind.Null or SlotKind.Failed && before.Kind is SlotKind.Object or SlotKind.List)
        {
            Settlement.Settle(memory, field, index, value.Kind == SlotKind.Failed ? value : Failed(FailureKind.MissingEntity));
            return;
        }

        memory.Fill(index, value, isVisible);
        if (field.IsGivenBySeveral)
        {
            NoteGap(field, index, value);
            memory.Gaps.Settle(index, before);
        }
    }

    private readonly void NoteGap(CompiledField field, int index, in Slot value)
    {
        if (value.Kind is SlotKind.Null or SlotKind.Failed)
        {
            memory.Gaps.Note(index, field, value, Step);
        }
    }

    private Slot ReadList(CompiledField field, int level, in Slot existing)
    {
        var old = existing;
        if (old.Kind == SlotKind.List && (old.Flags & SlotFlags.Shared) != 0)
        {
            old.Offset = memory.ForkList(old);
        }

        var mark = memory.Slots.StackCount;
        Cursor.Consume((byte)'[');
        if (!Cursor.TryConsume((byte)']'))
        {
            do
            {
                var index = memory.Slots.StackCount - mark;
                var item = old.Kind == SlotKind.List && index < old.Length ? memory.Slots[old.Offset + index] : default;
                memory.Slots.Push(ReadValue(field, level + 1, item));
            }
            while (Cursor.TryNext((byte)']'));
        }

        var count = memory.Slots.StackCount - mark;
        if (Cursor.IsMalformed)
        {
            memory.Slots.Drop(mark);
            return default;
        }

        if (old.Kind != SlotKind.List)
        {
            return NewList(field, mark, count);
        }

        MergeItems(field, old, mark, count);
        return old with { Flags = SlotFlags.None };
    }

    private readonly Slot NewList(CompiledField field, int mark, int count)
    {
        var items = memory.Slots.PopToSlots(mark);
        for (var i = 0; field.IsGivenBySeveral && i < count; i++)
        {
            NoteGap(field, items + i, memory.Slots[items + i]);
        }

        return new Slot { Kind = SlotKind.List, Offset = items, Length = count, Buffer = buffer };
    }

    // A list that an earlier step read is filled item by item. Lists of different length contradict each other: what they share is
    // filled, and the rest shows as fields that were not fetched.
    private readonly void MergeItems(CompiledField field, in Slot old, int mark, int count)
    {
        var items = memory.Slots.PopToSlots(mark);
        for (var i = 0; i < Math.Min(count, old.Length); i++)
        {
            Put(field, old.Offset + i, memory.Slots[items + i], isVisible: false);
        }

        memory.IsFlawed |= count != old.Length;
    }

    private Slot ReadLeaf(CompiledField field, byte first)
    {
        var start = Cursor.Position;
        var flags = SlotFlags.None;
        var (fits, failure) = (false, 0);
        if (first == (byte)'"')
        {
            var isEscaped = Cursor.SkipString();
            fits = field.Leaf is LeafKind.String or LeafKind.Id or LeafKind.Custom;
            if (field.Leaf == LeafKind.Enum && !Cursor.IsMalformed)
            {
                var name = Decoded(Cursor.Slice(start)[1..^1], isEscaped);
                fits = field.EnumValues!.Find(name) >= 0;
                if (field.InaccessibleValues is { } inaccessible && inaccessible.Find(name) >= 0)
                {
                    (flags, failure) = (SlotFlags.Inaccessible, memory.FailureOf(FailureKind.InaccessibleValue, Step));
                }
            }
        }
        else if (first is (byte)'-' or (>= (byte)'0' and <= (byte)'9'))
        {
            fits = NumberFits(field.Leaf);
            flags = field.Leaf == LeafKind.Id ? SlotFlags.Quote : SlotFlags.None;
        }
        else
        {
            fits = field.Leaf == LeafKind.Custom || (field.Leaf == LeafKind.Boolean && first is (byte)'t' or (byte)'f');
            Cursor.SkipValue();
        }

        if (!fits)
        {
            return Failed(FailureKind.WrongValue);
        }

        memory.CountLeaf(Cursor.Position - start);
        return new Slot { Kind = SlotKind.Raw, Offset = start, Length = Cursor.Position - start, Aux = failure, Buffer = buffer, Flags = flags };
    }

    private bool NumberFits(LeafKind leaf)
    {
        if (leaf == LeafKind.Int)
        {
            return Cursor.TryReadInt32(out _);
        }

        var isInteger = Cursor.SkipNumber();
        return leaf is LeafKind.Float or LeafKind.Custom || (leaf == LeafKind.Id && isInteger);
    }

    private Slot Skip(FailureKind kind)
    {
        Cursor.SkipValue();
        return Failed(kind);
    }

    private readonly Slot Failed(FailureKind kind) =>
        new() { Kind = SlotKind.Failed, Aux = memory.FailureOf(kind, Step), Buffer = buffer };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> Decoded(ReadOnlySpan<byte> text, bool isEscaped) => isEscaped ? JsonNames.Unescape(text) : text;
}
