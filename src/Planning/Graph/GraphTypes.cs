using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// Makes the planner's index of a supergraph's types: what each source has of them, with the fields of <c>@interfaceObject</c>s on all objects
/// and the lookups of interfaces and unions on their types. For an outcome of labels only the types are made anew that these labels move.
/// </summary>
internal sealed class GraphTypes
{
    private readonly Supergraph supergraph;
    private readonly Stands stands;

    // Without labels; null in that one itself. Types that no label moves are the same here and there.
    private readonly GraphTypes? usual;
    private readonly Lazy<List<(SupergraphType Type, HashSet<string> Labels)>> movedBy;
    private readonly ProvidedSelections provided;
    private readonly Dictionary<string, GraphType> types = new(StringComparer.Ordinal);

    private GraphTypes(Supergraph supergraph, Stands stands, GraphTypes? usual)
    {
        (this.supergraph, this.stands, this.usual) = (supergraph, stands, usual);
        (movedBy, provided) = (usual?.movedBy ?? new(() => MovedBy(supergraph)), usual?.provided ?? new());
    }

    /// <summary>The types without those that are shared with the usual index.</summary>
    public IReadOnlyCollection<GraphType> Own => types.Values;

    /// <summary>The usual index, without labels.</summary>
    public static GraphTypes Of(Supergraph supergraph, Stands stands)
    {
        var made = new GraphTypes(supergraph, stands, usual: null);
        foreach (var untold in supergraph.FullSchema.ObjectTypes.Where(UntoldTypes.IsOne))
        {
            made.types.Add(untold.Name, new GraphType(untold, stands.All.Length));
        }

        made.AddTypes([.. supergraph.Types], []);
        return made;
    }

    /// <summary>The index for an outcome of labels, of the usual one.</summary>
    public GraphTypes With(ImmutableHashSet<string> activeLabels)
    {
        var made = new GraphTypes(supergraph, stands, this);
        made.AddTypes([.. movedBy.Value.Where(type => type.Labels.Overlaps(activeLabels)).Select(type => type.Type)], activeLabels);
        return made;
    }

    /// <summary>The type of that name; null when there is none.</summary>
    public GraphType? Find(string typeName) => types.TryGetValue(typeName, out var type) ? type : usual?.Find(typeName);

    // The types with fields that labels move between sources. An @interfaceObject has its fields on all objects of the interface.
    private static List<(SupergraphType Type, HashSet<string> Labels)> MovedBy(Supergraph supergraph)
    {
        var labels = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var type in supergraph.Types)
        {
            var own = type.Fields.SelectMany(field => field.Sources).Select(source => source.Override?.Label).OfType<string>().ToList();
            var names = type.Type is InterfaceType @interface
                ? @interface.PossibleTypes.Ordinals().Select(ordinal => supergraph.FullSchema.ObjectTypes[ordinal].Name).Append(type.Name)
                : [type.Name];
            foreach (var name in own.Count == 0 ? [] : names)
            {
                labels.TryAdd(name, new HashSet<string>(StringComparer.Ordinal));
                labels[name].UnionWith(own);
            }
        }

        return [.. supergraph.Types.Where(type => labels.ContainsKey(type.Name)).Select(type => (type, labels[type.Name]))];
    }

    private void AddTypes(List<SupergraphType> added, ImmutableHashSet<string> activeLabels)
    {
        foreach (var type in added)
        {
            if (type.Type is CompositeType composite)
            {
                types.Add(type.Name, new GraphType(composite, stands.All.Length));
            }
        }

        foreach (var type in added)
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
                AddInterfaceObjects(Find(type.Name)!);
            }
        }

        AddInheritedLookups();
        foreach (var type in types.Values)
        {
            AddSourcesByField(type);
        }
    }

    private void AddSources(GraphType node, SupergraphType type, ImmutableHashSet<string> activeLabels)
    {
        foreach (var inSource in type.Sources)
        {
            var stand = stands.Of(inSource.Source, type.Name);
            node.BySource[stand.Ordinal] =
                new TypeAtSource(node, stand, type.Name, inSource.IsInterfaceObject, PossibleTypesIn(node, inSource));
        }

        foreach (var field in type.Fields)
        {
            foreach (var inSource in field.Sources)
            {
                if (inSource.Override is { } condition && activeLabels.Contains(condition.Label) != condition.ServesWhen)
                {
                    continue;
                }

                var stand = stands.Of(inSource.Source, type.Name);
                node.BySource[stand.Ordinal]?.Fields.TryAdd(field.Name, Index(inSource, stand, field.Name, type.Name));
            }
        }

        foreach (var lookup in type.Lookups)
        {
            var stand = stands.Of(lookup.Source, type.Name);
            node.BySource[stand.Ordinal]?.Lookups.Add(stand == lookup.Source ? lookup : lookup with { Source = stand });
        }
    }

    private TypeSet PossibleTypesIn(GraphType node, TypeInSource inSource)
    {
        if (node.Type is ObjectType || inSource.IsInterfaceObject)
        {
            return UntoldTypes.WithoutInner(supergraph.FullSchema, node.Type.PossibleTypes);
        }

        return TypeSet.Of(inSource.PossibleTypes.Select(supergraph.FullSchema.FindType).OfType<ObjectType>());
    }

    private FieldAtSource Index(FieldInSource field, SourceSchema stand, string name, string ownerName)
    {
        var named = field.Type;
        while (named is not NamedTypeNode)
        {
            named = named is NonNullTypeNode nonNull ? nonNull.Type : ((ListTypeNode)named).Type;
        }

        // Whatever labels move, the type that two fields lead to is the same one.
        var resultName = ((NamedTypeNode)named).Name.Value;
        return new FieldAtSource(
            provided.In(stand == field.Source ? field : field with { Source = stand }), name, ownerName,
            (usual ?? this).Find(resultName), stands.Of(field.Source, resultName), field.Type.ToString()!);
    }

    // A source with an @interfaceObject serves the interface's fields for all objects, without knowing one type.
    private void AddInterfaceObjects(GraphType @interface)
    {
        foreach (var inSource in @interface.BySource)
        {
            foreach (var ordinal in inSource is { IsInterfaceObject: true } ? @interface.Type.PossibleTypes.Ordinals() : default)
            {
                if (!types.TryGetValue(supergraph.FullSchema.ObjectTypes[ordinal].Name, out var implementation))
                {
                    continue;
                }

                var entry = implementation.BySource[inSource!.Source.Ordinal] ??= new TypeAtSource(
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
        foreach (var @abstract in supergraph.Types.Select(type => Find(type.Name)))
        {
            foreach (var inSource in @abstract?.Type is null or ObjectType ? [] : @abstract.BySource)
            {
                var entered = inSource is not { Lookups.Count: > 0 } ? default : inSource.IsInterfaceObject ? @abstract!.Type.PossibleTypes : inSource.PossibleTypes;
                foreach (var ordinal in entered.Ordinals())
                {
                    if (types.TryGetValue(supergraph.FullSchema.ObjectTypes[ordinal].Name, out var implementation))
                    {
                        Inherit(implementation, inSource!);
                    }
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
        type.NoteDefined();
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
        a.Kind == b.Kind && a.FieldName == b.FieldName && a.Path.AsSpan().SequenceEqual(b.Path.AsSpan()) && a.TypeName == b.TypeName && Printer.Print(a.Key) == Printer.Print(b.Key);
}
