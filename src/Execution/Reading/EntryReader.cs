using System.Diagnostics.CodeAnalysis;

namespace GraphGateway.Execution;

/// <summary>Reads the values that a call asked for, each at its position among the call's entries, into all places that wait for it.</summary>
internal ref struct EntryReader(FetchCall call, ExecutionMemory memory, TargetFiller filler, TypeSpace space, ushort buffer, int maxDepth)
{
    private ObjectReader objects = new(new JsonCursor(call.Response!.Body, maxDepth), memory, space, call.Step, buffer);

    /// <summary>Where the whole answer is read.</summary>
    [UnscopedRef]
    public ref JsonCursor Cursor => ref objects.Cursor;

    /// <summary>There is no such value: null, for each step that waits for it.</summary>
    public readonly void SetNull(int position)
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

    /// <summary>Reads the value where the cursor stands, for each step that waits for it.</summary>
    public void Read(int position)
    {
        var first = Cursor.Peek();
        if (first == (byte)'n')
        {
            Cursor.SkipLiteral("null"u8);
            SetNull(position);
            return;
        }

        var start = Cursor.Position;
        for (var item = call[position]; ; item = call[item.Next])
        {
            objects.Step = item.Run.Step;
            Read(item.Run, item.Entry, first);
            if (item.Next < 0 || Cursor.IsMalformed)
            {
                if (first == (byte)'{' && call.Values is { } values)
                {
                    (values[position * 2], values[(position * 2) + 1]) = (start, Cursor.Position);
                }

                return;
            }

            Cursor.MoveTo(start);
        }
    }

    // Read for the entry's first target, copied to the others.
    private void Read(StepRun run, int entry, byte first)
    {
        var start = Cursor.Position;
        var source = run.Targets[run.FirstTarget[entry]];
        var value = first == (byte)'{' ? objects.ReadObject(run.Step.Selection, source) : default;
        if (first != (byte)'{')
        {
            Cursor.SkipValue();
            value = new Slot { Kind = SlotKind.Failed, Aux = memory.FailureOf(FailureKind.WrongValue, run.Step) };
        }

        if (Cursor.IsMalformed)
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
                var end = Cursor.Position;
                Cursor.MoveTo(start);
                objects.ReadObject(run.Step.Selection, run.Targets[target]);
                Cursor.MoveTo(end);
            }
        }
    }
}
