using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Validation;

/// <summary>
/// A field where it is selected: on which type, and what that type says about it; both null when the document is wrong there.
/// </summary>
internal readonly record struct FieldUse(FieldNode Node, CompositeType? Parent, FieldDefinition? Definition)
{
    /// <summary>The type that the field's own selection set selects from.</summary>
    public CompositeType? ChildParent => Definition?.Type.Named as CompositeType;

    /// <summary>
    /// Why two fields of one response key cannot be one field, when both can be selected on the same object; null when they can.
    /// </summary>
    public static string? DifferenceOfFields(FieldNode a, FieldNode b)
    {
        if (a.Name.Value != b.Name.Value)
        {
            return $"\"{a.Name}\" and \"{b.Name}\" are different fields";
        }

        return SameValues.Arguments(a.Arguments, b.Arguments) ? null : "they have differing arguments";
    }

    /// <summary>Why the values of two fields cannot stand under one response key, whatever object they are of; null when they can.</summary>
    public static string? DifferenceOfShapes(FieldUse a, FieldUse b) =>
        a.Definition?.Type is { } typeA && b.Definition?.Type is { } typeB && !HaveSameShape(typeA, typeB)
            ? $"they return conflicting types \"{typeA}\" and \"{typeB}\""
            : null;

    /// <summary>Spec SameResponseShape, without sub-selections. An equivalence: comparing with the first of many is enough.</summary>
    private static bool HaveSameShape(GraphQLType a, GraphQLType b) => (a, b) switch
    {
        (NonNullType nonNullA, NonNullType nonNullB) => HaveSameShape(nonNullA.OfType, nonNullB.OfType),
        (ListType listA, ListType listB) => HaveSameShape(listA.OfType, listB.OfType),
        (NamedType namedA, NamedType namedB) => namedA == namedB || (namedA is CompositeType && namedB is CompositeType),
        _ => false,
    };
}
