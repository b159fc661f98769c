using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>
/// A type system (Spec §3). Immutable; made by <see cref="SchemaBuilder"/> alone. It contains the five specified scalars that are used,
/// the introspection types, and the specified directives.
/// </summary>
public sealed class Schema
{
    internal Schema(Dictionary<string, NamedType> typesByName, Dictionary<string, DirectiveDefinition> directivesByName)
    {
        this.typesByName = typesByName;
        this.directivesByName = directivesByName;
    }

    private readonly Dictionary<string, NamedType> typesByName;
    private readonly Dictionary<string, DirectiveDefinition> directivesByName;

    /// <summary>The description, or null.</summary>
    public string? Description { get; internal set; }

    /// <summary>The query root; null only in a source schema that has none.</summary>
    public ObjectType? QueryType { get; internal set; }

    /// <summary>The mutation root, or null.</summary>
    public ObjectType? MutationType { get; internal set; }

    /// <summary>The subscription root, or null.</summary>
    public ObjectType? SubscriptionType { get; internal set; }

    /// <summary>Directives applied to the schema definition and its extensions.</summary>
    public ImmutableArray<DirectiveNode> Directives { get; internal set; } = [];

    /// <summary>Where the schema is defined and extended.</summary>
    public ImmutableArray<SyntaxOrigin> Origins { get; internal set; } = [];

    /// <summary>All types: those of the document in its order, then the built-in ones.</summary>
    public ImmutableArray<NamedType> Types { get; internal set; } = [];

    /// <summary>All object types; the index is <see cref="ObjectType.Ordinal"/>. Introspection's own come last.</summary>
    public ImmutableArray<ObjectType> ObjectTypes { get; internal set; } = [];

    /// <summary>All directive definitions: those of the document in its order, then the specified ones.</summary>
    public ImmutableArray<DirectiveDefinition> DirectiveDefinitions { get; internal set; } = [];

    /// <summary>The meta-field <c>__schema: __Schema!</c> of the query root (Spec §4.1).</summary>
    public FieldDefinition SchemaField { get; internal set; } = null!;

    /// <summary>The meta-field <c>__type(name: String!): __Type</c> of the query root (Spec §4.1).</summary>
    public FieldDefinition TypeField { get; internal set; } = null!;

    /// <summary>The type of that name, or null.</summary>
    public NamedType? FindType(string name) => typesByName.GetValueOrDefault(name);

    /// <summary>The directive of that name, or null.</summary>
    public DirectiveDefinition? FindDirective(string name) => directivesByName.GetValueOrDefault(name);

    /// <summary>The root type of an operation, or null when the schema has none.</summary>
    public ObjectType? RootType(OperationType operation) => operation switch
    {
        OperationType.Query => QueryType,
        OperationType.Mutation => MutationType,
        _ => SubscriptionType,
    };

    /// <summary>The field of that name on the type, the meta-fields <c>__schema</c> and <c>__type</c> of the query root included; null when there is none.</summary>
    public FieldDefinition? FindField(CompositeType type, string name) => name switch
    {
        "__schema" when type == QueryType => SchemaField,
        "__type" when type == QueryType => TypeField,
        _ => type.FindField(name),
    };

    /// <summary>The type that a type reference names, or null when a name is unknown (Spec TypeFromAST).</summary>
    public GraphQLType? TypeFrom(TypeNode node) => node switch
    {
        NamedTypeNode named => FindType(named.Name.Value),
        ListTypeNode list => TypeFrom(list.Type) is { } item ? new ListType(item) : null,
        NonNullTypeNode nonNull => TypeFrom(nonNull.Type) is { } inner ? new NonNullType(inner) : null,
        _ => null,
    };

    /// <summary>True when a value of <paramref name="type"/> can stand where <paramref name="superType"/> is asked (Spec IsValidImplementationFieldType).</summary>
    public static bool IsSubtype(GraphQLType type, GraphQLType superType) => (type, superType) switch
    {
        (NonNullType sub, NonNullType super) => IsSubtype(sub.OfType, super.OfType),
        (NonNullType sub, _) => IsSubtype(sub.OfType, superType),
        (ListType sub, ListType super) => IsSubtype(sub.OfType, super.OfType),
        (NamedType sub, NamedType super) => sub == super || IsSubtypeByName(sub, super),
        _ => false,
    };

    /// <summary>True when both references are written alike, over types of one schema.</summary>
    public static bool IsSameType(GraphQLType left, GraphQLType right) => (left, right) switch
    {
        (NonNullType a, NonNullType b) => IsSameType(a.OfType, b.OfType),
        (ListType a, ListType b) => IsSameType(a.OfType, b.OfType),
        _ => left == right,
    };

    private static bool IsSubtypeByName(NamedType type, NamedType superType) => superType switch
    {
        InterfaceType @interface => type is ComplexType complex && complex.Implements(@interface),
        UnionType union => type is ObjectType member && union.Members.Contains(member),
        _ => false,
    };
}
