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
    // Of more errors in one response nobody is told, though they would say why something is null.
    private const int LeastErrorsRead = 10_000;

    private readonly FetchCall call;
    private readonly int maxErrors;
    private readonly ExecutionMemory memory;
    private readonly ushort buffer;
    private DataReader data;

    // In an array of responses to a list of requests: which one comes next; -1 elsewhere.
    private int place = -1;
    private bool isByPlace;

    public ResponseReader(FetchCall call, ExecutionMemory memory, TargetFiller filler, TypeSpace space, ushort buffer, ExecutionOptions options)
    {
        this.call = call;
        maxErrors = Math.Max(options.MaxErrors, LeastErrorsRead);
        this.memory = memory;
        this.buffer = buffer;
        data = new DataReader(call, memory, filler, space, buffer, options.MaxJsonDepth);
    }

    /// <summary>The responses in the answer, or null when it is malformed and nothing of it is left in the slots.</summary>
    public List<Envelope>? Read()
    {
        var envelopes = new List<Envelope>(1);
        memory.Overwritten.Begin();
        if (!Utf8.IsValid(call.Response!.Body) || !TryReadAll(envelopes))
        {
            memory.Slots.Reset(buffer);
            memory.Overwritten.PutBack();
            memory.Gaps.Forget(buffer);
            memory.IsFlawed = true;
            for (var position = 0; position < call.Count; position++)
            {
                call.SetState(position, EntryState.Missing);
            }

            return null;
        }

        memory.Overwritten.End();
        memory.Gaps.Keep();
        return envelopes;
    }

    private bool TryReadAll(List<Envelope> envelopes)
    {
        var isArray = call.HasResponseForEach && data.Cursor.TryConsume((byte)'[');
        place = isArray && call.Mode == FetchMode.RequestBatch ? 0 : -1;
        do
        {
            if (place >= 0 && data.Cursor.Peek() != (byte)'{')
            {
                // No response: the others count.
                data.Cursor.SkipValue();
            }
            else if (!TryReadEnvelope(envelopes))
            {
                return false;
            }

            place += place < 0 ? 0 : 1;
        }
        while (isArray ? data.Cursor.TryNext((byte)']') : call.HasResponseForEach && data.Cursor.Peek() == (byte)'{');

        if ((isByPlace && place != call.Count) || (envelopes.Count > 1 && envelopes.Exists(envelope => envelope.Position < 0)))
        {
            // Too few or too many, or one for all and others: nobody can say which one belongs to which.
            return false;
        }

        // Trailing garbage means that the rest is not to be trusted either.
        return !data.Cursor.IsMalformed && data.Cursor.Peek() == 0 && data.Cursor.Position == call.Response!.Length;
    }

    private bool TryReadEnvelope(List<Envelope> envelopes)
    {
        var envelope = new Envelope { Position = call.HasResponseForEach ? -1 : 0 };
        data.Cursor.Consume((byte)'{');
        if (data.Cursor.IsMalformed || data.Cursor.TryConsume((byte)'}'))
        {
            return !data.Cursor.IsMalformed && place >= 0;
        }

        var dataStart = -1;
        do
        {
            var key = data.Cursor.ReadKey(out _);
            if (key.SequenceEqual("data"u8) && dataStart < 0)
            {
                data.Cursor.Peek();
                dataStart = data.Cursor.Position;
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
                data.Cursor.Fail();
            }
            else
            {
                data.Cursor.SkipValue();
            }
        }
        while (data.Cursor.TryNext((byte)'}'));
        return Finish(envelope, dataStart, envelopes);
    }

    // Without its index nobody knows whose data it is: a server may write the index after the data.
    private void ReadDataOrPostpone(Envelope envelope)
    {
        if (envelope.Position < 0)
        {
            data.Cursor.SkipValue();
        }
        else
        {
            envelope.IsDataRead = true;
            data.Read(envelope);
        }
    }

    private bool Finish(Envelope envelope, int dataStart, List<Envelope> envelopes)
    {
        if (data.Cursor.IsMalformed)
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
            data.NullAll(envelope);
        }
        else if (!envelope.IsDataRead)
        {
            var end = data.Cursor.Position;
            data.Cursor.MoveTo(dataStart);
            data.Read(envelope);
            if (data.Cursor.IsMalformed)
            {
                return false;
            }

            data.Cursor.MoveTo(end);
        }

        return true;
    }

    // Without an index: the response at that place of the array, or that of a source that refuses the whole batch.
    private bool TryPlace(Envelope envelope, int dataStart)
    {
        if (place < 0)
        {
            return envelope.Errors.Length > 0 && (dataStart < 0 || call.Response!.Body[dataStart] == (byte)'n');
        }

        isByPlace = true;
        envelope.Position = place;
        return place < call.Count && call.StateOf(place) == EntryState.Missing;
    }

    private void ReadErrors(Envelope envelope)
    {
        if (data.Cursor.Peek() == (byte)'n')
        {
            data.Cursor.SkipLiteral("null"u8);
            return;
        }

        envelope.Errors = SourceErrorReader.Read(ref data.Cursor, call.Response!.Bytes, maxErrors, memory.Budget, out var unread);
        envelope.UnreadErrors = unread;
    }

    private readonly ReadOnlySpan<byte> IndexKey => call.Mode == FetchMode.RequestBatch ? "requestIndex"u8 : "variableIndex"u8;

    private void ReadIndex(Envelope envelope)
    {
        data.Cursor.Peek();
        if (!data.Cursor.TryReadInt32(out var index) || index < 0 || index >= call.Count
            || call.StateOf(index) != EntryState.Missing)
        {
            data.Cursor.Fail();
            return;
        }

        envelope.Position = index;
    }
}
