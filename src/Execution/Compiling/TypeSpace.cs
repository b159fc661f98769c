using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Execution;

/// <summary>
/// Numbers for the runtime types of a graph: the ordinals of the full schema, as in all sets of a plan. The public schema, which lacks what
/// is inaccessible, numbers its types by itself.
/// </summary>
internal sealed class TypeSpace
{
    /// <summary>The runtime type of an object that no source has told yet.</summary>
    public const int Unknown = -1;

    private readonly Supergraph supergraph;
    private readonly KeyTable names;
    private readonly int[] publicOrdinals;
    private readonly byte[][] typenames;
    private readonly Lazy<FrozenDictionary<string, int>> nodeTypes;

    public TypeSpace(Supergraph supergraph)
    {
        this.supergraph = supergraph;
        var types = supergraph.FullSchema.ObjectTypes;
        nodeTypes = new Lazy<FrozenDictionary<string, int>>(() => NodeTypesOf(supergraph.WithGateway));
        names = new KeyTable([.. types.Select(type => type.Name)]);
        publicOrdinals = [.. types.Select(type => (supergraph.PublicSchema.FindType(type.Name) as ObjectType)?.Ordinal ?? -1)];
        typenames = [.. types.Select(type => Encoding.UTF8.GetBytes($"\"{type.Name}\""))];
    }

    /// <summary>By name, the types that can be fetched by their global ids.</summary>
    public FrozenDictionary<string, int> NodeTypes => nodeTypes.Value;

    /// <summary>The runtime type of that name, or <see cref="Unknown"/>.</summary>
    public int Find(ReadOnlySpan<byte> name) => names.Find(name);

    /// <inheritdoc cref="Find(ReadOnlySpan{byte})"/>
    public int Find(string name) => (supergraph.FullSchema.FindType(name) as ObjectType)?.Ordinal ?? Unknown;

    /// <summary>The runtime type of that number.</summary>
    public ObjectType TypeOf(int type) => supergraph.FullSchema.ObjectTypes[type];

    /// <summary>Bytes of the longest name of a type as a JSON string.</summary>
    public int LongestTypename => typenames.Max(static name => (int?)name.Length) ?? 0;

    /// <summary>The type's name as a JSON string.</summary>
    public ReadOnlySpan<byte> TypenameJson(int type) => typenames[type];

    private static FrozenDictionary<string, int> NodeTypesOf(Supergraph supergraph) =>
        (supergraph.FindType(GatewaySource.Interface)?.Sources.LastOrDefault(type => type.Source.IsGateway)?.PossibleTypes ?? [])
            .Select(supergraph.FullSchema.FindType).OfType<ObjectType>()
            .ToFrozenDictionary(type => type.Name, type => type.Ordinal, StringComparer.Ordinal);

    /// <summary>True when the position is one of the public schema.</summary>
    private bool IsPublic(CompositeType position) => ReferenceEquals(supergraph.PublicSchema.FindType(position.Name), position);

    /// <summary>True when a value at the position can be of the runtime type; at a public one no inaccessible type is possible.</summary>
    public bool IsPossible(CompositeType position, int type)
    {
        if (position is ObjectType)
        {
            return Find(position.Name) == type;
        }

        var ordinal = IsPublic(position) ? publicOrdinals[type] : type;
        return ordinal >= 0 && position.PossibleTypes.Contains(ordinal);
    }

    /// <summary>
    /// True when the type is possible at the position, and clients must not see it: a value of it is null for them, while what others
    /// require of it is read all the same.
    /// </summary>
    public bool IsHidden(CompositeType position, int type) =>
        !IsPossible(position, type)
        && supergraph.FullSchema.FindType(position.Name) is CompositeType full && full.PossibleTypes.Contains(type);

    /// <summary>What a value can be that a source returns as a type, whatever lists it is in.</summary>
    public TypeSet PossibleTypes(TypeNode type) => type switch
    {
        NonNullTypeNode nonNull => PossibleTypes(nonNull.Type),
        ListTypeNode list => PossibleTypes(list.Type),
        _ => supergraph.FullSchema.FindType(type.ToString()!) is CompositeType composite ? UntoldTypes.WithoutInner(supergraph.FullSchema, composite.PossibleTypes) : default,
    };

    /// <summary>The runtime type's own definition of a field, which is never looser than the one that the position's type has.</summary>
    public FieldDefinition OwnDefinition(CompositeType position, int type, FieldDefinition definition)
    {
        var name = supergraph.FullSchema.ObjectTypes[type].Name;
        var schema = IsPublic(position) ? supergraph.PublicSchema : supergraph.FullSchema;
        return (schema.FindType(name) as ObjectType)?.FindField(definition.Name) ?? definition;
    }

    /// <summary>A leaf type with all its values, those included that clients do not see.</summary>
    public NamedType LeafType(NamedType type) => supergraph.FullSchema.FindType(type.Name) ?? type;

    /// <summary>The values of an enum that are inaccessible; where the enum itself is, no client asks for it.</summary>
    public ImmutableArray<string> InaccessibleValues(EnumType type) => supergraph.PublicSchema.FindType(type.Name) is EnumType seen
        ? [.. type.Values.Select(value => value.Name).Where(name => !seen.Values.Any(value => value.Name == name))]
        : [];
}
