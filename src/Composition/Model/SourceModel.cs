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

    /// <summary>What an Apollo source links, and under which names; null for the other dialect.</summary>
    internal SourceLinks? Links { get; init; }

    /// <summary>The directives on the schema itself, under the names that composition knows.</summary>
    internal ImmutableArray<(DirectiveNode Directive, Place Place)> SchemaDirectives { get; init; } = [];

    /// <summary>The names of the directives that an Apollo source applies anywhere.</summary>
    internal HashSet<string> UsedDirectives { get; init; } = [];

    /// <summary>The types that take part in composition, by composed name.</summary>
    internal OrderedDictionary<string, SourceType> Types { get; } = new(StringComparer.Ordinal);

    /// <summary>The lookup fields (Composite Schemas).</summary>
    internal List<SourceLookup> Lookups { get; } = [];

    internal Place At(SyntaxOrigin? origin) =>
        origin is { } known ? new Place(Name, known.Source, known.Node.Start) : new Place(Name, Input.Documents[0], 0);

    internal Place At(SyntaxOrigin? origin, int offset) =>
        origin is { } known ? new Place(Name, known.Source, offset) : new Place(Name, Input.Documents[0], 0);

    /// <summary>Where the source defines its schema; the beginning of its text when it does so only by the names of its types.</summary>
    internal Place SchemaPlace => At(Schema.Origins
        .Where(origin => origin.Node is SchemaDefinitionNode { IsExtension: false })
        .Select(origin => (SyntaxOrigin?)origin)
        .FirstOrDefault());

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

    /// <summary>True when the source has extensions of the type and no definition.</summary>
    internal bool IsOnlyExtended => Definition.Origins.All(origin => origin.Node is TypeSystemNode { IsExtension: true });

    /// <summary>The contexts that a value of the type sets (Apollo's <c>@context</c>).</summary>
    internal List<ContextUse> Contexts { get; } = [];

    /// <summary>The declared and inferred keys that can be read.</summary>
    internal List<SourceKey> Keys { get; } = [];

    /// <summary>All uses of <c>@key</c>, readable or not.</summary>
    internal List<FieldSetUse> KeyUses { get; } = [];

    /// <summary>Names of fields that are part of a key, of this type or nested in another's.</summary>
    internal HashSet<string> KeyFields { get; } = new(StringComparer.Ordinal);

    internal OrderedDictionary<string, SourceField> Fields { get; } = new(StringComparer.Ordinal);

    internal Place Place => Model.At(Definition.Origins.IsEmpty ? null : Definition.Origins[0]);

    internal ImmutableArray<string> Interfaces { get; } =
        definition is ComplexType complex ? [.. complex.Interfaces.Select(@interface => @interface.Name)] : [];

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
    // Few fields have any of these, and there are many fields.
    private static readonly Dictionary<string, FromContextUse> NoContexts = [];
    private static readonly Dictionary<string, MapUse> NoMaps = [];
    private static readonly HashSet<DirectiveNode> NoTags = [];
    private Dictionary<string, FromContextUse>? contextArguments;
    private Dictionary<string, MapUse>? requiredArguments;
    private Dictionary<string, MapUse>? isArguments;
    private HashSet<DirectiveNode>? ignoredTags;

    internal SourceType Type { get; } = type;

    internal SourceModel Model => Type.Model;

    internal FieldDefinition Definition { get; } = definition;

    internal string Name => Definition.Name;

    /// <summary>The schema coordinate, such as <c>User.name</c>.</summary>
    internal string Coordinate => $"{Type.Name}.{Definition.Name}";

    /// <summary>
    /// Marked with <c>@external</c>, itself or by its type. Not so a key field of an Apollo extension: there the mark was once asked for
    /// everywhere, and says nothing
    /// (<see href="https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/backward-compatibility">Backward
    /// compatibility in Federation 2</see>).
    /// </summary>
    internal bool IsExternal { get; set; }

    /// <summary>A <c>@provides</c> of the source names the field.</summary>
    internal bool IsProvided { get; set; }

    /// <summary>A key, a requirement, a provision, a context or an interface of the source needs the field.</summary>
    internal bool IsUsed { get; set; }

    internal bool IsInternal { get; init; }

    internal bool IsInaccessible { get; init; }

    /// <summary>Marked with <c>@shareable</c>, itself or by its type, or shareable by the source's settings or dialect.</summary>
    internal bool IsShareable { get; set; }

    /// <summary>The gateway answers the field, and the source's own is a lookup alone (<see cref="GlobalObjects"/>).</summary>
    internal bool IsGateways { get; set; }

    internal bool IsKeyField => Type.KeyFields.Contains(Name);

    /// <summary>Apollo: in a key of an extension, which its source gives whatever else is said about the field. Not so <c>extend type</c> in Federation 1.</summary>
    internal bool IsExtensionKey { get; set; }

    /// <summary>The source resolves the field, or gives it as a key. Apollo's sources do not give what they call external.</summary>
    internal bool IsGiven => !IsExternal || IsKeyField && !Model.IsApollo;

    internal OverrideUse? Override { get; init; }

    /// <summary>The source that has taken the field over without a label, if any.</summary>
    internal SourceField? OverriddenBy { get; set; }

    internal bool IsOverridden => OverriddenBy is not null;

    /// <summary>The source that takes the field over while a label is on, if any.</summary>
    internal SourceField? ProgressivelyOverriddenBy { get; set; }

    internal FieldSetUse? Provides { get; set; }

    /// <summary>Apollo's <c>@requires</c>.</summary>
    internal FieldSetUse? Requires { get; set; }

    /// <summary>Apollo's <c>@fromContext</c>: the arguments that a value further up gives, by name.</summary>
    internal IReadOnlyDictionary<string, FromContextUse> ContextArguments => contextArguments ?? NoContexts;

    /// <summary>Federation 1: tags on an external field that its owner has too, and that are not meant for this field.</summary>
    internal IReadOnlySet<DirectiveNode> IgnoredTags => ignoredTags ?? NoTags;

    /// <summary>Composite Schemas: the arguments with <c>@require</c>, by name.</summary>
    internal IReadOnlyDictionary<string, MapUse> RequiredArguments => requiredArguments ?? NoMaps;

    /// <summary>Composite Schemas: the arguments with <c>@is</c>, by name.</summary>
    internal IReadOnlyDictionary<string, MapUse> IsArguments => isArguments ?? NoMaps;

    internal bool HasRequirement => Requires is not null || RequiredArguments.Count > 0;

    internal Place Place => Model.At(Definition.Origin);

    internal Place PlaceOf(DirectiveNode directive) => Model.At(Definition.Origin, directive.Start);

    internal Place PlaceOf(InputValueDefinition argument) => Model.At(argument.Origin);

    /// <summary>The directive of that name on the field, or null.</summary>
    internal DirectiveNode? Directive(string name) => Directives.Find(Definition.Directives, name);

    /// <summary>Notes an argument of <see cref="ContextArguments"/>.</summary>
    internal void AddContextArgument(string name, FromContextUse use) => (contextArguments ??= new(StringComparer.Ordinal)).Add(name, use);

    /// <summary>Notes an argument of <see cref="RequiredArguments"/>.</summary>
    internal void AddRequiredArgument(string name, MapUse use) => (requiredArguments ??= new(StringComparer.Ordinal)).Add(name, use);

    /// <summary>Notes an argument of <see cref="IsArguments"/>.</summary>
    internal void AddIsArgument(string name, MapUse use) => (isArguments ??= new(StringComparer.Ordinal)).Add(name, use);

    /// <summary>Notes some of <see cref="IgnoredTags"/>.</summary>
    internal void IgnoreTags(IEnumerable<DirectiveNode> tags) => (ignoredTags ??= []).UnionWith(tags);

    public override string ToString() => Coordinate;
}

/// <summary>A use of <c>@override</c>.</summary>
/// <param name="From">The name of the source that had the field.</param>
/// <param name="Label">When it serves it; null: always.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record OverrideUse(string From, string? Label, Place Place);

/// <summary>A use of <c>@context</c>.</summary>
/// <param name="Name">The context's name.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record ContextUse(string Name, Place Place);

/// <summary>A use of <c>@fromContext</c>.</summary>
/// <param name="Text">The argument <c>field</c> as written; null when it is no string.</param>
/// <param name="Context">The context's name; null when the text names none.</param>
/// <param name="Selection">What is selected from it, as written; null when nothing is.</param>
/// <param name="Place">Where it stands.</param>
internal sealed record FromContextUse(string? Text, string? Context, string? Selection, Place Place);

/// <summary>A field with <c>@lookup</c>.</summary>
/// <param name="Field">The field.</param>
/// <param name="Path">The fields without arguments that lead to its type from Query; default when none do, or too many.</param>
internal sealed record SourceLookup(SourceField Field, ImmutableArray<string> Path)
{
    internal bool IsReachable => !Path.IsDefault;

    /// <summary>True when a way leads to it that is longer than is taken (<see cref="LookupFinder.MostFields"/>).</summary>
    internal bool IsTooDeep { get; init; }

    internal CompositeType? ReturnType => Field.Definition.Type.Named as CompositeType;
}
