using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// What a source has of the graph's types, whatever labels say: what an object can be, and how it is entered. Kept as long as the supergraph is, for all plans and
/// threads: an entry for each of its types and contexts at most.
/// </summary>
internal sealed class SourceTypes
{
    private static readonly ConditionalWeakTable<Supergraph, ConcurrentDictionary<int, SourceTypes>> Kept = [];

    private readonly Supergraph supergraph;
    private readonly SourceSchema source;
    private readonly ImmutableHashSet<string> leftOut;
    private readonly ConcurrentDictionary<string, TypeSet> possibleTypes = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TypeSet> settings = new(StringComparer.Ordinal);
    private readonly Lazy<List<Lookup>?[]> lookups;
    private readonly Lazy<HashSet<string>> nonNull;

    private SourceTypes(Supergraph supergraph, SourceSchema source, ImmutableHashSet<string> leftOut)
    {
        (this.supergraph, this.source, this.leftOut) = (supergraph, source, leftOut);
        lookups = new(FindLookups);
        nonNull = new(() => [.. Own().SelectMany(type => type.Lookups).Where(lookup => lookup.IsNonNull).Select(lookup => TextOf(lookup.Path.Append(lookup.FieldName)))]);
    }

    /// <summary>Those of a source.</summary>
    /// <param name="supergraph">The graph.</param>
    /// <param name="source">The source, one of the graph's.</param>
    /// <param name="leftOut">The names of interfaces in whose place it has objects that are left out.</param>
    public static SourceTypes Of(Supergraph supergraph, SourceSchema source, ImmutableHashSet<string> leftOut) => leftOut.IsEmpty
        ? Kept.GetValue(supergraph, static _ => []).GetOrAdd(source.Ordinal, static (_, of) => new SourceTypes(of.supergraph, of.source, []), (supergraph, source))
        : new SourceTypes(supergraph, source, leftOut);

    /// <inheritdoc cref="SourceFacts.PossibleTypes"/>
    public TypeSet PossibleTypes(string typeName) => possibleTypes.TryGetValue(typeName, out var types) ? types
        : supergraph.FindType(typeName)?.In(source) is { } inSource ? possibleTypes.GetOrAdd(typeName, FindPossibleTypes(typeName, inSource))
        : default;

    /// <inheritdoc cref="SourceFacts.TypesOfCondition"/>
    public TypeSet TypesOfCondition(string typeName) => supergraph.FindType(typeName)?.In(source) is { IsInterfaceObject: true } && supergraph.FullSchema.FindType(typeName) is CompositeType all
        ? all.PossibleTypes
        : PossibleTypes(typeName);

    /// <inheritdoc cref="SourceFacts.Lookups"/>
    public List<Lookup> Lookups(ObjectType type) => lookups.Value[type.Ordinal] ?? [];

    /// <inheritdoc cref="SourceFacts.IsNonNull"/>
    public bool IsNonNull(ImmutableArray<string> path) => nonNull.Value.Count > 0 && nonNull.Value.Contains(TextOf(path));

    /// <inheritdoc cref="SourceFacts.TypesSetting"/>
    public TypeSet TypesSetting(string context) => settings.GetOrAdd(context, static (name, of) => of.supergraph.Types
        .Where(type => type.In(of.source)?.Contexts.Contains(name) == true)
        .Aggregate(default(TypeSet), (all, type) => all.Union(type.Type is CompositeType composite ? composite.PossibleTypes : default)), this);

    private TypeSet FindPossibleTypes(string typeName, TypeInSource inSource) => supergraph.FullSchema.FindType(typeName) is not CompositeType type ? default
        : type is ObjectType ? type.PossibleTypes
        : inSource.IsInterfaceObject ? UntoldTypes.WithoutInner(supergraph.FullSchema, type.PossibleTypes)
        : TypeSet.Of(inSource.PossibleTypes.Select(supergraph.FullSchema.FindType).OfType<ObjectType>());

    private List<Lookup>?[] FindLookups()
    {
        var found = new List<Lookup>?[supergraph.FullSchema.ObjectTypes.Length];
        foreach (var (name, entries) in Own())
        {
            var types = supergraph.FullSchema.FindType(name) is ObjectType own ? TypeSet.Of(own) : TypesOfCondition(name);
            foreach (var type in types.Ordinals())
            {
                (found[type] ??= []).AddRange(entries);
            }
        }

        return found;
    }

    private IEnumerable<(string Name, List<Lookup> Lookups)> Own() => supergraph.Types
        .Select(type => (type.Name, Lookups: type.Lookups.Where(lookup => lookup.Source.Ordinal == source.Ordinal && !leftOut.Contains(lookup.TypeName)).ToList()))
        .Where(entry => entry.Lookups.Count > 0);

    private static string TextOf(IEnumerable<string> path) => string.Join('.', path);
}
