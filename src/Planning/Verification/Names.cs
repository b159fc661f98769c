using System.Collections.Immutable;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// The sources by number, each as often as it has names for one object. Mostly that is its ordinal. A source with objects in the place of two
/// interfaces that have a type in common knows an object of that type by either name, and has under the one nothing of what it has under the
/// other: further names have numbers behind the sources'.
/// </summary>
internal sealed class Names
{
    private readonly List<SourceFacts> facts = [];
    private readonly Dictionary<(int Source, string Name), int> numbers = [];

    public Names(Supergraph supergraph, ImmutableHashSet<string> activeLabels)
    {
        var shared = supergraph.Sources.Select(source => Shared(supergraph, source)).ToList();
        facts.AddRange(supergraph.Sources.Zip(shared, (source, names) => new SourceFacts(supergraph, source, activeLabels, [.. names.Skip(1)])));
        foreach (var (source, name) in supergraph.Sources.Zip(shared).SelectMany(pair => pair.Second.Skip(1).Select(name => (pair.First, name))))
        {
            numbers.Add((source.Ordinal, name), facts.Count);
            facts.Add(new SourceFacts(supergraph, source, activeLabels, [.. InPlace(supergraph, source).Where(other => other != name)]));
        }
    }

    /// <summary>What a source has by a number.</summary>
    public SourceFacts this[int number] => facts[number];

    /// <summary>The number of a source where it has objects by a name.</summary>
    public int Of(int source, string name) => numbers.GetValueOrDefault((source, name), source);

    /// <summary>All numbers of a source.</summary>
    public IEnumerable<int> Of(int source) => numbers.Where(pair => pair.Key.Source == source).Select(pair => pair.Value).Prepend(source);

    /// <summary>The lookups of a type, each with the number of its source that one stands by then.</summary>
    public IEnumerable<(int Number, Lookup Lookup)> LookupsOf(ObjectType type) =>
        facts.SelectMany((source, number) => source.Lookups(type).Select(lookup => (number, lookup))).Where(pair => pair.number == Of(pair.lookup.Source.Ordinal, pair.lookup.TypeName));

    private static IEnumerable<string> InPlace(Supergraph supergraph, SourceSchema source) =>
        supergraph.Types.Where(type => type.In(source) is { IsInterfaceObject: true }).Select(type => type.Name);

    // The first of those that have a type in common with another one, and the others; the first one keeps the source's own number.
    private static List<string> Shared(Supergraph supergraph, SourceSchema source)
    {
        TypeSet TypesOf(string name) => ((CompositeType)supergraph.FindType(name)!.Type).PossibleTypes;
        List<string> all = [.. InPlace(supergraph, source)];
        return all.FindAll(name => all.Exists(other => other != name && TypesOf(name).Overlaps(TypesOf(other))));
    }
}
