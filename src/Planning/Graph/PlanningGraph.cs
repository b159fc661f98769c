using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
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
    // Labels can combine in more ways than are worth keeping: an index takes some multiple of its graph.
    private const int MaxKeptWithLabels = 16;

    private static readonly ConditionalWeakTable<Supergraph, PlanningGraph> WithoutLabels = [];
    private static readonly ConditionalWeakTable<Supergraph, ConcurrentDictionary<string, PlanningGraph>> WithLabels = [];

    private readonly Dictionary<string, GraphType> types = new(StringComparer.Ordinal);
    private readonly GraphType?[] objects;
    private readonly ConcurrentDictionary<SelectionSetNode, string> keyTexts = new(ReferenceEqualityComparer.Instance);
    private readonly bool hasOneOrdinalSpace;
    private readonly FieldKinds kinds;

    private PlanningGraph(Supergraph supergraph, ImmutableHashSet<string> activeLabels)
    {
        Supergraph = supergraph;
        objects = new GraphType?[supergraph.FullSchema.ObjectTypes.Length];
        hasOneOrdinalSpace = supergraph.PublicSchema.ObjectTypes.All(type =>
            supergraph.FullSchema.FindType(type.Name) is ObjectType full && full.Ordinal == type.Ordinal);
        foreach (var type in supergraph.Types)
        {
            if (type.Type is CompositeType composite)
            {
                types.Add(type.Name, new GraphType(composite, supergraph.Sources.Length));
            }
        }

        foreach (var untold in supergraph.FullSchema.ObjectTypes.Where(UntoldTypes.IsOne))
        {
            types.Add(untold.Name, new GraphType(untold, supergraph.Sources.Length));
        }

        foreach (var type in supergraph.Types)
        {
            if (types.TryGetValue(type.Name, out var node))
            {
                AddSources(node, type, activeLabels);
            }
        }

        foreach (var type in supergraph.Types)
        {
            if (type.Type is InterfaceType)
            {
                AddInterfaceObjects(types[type.Name]);
            }
        }

        AddInheritedLookups();
        HasUnevenUnions = types.Values.Any(type => type.Type is UnionType
            && type.BySource.OfType<TypeAtSource>().DistinctBy(source => source.PossibleTypes).Skip(1).Any());
        foreach (var type in types.Values)
        {
            AddSourcesByField(type);
        }

        kinds = new FieldKinds(this);
    }

    public Supergraph Supergraph { get; }

    public ImmutableArray<SourceSchema> Sources => Supergraph.Sources;

    /// <summary>
    /// What can be reached from one source alone, for all plans and threads: at most one entry for each type and source, and never
    /// changed once it is in.
    /// </summary>
    public ConcurrentDictionary<TypeAtSource, Closure> Closures { get; } = [];

    public Schema Schema => Supergraph.FullSchema;

    /// <summary>A lookup's key on one line, for people.</summary>
    public string KeyOf(Lookup lookup) => keyTexts.GetOrAdd(lookup.Key, static key => FieldNeeds.InOneLine(key));

    /// <summary>Some union has other members in one source than in another.</summary>
    public bool HasUnevenUnions { get; }

    /// <summary>
    /// The index of a supergraph. The usual one, without labels of progressive overrides, is kept as long as the supergraph lives, and so are
    /// some for other outcomes of labels.
    /// </summary>
    public static PlanningGraph For(Supergraph supergraph, ImmutableHashSet<string> activeLabels)
    {
        if (activeLabels.IsEmpty)
        {
            return WithoutLabels.GetValue(supergraph, static key => new PlanningGraph(key, []));
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

        return kept.GetOrAdd(key, new PlanningGraph(supergraph, activeLabels));
    }

    public GraphType this[CompositeType type] => types[type.Name];

    public GraphType? Find(string typeName) => types.GetValueOrDefault(typeName);

    /// <summary>The object type of the full schema with that ordinal.</summary>
    public GraphType ObjectAt(int ordinal) => objects[ordinal] ??= types[Schema.ObjectTypes[ordinal].Name];

    /// <summary>The sources that have the field on any of the object types, by ordinal.</summary>
    public IReadOnlyList<int> SourcesOf(TypeSet types, string field)
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
            else if (all is not null || !only.SequenceEqual(sources))
            {
                (all ??= [.. only]).UnionWith(sources);
            }
        }

        return all?.ToList() ?? only ?? [];
    }

    /// <summary>True when some source has the field on all of the object types.</summary>
    public bool HasOneSource(TypeSet types, string field)
    {
        HashSet<int>? common = null;
        foreach (var ordinal in types.Ordinals())
        {
            var sources = ObjectAt(ordinal).SourcesByField.GetValueOrDefault(field, []);
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
            if (type.In(source) is { Contexts.IsEmpty: false } inSource && inSource.Contexts.Contains(context))
            {
                set = set.Union(PossibleTypes(type.Name));
            }
        }

        return set;
    }

    /// <summary>True where what is below a field of the type has a position for each kind of object (<see cref="FieldKinds"/>).</summary>
    public bool IsSplit(CompositeType parent) => parent is not ObjectType && types.ContainsKey(parent.Name);

    /// <summary>
    /// True when a source has the type's field as an <c>@interfaceObject</c>. Where such a source gives the objects, it can be asked for the field
    /// of all of them only, before their types are known: then one position holds what is below.
    /// </summary>
    public bool IsOfInterfaceObject(CompositeType parent, string field)
    {
        foreach (var source in types.TryGetValue(parent.Name, out var type) ? type.BySource : [])
        {
            if (source is { IsInterfaceObject: true } && source.Fields.TryGetValue(field, out var own) && !own.Definition.IsExternal)
            {
                return true;
            }
        }

        return false;
    }

    /// <inheritdoc cref="FieldKinds.PartsOf"/>
    public List<TypeSet> PartsOf(TypeSet types, string field) => kinds.PartsOf(types, field);

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

    private void AddSources(GraphType node, SupergraphType type, ImmutableHashSet<string> activeLabels)
    {
        foreach (var inSource in type.Sources)
        {
            node.BySource[inSource.Source.Ordinal] =
                new TypeAtSource(node, inSource.Source, type.Name, inSource.IsInterfaceObject, PossibleTypesIn(node, inSource));
        }

        foreach (var field in type.Fields)
        {
            foreach (var inSource in field.Sources)
            {
                if (inSource.Override is { } condition && activeLabels.Contains(condition.Label) != condition.ServesWhen)
                {
                    continue;
                }

                node.BySource[inSource.Source.Ordinal]?.Fields.TryAdd(field.Name, Index(inSource, field.Name, type.Name));
            }
        }

        foreach (var lookup in type.Lookups)
        {
            node.BySource[lookup.Source.Ordinal]?.Lookups.Add(lookup);
        }
    }

    private TypeSet PossibleTypesIn(GraphType node, TypeInSource inSource)
    {
        if (node.Type is ObjectType || inSource.IsInterfaceObject)
        {
            return node.Type.PossibleTypes;
        }

        return TypeSet.Of(inSource.PossibleTypes.Select(Schema.FindType).OfType<ObjectType>());
    }

    private FieldAtSource Index(FieldInSource field, string name, string ownerName)
    {
        var named = field.Type;
        while (named is not NamedTypeNode)
        {
            named = named is NonNullTypeNode nonNull ? nonNull.Type : ((ListTypeNode)named).Type;
        }

        return new FieldAtSource(field, name, ownerName, Find(((NamedTypeNode)named).Name.Value), field.Type.ToString()!);
    }

    // A source with an @interfaceObject serves the interface's fields for all implementations, without knowing one of them.
    private void AddInterfaceObjects(GraphType @interface)
    {
        foreach (var inSource in @interface.BySource)
        {
            if (inSource is not { IsInterfaceObject: true })
            {
                continue;
            }

            foreach (var ordinal in @interface.Type.PossibleTypes.Ordinals())
            {
                var implementation = ObjectAt(ordinal);
                var entry = implementation.BySource[inSource.Source.Ordinal] ??= new TypeAtSource(
                    implementation, inSource.Source, inSource.Name, isInterfaceObject: true, TypeSet.Of((ObjectType)implementation.Type));
                foreach (var (name, field) in inSource.Fields)
                {
                    entry.Fields.TryAdd(name, field);
                }
            }
        }
    }

    // A lookup that gives an interface or union enters every object type that the source knows as one.
    private void AddInheritedLookups()
    {
        foreach (var @abstract in types.Values)
        {
            if (@abstract.Type is ObjectType)
            {
                continue;
            }

            foreach (var inSource in @abstract.BySource)
            {
                foreach (var ordinal in inSource is { Lookups.Count: > 0 } ? inSource.PossibleTypes.Ordinals() : default)
                {
                    Inherit(ObjectAt(ordinal), inSource!);
                }
            }
        }
    }

    private static void Inherit(GraphType implementation, TypeAtSource from)
    {
        if (implementation.BySource[from.Source.Ordinal] is not { } entry)
        {
            return;
        }

        foreach (var lookup in from.Lookups)
        {
            // A representation names the object itself, unless the source knows the interface alone.
            if (lookup.Kind == LookupKind.Representations && !from.IsInterfaceObject)
            {
                continue;
            }

            var own = from.IsInterfaceObject ? lookup : lookup with { TypeName = implementation.Name };
            if (!entry.Lookups.Any(other => IsSameCall(other, own)))
            {
                entry.Lookups.Add(own);
            }
        }
    }

    private static void AddSourcesByField(GraphType type)
    {
        for (var source = 0; source < type.BySource.Length; source++)
        {
            foreach (var field in type.BySource[source]?.Fields.Keys ?? Enumerable.Empty<string>())
            {
                if (!type.SourcesByField.TryGetValue(field, out var sources))
                {
                    type.SourcesByField.Add(field, sources = []);
                }

                sources.Add(source);
            }
        }
    }

    private static bool IsSameCall(Lookup a, Lookup b) =>
        a.Kind == b.Kind && a.FieldName == b.FieldName && a.Path.AsSpan().SequenceEqual(b.Path.AsSpan())
        && a.TypeName == b.TypeName && Printer.Print(a.Key) == Printer.Print(b.Key);
}
