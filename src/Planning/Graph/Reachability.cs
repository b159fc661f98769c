using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// Tells which sources can be entered from where one stands, and after how many fetches. A lookup's key is a requirement that runs through the
/// same question: keys may be nested, may need a third source, and may go in circles. All answers together are the least fixed point of these
/// rules (<see cref="Questions"/>): what can be had is found, and nothing that only follows from itself. They depend on the graph alone; what
/// holds for who stands in one source is kept with the graph, the rest for one plan.
/// </summary>
internal sealed class Reachability(PlanningGraph graph)
{
    // In how many ways values further down can have come. Graphs in which fields lose one source each could have as many as there are sets of sources.
    private const int MaxInside = 500;

    /// <summary>What is not followed, in words.</summary>
    public const string Bound = "objects inside keys and requirements that come in more than 500 ways.";

    // Where keys lead further and further down, one source can come later after the first with each level. Who comes later than that is asked about
    // as if he came then, so that there are so many questions and no more; what follows from it comes later by the difference.
    private const int MaxLater = 12;

    // So many are kept.
    private const int MaxCoverages = 1_000;

    private readonly Questions questions = new();
    private readonly Dictionary<List<Arrival>, ClosureQuestion> closures = new(new SameArrivals());
    private readonly Dictionary<(Closure, FieldAtSource), RequirementQuestion> requirements = [];
    private readonly Dictionary<(SourceSchema, TypeSet), Footing> footings = [];
    private readonly Dictionary<(GraphType, string), LeafWays> leaves = [];
    private readonly Dictionary<List<LeafWays>, Coverage?[]> coverages = new(new SameLeaves());
    private readonly Closure nowhere = new(graph.Sources.Length, []);

    /// <inheritdoc cref="Questions.AskedCount"/>
    public int AskedCount => questions.AskedCount;

    /// <summary>True once some of these answers came without all ways being looked at.</summary>
    public bool IsBounded { get; private set; }

    /// <summary>The sources that can be reached on a value by one who stands in one source of it, unprovided.</summary>
    public Closure From(TypeAtSource at) =>
        graph.Closures.TryGetValue(at, out var known) ? known : From(at.Type, [new Arrival(at, null, 0)]);

    /// <summary>What is known of who stands alone on objects of these types.</summary>
    public Footing FootingOf(SourceSchema source, TypeSet types)
    {
        if (!footings.TryGetValue((source, types), out var footing))
        {
            footings.Add((source, types), footing = new Footing());
        }

        return footing;
    }

    /// <summary>How a leaf that is asked without arguments can be had of objects of a type, by the source that gave them.</summary>
    public LeafWays WaysTo(GraphType type, string leaf)
    {
        if (!leaves.TryGetValue((type, leaf), out var ways))
        {
            leaves.Add((type, leaf), ways = new LeafWays(this, type, leaf));
        }

        return ways;
    }

    /// <summary>By source: what it gives of these leaves of a type, for <see cref="PlainLeaves"/> alone, which finds it; an operation can ask the same under many aliases.</summary>
    public Coverage?[] CoveragesOf(GraphType type, List<LeafWays> ways)
    {
        if (!coverages.TryGetValue(ways, out var bySource))
        {
            if (coverages.Count == MaxCoverages)
            {
                coverages.Clear();
            }

            coverages.Add(ways, bySource = new Coverage?[type.BySource.Length]);
        }

        return bySource;
    }

    /// <summary>The sources that can be reached on a value of <paramref name="type"/> on which these sources stand.</summary>
    public Closure From(GraphType type, List<Arrival> arrivals)
    {
        if (arrivals.Count == 0)
        {
            return nowhere;
        }

        var question = QuestionOf(type, arrivals);
        questions.Read(question);
        return question.Closure;
    }

    /// <summary>After how many fetches everything selected is known on a value of the type; <see cref="Closure.Never"/> when it cannot be had.</summary>
    public int DepthOf(GraphType type, SelectionSetNode selection, Closure closure)
    {
        var depth = 0;
        foreach (var item in selection.Selections)
        {
            var itemDepth = item switch
            {
                FieldNode field => DepthOf(type, field, closure),
                InlineFragmentNode fragment => DepthOf(type, fragment, closure),
                _ => Closure.Never,
            };
            if (itemDepth == Closure.Never)
            {
                return Closure.Never;
            }

            depth = Math.Max(depth, itemDepth);
        }

        return depth;
    }

    /// <summary>After how many fetches a source can give a field that has a requirement; it needs a lookup that carries what is required.</summary>
    public int DepthOfRequirement(GraphType type, FieldAtSource field, Closure closure)
    {
        if (closure.EntryDepthOf(field.Source) == Closure.Never)
        {
            return Closure.Never;
        }

        if (closure.KnownDepthOf(field) is { } known)
        {
            return known;
        }

        if (!requirements.TryGetValue((closure, field), out var question))
        {
            requirements.Add((closure, field), question = new RequirementQuestion(this, type, field, closure));
        }

        questions.Read(question);
        return question.Depth;
    }

    /// <summary>After how many fetches the source can give the field itself; <see cref="Closure.Never"/> when it cannot.</summary>
    public int DepthOfField(GraphType type, FieldAtSource field, ImmutableArray<ArgumentNode> arguments, Closure closure)
    {
        if (closure.DepthOf(field.Source) == Closure.Never || !closure.IsServed(field, arguments))
        {
            return Closure.Never;
        }

        return field.Needs is null ? closure.DepthOf(field.Source) : DepthOfRequirement(type, field, closure);
    }

    /// <summary>The rule for closures: who has all that a lookup's key needs enters by it. Of objects of which nobody knows what they are, all must be found.</summary>
    internal void Widen(GraphType type, Closure closure)
    {
        for (var isWider = true; isWider;)
        {
            isWider = false;
            foreach (var at in type.BySource)
            {
                if (at is null || at.Lookups.Count == 0 || closure.EntryDepthOf(at.Source) <= closure.Least + 1 || !at.FindsAll)
                {
                    continue;
                }

                foreach (var lookup in at.Lookups)
                {
                    var depth = DepthOf(type, lookup.Key, closure);
                    isWider |= depth != Closure.Never && closure.Enter(lookup, depth + 1);
                }
            }
        }
    }

    /// <summary>The rule for requirements: what is required goes with an entry.</summary>
    internal int DepthByEntry(GraphType type, FieldAtSource field, Closure closure)
    {
        var entry = closure.EntryDepthOf(field.Source);
        var required = entry == Closure.Never ? Closure.Never : DepthOf(type, field.Needs!.Selection, closure);
        return required == Closure.Never ? Closure.Never : Math.Max(required + 1, entry);
    }

    /// <summary>What can be reached by who stands in one source alone is the same for all plans, unless not all ways were looked at: then it hangs on the plan.</summary>
    internal void Remember(Closure closure)
    {
        if (!IsBounded && closure.Arrivals is [{ View: null, Depth: 0 } only])
        {
            graph.Closures.TryAdd(only.At, closure);
        }
    }

    private ClosureQuestion QuestionOf(GraphType type, List<Arrival> arrivals)
    {
        if (!closures.TryGetValue(arrivals, out var question))
        {
            closures.Add(arrivals, question = new ClosureQuestion(this, type, new Closure(graph.Sources.Length, arrivals)));
        }

        return question;
    }

    // Of a value further down, as far as it is known by now.
    private Closure Inside(GraphType type, List<Arrival> arrivals)
    {
        if (arrivals is [{ View: null, Depth: 0 } only] && graph.Closures.TryGetValue(only.At, out var known))
        {
            return known;
        }

        if (questions.UnsettledCount >= MaxInside && !closures.ContainsKey(arrivals))
        {
            IsBounded = true;
            return new Closure(graph.Sources.Length, arrivals);
        }

        var question = QuestionOf(type, arrivals);
        questions.Read(question);
        return question.Closure;
    }

    private int DepthOf(GraphType type, InlineFragmentNode fragment, Closure closure)
    {
        if (fragment.TypeCondition is not { } condition)
        {
            return DepthOf(type, fragment.SelectionSet, closure);
        }

        var possible = graph.PossibleTypes(condition.Name.Value);
        return type.Type.PossibleTypes.IsSubsetOf(possible) ? DepthOf(type, fragment.SelectionSet, closure)
            : type.Type.PossibleTypes.Overlaps(possible) ? Closure.Never
            : 0;
    }

    private int DepthOf(GraphType type, FieldNode node, Closure closure)
    {
        if (node.Name.Value == "__typename")
        {
            return 0;
        }

        if (!type.SourcesByField.TryGetValue(node.Name.Value, out var sources))
        {
            return Closure.Never;
        }

        var best = Closure.Never;
        List<Arrival>? below = null;
        foreach (var ordinal in sources)
        {
            var at = type.BySource[ordinal]!;
            var field = at.Fields[node.Name.Value];
            var depth = DepthOfField(type, field, node.Arguments, closure);
            best = Math.Min(best, depth);
            if (node.SelectionSet is null && best <= closure.Least)
            {
                return best;
            }

            if (node.SelectionSet is not null && depth != Closure.Never && field.Below is { } result)
            {
                (below ??= []).Add(new Arrival(result, ProvidesView.Below(field, closure.ViewOf(at.Source), graph.Schema), depth));
            }
        }

        return node.SelectionSet is null || best == Closure.Never ? best : DepthBelow(node.SelectionSet, below ?? []);
    }

    private int DepthBelow(SelectionSetNode selection, List<Arrival> arrivals)
    {
        var types = default(TypeSet);
        foreach (var arrival in arrivals)
        {
            types = types.Union(arrival.At.PossibleTypes);
        }

        var depth = 0;
        foreach (var ordinal in types.Ordinals())
        {
            var own = DepthBelow(graph.ObjectAt(ordinal), ordinal, selection, arrivals);
            if (own == Closure.Never)
            {
                return Closure.Never;
            }

            depth = Math.Max(depth, own);
        }

        // Of an interface that has no types in any source that gives it, all are null: nothing is missing below them.
        return !types.IsEmpty ? depth : arrivals.Count == 0 ? Closure.Never : arrivals.Min(arrival => arrival.Depth);
    }

    // From the first that arrives on, so that the same further down is the same question.
    private int DepthBelow(GraphType type, int ordinal, SelectionSetNode selection, List<Arrival> arrivals)
    {
        if (AsksNothing(type, selection))
        {
            return 0;
        }

        var first = Closure.Never;
        var here = new List<Arrival>(arrivals.Count);
        foreach (var arrival in arrivals)
        {
            if (arrival.At.PossibleTypes.Contains(ordinal) && type.BySource[arrival.At.Source.Ordinal] is { } at)
            {
                first = Math.Min(first, arrival.Depth);
                here.Add(arrival with { At = at });
            }
        }

        if (here.Count == 0)
        {
            return DepthOf(type, selection, nowhere);
        }

        var late = here.Max(arrival => arrival.Depth - first) - MaxLater;
        if (late <= 0)
        {
            return DepthFrom(first, type, selection, here);
        }

        var inTime = DepthFrom(first, type, selection, here.FindAll(arrival => arrival.Depth - first <= MaxLater));
        var all = DepthFrom(first, type, selection, here.ConvertAll(arrival => arrival with { Depth = Math.Min(arrival.Depth, first + MaxLater) }));
        return all == Closure.Never ? inTime : Math.Min(inTime, all + late);
    }

    private int DepthFrom(int first, GraphType type, SelectionSetNode selection, List<Arrival> here)
    {
        for (var i = 0; first > 0 && i < here.Count; i++)
        {
            here[i] = here[i] with { Depth = here[i].Depth - first };
        }

        var depth = DepthOf(type, selection, Inside(type, here));
        return depth == Closure.Never ? Closure.Never : depth + first;
    }

    private bool AsksNothing(GraphType type, SelectionSetNode selection) => selection.Selections.All(item => item switch
    {
        FieldNode field => field.Name.Value == "__typename",
        InlineFragmentNode { TypeCondition: { } condition } fragment =>
            !type.Type.PossibleTypes.Overlaps(graph.PossibleTypes(condition.Name.Value)) || AsksNothing(type, fragment.SelectionSet),
        InlineFragmentNode fragment => AsksNothing(type, fragment.SelectionSet),
        _ => false,
    });
}
