using System.Collections.Immutable;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>How a JSON value for a source is put together from an object of the answer ("the current object").</summary>
public abstract record ValueTemplate;

/// <summary>The value of a leaf field (lists of leaves too), its bytes as the source gave them.</summary>
public sealed record LeafTemplate(ResultField Field) : ValueTemplate
{
    /// <summary>Where the source takes no null inside the value's lists: bit n for the items n + 1 lists deep.</summary>
    public int NonNullItems { get; init; }
}

/// <summary>
/// Goes through a composite field: null stays null, each item of a list is mapped (nested lists too), and on an object
/// <paramref name="Inner"/> is evaluated with it as the current object.
/// </summary>
public sealed record CompositeTemplate(ResultField Field, ValueTemplate Inner) : ValueTemplate
{
    /// <inheritdoc cref="LeafTemplate.NonNullItems"/>
    public int NonNullItems { get; init; }
}

/// <summary>The current object's runtime type as a string, or a fixed name (the interface's, for an <c>@interfaceObject</c> source).</summary>
public sealed record TypenameTemplate(string? FixedName) : ValueTemplate;

/// <summary>A JSON object whose entries are evaluated on the current object.</summary>
public sealed record ObjectTemplate(ImmutableArray<TemplateEntry> Entries) : ValueTemplate;

/// <summary>An entry of an <see cref="ObjectTemplate"/>.</summary>
/// <param name="Name">The key that is written.</param>
/// <param name="Value">Its value.</param>
/// <param name="AppliesTo">For other runtime types of the current object the entry is left out.</param>
/// <param name="IsKey">True for a part of an entity's key: when it is null, the whole template has no value. A required field is sent even if null.</param>
public sealed record TemplateEntry(string Name, ValueTemplate Value, TypeSet AppliesTo, bool IsKey)
{
    /// <summary>True where the source takes no null: then the whole value does not fit, as with <see cref="LeafTemplate.NonNullItems"/>.</summary>
    public bool IsNonNull { get; init; }

    /// <summary>
    /// An entry of a representation that is a requirement: what clients are told where its value does not fit. Then it is left out, and the
    /// fields that require it fail with this message. Null where every value fits.
    /// </summary>
    public string? WhenUnfit { get; init; }
}

/// <summary>
/// A value from further up, where a context is set: that of the first alternative, the nearest first, whose object is of its types, also
/// when it is null.
/// </summary>
public sealed record ContextTemplate(ImmutableArray<ContextAlternative> Alternatives) : ValueTemplate;

/// <summary>One alternative of a <see cref="ContextTemplate"/>.</summary>
/// <param name="Depth">Where the object is on the way to the target: how many fields of <see cref="FetchStep.Path"/> lead to it from the root.</param>
/// <param name="AppliesTo">The types of that object that set the context.</param>
/// <param name="Value">Evaluated with that object as the current one.</param>
public sealed record ContextAlternative(int Depth, TypeSet AppliesTo, ValueTemplate Value);

/// <summary>Alternatives (<c>a | b</c>): the first whose types contain the current object's and whose value is not null; null when none.</summary>
public sealed record ChoiceTemplate(ImmutableArray<ChoiceAlternative> Alternatives) : ValueTemplate;

/// <summary>One alternative of a <see cref="ChoiceTemplate"/>.</summary>
public sealed record ChoiceAlternative(TypeSet AppliesTo, ValueTemplate Value);
