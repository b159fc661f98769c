using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Operations;

/// <summary>
/// An operation with everything folded in that can be known before it runs: fragments inlined, <c>@skip</c> and <c>@include</c> decided,
/// fields merged by response key (Spec §6.3.2 CollectFields, done once for each possible object type instead of once for each object).
/// <para>
/// It holds for one outcome of the conditions: an operation whose <c>@skip</c>/<c>@include</c> depend on variables is normalised (and
/// planned) once for each combination of their values that clients really send, so that nothing after this point knows conditions.
/// </para>
/// </summary>
/// <param name="Kind">Query, mutation or subscription.</param>
/// <param name="Name">The operation's name, or null.</param>
/// <param name="SelectionSet">The root selection set; its type is the root operation type.</param>
/// <param name="Variables">The definitions of the variables that are still used, in document order.</param>
public sealed record NormalizedOperation(
    OperationType Kind,
    string? Name,
    NormalizedSelectionSet SelectionSet,
    ImmutableArray<VariableDefinitionNode> Variables);

/// <summary>
/// What is selected at one composite position of the answer.
/// For any one object type, the fields whose <see cref="NormalizedField.AppliesTo"/> contains it are, in order, exactly the grouped field
/// set of the spec: each response key occurs at most once among them.
/// </summary>
/// <param name="Type">The static type of the position.</param>
/// <param name="Fields">In order of first occurrence.</param>
public sealed record NormalizedSelectionSet(CompositeType Type, ImmutableArray<NormalizedField> Fields)
{
    /// <summary>
    /// At a position of several types, those whose objects the client may not see (<see cref="AccessFilter"/>), whatever is selected of them: whether an object is
    /// there that was asked for by its id, nobody is asked.
    /// </summary>
    public TypeSet Withheld { get; init; }
}

/// <summary>A field of a <see cref="NormalizedSelectionSet"/>.</summary>
public sealed record NormalizedField
{
    /// <summary>The key in the answer: the alias, or else the name.</summary>
    public required string ResponseKey { get; init; }

    /// <summary>
    /// The type that the field is selected on: the position's own type, or that of a fragment. <see cref="Definition"/> is this type's.
    /// </summary>
    public required CompositeType ParentType { get; init; }

    /// <summary>
    /// Of a leaf that some types select on another type before all select it on <see cref="ParentType"/>: those types with that one, the first that has a type counts for it.
    /// The types are a subset of <see cref="AppliesTo"/> as it was normalised.
    /// </summary>
    public ImmutableArray<(TypeSet Types, CompositeType Type)> SelectedEarlier { get; init; } = [];

    /// <summary>
    /// The field's definition on <see cref="ParentType"/>; <see cref="MetaFields.Typename"/> for <c>__typename</c>. An object type may
    /// define it more strictly than an interface does: for null propagation the object type's own definition counts.
    /// </summary>
    public required FieldDefinition Definition { get; init; }

    /// <summary>The arguments as written, with variables in them; order as written.</summary>
    public ImmutableArray<ArgumentNode> Arguments { get; init; } = [];

    /// <summary>The object types for which the field is selected: a subset of the possible types of the position.</summary>
    public required TypeSet AppliesTo { get; init; }

    /// <summary>What is selected below; null for a leaf.</summary>
    public NormalizedSelectionSet? SelectionSet { get; init; }

    /// <summary>
    /// True where the client may not see the field (<see cref="AccessFilter"/>): it is null with an error, no source is asked for it, and nothing is
    /// selected below.
    /// </summary>
    public bool IsWithheld { get; init; }

    /// <summary>Where the field stands in the document (the first of those merged, or of a leaf the first that is of all its types): the location for errors.</summary>
    public required FieldNode Node { get; init; }

    /// <summary>The type that the field is selected on first of the objects of a type of <see cref="AppliesTo"/>.</summary>
    /// <param name="ordinal">The objects' type (<see cref="ObjectType.Ordinal"/>).</param>
    public CompositeType SelectedOn(int ordinal)
    {
        foreach (var (types, type) in SelectedEarlier)
        {
            if (types.Contains(ordinal))
            {
                return type;
            }
        }

        return ParentType;
    }
}
