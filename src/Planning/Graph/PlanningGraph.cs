using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// A supergraph indexed for planning: which source serves which field of which object type. Built once for each supergraph, immutable
/// after that. All <see cref="TypeSet"/>s in it, and in every plan, are of <see cref="Supergraph.FullSchema"/>.
/// </summary>
internal sealed class PlanningGraph
{
    // Labels can combine in more ways than are worth keeping, though each takes little: the types with fields that they move, and what was asked of it.
    private const int MaxKeptWithLabels = 1_024;

    private static readonly ConditionalWeakTable<Supergraph, PlanningGraph> WithoutLabels = [];
    private static readonly ConditionalWeakTable<Supergraph, ConcurrentDictionary<string, PlanningGraph>> WithLabels = [];

    private readonly GraphTypes types;
    private readonly GraphType?[] objects;
    private readonly ConcurrentDictionary<SelectionSetNode, string> keyTexts;
    private readonly bool hasOneOrdinalSpace;
    private readonly Stands stands;
    private readonly Lazy<FieldKinds> kinds;

    private PlanningGraph(Supergraph supergraph)
    {
        Supergraph = supergraph;
        stands = new Stands(supergraph);
        types = GraphTypes.Of(supergraph, stands);
        objects = new GraphType?[supergraph.FullSchema.ObjectTypes.Length];
        keyTexts = new(ReferenceEqualityComparer.Instance);
        kinds = new(() => new FieldKinds(this));
        Inaccessible = TypeSet.Of(supergraph.FullSchema.ObjectTypes.Where(type => supergraph.PublicSchema.FindType(type.Name) is null && !UntoldTypes.IsOne(type)));
        hasOneOrdinalSpace = supergraph.PublicSchema.ObjectTypes.All(type =>
            supergraph.FullSchema.FindType(type.Name) is ObjectType full && full.Ordinal == type.Ordinal);
        HasUnevenUnions = types.Own.Any(type => type.Type is UnionType
            && type.BySource.OfType<TypeAtSource>().DistinctBy(source => source.PossibleTypes).Skip(1).Any());
    }

    private PlanningGraph(PlanningGraph usual, ImmutableHashSet<string> activeLabels)
    {
        Supergraph = usual.Supergraph;
        (stands, types) = (usual.stands, usual.types.With(activeLabels));
        (keyTexts, hasOneOrdinalSpace, HasUnevenUnions, Inaccessible) = (usual.keyTexts, usual.hasOneOrdinalSpace, usual.HasUnevenUnions, usual.Inaccessible);
        kinds = new(() => new FieldKinds(this));
        objects = [.. usual.objects];
        foreach (var type in types.Own)
        {
            if (type.Type is ObjectType { Ordinal: var ordinal })
            {
                objects[ordinal] = type;
            }
        }
    }

    public Supergraph Supergraph { get; }

    /// <inheritdoc cref="Stands.All"/>
    public ImmutableArray<SourceSchema> Sources => stands.All;

    /// <summary>
    /// What can be reached from one source alone, for all plans and threads: at most one entry for each type and source, and never
    /// changed once it is in.
    /// </summary>
    public ConcurrentDictionary<TypeAtSource, Closure> Closures { get; } = [];

    public Schema Schema => Supergraph.FullSchema;

    /// <summary>A lookup's key on one line, for people.</summary>
    public string KeyOf(Lookup lookup) => keyTexts.GetOrAdd(lookup.Key, static key => FieldNeeds.InOneLine(key));

    /// <summary>The object types that no client sees.</summary>
    public TypeSet Inaccessible { get; }

    /// <summary>Of the objects that can be at a field's position those that can have it: all, but for one that the client selected those that clients see.</summary>
    public TypeSet SeenBy(ResultField field, TypeSet types) => field.IsHidden || Inaccessible.IsEmpty ? types : types.Except(Inaccessible);

    /// <summary>Some union has other members in one source than in another.</summary>
    public bool HasUnevenUnions { get; }

    /// <summary>
    /// The index of a supergraph. The usual one, without labels of progressive overrides, is kept as long as the supergraph lives, and so are
    /// those for other outcomes of labels, up to a thousand: they share with it what no label moves.
    /// </summary>
    public static PlanningGraph For(Supergraph supergraph, ImmutableHashSet<string> activeLabels)
    {
        if (activeLabels.IsEmpty)
        {
            return WithoutLabels.GetValue(supergraph, static key => new PlanningGraph(key));
        }

        var kept = WithLabels.GetValue(supergraph, static _ => new ConcurrentDictionary<string, PlanningGraph>(StringComparer.Ordinal));
        var key = string.Join('\n', activeLabels.Order(StringComparer.Ordinal));
        if (kept.TryGetValue(key, out var graph))
        {
            return graph;
        }

        if (kept.Count >= MaxKeptWithLabels)
        {
            kept.Clear();
        }

        return kept.GetOrAdd(key, new PlanningGraph(For(supergraph, []), activeLabels));
    }

    public GraphType this[CompositeType type] => Find(type.Name)!;

    /// <inheritdoc cref="GraphTypes.Find"/>
    public GraphType? Find(string typeName) => types.Find(typeName);

    /// <summary>The object type of the full schema with that ordinal.</summary>
    public GraphType ObjectAt(int ordinal) => objects[ordinal] ??= Find(Schema.ObjectTypes[ordinal].Name)!;

    /// <summary>The sources that have the field on any of the object types, by ordinal.</summary>
    public ReadOnlySpan<int> SourcesOf(TypeSet types, string field)
    {
        List<int>? only = null;
        SortedSet<int>? all = null;
        foreach (var ordinal in types.Ordinals())
        {
            if (!ObjectAt(ordinal).SourcesByField.TryGetValue(field, out var sources) || only == sources)
            {
                continue;
            }

            if (only is null)
            {
                only = sources;
            }
            else if (all is not null || !CollectionsMarshal.AsSpan(only).SequenceEqual(CollectionsMarshal.AsSpan(sources)))
            {
                (all ??= [.. only]).UnionWith(sources);
            }
        }

        return all is null ? CollectionsMarshal.AsSpan(only) : all.ToArray();
    }

    /// <summary>What can be below a field of objects of these types, by all sources that have it in whatever way.</summary>
    public TypeSet TypesBelow(TypeSet types, string field)
    {
        var below = default(TypeSet);
        foreach (var ordinal in types.Ordinals())
        {
            var type = ObjectAt(ordinal);
            foreach (var source in type.SourcesWith(field))
            {
                below = below.Union(type.BySource[source]!.Fields[field].Below?.PossibleTypes ?? default);
            }
        }

        return below;
    }

    /// <summary>True when some source has the field on all of the object types, and gives it by itself.</summary>
    public bool HasOneSource(TypeSet types, string field)
    {
        HashSet<int>? common = null;
        foreach (var ordinal in types.Ordinals())
        {
            var type = ObjectAt(ordinal);
            var sources = type.SourcesByField.GetValueOrDefault(field, []).FindAll(source => !type.BySource[source]!.Fields[field].Definition.IsExternal);
            if (common is null)
            {
                common = [.. sources];
            }
            else
            {
                common.IntersectWith(sources);
            }
        }

        return common is { Count: > 0 };
    }

    /// <summary>The object types whose values set the context in the source: by themselves, an interface or a union.</summary>
    public TypeSet TypesSetting(SourceSchema source, string context)
    {
        var set = default(TypeSet);
        foreach (var type in Supergraph.Types)
        {
            if (type.In(SourceOf(source)) is { Contexts.IsEmpty: false } inSource && inSource.Contexts.Contains(context))
            {
                set = set.Union(PossibleTypes(type.Name));
            }
        }

        return set;
    }

    /// <summary>True where some source counts as two (<see cref="Stands"/>).</summary>
    public bool HasStands => Sources.Length > Supergraph.Sources.Length;

    /// <inheritdoc cref="Stands.SourceOf"/>
    public SourceSchema SourceOf(SourceSchema stand) => stands.SourceOf(stand);

    /// <summary>True where what is below a field of the type has a position for each kind of object (<see cref="FieldKinds"/>).</summary>
    public bool IsSplit(CompositeType parent) => parent is not ObjectType && Find(parent.Name) is not null;

    /// <summary>
    /// True when a source has the type's field as an <c>@interfaceObject</c>. Where such a source gives the objects, it can be asked for the field
    /// of all of them only, before their types are known: then one position holds what is below.
    /// </summary>
    public bool IsOfInterfaceObject(CompositeType parent, string field)
    {
        foreach (var source in Find(parent.Name)?.BySource ?? [])
        {
            if (source is { IsInterfaceObject: true } && source.Fields.TryGetValue(field, out var own) && !own.Definition.IsExternal)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc cref="LookupCalls.EntryOf"/>
    public string EntryOf(Lookup lookup) => lookup.Kind == LookupKind.Representations ? LookupCalls.CallOf(lookup) : kinds.Value.EntryOf(lookup);

    /// <inheritdoc cref="FieldKinds.PartsOf"/>
    public List<TypeSet> PartsOf(TypeSet types, string field) => kinds.Value.PartsOf(types, field);

    /// <summary>The same types in the full schema.</summary>
    public TypeSet FromPublic(TypeSet publicTypes)
    {
        if (hasOneOrdinalSpace)
        {
            return publicTypes;
        }

        var set = default(TypeSet);
        foreach (var ordinal in publicTypes.Ordinals())
        {
            set = set.With(((ObjectType)Schema.FindType(Supergraph.PublicSchema.ObjectTypes[ordinal].Name)!).Ordinal);
        }

        return set;
    }

    /// <summary>What a type can be in the full schema; empty when it has none of that name.</summary>
    public TypeSet PossibleTypes(string typeName) =>
        Schema.FindType(typeName) is CompositeType composite ? composite.PossibleTypes : default;
}
