using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>What a source that can be entered would take over, and after how many fetches it can be asked for that.</summary>
internal readonly record struct CandidateItem(Demand Demand, TypeSet Types, Coverage Coverage, int Depth);

/// <summary>A source that can be entered at a position, and what it would serve there.</summary>
internal sealed class Candidate(SourceSchema source)
{
    public SourceSchema Source { get; } = source;

    public List<CandidateItem> Items { get; } = [];

    /// <summary>What the source serves of all items, as <see cref="Coverage"/> counts it.</summary>
    public Coverage Sum { get; private set; }

    /// <summary>How many demands the source serves as a whole.</summary>
    public int WholeCount { get; private set; }

    /// <summary>After how many fetches the source can be asked.</summary>
    public int Depth { get; set; }

    /// <summary>How many selections its keys need.</summary>
    public int KeySize { get; set; }

    /// <summary>Some demand can be served by no other source: this one is entered in any case.</summary>
    public bool IsForced { get; set; }

    public void Add(CandidateItem item)
    {
        Items.Add(item);
        Sum += item.Coverage;
        WholeCount += item.Coverage.IsWhole ? 1 : 0;
    }
}

/// <summary>What was found for what is pending at a position.</summary>
/// <param name="Candidates">The sources that can be entered, the greedy choice first; where some are forced, these alone.</param>
/// <param name="Others">Where some are forced: others that serve something sooner, or no less of what these serve in part, with these items.</param>
internal readonly record struct FoundCandidates(List<Candidate> Candidates, List<Candidate> Others);

/// <summary>Finds and orders the sources that can be entered at a position for what is pending there.</summary>
internal sealed class Candidates(PlanAttempt attempt)
{
    // So many sources are gone through as fast as they are told apart.
    private const int Few = 8;

    private readonly JointWays joint = new(attempt);

    /// <summary>The candidates. None when no source brings anything nearer.</summary>
    public FoundCandidates Find(Position position, List<Demand> pending, SourceSet? allowed)
    {
        var all = new List<Candidate>();
        var anyForced = false;
        var alike = pending.Count > Few ? new AlikeDemands(attempt.Graph.Sources.Length) : null;
        foreach (var demand in pending)
        {
            alike?.Next(demand);
            Candidate? only = null;
            var options = 0;
            foreach (var ordinal in attempt.Graph.SourcesOf(demand.Types, demand.Field.Definition.Name))
            {
                if (Consider(position, demand, attempt.Graph.Sources[ordinal], allowed, all, alike) is { } found)
                {
                    only = found;
                    options++;
                }
            }

            if (options == 1)
            {
                only!.IsForced = anyForced = true;
            }
        }

        if (all.Count > 1)
        {
            all.Sort(Compare);
        }
        else if (all.Count == 0)
        {
            return new FoundCandidates(Together(position, pending, allowed), []);
        }

        // A source that some demand cannot do without is entered anyway: what it can serve besides costs no fetch.
        var forced = anyForced && all.Exists(candidate => !candidate.IsForced) ? all.FindAll(candidate => candidate.IsForced) : all;
        return new FoundCandidates(forced, forced == all ? [] : Others(all, forced));
    }

    // But others may be there sooner, or be of more use below where it has only a part.
    private static List<Candidate> Others(List<Candidate> all, List<Candidate> forced)
    {
        var others = new List<Candidate>();
        foreach (var candidate in all.Where(candidate => !candidate.IsForced))
        {
            candidate.Items.RemoveAll(item => !forced.Exists(other => other.Items.Exists(rival =>
                ReferenceEquals(rival.Demand, item.Demand) && rival.Types.Overlaps(item.Types)
                && (item.Depth < rival.Depth || (!rival.Coverage.IsWhole && rival.Coverage.Local <= item.Coverage.Local)))));
            if (candidate.Items.Count > 0)
            {
                others.Add(candidate);
            }
        }

        return others;
    }

    /// <summary>True when a source can be entered at the position for the field of all of these types, and was not yet.</summary>
    public bool CanServe(Position position, Demand demand, TypeSet types, SourceSchema source) =>
        !demand.Tried.Contains(source) && types.IsSubsetOf(EnterableTypes(position, demand, source, alike: null));

    /// <summary>True when another source can be entered at the position and serves more of the demand by itself.</summary>
    /// <param name="position">Where.</param>
    /// <param name="demand">A composite field, and what is asked below it.</param>
    /// <param name="types">The types that the source at hand serves it for.</param>
    /// <param name="than">The source at hand.</param>
    /// <param name="view">What that one provides.</param>
    public bool CanServeMore(Position position, Demand demand, TypeSet types, SourceSchema than, ProvidesView? view)
    {
        var sources = attempt.Graph.SourcesOf(types, demand.Field.Definition.Name);
        if (sources.Length <= 1)
        {
            return false;
        }

        var here = Coverage.Of(attempt, demand, types, than, view);
        if (here.IsWhole)
        {
            return false;
        }

        // PERF: a hundred sources can share the field, each with something of its own below: who has nothing of what is asked there serves no more.
        var isNarrow = sources.Length > Few && demand is { IsLeaf: false, Children: [_] } && !attempt.Graph.HasStands;
        var able = isNarrow ? attempt.Graph.SourcesOf(demand.Children[0].Types, demand.Children[0].Field.Definition.Name) : sources;
        foreach (var ordinal in able)
        {
            var source = attempt.Graph.Sources[ordinal];
            if (source != than && (!isNarrow || sources.BinarySearch(ordinal) >= 0) && CanServe(position, demand, types, source)
                && Coverage.Of(attempt, demand, types, source, view: null).Local > here.Local)
            {
                return true;
            }
        }

        return false;
    }

    // None brings anything nearer by itself. What is in question now has objects already: otherwise the first that has any would be one that does.
    private List<Candidate> Together(Position position, List<Demand> pending, SourceSet? allowed)
    {
        foreach (var demand in pending)
        {
            if (demand.IsLeaf)
            {
                continue;
            }

            var able = new List<Candidate>();
            foreach (var ordinal in attempt.Graph.SourcesOf(demand.Types, demand.Field.Definition.Name))
            {
                Consider(position, demand, attempt.Graph.Sources[ordinal], allowed, able, alike: null, isTogether: true);
            }

            able.Sort(Compare);
            if (able.Count > 0 && joint.Find(position, demand, able) is { Count: > 0 } found)
            {
                return found;
            }
        }

        return [];
    }

    private Candidate? Consider(
        Position position, Demand demand, SourceSchema source, SourceSet? allowed, List<Candidate> candidates, AlikeDemands? alike, bool isTogether = false)
    {
        attempt.LookedAt++;
        if (demand.Tried.Contains(source) || allowed?.Contains(source) == false)
        {
            return null;
        }

        var types = EnterableTypes(position, demand, source, alike);
        if (types.IsEmpty)
        {
            return null;
        }

        var coverage = Coverage.Of(attempt, demand, types, source, view: null);
        if (!coverage.IsProgress && !isTogether)
        {
            return null;
        }

        var candidate = CandidateOf(source, candidates);
        candidate.Add(new CandidateItem(demand, types, coverage, Weigh(position, candidate, types)));
        return candidate;
    }

    private static Candidate CandidateOf(SourceSchema source, List<Candidate> candidates)
    {
        foreach (var known in candidates)
        {
            if (known.Source.Ordinal == source.Ordinal)
            {
                return known;
            }
        }

        var candidate = new Candidate(source);
        candidates.Add(candidate);
        return candidate;
    }

    // The types for which the source can be entered here and serves the field itself. What is known of demands of the same field is used, and added to.
    private TypeSet EnterableTypes(Position position, Demand demand, SourceSchema source, AlikeDemands? alike)
    {
        var canBeKnown = demand.Field.Arguments.IsEmpty && !position.IsEnteredByRoot(attempt.Graph.Schema);
        var footing = canBeKnown ? position.FootingFor(demand.Types, attempt.Reachability) : null;
        var question = (source, demand.Field.Definition.Name, demand.Types, position.IsTypeUnknown);
        TypeSet types;
        if (canBeKnown && alike?.EnterableIn(source) is { IsEmpty: false } known)
        {
            types = known;
        }
        else if (footing is null || !footing.Enterable.TryGetValue(question, out types))
        {
            types = EnterableTypes(position, demand, source, out var needsNothing);
            if (needsNothing)
            {
                footing?.Enterable.Add(question, types);
            }

            if (needsNothing && canBeKnown)
            {
                alike?.Note(source, types);
            }
        }

        return demand.Field is { IsWhole: true, Filled.IsEmpty: true } && !IsEnteredAtOnce(position, demand, source, types) ? default : types;
    }

    private TypeSet EnterableTypes(Position position, Demand demand, SourceSchema source, out bool needsNothing)
    {
        var enterable = default(TypeSetBuilder);
        needsNothing = true;
        foreach (var ordinal in demand.Types.Ordinals())
        {
            var type = attempt.Graph.ObjectAt(ordinal);
            if (type.BySource[source.Ordinal] is not { } at || !at.Fields.TryGetValue(demand.Field.Definition.Name, out var field)
                || !field.IsServed(demand.Field.Arguments, view: null))
            {
                continue;
            }

            needsNothing &= field.Needs is null;
            if (position.IsEnteredByRoot(attempt.Graph.Schema) ? attempt.Entries.CanEnterRoot(position, demand) : CanEnter(position, type, field))
            {
                enterable.Add(ordinal);
            }
        }

        return enterable.Take();
    }

    // By one step for all types.
    private bool IsEnteredAtOnce(Position position, Demand demand, SourceSchema source, TypeSet types) =>
        types == demand.Types && attempt.Requirements.Split(demand, types, source).Count == 1
        && (position.IsEnteredByRoot(attempt.Graph.Schema) || types.Ordinals()
            .Select(ordinal => attempt.Graph.EntryOf(position.ClosureOf(attempt.Graph.ObjectAt(ordinal), attempt.Reachability).EntryOf(source)!))
            .Distinct().Count() == 1);

    private bool CanEnter(Position position, GraphType type, FieldAtSource field)
    {
        if (type.BySource[field.Source.Ordinal] is not { Lookups.Count: > 0 })
        {
            return false;
        }

        var closure = position.ClosureOf(type, attempt.Reachability);
        if (closure.EntryOf(field.Source) is not { } lookup || (position.IsTypeUnknown && !EntrySteps.NamesNoType(attempt.Graph, lookup)))
        {
            return false;
        }

        return field.Needs is null
            || (!attempt.Requirements.IsInProgress(position, field)
                && attempt.Contexts.AreSet(position, field.Needs)
                && attempt.Reachability.DepthOfRequirement(type, field, closure) != Closure.Never);
    }

    private int Weigh(Position position, Candidate candidate, TypeSet types)
    {
        if (position.IsEnteredByRoot(attempt.Graph.Schema))
        {
            return candidate.Depth = position.IsRoot ? 1 : position.Presences[0].Step.Depth + 1;
        }

        var footing = position.FootingFor(types, attempt.Reachability);
        if (footing is null || !footing.Weights.TryGetValue((candidate.Source, types), out var weight))
        {
            weight = WeightOf(position, candidate.Source, types);
            footing?.Weights.Add((candidate.Source, types), weight);
        }

        candidate.KeySize = Math.Max(candidate.KeySize, weight.KeySize);
        candidate.Depth = Math.Max(candidate.Depth, weight.Depth);
        return weight.Depth;
    }

    private (int Depth, int KeySize) WeightOf(Position position, SourceSchema source, TypeSet types)
    {
        var (depth, keySize) = (0, 0);
        foreach (var ordinal in types.Ordinals())
        {
            var closure = position.ClosureOf(attempt.Graph.ObjectAt(ordinal), attempt.Reachability);
            depth = Math.Max(depth, closure.EntryDepthOf(source));
            keySize = Math.Max(keySize, closure.EntryOf(source)!.Key.Selections.Length);
        }

        return (depth, keySize);
    }

    // Depth first (a fetch more at the same time costs less than one after the other), then as much as possible in one fetch.
    private static int Compare(Candidate a, Candidate b)
    {
        var order = a.Depth.CompareTo(b.Depth);
        order = order != 0 ? order : b.WholeCount.CompareTo(a.WholeCount);
        order = order != 0 ? order : b.Sum.Local.CompareTo(a.Sum.Local);
        order = order != 0 ? order : b.Sum.Reachable.CompareTo(a.Sum.Reachable);
        order = order != 0 ? order : a.Sum.Distance.CompareTo(b.Sum.Distance);
        order = order != 0 ? order : a.KeySize.CompareTo(b.KeySize);
        return order != 0 ? order : a.Source.Ordinal.CompareTo(b.Source.Ordinal);
    }
}
