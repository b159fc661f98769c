using System.Buffers;

namespace GraphGateway.Execution;

/// <summary>
/// Writes a large answer's data a piece at a time, so that no more of it is on the way than the client takes. It writes what <see cref="ResultWriter"/>
/// writes, the twin that is faster where all can go at once.
/// </summary>
internal sealed class PieceWriter(ExecutionMemory memory, TypeSpace space)
{
    private Frame[] frames = new Frame[8];
    private int depth;

    // Of a leaf that is being written: the bytes that are left, and whether a quote comes after them.
    private ReadOnlyMemory<byte> rest;
    private bool isQuoted;

    /// <summary>The object is what is written.</summary>
    public void Begin(IBufferWriter<byte> writer, CompiledShape shape, int target)
    {
        var output = new JsonOutput(writer);
        BeginObject(ref output, shape, target);
        output.Flush();
    }

    /// <summary>Writes the next bytes; true when there are more.</summary>
    /// <param name="writer">Gets them.</param>
    /// <param name="bytes">About how many.</param>
    public bool Write(IBufferWriter<byte> writer, int bytes)
    {
        var output = new JsonOutput(writer);
        while (bytes > 0 && (depth > 0 || isQuoted || !rest.IsEmpty))
        {
            bytes -= rest.IsEmpty ? Step(ref output) : WriteRest(ref output, bytes);
        }

        output.Flush();
        return depth > 0 || isQuoted || !rest.IsEmpty;
    }

    private int WriteRest(ref JsonOutput output, int bytes)
    {
        var count = Math.Min(rest.Length, bytes);
        output.Write(rest.Span[..count]);
        rest = rest[count..];
        return count;
    }

    // One value, or what opens or closes one; about how many bytes it took.
    private int Step(ref JsonOutput output)
    {
        if (isQuoted)
        {
            isQuoted = false;
            output.Write((byte)'"');
            return 1;
        }

        ref var frame = ref frames[depth - 1];
        if (frame.Next == frame.Count)
        {
            depth--;
            output.Write(frame.Variant is null ? (byte)']' : (byte)'}');
            return 1;
        }

        var next = frame.Next++;
        if (frame.Variant is not { } variant)
        {
            output.Write(next == 0 ? default : ","u8);
            return 1 + WriteValue(ref output, frame.Shape, memory.Slots[frame.Start + next]);
        }

        var field = variant.Fields[next];
        output.Write(field.Key);
        if (!field.IsTypename)
        {
            return field.Key.Length + WriteValue(ref output, field.Shape, memory.Slots[frame.Start + 1 + field.Slot]);
        }

        var name = variant.Type == TypeSpace.Unknown ? "null"u8 : space.TypenameJson(variant.Type);
        output.Write(name);
        return field.Key.Length + name.Length;
    }

    private int WriteValue(ref JsonOutput output, CompiledShape? shape, in Slot slot)
    {
        if (slot.Kind == SlotKind.Raw)
        {
            rest = memory.RawMemory(slot);
            isQuoted = (slot.Flags & SlotFlags.Quote) != 0;
            output.Write(isQuoted ? "\""u8 : default);
        }
        else if ((slot.Flags & SlotFlags.Nulled) != 0 || slot.Kind is not (SlotKind.Object or SlotKind.List))
        {
            output.Write("null"u8);
        }
        else if (slot.Kind == SlotKind.Object)
        {
            BeginObject(ref output, shape!, slot.Offset);
        }
        else
        {
            output.Write((byte)'[');
            Push(new Frame { Shape = shape, Start = slot.Offset, Count = slot.Length });
        }

        return 4;
    }

    private void BeginObject(ref JsonOutput output, CompiledShape shape, int target)
    {
        var variant = shape.Variant(memory.Slots[target].Aux);
        output.Write((byte)'{');
        Push(new Frame { Variant = variant, Start = target, Count = variant.Fields.Length });
    }

    private void Push(in Frame frame)
    {
        if (depth == frames.Length)
        {
            Array.Resize(ref frames, 2 * depth);
        }

        frames[depth++] = frame;
    }

    // An object that is being written, or, without a variant, a list.
    private struct Frame
    {
        public ShapeVariant? Variant;
        public CompiledShape? Shape;
        public int Start;
        public int Count;
        public int Next;
    }
}
