using System.Collections.Immutable;
using GraphGateway.Planning;

namespace GraphGateway.Execution;

/// <summary>What a leaf's JSON must look like (Spec §3.5, result coercion).</summary>
internal enum LeafKind : byte
{
    None,
    Int,
    Float,
    String,
    Boolean,
    Id,
    Enum,

    /// <summary>A custom scalar: any JSON value.</summary>
    Custom,
}

/// <summary>How an object of one runtime type is read from a source's answer.</summary>
internal sealed class SelectionVariant(int type, CompiledField[] keys, CompiledField[] fields, ShapeVariant output)
{
    private readonly KeyTable table = new([.. keys.Select(key => key.SourceKey)]);

    public int Type { get; } = type;

    /// <summary>The keys that the source's object has, in the order in which they were asked.</summary>
    public CompiledField[] Keys { get; } = keys;

    /// <summary>All fields that are filled.</summary>
    public CompiledField[] Fields { get; } = fields;

    public ShapeVariant Output { get; } = output;

    /// <summary>The index in <see cref="Keys"/>, or -1 for a key that nobody asked for.</summary>
    public int Find(ReadOnlySpan<byte> key) => table.Find(key);
}

/// <summary>A key of a source's object and the slot that its value goes to.</summary>
internal sealed class CompiledField
{
    /// <summary>Stands for <c>__typename</c>, which is read before the other keys.</summary>
    public static CompiledField Typename { get; } =
        new() { SourceKey = "__typename", Key = "\"__typename\":"u8.ToArray(), Target = null! };

    public required string SourceKey { get; init; }

    /// <summary>The key with quotes and colon, as a source without white space writes it.</summary>
    public required byte[] Key { get; init; }

    public required ResultField Target { get; init; }

    public CompiledSelection? Selection { get; init; }

    public int ListDepth { get; init; }

    /// <summary>Of the runtime type's own definition; none for a hidden field, which never propagates a null.</summary>
    public NonNullLevels NonNull { get; init; }

    public LeafKind Leaf { get; init; }

    public KeyTable? EnumValues { get; init; }

    /// <summary>Those of an enum's values that are there for what others require, and null for clients; null where there are none.</summary>
    public KeyTable? InaccessibleValues { get; init; }

    /// <inheritdoc cref="FetchField.Requires"/>
    public ImmutableArray<string> Requires { get; init; } = [];

    /// <summary>True for a field with objects, to which several steps add.</summary>
    public bool IsGivenBySeveral { get; init; }

    /// <summary>Another field that the same value is for, or null.</summary>
    public CompiledField? Next { get; private set; }

    public int Slot => Target.Slot;

    public bool IsVisible => !Target.IsHidden;

    public void Append(CompiledField other)
    {
        if (Next is null)
        {
            Next = other;
        }
        else
        {
            Next.Append(other);
        }
    }
}
