using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.Composition;

/// <summary>
/// The composed members before they are a schema: with their sources, so that the rules after merging can name places, and with
/// everything inaccessible still in it and marked.
/// </summary>
internal sealed class MergedSchema(SourceSet sources)
{
    internal SourceSet Sources { get; } = sources;

    internal OrderedDictionary<string, MergedType> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>The types that clients see.</summary>
    internal IEnumerable<MergedType> PublicTypes => Types.Values.Where(type => !type.IsInaccessible);

    internal MergedField? Field(string typeName, string fieldName) =>
        Types.GetValueOrDefault(typeName)?.Fields.GetValueOrDefault(fieldName);
}

/// <summary>A composed type.</summary>
internal sealed class MergedType(TypeGroup group)
{
    internal TypeGroup Group { get; } = group;

    internal string Name => Group.Name;

    internal TypeKind Kind => Group.Kind;

    internal bool IsInaccessible => Group.IsInaccessible;

    internal OrderedDictionary<string, MergedField> Fields { get; } = new(StringComparer.Ordinal);

    internal OrderedDictionary<string, MergedInput> InputFields { get; } = new(StringComparer.Ordinal);

    internal List<MergedEnumValue> EnumValues { get; } = [];

    internal List<string> Members { get; } = [];

    internal List<string> Interfaces { get; } = [];

    internal IEnumerable<MergedField> PublicFields => Fields.Values.Where(it => !it.IsInaccessible);
}

/// <summary>A composed field.</summary>
internal sealed class MergedField(FieldGroup group, TypeNode type)
{
    private static readonly OrderedDictionary<string, MergedInput> None = [];
    private OrderedDictionary<string, MergedInput>? arguments;

    internal FieldGroup Group { get; } = group;

    internal string Name => Group.Name;

    internal string Coordinate => Group.Coordinate;

    internal TypeNode Type { get; } = type;

    internal bool IsInaccessible => Group.IsInaccessible;

    /// <summary>What all types share that have the field of an interface object; null until one of them is defined.</summary>
    internal FieldDefinitionNode? Definition { get; set; }

    /// <summary>In order; <see cref="Add"/> adds one.</summary>
    internal OrderedDictionary<string, MergedInput> Arguments => arguments ?? None;

    internal IEnumerable<Place> Places => Group.Sources.Select(source => source.Place);

    /// <summary>Adds an argument.</summary>
    internal void Add(MergedInput argument) => (arguments ??= new(StringComparer.Ordinal)).Add(argument.Name, argument);
}

/// <summary>A composed argument or input field.</summary>
internal sealed record MergedInput(
    string Name,
    string Coordinate,
    TypeNode Type,
    ValueNode? DefaultValue,
    string? Description,
    ImmutableArray<DirectiveNode> Directives,
    bool IsInaccessible,
    ImmutableArray<Place> Places);

/// <summary>A composed enum value.</summary>
internal sealed record MergedEnumValue(
    string Name, string? Description, ImmutableArray<DirectiveNode> Directives, bool IsInaccessible, ImmutableArray<string> Sources);
