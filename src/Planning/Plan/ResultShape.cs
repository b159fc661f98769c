using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// One composite position of the answer, for all sources together: an object there has one slot for each field.
/// Besides what the client selected there are hidden fields, which keys and requirements need and nobody sees.
/// </summary>
public sealed class ResultShape
{
    private readonly List<ResultField> fields;

    /// <summary>A shape without fields; the planner adds them.</summary>
    /// <param name="type">The static type.</param>
    /// <param name="capacity">For how many fields there is room at first.</param>
    internal ResultShape(CompositeType type, int capacity = 0)
    {
        Type = type;
        fields = new List<ResultField>(capacity);
    }

    /// <summary>The static type of the position, from the public schema (from the full schema below a hidden field).</summary>
    public CompositeType Type { get; }

    /// <summary>
    /// By <see cref="ResultField.Slot"/>: first the visible fields in the order of the answer, then the hidden ones.
    /// </summary>
    public IReadOnlyList<ResultField> Fields => fields;

    /// <summary>The types whose objects the client may not see; empty below a hidden field (<see cref="NormalizedSelectionSet.Withheld"/>).</summary>
    internal TypeSet Withheld { get; init; }

    /// <summary>The same as <see cref="Fields"/>. PERF: going through it allocates nothing.</summary>
    internal ReadOnlySpan<ResultField> All => CollectionsMarshal.AsSpan(fields);

    internal ResultField Add(ResultField field)
    {
        fields.Add(field);
        return field;
    }
}

/// <summary>A slot of the objects at one position.</summary>
public sealed class ResultField
{
    internal ResultField(ResultShape parent, int slot, string key, bool isHidden, FieldDefinition definition, TypeSet appliesTo, ResultShape? shape)
    {
        Parent = parent;
        Slot = slot;
        Key = key;
        IsHidden = isHidden;
        Definition = definition;
        AppliesTo = appliesTo;
        Shape = shape;
    }

    /// <summary>The position that the field belongs to.</summary>
    public ResultShape Parent { get; }

    /// <summary>Its index in <see cref="ResultShape.Fields"/>.</summary>
    public int Slot { get; }

    /// <summary>The response key; for a hidden field a name that no client can write, unique in its shape.</summary>
    public string Key { get; }

    /// <summary>True for a field that is there for keys and requirements only and never written to the client.</summary>
    public bool IsHidden { get; }

    /// <summary>
    /// The field's definition. <see cref="MetaFields.Typename"/>: written from the object's runtime type, filled by no step.
    /// <see cref="Schema.SchemaField"/> and <see cref="Schema.TypeField"/> of the public schema: answered by introspection, filled by no step.
    /// Null propagation asks the runtime type's own definition of the same name, which can be stricter than an interface's.
    /// A hidden field never propagates a null.
    /// </summary>
    public FieldDefinition Definition { get; }

    /// <summary>The runtime types for which the field is there. Two fields of one shape with the same key apply to disjoint sets.</summary>
    public TypeSet AppliesTo { get; internal set; }

    /// <summary>The shape of the value, inside all its lists; null for a leaf.</summary>
    public ResultShape? Shape { get; }

    /// <summary>What the client selected; null for a hidden field.</summary>
    public NormalizedField? Selection { get; internal init; }

    /// <summary>True where the client may not see it: no step fills it.</summary>
    public bool IsWithheld => Selection is { IsWithheld: true };

    /// <summary>What the field is called with, variables unreplaced.</summary>
    public ImmutableArray<ArgumentNode> Arguments => Selection?.Arguments ?? HiddenArguments;

    /// <summary>True when the field is called with the same arguments, in any order.</summary>
    public bool HasArguments(ImmutableArray<ArgumentNode> others) => Arguments.Length == others.Length && (others.IsEmpty || HasEach(others));

    // PERF: mostly there are none, and to look for one captures it.
    private bool HasEach(ImmutableArray<ArgumentNode> others) =>
        Arguments.All(argument => others.Any(other => other.Name.Value == argument.Name.Value && Printer.Print(other.Value) == Printer.Print(argument.Value)));

    /// <summary>What a hidden field is called with; a visible one has its arguments from <see cref="Selection"/>.</summary>
    internal ImmutableArray<ArgumentNode> HiddenArguments { get; init; } = [];

    /// <summary>
    /// While the plan is built: objects of several kinds (<see cref="FieldKinds"/>) are below, so one fetch brings them for all types, and others
    /// can only add to them.
    /// </summary>
    internal bool IsWhole { get; init; }

    /// <summary>While the plan is built: the runtime types for which some step fills the slot.</summary>
    internal TypeSet Filled { get; set; }

    /// <inheritdoc/>
    public override string ToString() => $"{Parent.Type.Name}.{Key}";
}
