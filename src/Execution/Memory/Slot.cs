using System.Runtime.InteropServices;

namespace GraphGateway.Execution;

/// <summary>
/// A value of the answer, 16 bytes. An object is a header slot followed by one slot for each field of its shape, all sources together;
/// a list is a run of slots. Everything refers by index, so that the garbage collector has nothing to look at.
/// </summary>
[StructLayout(LayoutKind.Sequential)]
internal struct Slot
{
    /// <summary>The size of a slot.</summary>
    public const int Bytes = 16;

    /// <summary>Raw: first byte in the buffer. Object: index of the header. List: index of the first item. Header: the shape's id.</summary>
    public int Offset;

    /// <summary>Raw: bytes. List: items. Header: number of the last walk that came to the object.</summary>
    public int Length;

    /// <summary>Failed, Raw that is <see cref="SlotFlags.Inaccessible"/>, and Null with an error: index of the failure. Header: the runtime type, or <see cref="TypeSpace.Unknown"/>.</summary>
    public int Aux;

    /// <summary>The response that the slot was filled from; 0 when from none.</summary>
    public ushort Buffer;

    public SlotKind Kind;

    public SlotFlags Flags;

    /// <summary>True when a value may still be put here: nothing is there, or only the note that a fetch failed.</summary>
    public readonly bool IsOpen => Kind == SlotKind.Unset || (Kind == SlotKind.Failed && (Flags & SlotFlags.Settled) == 0);
}

internal enum SlotKind : byte
{
    Unset,
    Null,
    Raw,
    Object,
    List,

    /// <summary>Null because of a failure, whose error is written where the field stands in the answer.</summary>
    Failed,
    Header,
}

[Flags]
internal enum SlotFlags : byte
{
    None = 0,

    /// <summary>Raw: an ID that the source gave as a number; written in quotes (Spec §3.5.5).</summary>
    Quote = 1,

    /// <summary>Null: an error for it stands in the list already.</summary>
    Errored = 2,

    /// <summary>Object, List: other slots refer to the same slots; fork before filling further.</summary>
    Shared = 4,

    /// <summary>Object, List: written as null, since something non-null inside has no value.</summary>
    Nulled = 8,

    /// <summary>Failed: whatever the source answers, it was computed from what is not true.</summary>
    Settled = 16,

    /// <summary>Null: a source has no such entity, which is no error.</summary>
    NoEntity = 32,

    /// <summary>Raw: a value that sources may be given and that is null for clients.</summary>
    Inaccessible = 64,
}
