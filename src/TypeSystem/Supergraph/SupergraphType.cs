using System.Collections.Immutable;
using GraphGateway.Language;

namespace GraphGateway.TypeSystem.Supergraphs;

/// <summary>A composed type and its sources.</summary>
public sealed class SupergraphType
{
    private Dictionary<string, SupergraphField>? fieldsByName;

    /// <summary>Puts the parts together; they are the caller's to check.</summary>
    public SupergraphType(
        NamedType type,
        ImmutableArray<TypeInSource> sources,
        ImmutableArray<SupergraphField> fields,
        ImmutableArray<Lookup> lookups)
    {
        Type = type;
        Sources = sources;
        Fields = fields;
        Lookups = lookups;
    }

    /// <summary>The type in <see cref="Supergraph.FullSchema"/>.</summary>
    public NamedType Type { get; }

    /// <summary>The type's name.</summary>
    public string Name => Type.Name;

    /// <summary>The sources that define it, by ordinal.</summary>
    public ImmutableArray<TypeInSource> Sources { get; }

    /// <summary>The fields of an object or interface and their sources, in the schema's order; empty for other types.</summary>
    public ImmutableArray<SupergraphField> Fields { get; }

    /// <summary>The ways in which a value of this type can be entered in a source, when some of its fields are known.</summary>
    public ImmutableArray<Lookup> Lookups { get; }

    /// <summary>The field of that name, or null.</summary>
    public SupergraphField? FindField(string name) => MemberIndex.Find(Fields, ref fieldsByName, name, static field => field.Name);

    /// <summary>How a source defines it, or null when it does not.</summary>
    public TypeInSource? In(SourceSchema source)
    {
        foreach (var type in Sources)
        {
            if (type.Source.Ordinal == source.Ordinal)
            {
                return type;
            }
        }

        return null;
    }
}

/// <summary>What one source knows of a type.</summary>
public sealed record TypeInSource
{
    /// <summary>The source.</summary>
    public required SourceSchema Source { get; init; }

    /// <summary>
    /// Apollo's <c>@interfaceObject</c>: the source has an object of the interface's name and does not know the implementations,
    /// so that a <c>__typename</c> from it is worth nothing.
    /// </summary>
    public bool IsInterfaceObject { get; init; }

    /// <summary>For an interface or union: the composed names of the object types that a value from this source can be. Empty for other types.</summary>
    public ImmutableArray<string> PossibleTypes { get; init; } = [];

    /// <summary>For an enum: the values that this source knows. Empty for other types.</summary>
    public ImmutableArray<string> EnumValues { get; init; } = [];

    /// <summary>For an input object: the fields that this source knows. Empty for other types.</summary>
    public ImmutableArray<string> InputFields { get; init; } = [];

    /// <summary>The interfaces that the type declares in this source.</summary>
    public ImmutableArray<string> Interfaces { get; init; } = [];

    /// <summary>Apollo's <c>@context</c>: the names of the contexts that a value of the type sets in this source.</summary>
    public ImmutableArray<string> Contexts { get; init; } = [];

    /// <summary>Apollo's <c>@cacheTag</c>: the formats of the names under which the source's answers of the type are cached.</summary>
    public ImmutableArray<string> CacheTags { get; init; } = [];

    /// <summary>How long objects of the type may be kept, as the source's schema says; null where it says nothing.</summary>
    public CacheHint? CacheHint { get; init; }

    /// <summary>The keys that the source declares, resolvable or not: what it can be relied on to give of each entity.</summary>
    public ImmutableArray<EntityKey> Keys { get; init; } = [];
}

/// <summary>A declared key of an entity in one source.</summary>
/// <param name="Fields">The key's selection set.</param>
/// <param name="IsResolvable">False with Apollo's <c>resolvable: false</c>, and for a composite schema's key without a lookup.</param>
public sealed record EntityKey(SelectionSetNode Fields, bool IsResolvable);
