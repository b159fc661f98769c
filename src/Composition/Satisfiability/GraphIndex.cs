using System.Collections.Immutable;
using System.Runtime.InteropServices;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>What satisfiability asks of the supergraph again and again, found once for each type that is walked through.</summary>
internal sealed class GraphIndex(Supergraph supergraph)
{
    private readonly Dictionary<string, TypeIndex> types = new(StringComparer.Ordinal);
    private readonly Lazy<ILookup<string, string>> unions = new(() => supergraph.Types
        .Select(type => type.Type).OfType<UnionType>()
        .SelectMany(union => union.Members.Select(member => (Union: union.Name, Member: member.Name)))
        .ToLookup(entry => entry.Member, entry => entry.Union, StringComparer.Ordinal));

    private readonly bool hasContexts = supergraph.Types.Any(type => type.Sources.Any(source => !source.Contexts.IsEmpty));

    // What arguments take from each context, each selection once.
    private readonly Lazy<ILookup<string, ContextSelectionIndex>> taken = new(() => (
        from type in supergraph.Types
        from field in type.Fields
        from entry in field.Sources
        from argument in entry.ContextArguments
        select (Context: PathFacts.Context(entry.Source, argument.Context), Taken: new ContextSelectionIndex(argument.Selection, PathFacts.Lost(entry.Source, argument))))
        .DistinctBy(entry => entry.Taken.Lost)
        .ToLookup(entry => entry.Context, entry => entry.Taken, StringComparer.Ordinal));

    internal Supergraph Supergraph { get; } = supergraph;

    /// <summary>The type of that name; of a name that no source defines, one without anything.</summary>
    internal TypeIndex Type(string name)
    {
        if (!types.TryGetValue(name, out var type))
        {
            types.Add(name, type = new TypeIndex(Supergraph, name, hasContexts ? ContextsOf(name) : []));
        }

        return type;
    }

    // Its own contexts and those of its interfaces and unions.
    private ImmutableArray<ContextIndex> ContextsOf(string typeName) =>
    [
        .. (from name in ((Supergraph.FindType(typeName)?.Type as ObjectType)?.Interfaces.Select(it => it.Name) ?? []).Prepend(typeName)
            .Concat(unions.Value[typeName])
        from source in Supergraph.FindType(name)?.Sources ?? []
        from context in source.Contexts
        select PathFacts.Context(source.Source, context)).Distinct().Select(context => new ContextIndex(context, [.. taken.Value[context]])),
    ];
}

/// <summary>A composed type as satisfiability sees it.</summary>
internal sealed class TypeIndex
{
    private readonly Dictionary<string, FieldIndex> fields;

    // By source: the interfaces in whose place it has an object, where it has several for this type. Mostly there is no such source.
    private readonly Dictionary<int, List<SupergraphType>>? names;

    internal TypeIndex(Supergraph supergraph, string name, ImmutableArray<ContextIndex> contexts)
    {
        Name = name;
        Contexts = contexts;
        Type = supergraph.FindType(name);
        fields = new(Type?.Fields.Length ?? 0, StringComparer.Ordinal);
        Public = supergraph.PublicSchema.FindType(name) as ObjectType;
        IsQueryRoot = supergraph.FullSchema.QueryType?.Name == name;
        names = Type?.Type is ObjectType { Interfaces.Length: > 1 } type ? NamesOf(supergraph, type) : null;
        Keys = Type is null || Type.Lookups.IsEmpty ? [] : KeysOf(Type.Lookups);
    }

    internal string Name { get; }

    /// <summary>Null where no source defines it.</summary>
    internal SupergraphType? Type { get; }

    /// <summary>What clients see of it; null where nothing, or no object.</summary>
    internal ObjectType? Public { get; }

    internal bool IsQueryRoot { get; }

    /// <summary>The ways into it, those with equal keys together.</summary>
    internal ImmutableArray<KeyIndex> Keys { get; }

    /// <summary>The contexts that a value of it sets.</summary>
    internal ImmutableArray<ContextIndex> Contexts { get; }

    internal FieldIndex Field(string name)
    {
        if (!fields.TryGetValue(name, out var field))
        {
            fields.Add(name, field = new FieldIndex(this, name, Type?.FindField(name)));
        }

        return field;
    }

    /// <summary>
    /// The name by which a source knows a value that it returned, or was entered with, by a name: the type's own, unless it has objects in the
    /// place of several of its interfaces. Then it has under each name other fields.
    /// </summary>
    internal string NameIn(int source, string given) => names?.ContainsKey(source) == true ? given : Name;

    /// <summary>The names under which a source has a field; empty where that makes no difference.</summary>
    internal ImmutableArray<string> NamesWith(int source, string field) => names is null || !names.TryGetValue(source, out var all)
        ? []
        : [.. all.Where(@interface => @interface.FindField(field)?.Sources.Any(entry => entry.Source.Ordinal == source) == true).Select(@interface => @interface.Name)];

    private static Dictionary<int, List<SupergraphType>>? NamesOf(Supergraph supergraph, ObjectType type)
    {
        var found = type.Interfaces.Select(@interface => supergraph.FindType(@interface.Name)).OfType<SupergraphType>()
            .SelectMany(@interface => @interface.Sources.Where(source => source.IsInterfaceObject).Select(source => (source.Source.Ordinal, Interface: @interface)))
            .GroupBy(entry => entry.Ordinal, entry => entry.Interface).Where(group => group.Skip(1).Any())
            .ToDictionary(group => group.Key, group => group.ToList());
        return found.Count == 0 ? null : found;
    }

    private ImmutableArray<KeyIndex> KeysOf(ImmutableArray<Lookup> lookups) => lookups is [var only]
        ? [new KeyIndex(only.Key, [EntryOf(only)])]
        : [.. lookups.GroupBy(lookup => Syntax.Fields(lookup.Key)).Select(same => new KeyIndex(same.First().Key, [.. same.Select(EntryOf).Distinct()]))];

    private (int Source, string Name) EntryOf(Lookup lookup) => (lookup.Source.Ordinal, NameIn(lookup.Source.Ordinal, lookup.TypeName));
}

/// <summary>A key, and the sources that can be entered by it, each with the name by which it knows the value then.</summary>
internal sealed record KeyIndex(SelectionSetNode Selection, ImmutableArray<(int Source, string Name)> Entries)
{
    internal bool LeadsTo(int source) => Entries.Any(entry => entry.Source == source);
}

/// <summary>A context that a value sets, as <see cref="PathFacts"/> name it, and what arguments take from it.</summary>
internal sealed record ContextIndex(string Name, ImmutableArray<ContextSelectionIndex> Taken);

/// <summary>What arguments take from a context, and what <see cref="PathFacts"/> call it where it cannot be had.</summary>
internal sealed record ContextSelectionIndex(SelectionSetNode Selection, string Lost);

/// <summary>A composed field as satisfiability sees it.</summary>
internal sealed class FieldIndex
{
    internal FieldIndex(TypeIndex type, string name, SupergraphField? field)
    {
        var entries = new EntryIndex[field?.Sources.Length ?? 0];
        for (var i = 0; i < entries.Length; i++)
        {
            var entry = field!.Sources[i];
            entries[i] = new EntryIndex(entry, type.NamesWith(entry.Source.Ordinal, name));
            Labels = entry.Override is { } moved && !Labels.Contains(moved.Label) ? Labels.Add(moved.Label) : Labels;
            OwnerCount += entry.IsExternal ? 0 : 1;
        }

        Name = name;
        Entries = ImmutableCollectionsMarshal.AsImmutableArray(entries);
        Returned = field?.Field.Type.Named;
    }

    internal string Name { get; }

    /// <summary>The sources that define it, by ordinal.</summary>
    internal ImmutableArray<EntryIndex> Entries { get; }

    /// <summary>The labels by which it moves between sources: mostly none or one, several where sources that share it have pairs of their own.</summary>
    internal ImmutableArray<string> Labels { get; } = [];

    internal NamedType? Returned { get; }

    /// <summary>How many sources resolve it.</summary>
    internal int OwnerCount { get; }

    internal EntryIndex? In(int source)
    {
        var (low, high) = (0, Entries.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) >> 1;
            var found = Entries[middle].Source;
            if (found == source)
            {
                return Entries[middle];
            }

            (low, high) = found < source ? (middle + 1, high) : (low, middle - 1);
        }

        return null;
    }
}

/// <summary>A field in one source.</summary>
internal sealed class EntryIndex(FieldInSource entry, ImmutableArray<string> names)
{
    internal FieldInSource Entry { get; } = entry;

    internal int Source { get; } = entry.Source.Ordinal;

    /// <summary>True when the source has it on a value that it knows by that name.</summary>
    internal bool IsOn(string name) => names.IsEmpty || names.Contains(name);

    /// <summary>The contexts that have to be set, and what must not be lost of them.</summary>
    internal ImmutableArray<(string Context, string Lost)> Contexts { get; } =
        [.. entry.ContextArguments.Select(argument => (PathFacts.Context(entry.Source, argument.Context), PathFacts.Lost(entry.Source, argument)))];

    /// <summary>The name of the type that the source returns.</summary>
    internal string ReturnedName { get; } = TypeNodes.Named(entry.Type);

    /// <summary>Where a query stands after it when nothing further up was provided, once that was asked.</summary>
    internal Stand? After { get; set; }
}
