using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// One source schema, read into terms that both dialects share: what merging, the rules across sources and satisfiability work on.
/// Filled by the dialect's reader and not changed afterwards, except for what pre-merge finds out (<see cref="SourceField.IsOverridden"/>).
/// </summary>
internal sealed class SourceModel
{
    internal required SourceInput Input { get; init; }

    internal required SourceSchema Source { get; init; }

    /// <summary>The schema as the team wrote it, with the dialect's definitions added.</summary>
    internal required Schema Schema { get; init; }

    internal string Name => Source.Name;

    internal bool IsApollo => Source.Dialect == SourceDialect.Apollo;

    /// <summary>Apollo Federation 1, whose schemas are read with its implicit semantics.</summary>
    internal bool IsFederation1 { get; init; }

    /// <summary>The types that take part in composition, by composed name.</summary>
    internal OrderedDictionary<string, SourceType> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>The lookup fields (Composite Schemas).</summary>
    internal List<SourceLookup> Lookups { get; } = [];

    internal Place At(SyntaxOrigin? origin) =>
        origin is { } known ? new Place(Name, known.Source, known.Node.Start) : new Place(Name, Input.Documents[0], 0);

    internal Place At(SyntaxOrigin? origin, int offset) =>
        origin is { } known ? new Place(Name, known.Source, offset) : new Place(Name, Input.Documents[0], 0);

    internal IEnumerable<SourceField> AllFields => Types.Values.SelectMany(type => type.Fields.Values);
}

/// <summary>A type of one source.</summary>
internal sealed class SourceType(SourceModel model, string name, NamedType definition)
{
    internal SourceModel Model { get; } = model;

    /// <summary>The composed name: the source's own, except for renamed root types.</summary>
    internal string Name { get; } = name;

    internal NamedType Definition { get; } = definition;

    internal TypeKind Kind => Definition switch
    {
        ScalarType => TypeKind.Scalar,
        ObjectType => IsInterfaceObject ? TypeKind.Interface : TypeKind.Object,
        InterfaceType => TypeKind.Interface,
        UnionType => TypeKind.Union,
        EnumType => TypeKind.Enum,
        _ => TypeKind.InputObject,
    };

    internal bool IsInternal { get; init; }

    internal bool IsInaccessible { get; init; }

    internal bool IsInterfaceObject { get; init; }

    /// <summary>The source writes the type as an extension of another source's: <c>extend type</c>, or <c>@extends</c>.</summary>
    internal bool IsExtension =>
        Directives.Has(Definition.Directives, "extends")
        || Definition.Origins.Any(origin => origin.Node is TypeSystemNode { IsExtension: true });

    /// <summary>The declared and inferred keys that can be read.</summary>
    internal List<SourceKey> Keys { get; } = [];

    /// <summary>All uses of <c>@key</c>, readable or not.</summary>
    internal List<FieldSetUse> KeyUses { get; } = [];

    /// <summary>Names of fields that are part of a key, of this type or nested in another's.</summary>
    internal HashSet<string> KeyFields { get; } = new(StringComparer.Ordinal);

    internal OrderedDictionary<string, SourceField> Fields { get; } = new(StringComparer.Ordinal);

    internal Place Place => Model.At(Definition.Origins.IsEmpty ? null : Definition.Origins[0]);

    internal ImmutableArray<string> Interfaces =>
        Definition is ComplexType complex ? [.. complex.Interfaces.Select(@interface => @interface.Name)] : [];

    /// <summary>Where one of the type's directives stands: the definition or extension that carries it.</summary>
    internal Place PlaceOf(DirectiveNode directive)
    {
        foreach (var origin in Definition.Origins)
        {
            if (origin.Node is TypeSystemNode node && node.Directives.Contains(directive))
            {
                return Model.At(origin, directive.Start);
            }
        }

        return Place;
    }

    public override string ToString() => Name;
}

/// <summary>The kinds of type.</summary>
internal enum TypeKind
{
    Scalar,
    Object,
    Interface,
    Union,
    Enum,
    InputObject,
}

/// <summary>A key of a type in one source.</summary>
/// <param name="Fields">The key's fields.</param>
/// <param name="IsResolvable">True when the source can be entered by it (Apollo; Composite Schemas: <see cref="SourceLookup"/> tells).</param>
/// <param name="Place">Where it is declared, or the lookup that it is inferred from.</param>
internal sealed record SourceKey(SelectionSetNode Fields, bool IsResolvable, Place Place)
{
    /// <summary>The fields as text: equal keys have equal texts.</summary>
    internal string Text { get; } = Syntax.Fields(Fields);
}

/// <summary>A field of an object or interface of one source.</summary>
internal sealed class SourceField(SourceType type, FieldDefinition definition)
{
    internal SourceType Type { get; } = type;

    internal SourceModel Model => Type.Model;

    internal FieldDefinition Definition { get; } = definition;

    internal string Name => Definition.Name;

    /// <summary>The schema coordinate, such as <c>User.name</c>.</summary>
    internal string Coordinate => $"{Type.Name}.{Name}";

    /// <summary>Marked with <c>@external</c>, itself or by its type.</summary>
    internal bool IsExternal { get; init; }

    internal bool IsInternal { get; init; }

    internal bool IsInaccessible { get; init; }

    /// <summary>Marked with <c>@shareable</c>, itself or by its type, or shareable by the source's settings or dialect.</summary>
    internal bool IsShareable { get; init; }

    internal bool IsKeyField => Type.KeyFields.Contains(Name);

    /// <summary>The source resolves the field, or gives it as a key.</summary>
    internal bool IsGiven => !IsExternal || IsKeyField;

    /// <summary>
    /// Federation 1 had every key field of an extension marked as external, whoever resolved it: the mark says nothing about other sources
    /// (<see href="https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/backward-compatibility">Backward
    /// compatibility in Federation 2</see>).
    /// </summary>
    internal bool IsGivenByExtension => Model.IsFederation1 && IsKeyField && Type.IsExtension;

    internal OverrideUse? Override { get; init; }

    /// <summary>The source that has taken the field over without a label, if any.</summary>
    internal SourceField? OverriddenBy { get; set; }

    internal bool IsOverridden => OverriddenBy is not null;

    internal FieldSetUse? Provides { get; init; }

    /// <summary>Apollo's <c>@requires</c>.</summary>
    internal FieldSetUse? Requires { get; init; }

    /// <summary>Composite Schemas: the arguments with <c>@require</c>, by name.</summary>
    internal Dictionary<string, MapUse> RequiredArguments { get; } = new(StringComparer.Ordinal);

    /// <summary>Composite Schemas: the arguments with <c>@is</c>, by name.</summary>
    internal Dictionary<string, MapUse> IsArguments { get; } = new(StringComparer.Ordinal);

    internal bool HasRequirement => Requires is not null || RequiredArguments.Count > 0;

    internal Place Place => Model.At(Definition.Origin);

    internal Place PlaceOf(DirectiveNode directive) => Model.At(Definition.Origin, directive.Start);

    internal Place PlaceOf(InputValueDefinition argument) => Model.At(argument.Origin);

    /// <summary>The directive of that name on the field, or null.</summary>
    internal DirectiveNode? Directive(string name) => Directives.Find(Definition.Directives, name);

    public override string ToString() => Coordinate;
}

/// <summary>A use of <c>@override</c>.</summary>
/// <param name="From">The name of the source that had the field.</param>
/// <param name="Label">When it serves it; null: always.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record OverrideUse(string From, string? Label, Place Place);

/// <summary>A field with <c>@lookup</c>.</summary>
/// <param name="Field">The field.</param>
/// <param name="Path">The fields without arguments that lead to its type from Query; default when none do.</param>
internal sealed record SourceLookup(SourceField Field, ImmutableArray<string> Path)
{
    internal bool IsReachable => !Path.IsDefault;

    internal CompositeType? ReturnType => Field.Definition.Type.Named as CompositeType;
}

/// <summary>Looks directives up by name.</summary>
internal static class Directives
{
    internal static DirectiveNode? Find(ImmutableArray<DirectiveNode> directives, string name)
    {
        foreach (var directive in directives)
        {
            if (directive.Name.Value == name)
            {
                return directive;
            }
        }

        return null;
    }

    internal static bool Has(ImmutableArray<DirectiveNode> directives, string name) => Find(directives, name) is not null;
}
