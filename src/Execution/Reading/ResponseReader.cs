using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;

namespace GraphGateway.Execution;

/// <summary>
/// Reads a source's answer into the targets of a call
/// (<see href="https://spec.graphql.org/September2025/#sec-Response-Format">Spec §7.1</see>; a batch of variables or requests has one response for
/// each entry, as JSON lines or as a JSON array). Which one a response is for says its index; in an array of responses to a list of requests also its
/// place, when all are there. An answer that is not readable to its end leaves nothing behind.
/// </summary>
internal ref struct ResponseReader
{
    private readonly FetchCall call;
    private readonly ExecutionMemory memory;
    private readonly TargetFiller filler;
    private readonly ushort buffer;
    private ObjectReader objects;

    // In an array of responses to a list of requests: which one comes next; -1 elsewhere.
    private int place = -1;
    private bool isByPlace;

    public ResponseReader(FetchCall call, ExecutionMemory memory, TargetFiller filler, TypeSpace space, ushort buffer, int maxDepth)
    {
        this.call = call;
        this.memory = memory;
        this.filler = filler;
        this.buffer = buffer;
        objects = new ObjectReader(new JsonCursor(call.Response!.Body, maxDepth), memory, space, call.Step, buffer);
    }

    /// <summary>The responses in the answer, or null when it is malformed and nothing of it is left in the slots.</summary>
    public List<Envelope>? Read()
    {
        var envelopes = new List<Envelope>(1);
        if (!Utf8.IsValid(call.Response!.Body) || !TryReadAll(envelopes))
        {
            memory.Slots.Reset(buffer);
            memory.Gaps.Forget(buffer);
            memory.IsFlawed = true;
            for (var position = 0; position < call.Count; position++)
            {
                call.SetState(position, EntryState.Missing);
            }

            return null;
        }

        return envelopes;
    }

    private bool TryReadAll(List<Envelope> envelopes)
    {
        var isArray = call.HasResponseForEach && objects.Cursor.TryConsume((byte)'[');
        place = isArray && call.Mode == FetchMode.RequestBatch ? 0 : -1;
        do
        {
            if (place >= 0 && objects.Cursor.Peek() != (byte)'{')
            {
                // No response: the others count.
                objects.Cursor.SkipValue();
            }
            else if (!TryReadEnvelope(envelopes))
            {
                return false;
            }

            place += place < 0 ? 0 : 1;
        }
        while (isArray ? objects.Cursor.TryNext((byte)']') : call.HasResponseForEach && objects.Cursor.Peek() == (byte)'{');

        if ((isByPlace && place != call.Count) || (envelopes.Count > 1 && envelopes.Exists(envelope => envelope.Position < 0)))
        {
            // Too few or too many, or one for all and others: nobody can say which one belongs to which.
            return false;
        }

        // Trailing garbage means that the rest is not to be trusted either.
        return !objects.Cursor.IsMalformed && objects.Cursor.Peek() == 0 && objects.Cursor.Position == call.Response!.Length;
    }

    private bool TryReadEnvelope(List<Envelope> envelopes)
    {
        var envelope = new Envelope { Position = call.HasResponseForEach ? -1 : 0 };
        objects.Cursor.Consume((byte)'{');
        if (objects.Cursor.IsMalformed || objects.Cursor.TryConsume((byte)'}'))
        {
            return !objects.Cursor.IsMalformed && place >= 0;
        }

        var dataStart = -1;
        do
        {
            var key = objects.Cursor.ReadKey(out _);
            if (key.SequenceEqual("data"u8) && dataStart < 0)
            {
                objects.Cursor.Peek();
                dataStart = objects.Cursor.Position;
                ReadDataOrPostpone(envelope);
            }
            else if (key.SequenceEqual("errors"u8) && envelope.Errors.Length == 0)
            {
                ReadErrors(envelope);
            }
            else if (key.SequenceEqual(IndexKey) && call.HasResponseForEach && envelope.Position < 0)
            {
                ReadIndex(envelope);
            }
            else if (key.SequenceEqual("data"u8) || key.SequenceEqual("errors"u8) || key.SequenceEqual(IndexKey))
            {
                objects.Cursor.Fail();
            }
            else
            {
                objects.Cursor.SkipValue();
            }
        }
        while (objects.Cursor.TryNext((byte)'}'));
        return Finish(envelope, dataStart, envelopes);
    }

    // Without its index nobody knows whose data it is: a server may write the index after the data.
    private void ReadDataOrPostpone(Envelope envelope)
    {
        if (envelope.Position < 0)
        {
            objects.Cursor.SkipValue();
        }
        else
        {
            envelope.IsDataRead = true;
            ReadData(envelope);
        }
    }

    private bool Finish(Envelope envelope, int dataStart, List<Envelope> envelopes)
    {
        if (objects.Cursor.IsMalformed)
        {
            return false;
        }

        if (dataStart < 0 && envelope.Errors.Length == 0)
        {
            // No response. In an array it takes nothing from the others.
            return place >= 0;
        }

        if (envelope.Position < 0 && !TryPlace(envelope, dataStart))
        {
            return false;
        }

        envelopes.Add(envelope);
        if (dataStart < 0 || envelope.Position < 0)
        {
            NullAll(envelope);
        }
        else if (!envelope.IsDataRead)
        {
            var end = objects.Cursor.Position;
            objects.Cursor.MoveTo(dataStart);
            ReadData(envelope);
            if (objects.Cursor.IsMalformed)
            {
                return false;
            }

            objects.Cursor.MoveTo(end);
        }

        return true;
    }

    // Without an index: the response at that place of the array, or that of a source that refuses the whole batch.
    private bool TryPlace(Envelope envelope, int dataStart)
    {
        if (place < 0)
        {
            return call.Mode == FetchMode.RequestBatch && envelope.Errors.Length > 0
                && (dataStart < 0 || call.Response!.Body[dataStart] == (byte)'n');
        }

        isByPlace = true;
        envelope.Position = place;
        return place < call.Count && call.StateOf(place) == EntryState.Missing;
    }

    private void ReadErrors(Envelope envelope)
    {
        objects.Cursor.Peek();
        var start = objects.Cursor.Position;
        objects.Cursor.SkipValue();
        if (objects.Cursor.IsMalformed || objects.Cursor.Slice(start).SequenceEqual("null"u8))
        {
            return;
        }

        // Read with the runtime's own parser: errors are rare, and this has nothing to do with the answer's data.
        using var document = JsonDocument.Parse(objects.Cursor.Slice(start).ToArray(), new JsonDocumentOptions { MaxDepth = 1024 });
        if (document.RootElement.ValueKind != JsonValueKind.Array)
        {
            objects.Cursor.Fail();
            return;
        }

        envelope.Errors = [.. document.RootElement.EnumerateArray().Select(SourceErrorReader.Read)];
    }

    private readonly ReadOnlySpan<byte> IndexKey => call.Mode == FetchMode.RequestBatch ? "requestIndex"u8 : "variableIndex"u8;

    private void ReadIndex(Envelope envelope)
    {
        objects.Cursor.Peek();
        if (!objects.Cursor.TryReadInt32(out var index) || index < 0 || index >= call.Count
            || call.StateOf(index) != EntryState.Missing)
        {
            objects.Cursor.Fail();
            return;
        }

        envelope.Position = index;
    }

    private void ReadData(Envelope envelope)
    {
        var first = objects.Cursor.Peek();
        if (first == (byte)'n')
        {
            objects.Cursor.SkipLiteral("null"u8);
            NullAll(envelope);
        }
        else if (first != (byte)'{')
        {
            objects.Cursor.Fail();
        }
        else if (call.Mode == FetchMode.Root)
        {
            ReadEntry(0);
        }
        else if (call.Mode == FetchMode.Representations)
        {
            ReadMember("_entities"u8);
            ReadEntities(envelope, 0, call.Count);
            ReadRest();
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

    private readonly void NullAll(Envelope envelope)
    {
        envelope.IsDataNull = true;
        if (call.HasResponseForEach && envelope.Position >= 0)
        {
            SetNull(envelope.Position);
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
            SetNull(position);
        }
    }

    private readonly void SetNull(int position)
    {
        call.SetState(position, EntryState.Null);
        for (var item = call[position]; ; item = call[item.Next])
        {
            filler.NullEntry(item.Run, item.Entry, buffer);
            if (item.Next < 0)
            {
                return;
            }
        }
    }

    // Moves to the value of the one key that an object must have; what stands after the value is left to the caller.
    private void ReadMember(scoped ReadOnlySpan<byte> name)
    {
        objects.Cursor.Consume((byte)'{');
        do
        {
            if (objects.Cursor.ReadKey(out _).SequenceEqual(name) || objects.Cursor.IsMalformed)
            {
                return;
            }

            objects.Cursor.SkipValue();
        }
        while (objects.Cursor.TryNext((byte)'}'));
        objects.Cursor.Fail();
    }

    private void ReadRest()
    {
        while (objects.Cursor.TryNext((byte)'}'))
        {
            objects.Cursor.ReadKey(out _);
            objects.Cursor.SkipValue();
        }
    }

    private void ReadEntities(Envelope envelope, int first, int expected)
    {
        if (objects.Cursor.Peek() == (byte)'n')
        {
            objects.Cursor.SkipLiteral("null"u8);
            // Not that there are no such entities: that would be a null for each.
            envelope.NullLists.Add((first, expected));
            NullAll(first, expected);
            return;
        }

        objects.Cursor.Consume((byte)'[');
        var count = 0;
        if (!objects.Cursor.TryConsume((byte)']'))
        {
            do
            {
                if (count < expected)
                {
                    ReadEntry(first + count);
                }
                else
                {
                    objects.Cursor.SkipValue();
                }

                count++;
            }
            while (objects.Cursor.TryNext((byte)']'));
        }

        if (count != expected)
        {
            // With too few or too many, nobody can say which one belongs to which.
            objects.Cursor.Fail();
        }
    }

    private void ReadAliases(Envelope envelope)
    {
        objects.Cursor.Consume((byte)'{');
        if (objects.Cursor.TryConsume((byte)'}'))
        {
            return;
        }

        var count = call.Mode == FetchMode.EntityLists ? call.ListEnds.Length : call.Count;
        do
        {
            var key = objects.Cursor.ReadKey(out _);
            var index = AliasIndex(key);
            if (index < 0 || index >= count)
            {
                objects.Cursor.SkipValue();
            }
            else
            {
                ReadAlias(envelope, index);
            }
        }
        while (objects.Cursor.TryNext((byte)'}'));
    }

    private void ReadAlias(Envelope envelope, int index)
    {
        var (first, count) = call.Mode == FetchMode.EntityLists ? call.ListAt(index) : (index, 1);
        if (call.StateOf(first) != EntryState.Missing)
        {
            objects.Cursor.Fail();
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
        ReadRest();
    }

    private void ReadLookupBelow(int position, int depth)
    {
        var first = objects.Cursor.Peek();
        if (depth == call.StepAt(position).LookupPath.Length || first == (byte)'n')
        {
            ReadEntry(position);
        }
        else if (first == (byte)'{')
        {
            ReadLookup(position, depth);
        }
        else
        {
            objects.Cursor.Fail();
        }
    }

    /// <summary>The value at one position: read for each step that waits for it.</summary>
    private void ReadEntry(int position)
    {
        var first = objects.Cursor.Peek();
        if (first == (byte)'n')
        {
            objects.Cursor.SkipLiteral("null"u8);
            SetNull(position);
            return;
        }

        var start = objects.Cursor.Position;
        for (var item = call[position]; ; item = call[item.Next])
        {
            objects.Step = item.Run.Step;
            ReadEntry(item.Run, item.Entry, first);
            if (item.Next < 0 || objects.Cursor.IsMalformed)
            {
                return;
            }

            objects.Cursor.MoveTo(start);
        }
    }

    // Read for the entry's first target, copied to the others.
    private void ReadEntry(StepRun run, int entry, byte first)
    {
        var start = objects.Cursor.Position;
        var source = run.Targets[run.FirstTarget[entry]];
        var value = first == (byte)'{' ? objects.ReadObject(run.Step.Selection, source) : default;
        if (first != (byte)'{')
        {
            objects.Cursor.SkipValue();
            value = new Slot { Kind = SlotKind.Failed, Aux = memory.FailureOf(FailureKind.WrongValue, run.Step) };
        }

        if (objects.Cursor.IsMalformed)
        {
            return;
        }

        if (value.Kind == SlotKind.Failed)
        {
            run.States[entry] = (int)EntryState.Failed;
            filler.FailEntry(run, entry, value.Aux);
            return;
        }

        run.States[entry] = (int)EntryState.Filled;
        for (var target = run.NextTarget[run.FirstTarget[entry]]; target >= 0; target = run.NextTarget[target])
        {
            if (!filler.TryCopy(run, source, run.Targets[target]))
            {
                var end = objects.Cursor.Position;
                objects.Cursor.MoveTo(start);
                objects.ReadObject(run.Step.Selection, run.Targets[target]);
                objects.Cursor.MoveTo(end);
            }
        }
    }
}
