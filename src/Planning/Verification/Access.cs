using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>Who stands on an object.</summary>
/// <param name="Sources">The sources that gave it (as <see cref="Names"/> numbers them), each with what it provides there.</param>
/// <param name="IsTold">False where it came from a source that does not say what it is.</param>
internal sealed record Standing(ImmutableDictionary<int, ImmutableArray<SelectionSetNode>> Sources, bool IsTold)
{
    /// <summary>The same for the same.</summary>
    public string Text { get; } = $"{IsTold} {string.Join(' ', Sources.OrderBy(source => source.Key)
        .Select(source => $"{source.Key}{string.Join('+', source.Value.Select(Printer.Print).Order(StringComparer.Ordinal))}"))}";

    public static Standing Of(IEnumerable<int> sources) => new(sources.ToImmutableDictionary(source => source, _ => ImmutableArray<SelectionSetNode>.Empty), IsTold: true);
}

/// <summary>Who could have given objects of a type, once for each way in which they come; empty when that is not known.</summary>
internal sealed record Ways(List<Standing> Each);

/// <summary>A source that can give a field of an object.</summary>
/// <param name="Source">Its number (<see cref="Names"/>), and by what name it has these objects.</param>
/// <param name="Types">The objects that the field gives.</param>
/// <param name="IsUntold">True when the source does not say what they are.</param>
/// <param name="Provided">What it provides of them.</param>
internal sealed record Giver(int Source, TypeSet Types, bool IsUntold, ImmutableArray<SelectionSetNode> Provided)
{
    /// <summary>The number by which the source has the field.</summary>
    public required int By { get; init; }
}

/// <summary>
/// What can be had of an object, read from the supergraph: who stands on it gives its own fields and what it provides there, and where a lookup's
/// key can be had, its source can be entered and gives more; an object whose type is not told can be entered by its interface, which may tell it.
/// Keys that lead through one another are gone through in turns until none of them leads further, and so are requirements. It finds no more than can be had:
/// keys that are made of requirements, and contexts whose values are, count as not there.
/// </summary>
internal sealed class Access(Supergraph supergraph, ImmutableHashSet<string> activeLabels)
{
    // Of different objects that one question leads through; further ones are taken as entered by nobody.
    private const int ReachesMax = 2_000;

    private static readonly HashSet<(int Source, string Field)> Nothing = [];

    private readonly Names names = new(supergraph, activeLabels);
    private readonly Dictionary<(int Type, string Standing), Reach> reaches = [];
    private readonly List<Reach> unsettled = [];
    private readonly List<Reach> meeting = [];

    public bool Knows(int source, int type) => names[source].Knows(NameOf(type));

    /// <summary>The objects that a field of a source gives.</summary>
    public TypeSet TypesBelow(int source, int type, string field) => names.Of(source).Select(number => Find(number, type, field))
        .FirstOrDefault(found => found is not null) is { } there ? names[source].PossibleTypes(SourceFacts.NamedOf(there.Type)) : default;

    /// <summary>True when it can be found out what an object is.</summary>
    public bool CanTell(int type, Standing standing) => standing.IsTold || Settled(type, standing).IsTold;

    /// <summary>Who stands on the objects of a type that these give.</summary>
    public static Standing Below(IReadOnlyCollection<Giver> givers, int type) => new(
        givers.Where(giver => giver.Types.Contains(type)).GroupBy(giver => giver.Source)
            .ToImmutableDictionary(same => same.Key, same => same.SelectMany(giver => giver.Provided).ToImmutableArray()),
        !givers.Any(giver => giver.IsUntold));

    /// <summary>The sources that can give a field of an object.</summary>
    /// <param name="type">The object's type.</param>
    /// <param name="field">The field.</param>
    /// <param name="arguments">What it is called with.</param>
    /// <param name="standing">Who stands on the object.</param>
    /// <param name="above">What is above it, the nearest first: by type the ways in which the objects came.</param>
    public List<Giver> Of(
        int type, string field, ImmutableArray<ArgumentNode> arguments, Standing standing, ImmutableStack<IReadOnlyDictionary<int, Ways>> above)
    {
        var reach = Settled(type, standing);
        return Givers(reach, field, arguments, MetAt(reach), above);
    }

    // An object of a type on which some sources stand: those, with all that can be entered, and the latter alone; whether anybody has said what
    // it is; and the fields with a requirement that is met there, once that was asked.
    private sealed class Reach(int type, Standing standing)
    {
        public int Type { get; } = type;

        public Dictionary<int, ImmutableArray<SelectionSetNode>> Sources { get; } = new(standing.Sources);

        public HashSet<int> Entered { get; } = [];

        public bool IsTold { get; set; } = standing.IsTold;

        public HashSet<(int Source, string Field)>? Met { get; set; }

        public List<(int Source, string Field, SelectionSetNode Selection)> Open { get; set; } = [];
    }

    private Reach Settled(int type, Standing standing)
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

    private Reach ReachOf(int type, Standing standing)
    {
        if (!reaches.TryGetValue((type, standing.Text), out var reach))
        {
            reach = new Reach(type, standing);
            if (unsettled.Count < ReachesMax)
            {
                reaches.Add((type, standing.Text), reach);
                unsettled.Add(reach);
            }
        }

        return reach;
    }

    // What is entered by the name of its own type must have said it.
    private bool Widen(Reach reach)
    {
        var isWider = false;
        foreach (var (source, lookup) in reach.Sources.Count == 0 ? [] : names.LookupsOf(supergraph.FullSchema.ObjectTypes[reach.Type]))
        {
            if (!reach.Entered.Contains(source) && names[source].Knows(lookup.TypeName)
                && (reach.IsTold || supergraph.FullSchema.FindType(lookup.TypeName) is InterfaceType) && Has(reach, lookup.Key, Nothing, requiring: -1))
            {
                isWider |= reach.Entered.Add(source) | reach.Sources.TryAdd(source, []);
                reach.IsTold |= !names[source].IsInterfaceObject(lookup.TypeName);
            }
        }

        return isWider;
    }

    // What is required goes with an entry, and comes from others, who may require something in turn, of the same object or of those that they give.
    private HashSet<(int Source, string Field)> MetAt(Reach reach)
    {
        if (reach.Met is { } known)
        {
            return known;
        }

        if (meeting.Count >= ReachesMax)
        {
            return Nothing;
        }

        var met = reach.Met = [];
        reach.Open = (
            from source in reach.Entered
            from field in supergraph.FullSchema.ObjectTypes[reach.Type].Fields
            let there = Find(source, reach.Type, field.Name)
            where there?.Requirement is not null
            select (source, field.Name, there.Requirement!.Selection)).ToList();
        meeting.Add(reach);
        if (meeting.Count == 1)
        {
            MeetAll();
        }

        return met;
    }

    // Of objects within what is required it is asked on the way, as far as it is known by then.
    private void MeetAll()
    {
        for (var isMore = true; isMore;)
        {
            isMore = false;
            for (var i = 0; i < meeting.Count; i++)
            {
                var (reach, count) = (meeting[i], meeting.Count);
                isMore |= reach.Open.RemoveAll(one => Has(reach, one.Selection, reach.Met!, one.Source) && reach.Met!.Add((one.Source, one.Field))) > 0 || meeting.Count > count;
            }
        }

        meeting.Clear();
    }

    private List<Giver> Givers(
        Reach reach, string field, ImmutableArray<ArgumentNode> arguments, HashSet<(int Source, string Field)> met, ImmutableStack<IReadOnlyDictionary<int, Ways>>? above)
    {
        var givers = new List<Giver>();
        foreach (var (source, provided) in reach.Sources)
        {
            if (Find(source, reach.Type, field) is not { } there || arguments.Any(argument => !there.Arguments.Contains(argument.Name.Value))
                || (there.Requirement is not null && !met.Contains((source, field))))
            {
                continue;
            }

            var nodes = provided.SelectMany(set => Provides(source, set, reach.Type, field)).ToList();
            if (!(there.IsExternal && nodes.Count == 0) && (there.ContextArguments.IsEmpty || HasContexts(reach, source, there, above)))
            {
                var name = SourceFacts.NamedOf(there.Type);
                var below = names.Of(names[source].Source.Ordinal, name);
                givers.Add(new Giver(
                    below, names[below].PossibleTypes(name), names[below].IsInterfaceObject(name),
                    [.. nodes.Select(node => node.SelectionSet).Append(there.Provides).OfType<SelectionSetNode>()])
                {
                    By = source,
                });
            }
        }

        return givers;
    }

    // They go with an entry; in a key or a requirement nobody looks above.
    private bool HasContexts(Reach reach, int source, FieldInSource field, ImmutableStack<IReadOnlyDictionary<int, Ways>>? above) => above is not null
        && reach.Entered.Contains(source) && field.ContextArguments.All(argument => HasContext(source, argument, above));

    // The value of the nearest object above that sets the context, whatever objects are there; where some of a place do, all must say what they are.
    private bool HasContext(int source, ContextArgument argument, ImmutableStack<IReadOnlyDictionary<int, Ways>> above)
    {
        var setting = names[source].TypesSetting(argument.Context);
        foreach (var there in above)
        {
            var isKnown = there.All(at => at.Value.Each.Count > 0 && at.Value.Each.TrueForAll(standing => Settled(at.Key, standing) is { IsTold: true } reach
                && (!setting.Contains(at.Key) || Has(reach, argument.Selection, Nothing, requiring: -1))));
            if (!isKnown || there.Keys.All(setting.Contains))
            {
                return isKnown && there.Count > 0;
            }
        }

        return false;
    }

    private bool Has(Reach reach, SelectionSetNode selection, HashSet<(int Source, string Field)> met, int requiring) => selection.Selections.All(item => item switch
    {
        InlineFragmentNode fragment => fragment.TypeCondition is { } condition
            && (supergraph.FullSchema.FindType(condition.Name.Value) is not CompositeType types || !types.PossibleTypes.Contains(reach.Type) || Has(reach, fragment.SelectionSet, met, requiring)),
        FieldNode { Name.Value: "__typename" } => reach.IsTold || !HasNoName(reach.Type),
        FieldNode field => Has(reach, field, met, requiring),
        _ => false,
    });

    // The one that requires something does not give it to itself. Which fields of the objects there are needed depends on what they are.
    private bool Has(Reach reach, FieldNode field, HashSet<(int Source, string Field)> met, int requiring)
    {
        var givers = Givers(reach, field.Name.Value, field.Arguments, met, above: null);
        if (field.SelectionSet is not { } set || givers.Count == 0)
        {
            return givers.Exists(giver => giver.By != requiring);
        }

        var types = givers.Aggregate(default(TypeSet), (all, giver) => all.Union(giver.Types));
        return types.Ordinals().All(inner => Inside(inner, Below(givers, inner)) is { } there
            && (there.IsTold || (types.Count == 1 && HasNoName(inner))) && Has(there, set, met == Nothing ? Nothing : MetAt(there), requiring: -1));
    }

    // Nobody can tell what they are of objects of an interface that no object type implements, and nobody has to: they are all alike.
    private bool HasNoName(int type) => UntoldTypes.IsOne(supergraph.FullSchema.ObjectTypes[type]);

    // While others are gone through, as far as it is known.
    private Reach Inside(int type, Standing standing) => unsettled.Count > 0 ? ReachOf(type, standing) : Settled(type, standing);

    private IEnumerable<FieldNode> Provides(int source, SelectionSetNode set, int type, string field) => set.Selections.SelectMany(selection => selection switch
    {
        FieldNode node when node.Name.Value == field => [node],
        InlineFragmentNode fragment when fragment.TypeCondition is not { } condition || names[source].TypesOfCondition(condition.Name.Value).Contains(type) =>
            Provides(source, fragment.SelectionSet, type, field),
        _ => (IEnumerable<FieldNode>)[],
    });

    // A source with an object in an interface's place has the field of all objects of the interface.
    private FieldInSource? Find(int source, int type, string field) => (names[source].Knows(NameOf(type)) ? names[source].Field(NameOf(type), field) : null)
        ?? supergraph.FullSchema.ObjectTypes[type].Interfaces.Where(@interface => names[source].IsInterfaceObject(@interface.Name))
            .Select(@interface => names[source].Field(@interface.Name, field)).FirstOrDefault(found => found is not null);

    private string NameOf(int type) => supergraph.FullSchema.ObjectTypes[type].Name;
}
