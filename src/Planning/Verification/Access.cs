using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// What can be had of an object, read from the supergraph: who stands on it gives its own fields, and where a lookup's key can be had, its
/// source can be entered and gives more. Keys that lead through one another are gone through in turns until none of them leads further.
/// It finds no more than can be had: fields that are provided or take contexts, and keys that are made of requirements, count as not there.
/// </summary>
internal sealed class Access(Supergraph supergraph, ImmutableHashSet<string> activeLabels)
{
    // Of different objects that one question leads through; further ones are taken as entered by nobody.
    private const int ReachesMax = 2_000;

    private readonly ImmutableArray<SourceFacts> facts = [.. supergraph.Sources.Select(source => new SourceFacts(supergraph, source, activeLabels))];
    private readonly Dictionary<(int Type, string Standing), Reach> reaches = [];
    private readonly List<Reach> unsettled = [];

    public bool Knows(int source, int type) => facts[source].Knows(NameOf(type));

    /// <summary>The objects that a field of a source gives.</summary>
    public TypeSet TypesBelow(int source, int type, string field) =>
        Find(source, type, field) is { } there ? facts[source].PossibleTypes(SourceFacts.NamedOf(there.Type)) : default;

    /// <summary>True when the source does not say what the objects below are.</summary>
    public bool IsUntold(int source, int type, string field) =>
        Find(source, type, field) is { } there && facts[source].IsInterfaceObject(SourceFacts.NamedOf(there.Type));

    /// <summary>The sources that can give a field of an object on which these stand.</summary>
    public ImmutableHashSet<int> Of(int type, string field, ImmutableArray<ArgumentNode> arguments, ImmutableHashSet<int> standing)
    {
        var reach = Settled(type, standing);
        reach.Met ??= Meet(reach);
        return [.. Givers(reach, field, arguments, reach.Met)];
    }

    // An object of a type on which some sources stand: those, with all that can be entered, and the latter alone; and the fields with a
    // requirement that is met there, once that was asked.
    private sealed record Reach(int Type, HashSet<int> Sources, HashSet<int> Entered)
    {
        public HashSet<(int Source, string Field)>? Met { get; set; }
    }

    private static readonly HashSet<(int Source, string Field)> Nothing = [];

    private Reach Settled(int type, ImmutableHashSet<int> standing)
    {
        var reach = ReachOf(type, standing);
        for (var isWider = unsettled.Count > 0; isWider;)
        {
            isWider = false;
            for (var i = 0; i < unsettled.Count; i++)
            {
                var count = unsettled.Count;
                isWider |= Widen(unsettled[i]) || unsettled.Count > count;
            }
        }

        unsettled.Clear();
        return reach;
    }

    private Reach ReachOf(int type, ImmutableHashSet<int> standing)
    {
        var key = (type, string.Join(' ', standing.Order()));
        if (!reaches.TryGetValue(key, out var reach))
        {
            reach = new Reach(type, [.. standing], []);
            if (unsettled.Count < ReachesMax)
            {
                reaches.Add(key, reach);
                unsettled.Add(reach);
            }
        }

        return reach;
    }

    private bool Widen(Reach reach)
    {
        var isWider = false;
        foreach (var lookup in reach.Sources.Count == 0 ? [] : facts.SelectMany(source => source.Lookups(supergraph.FullSchema.ObjectTypes[reach.Type])))
        {
            var source = lookup.Source.Ordinal;
            if (!reach.Entered.Contains(source) && facts[source].Knows(lookup.TypeName) && Has(reach, lookup.Key, Nothing, requiring: -1))
            {
                isWider |= reach.Entered.Add(source) | reach.Sources.Add(source);
            }
        }

        return isWider;
    }

    // What is required goes with an entry, and comes from others, who may require something of the same object in turn.
    private HashSet<(int Source, string Field)> Meet(Reach reach)
    {
        var met = new HashSet<(int Source, string Field)>();
        var open = (
            from source in reach.Entered
            from field in supergraph.FullSchema.ObjectTypes[reach.Type].Fields
            let there = Find(source, reach.Type, field.Name)
            where there?.Requirement is not null
            select (Source: source, Field: field.Name, there.Requirement!.Selection)).ToList();
        while (open.RemoveAll(one => Has(reach, one.Selection, met, one.Source) && met.Add((one.Source, one.Field))) > 0)
        {
        }

        return met;
    }

    private IEnumerable<int> Givers(Reach reach, string field, ImmutableArray<ArgumentNode> arguments, HashSet<(int Source, string Field)> met) =>
        reach.Sources.Where(source => Find(source, reach.Type, field) is { IsExternal: false, ContextArguments.IsEmpty: true } there
            && arguments.All(argument => there.Arguments.Contains(argument.Name.Value))
            && (there.Requirement is null || met.Contains((source, field))));

    private bool Has(Reach reach, SelectionSetNode selection, HashSet<(int Source, string Field)> met, int requiring) => selection.Selections.All(item => item switch
    {
        InlineFragmentNode fragment => fragment.TypeCondition is { } condition
            && (supergraph.FullSchema.FindType(condition.Name.Value) is not CompositeType types || !types.PossibleTypes.Contains(reach.Type) || Has(reach, fragment.SelectionSet, met, requiring)),
        FieldNode field => field.Name.Value == "__typename" || Has(reach, field, met, requiring),
        _ => false,
    });

    // The one that requires something does not give it to itself.
    private bool Has(Reach reach, FieldNode field, HashSet<(int Source, string Field)> met, int requiring)
    {
        var givers = Givers(reach, field.Name.Value, field.Arguments, met).ToList();
        if (field.SelectionSet is not { } set || givers.Count == 0)
        {
            return givers.Exists(source => source != requiring);
        }

        var below = givers.ConvertAll(source => (Source: source, Types: TypesBelow(source, reach.Type, field.Name.Value)));
        return !below.Exists(giver => IsUntold(giver.Source, reach.Type, field.Name.Value))
            && below.Aggregate(default(TypeSet), (all, giver) => all.Union(giver.Types)).Ordinals().All(inner => Has(
                Inside(inner, [.. below.Where(giver => giver.Types.Contains(inner)).Select(giver => giver.Source)]), set, Nothing, requiring: -1));
    }

    // While others are gone through, as far as it is known.
    private Reach Inside(int type, ImmutableHashSet<int> standing) => unsettled.Count > 0 ? ReachOf(type, standing) : Settled(type, standing);

    // A source with an object in an interface's place has the field of all objects of the interface.
    private FieldInSource? Find(int source, int type, string field) => facts[source].Field(NameOf(type), field)
        ?? supergraph.FullSchema.ObjectTypes[type].Interfaces.Where(@interface => facts[source].IsInterfaceObject(@interface.Name))
            .Select(@interface => facts[source].Field(@interface.Name, field)).FirstOrDefault(found => found is not null);

    private string NameOf(int type) => supergraph.FullSchema.ObjectTypes[type].Name;
}
