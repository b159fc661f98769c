namespace GraphGateway.Execution;

/// <summary>Writes the slots as JSON, front to back, the sources' bytes as they are.</summary>
internal ref struct ResultWriter(ExecutionMemory memory, TypeSpace space, JsonOutput output)
{
    public JsonOutput Output = output;

    public void WriteObject(CompiledShape shape, int target)
    {
        var variant = shape.Variant(memory.Slots[target].Aux);
        Output.Write((byte)'{');
        foreach (var field in variant.Fields)
        {
            Output.Write(field.Key);
            if (field.IsTypename)
            {
                WriteTypename(variant.Type);
            }
            else
            {
                WriteValue(field.Shape, memory.Slots[target + 1 + field.Slot]);
            }
        }

        Output.Write((byte)'}');
    }

    private void WriteValue(CompiledShape? shape, in Slot slot)
    {
        if (slot.Kind == SlotKind.Raw)
        {
            WriteRaw(slot);
        }
        else if ((slot.Flags & SlotFlags.Nulled) != 0)
        {
            Output.Write("null"u8);
        }
        else if (slot.Kind == SlotKind.Object)
        {
            WriteObject(shape!, slot.Offset);
        }
        else if (slot.Kind == SlotKind.List)
        {
            WriteList(shape, slot);
        }
        else
        {
            Output.Write("null"u8);
        }
    }

    private void WriteRaw(in Slot slot)
    {
        if ((slot.Flags & SlotFlags.Quote) == 0)
        {
            Output.Write(memory.Raw(slot));
            return;
        }

        Output.Write((byte)'"');
        Output.Write(memory.Raw(slot));
        Output.Write((byte)'"');
    }

    private void WriteList(CompiledShape? shape, in Slot list)
    {
        Output.Write((byte)'[');
        for (var i = 0; i < list.Length; i++)
        {
            if (i > 0)
            {
                Output.Write((byte)',');
            }

            WriteValue(shape, memory.Slots[list.Offset + i]);
        }

        Output.Write((byte)']');
    }

    private void WriteTypename(int type)
    {
        if (type == TypeSpace.Unknown)
        {
            Output.Write("null"u8);
        }
        else
        {
            Output.Write(space.TypenameJson(type));
        }
    }
}
