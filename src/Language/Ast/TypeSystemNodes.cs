using System.Collections.Immutable;

namespace GraphGateway.Language;

/// <summary>
/// A definition or extension of the type system (Spec §3). An extension is the same node with
/// <see cref="IsExtension"/> set and no description: it says what is added.
/// </summary>
public abstract class TypeSystemNode(
    int start,
    int end,
    bool isExtension,
    StringValueNode? description,
    ImmutableArray<DirectiveNode> directives) : DefinitionNode(start, end)
{
    /// <summary>True for <c>extend ...</c>.</summary>
    public bool IsExtension { get; } = isExtension;

    public StringValueNode? Description { get; } = description;

    public ImmutableArray<DirectiveNode> Directives { get; } = directives;
}

/// <summary>SchemaDefinition and SchemaExtension (Spec §3.3).</summary>
public sealed class SchemaDefinitionNode(
    int start,
    int end,
    bool isExtension,
    StringValueNode? description,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<RootOperationTypeNode> operationTypes) : TypeSystemNode(start, end, isExtension, description, directives)
{
    public ImmutableArray<RootOperationTypeNode> OperationTypes { get; } = operationTypes;
}

/// <summary>RootOperationTypeDefinition (Spec §3.3.1).</summary>
public sealed class RootOperationTypeNode(int start, int end, OperationType operation, NamedTypeNode type) : SyntaxNode(start, end)
{
    public OperationType Operation { get; } = operation;

    public NamedTypeNode Type { get; } = type;
}

/// <summary>TypeDefinition and TypeExtension (Spec §3.4).</summary>
public abstract class TypeDefinitionNode(
    int start,
    int end,
    bool isExtension,
    StringValueNode? description,
    NameNode name,
    ImmutableArray<DirectiveNode> directives) : TypeSystemNode(start, end, isExtension, description, directives)
{
    public NameNode Name { get; } = name;
}

/// <summary>ScalarTypeDefinition (Spec §3.5).</summary>
public sealed class ScalarTypeDefinitionNode(
    int start,
    int end,
    bool isExtension,
    StringValueNode? description,
    NameNode name,
    ImmutableArray<DirectiveNode> directives) : TypeDefinitionNode(start, end, isExtension, description, name, directives);

/// <summary>ObjectTypeDefinition (Spec §3.6).</summary>
public sealed class ObjectTypeDefinitionNode(
    int start,
    int end,
    bool isExtension,
    StringValueNode? description,
    NameNode name,
    ImmutableArray<NamedTypeNode> interfaces,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<FieldDefinitionNode> fields) : TypeDefinitionNode(start, end, isExtension, description, name, directives)
{
    public ImmutableArray<NamedTypeNode> Interfaces { get; } = interfaces;

    public ImmutableArray<FieldDefinitionNode> Fields { get; } = fields;
}

/// <summary>InterfaceTypeDefinition (Spec §3.7).</summary>
public sealed class InterfaceTypeDefinitionNode(
    int start,
    int end,
    bool isExtension,
    StringValueNode? description,
    NameNode name,
    ImmutableArray<NamedTypeNode> interfaces,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<FieldDefinitionNode> fields) : TypeDefinitionNode(start, end, isExtension, description, name, directives)
{
    public ImmutableArray<NamedTypeNode> Interfaces { get; } = interfaces;

    public ImmutableArray<FieldDefinitionNode> Fields { get; } = fields;
}

/// <summary>UnionTypeDefinition (Spec §3.8).</summary>
public sealed class UnionTypeDefinitionNode(
    int start,
    int end,
    bool isExtension,
    StringValueNode? description,
    NameNode name,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<NamedTypeNode> members) : TypeDefinitionNode(start, end, isExtension, description, name, directives)
{
    public ImmutableArray<NamedTypeNode> Members { get; } = members;
}

/// <summary>EnumTypeDefinition (Spec §3.9).</summary>
public sealed class EnumTypeDefinitionNode(
    int start,
    int end,
    bool isExtension,
    StringValueNode? description,
    NameNode name,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<EnumValueDefinitionNode> values) : TypeDefinitionNode(start, end, isExtension, description, name, directives)
{
    public ImmutableArray<EnumValueDefinitionNode> Values { get; } = values;
}

/// <summary>InputObjectTypeDefinition (Spec §3.10).</summary>
public sealed class InputObjectTypeDefinitionNode(
    int start,
    int end,
    bool isExtension,
    StringValueNode? description,
    NameNode name,
    ImmutableArray<DirectiveNode> directives,
    ImmutableArray<InputValueDefinitionNode> fields) : TypeDefinitionNode(start, end, isExtension, description, name, directives)
{
    public ImmutableArray<InputValueDefinitionNode> Fields { get; } = fields;
}

/// <summary>DirectiveDefinition (Spec §3.13). Locations are the grammar's names, such as <c>FIELD_DEFINITION</c>.</summary>
public sealed class DirectiveDefinitionNode(
    int start,
    int end,
    StringValueNode? description,
    NameNode name,
    ImmutableArray<InputValueDefinitionNode> arguments,
    bool isRepeatable,
    ImmutableArray<NameNode> locations) : TypeSystemNode(start, end, isExtension: false, description, [])
{
    public NameNode Name { get; } = name;

    public ImmutableArray<InputValueDefinitionNode> Arguments { get; } = arguments;

    public bool IsRepeatable { get; } = isRepeatable;

    public ImmutableArray<NameNode> Locations { get; } = locations;
}

/// <summary>FieldDefinition (Spec §3.6).</summary>
public sealed class FieldDefinitionNode(
    int start,
    int end,
    StringValueNode? description,
    NameNode name,
    ImmutableArray<InputValueDefinitionNode> arguments,
    TypeNode type,
    ImmutableArray<DirectiveNode> directives) : SyntaxNode(start, end)
{
    public StringValueNode? Description { get; } = description;

    public NameNode Name { get; } = name;

    public ImmutableArray<InputValueDefinitionNode> Arguments { get; } = arguments;

    public TypeNode Type { get; } = type;

    public ImmutableArray<DirectiveNode> Directives { get; } = directives;
}

/// <summary>InputValueDefinition: an argument of a field or directive, or a field of an input object (Spec §3.6.1, §3.10).</summary>
public sealed class InputValueDefinitionNode(
    int start,
    int end,
    StringValueNode? description,
    NameNode name,
    TypeNode type,
    ValueNode? defaultValue,
    ImmutableArray<DirectiveNode> directives) : SyntaxNode(start, end)
{
    public StringValueNode? Description { get; } = description;

    public NameNode Name { get; } = name;

    public TypeNode Type { get; } = type;

    public ValueNode? DefaultValue { get; } = defaultValue;

    public ImmutableArray<DirectiveNode> Directives { get; } = directives;
}

/// <summary>EnumValueDefinition (Spec §3.9).</summary>
public sealed class EnumValueDefinitionNode(
    int start,
    int end,
    StringValueNode? description,
    NameNode name,
    ImmutableArray<DirectiveNode> directives) : SyntaxNode(start, end)
{
    public StringValueNode? Description { get; } = description;

    public NameNode Name { get; } = name;

    public ImmutableArray<DirectiveNode> Directives { get; } = directives;
}
