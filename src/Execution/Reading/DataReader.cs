using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace GraphGateway.Execution;

/// <summary>
/// Reads the <c>data</c> of a source's responses into the targets of a call: where in it the values are that were asked for says the call's
/// <see cref="FetchMode"/>.
/// </summary>
internal ref struct DataReader(FetchCall call, ExecutionMemory memory, TargetFiller filler, TypeSpace space, ushort buffer, int maxDepth)
{
    private EntryReader entries = new(call, memory, filler, space, buffer, maxDepth);

    /// <summary>Where the whole answer is read.</summary>
    [UnscopedRef]
    public ref JsonCursor Cursor => ref entries.Cursor;

    /// <summary>The value of <c>data</c>, where the cursor stands. What is not of the shape that was asked for ends everything (<see cref="JsonCursor.IsMalformed"/>).</summary>
    public void Read(Envelope envelope)
    {
        var first = Cursor.Peek();
        if (first == (byte)'n')
        {
            Cursor.SkipLiteral("null"u8);
            NullAll(envelope);
        }
        else if (first != (byte)'{')
        {
            Cursor.Fail();
        }
        else if (call.Mode == FetchMode.Root)
        {
            entries.Read(0);
        }
        else if (call.Mode == FetchMode.Representations)
        {
            ReadMember("_entities"u8);
            ReadEntities(envelope, 0, call.Count);
            ReadRest("_entities"u8);
        }
        else if (call.Mode is FetchMode.AliasBatch or FetchMode.EntityLists)
        {
            ReadAliases(envelope);
        }
        else
        {
            ReadLookup(envelope.Position, 0);
        }
    }

    /// <summary>What a response without data says: every value that was asked for in it is null.</summary>
    public readonly void NullAll(Envelope envelope)
    {
        envelope.IsDataNull = true;
        if (call.HasResponseForEach && envelope.Position >= 0)
        {
            entries.SetNull(envelope.Position);
        }
        else
        {
            NullAll(0, call.Count);
        }
    }

    private readonly void NullAll(int first, int count)
    {
        for (var position = first; position < first + count; position++)
        {
            entries.SetNull(position);
        }
    }

    // Moves to the value of the one key that an object must have; what stands after the value is left to the caller.
    private void ReadMember(scoped ReadOnlySpan<byte> name)
    {
        Cursor.Consume((byte)'{');
        do
        {
            if (Cursor.ReadKey(out _).SequenceEqual(name) || Cursor.IsMalformed)
            {
                return;
            }

            Cursor.SkipValue();
        }
        while (Cursor.TryNext((byte)'}'));
        Cursor.Fail();
    }

    // What else the object has counts for nothing, unless it is the same key once more: nobody can say which of the two is meant.
    private void ReadRest(scoped ReadOnlySpan<byte> name)
    {
        while (Cursor.TryNext((byte)'}'))
        {
            if (Cursor.ReadKey(out _).SequenceEqual(name))
            {
                Cursor.Fail();
                return;
            }

            Cursor.SkipValue();
        }
    }

    private void ReadEntities(Envelope envelope, int first, int expected)
    {
        if (Cursor.Peek() == (byte)'n')
        {
            Cursor.SkipLiteral("null"u8);
            // Not that there are no such entities: that would be a null for each.
            envelope.NullLists.Add((first, expected));
            NullAll(first, expected);
            return;
        }

        Cursor.Consume((byte)'[');
        var count = 0;
        if (!Cursor.TryConsume((byte)']'))
        {
            do
            {
                if (count < expected)
                {
                    entries.Read(first + count);
                }
                else
                {
                    Cursor.SkipValue();
                }

                count++;
            }
            while (Cursor.TryNext((byte)']'));
        }

        if (count != expected)
        {
            // With too few or too many, nobody can say which one belongs to which.
            Cursor.Fail();
        }
    }

    private void ReadAliases(Envelope envelope)
    {
        Cursor.Consume((byte)'{');
        if (Cursor.TryConsume((byte)'}'))
        {
            return;
        }

        var count = call.Mode == FetchMode.EntityLists ? call.ListEnds.Length : call.Count;
        do
        {
            var key = Cursor.ReadKey(out _);
            var index = AliasIndex(key);
            if (index < 0 || index >= count)
            {
                Cursor.SkipValue();
            }
            else
            {
                ReadAlias(envelope, index);
            }
        }
        while (Cursor.TryNext((byte)'}'));
    }

    private void ReadAlias(Envelope envelope, int index)
    {
        var (first, count) = call.Mode == FetchMode.EntityLists ? call.ListAt(index) : (index, 1);
        if (call.StateOf(first) != EntryState.Missing)
        {
            Cursor.Fail();
        }
        else if (call.Mode == FetchMode.EntityLists)
        {
            ReadEntities(envelope, first, count);
        }
        else
        {
            ReadLookupBelow(first, 1);
        }
    }

    private static int AliasIndex(ReadOnlySpan<byte> key) =>
        key.Length > 1 && key[0] == (byte)'_'
        && int.TryParse(key[1..], NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : -1;

    private void ReadLookup(int position, int depth)
    {
        ReadMember(call.StepAt(position).LookupPath[depth]);
        ReadLookupBelow(position, depth + 1);
        ReadRest(call.StepAt(position).LookupPath[depth]);
    }

    private void ReadLookupBelow(int position, int depth)
    {
        var first = Cursor.Peek();
        if (depth == call.StepAt(position).LookupPath.Length || first == (byte)'n')
        {
            entries.Read(position);
        }
        else if (first == (byte)'{')
        {
            ReadLookup(position, depth);
        }
        else
        {
            Cursor.Fail();
        }
    }
}
