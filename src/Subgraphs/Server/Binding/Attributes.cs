namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// Names the GraphQL type that a C# type stands for. On a static class: its public methods are resolvers of that type's fields. On any other
/// class, record or enum: it is the CLR type of that object, input object or enum type.
/// </summary>
/// <param name="name">The type's name in the schema.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Enum | AttributeTargets.Struct, AllowMultiple = true)]
public sealed class GraphQLTypeAttribute(string name) : Attribute
{
    /// <summary>The type's name in the schema.</summary>
    public string Name { get; } = name;
}

/// <summary>
/// Names the field, argument, input field or enum value that a C# member stands for, where its own name in camelCase (for enum members: in
/// SCREAMING_SNAKE_CASE) is not it.
/// </summary>
/// <param name="name">The name in the schema.</param>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property | AttributeTargets.Parameter | AttributeTargets.Field)]
public sealed class GraphQLNameAttribute(string name) : Attribute
{
    /// <summary>The name in the schema.</summary>
    public string Name { get; } = name;
}

/// <summary>A public method or property that no field of the schema stands for.</summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Property)]
public sealed class GraphQLIgnoreAttribute : Attribute;

/// <summary>The parameter of a resolver that takes the object whose field is resolved.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ParentAttribute : Attribute;

/// <summary>
/// The properties of the parent that a resolver (on its <c>[Parent]</c> parameter) or a computed property (on itself) reads. With it, a
/// projection reads only those columns; without it, a resolver with a parent needs the whole of it.
/// </summary>
/// <param name="properties">Property names: <c>nameof(User.Id)</c>. None: it needs nothing of the parent.</param>
[AttributeUsage(AttributeTargets.Parameter | AttributeTargets.Property)]
public sealed class RequiresAttribute(params string[] properties) : Attribute
{
    /// <summary>Property names of the parent's CLR type.</summary>
    public IReadOnlyList<string> Properties { get; } = properties;
}

/// <summary>
/// Apollo Federation: the method finds an entity for <c>_entities</c>. Its parameters take key fields of the representation by name. With
/// several, the first whose non-nullable parameters are all in the representation is used.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class EntityResolverAttribute : Attribute;
