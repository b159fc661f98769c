using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>Type references by structure and name: sources have no type objects in common.</summary>
internal static class TypeNodes
{
    /// <summary>The type of a field; mostly the node that the source itself has.</summary>
    internal static TypeNode Of(FieldDefinition field) => field.Origin is { Node: FieldDefinitionNode node } ? node.Type : Syntax.Type(field.Type);

    /// <summary>The type of an argument or input field; mostly the node that the source itself has.</summary>
    internal static TypeNode Of(InputValueDefinition value) => value.Origin is { Node: InputValueDefinitionNode node } ? node.Type : Syntax.Type(value.Type);

    /// <summary>Of the input objects that an argument's map fills, the fields that take no null.</summary>
    internal static ImmutableArray<MappedField> StrictFieldsOf(InputValueDefinition argument, SelectedValueNode map) => StrictFields.Of(
        argument.Type.Named, map, (type, name) => (type as InputObjectType)?.FindField(name) is { } field ? (Of(field), field.Type.Named) : null);

    internal static string Named(TypeNode type) => type switch
    {
        NonNullTypeNode nonNull => Named(nonNull.Type),
        ListTypeNode list => Named(list.Type),
        _ => ((NamedTypeNode)type).Name.Value,
    };

    internal static TypeNode Nullable(TypeNode type) => type is NonNullTypeNode nonNull ? nonNull.Type : type;

    internal static TypeNode NonNull(TypeNode type) => type is NonNullTypeNode ? type : new NonNullTypeNode(0, 0, type);

    /// <summary>The same type, nullability included.</summary>
    internal static bool AreSame(TypeNode a, TypeNode b) => (a, b) switch
    {
        (NonNullTypeNode nonNullA, NonNullTypeNode nonNullB) => AreSame(nonNullA.Type, nonNullB.Type),
        (ListTypeNode listA, ListTypeNode listB) => AreSame(listA.Type, listB.Type),
        (NamedTypeNode namedA, NamedTypeNode namedB) => namedA.Name.Value == namedB.Name.Value,
        _ => false,
    };

    /// <summary>Same lists and same name, whatever the nullability (Composite Schemas, SameTypeShape).</summary>
    internal static bool SameShape(TypeNode a, TypeNode b) => (Nullable(a), Nullable(b)) switch
    {
        (ListTypeNode listA, ListTypeNode listB) => SameShape(listA.Type, listB.Type),
        (NamedTypeNode namedA, NamedTypeNode namedB) => namedA.Name.Value == namedB.Name.Value,
        _ => false,
    };
}
