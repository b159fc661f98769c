using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem;

/// <summary>A type as it stands in a type reference: named, list or non-null (Spec §3.4, Wrapping Types).</summary>
public abstract class GraphQLType
{
    /// <summary>The named type inside all wrappers.</summary>
    public abstract NamedType Named { get; }

    /// <summary>True for <c>T!</c>.</summary>
    public bool IsNonNull => this is NonNullType;

    /// <summary>This type without an outer <c>!</c>.</summary>
    public GraphQLType Nullable => this is NonNullType nonNull ? nonNull.OfType : this;
}

/// <summary>List (Spec §3.11).</summary>
public sealed class ListType(GraphQLType ofType) : GraphQLType
{
    /// <summary>The type of the items.</summary>
    public GraphQLType OfType { get; } = ofType;

    /// <inheritdoc/>
    public override NamedType Named => OfType.Named;

    /// <inheritdoc/>
    public override string ToString() => $"[{OfType}]";
}

/// <summary>Non-Null (Spec §3.12); <see cref="OfType"/> is a named type or a list.</summary>
public sealed class NonNullType(GraphQLType ofType) : GraphQLType
{
    /// <summary>The nullable type inside.</summary>
    public GraphQLType OfType { get; } = ofType;

    /// <inheritdoc/>
    public override NamedType Named => OfType.Named;

    /// <inheritdoc/>
    public override string ToString() => $"{OfType}!";
}

/// <summary>
/// A type with a name. Made by <see cref="SchemaBuilder"/> alone and never changed after it: the internal setters are there because
/// types refer to each other in circles.
/// </summary>
public abstract class NamedType(string name) : GraphQLType
{
    /// <summary>The type's name.</summary>
    public string Name { get; } = name;

    /// <summary>The description, or null.</summary>
    public string? Description { get; internal set; }

    /// <summary>Directives applied to the definition and its extensions, in document order.</summary>
    public ImmutableArray<DirectiveNode> Directives { get; internal set; } = [];

    /// <summary>Where the type is defined and extended; empty for built-in types.</summary>
    public ImmutableArray<SyntaxOrigin> Origins { get; internal set; } = [];

    /// <summary>True for the five specified scalars and the introspection types.</summary>
    public bool IsBuiltIn { get; internal set; }

    /// <inheritdoc/>
    public override NamedType Named => this;

    /// <summary>Scalar, enum or input object, through wrappers too (Spec IsInputType).</summary>
    public bool IsInputType => this is ScalarType or EnumType or InputObjectType;

    /// <summary>Everything but an input object (Spec IsOutputType).</summary>
    public bool IsOutputType => this is not InputObjectType;

    /// <summary>Scalar or enum.</summary>
    public bool IsLeafType => this is ScalarType or EnumType;

    /// <inheritdoc/>
    public override string ToString() => Name;
}

/// <summary>A node and the text that its offsets point into.</summary>
public readonly record struct SyntaxOrigin(SourceText Source, SyntaxNode Node)
{
    /// <summary>Line and column of the node's start.</summary>
    public SourceLocation Location => Source.LocationOf(Node.Start);
}

/// <summary>Scalar (Spec §3.5).</summary>
public sealed class ScalarType(string name) : NamedType(name)
{
    /// <summary>The URL given by <c>@specifiedBy</c>, or null.</summary>
    public string? SpecifiedByUrl { get; internal set; }
}

/// <summary>Enum (Spec §3.9).</summary>
public sealed class EnumType(string name) : NamedType(name)
{
    private Dictionary<string, EnumValueDefinition>? byName;

    /// <summary>In definition order.</summary>
    public ImmutableArray<EnumValueDefinition> Values { get; internal set; } = [];

    /// <summary>The value of that name, or null.</summary>
    public EnumValueDefinition? FindValue(string name) =>
        MemberIndex.Find(Values, ref byName, name, static value => value.Name);
}

/// <summary>Input object (Spec §3.10).</summary>
public sealed class InputObjectType(string name) : NamedType(name)
{
    private Dictionary<string, InputValueDefinition>? byName;

    /// <summary>In definition order.</summary>
    public ImmutableArray<InputValueDefinition> Fields { get; internal set; } = [];

    /// <summary>True with <c>@oneOf</c>: exactly one field is given, and not null.</summary>
    public bool IsOneOf { get; internal set; }

    /// <summary>The field of that name, or null.</summary>
    public InputValueDefinition? FindField(string name) =>
        MemberIndex.Find(Fields, ref byName, name, static field => field.Name);
}

/// <summary>Object, interface or union: what a selection set can be on (Spec §5.5.1.3, composite types).</summary>
public abstract class CompositeType(string name) : NamedType(name)
{
    /// <summary>
    /// The field of that name, <c>__typename</c> included and <c>__schema</c>/<c>__type</c> not (they are the query root's alone:
    /// <see cref="Schema.FindField"/>); null when there is none.
    /// </summary>
    public abstract FieldDefinition? FindField(string name);

    /// <summary>The object types that a value of this type can be (Spec GetPossibleTypes).</summary>
    public TypeSet PossibleTypes { get; internal set; }
}

/// <summary>Object or interface: a type that defines fields and implements interfaces.</summary>
public abstract class ComplexType(string name) : CompositeType(name)
{
    private Dictionary<string, FieldDefinition>? byName;

    /// <summary>In definition order.</summary>
    public ImmutableArray<FieldDefinition> Fields { get; internal set; } = [];

    /// <summary>The interfaces it declares, in order.</summary>
    public ImmutableArray<InterfaceType> Interfaces { get; internal set; } = [];

    /// <inheritdoc/>
    public override FieldDefinition? FindField(string name) =>
        name == "__typename"
            ? MetaFields.Typename
            : MemberIndex.Find(Fields, ref byName, name, static field => field.Name);

    /// <summary>True when the interface is declared here (interfaces of interfaces must be declared too, Spec §3.6).</summary>
    public bool Implements(InterfaceType @interface) => Interfaces.Contains(@interface);
}

/// <summary>Object (Spec §3.6).</summary>
public sealed class ObjectType(string name) : ComplexType(name)
{
    /// <summary>Position in <see cref="Schema.ObjectTypes"/>: the type's bit in a <see cref="TypeSet"/>.</summary>
    public int Ordinal { get; internal set; }
}

/// <summary>Interface (Spec §3.7).</summary>
public sealed class InterfaceType(string name) : ComplexType(name);

/// <summary>Union (Spec §3.8).</summary>
public sealed class UnionType(string name) : CompositeType(name)
{
    /// <summary>In definition order.</summary>
    public ImmutableArray<ObjectType> Members { get; internal set; } = [];

    /// <inheritdoc/>
    public override FieldDefinition? FindField(string name) => name == "__typename" ? MetaFields.Typename : null;
}

/// <summary>Members by name.</summary>
internal static class MemberIndex
{
    // PERF: so few are found as soon by looking at each, and a table for every type is much memory.
    internal const int ShortList = 8;

    /// <summary>The first member of that name, or null.</summary>
    /// <param name="members">All of them.</param>
    /// <param name="byName">A table of many, made when one is first asked for; two threads may both make it.</param>
    /// <param name="name">The name that is asked for.</param>
    /// <param name="nameOf">A member's name.</param>
    internal static T? Find<T>(ImmutableArray<T> members, ref Dictionary<string, T>? byName, string name, Func<T, string> nameOf) where T : class
    {
        if (members.Length > ShortList)
        {
            return (byName ??= Of(members, nameOf)).GetValueOrDefault(name);
        }

        foreach (var member in members)
        {
            if (nameOf(member) == name)
            {
                return member;
            }
        }

        return null;
    }

    private static Dictionary<string, T> Of<T>(ImmutableArray<T> members, Func<T, string> nameOf)
    {
        var index = new Dictionary<string, T>(members.Length, StringComparer.Ordinal);
        foreach (var member in members)
        {
            index.TryAdd(nameOf(member), member);
        }

        return index;
    }
}
