using System.Collections.Concurrent;
using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning.Tests;

/// <summary>What the plain twin finds.</summary>
internal sealed class PlainClosure(int sourceCount)
{
    public const int Never = int.MaxValue;

    private readonly int[] depths = Filled(sourceCount);
    private readonly int[] entryDepths = Filled(sourceCount);
    private readonly Lookup?[] entries = new Lookup?[sourceCount];
    private ConcurrentDictionary<FieldAtSource, int>? requirements;

    public List<Arrival> Arrivals { get; init; } = [];

    /// <summary>The least depth that anything on the value can have; what has it cannot get better.</summary>
    public int Least { get; private set; } = Never;

    /// <summary>The depth of the first fetch of the source on this value; <see cref="Never"/> when there can be none.</summary>
    public int DepthOf(SourceSchema source) => depths[source.Ordinal];

    /// <summary>The depth of a lookup in the source, which may be one that stands on the value already.</summary>
    public int EntryDepthOf(SourceSchema source) => entryDepths[source.Ordinal];

    /// <summary>The cheapest lookup; null when the source cannot be entered here.</summary>
    public Lookup? EntryOf(SourceSchema source) => entries[source.Ordinal];

    public void Arrive(Arrival arrival)
    {
        var ordinal = arrival.At.Source.Ordinal;
        depths[ordinal] = Math.Min(depths[ordinal], arrival.Depth);
        Least = Math.Min(Least, arrival.Depth);
    }

    /// <summary>Notes a lookup; false when it is no better than what is known.</summary>
    public bool Enter(Lookup lookup, int depth)
    {
        var ordinal = lookup.Source.Ordinal;
        if (depth >= entryDepths[ordinal])
        {
            return false;
        }

        entryDepths[ordinal] = depth;
        entries[ordinal] = lookup;
        depths[ordinal] = Math.Min(depths[ordinal], depth);
        requirements = null;
        return true;
    }

    /// <summary>After how many fetches a source can give a field with a requirement, where that was found out already.</summary>
    public int? KnownDepthOf(FieldAtSource field) => requirements is not null && requirements.TryGetValue(field, out var depth) ? depth : null;

    /// <summary>Remembers what <see cref="KnownDepthOf"/> gives, as long as no other source can be entered.</summary>
    public void Remember(FieldAtSource field, int depth) =>
        (requirements ?? Interlocked.CompareExchange(ref requirements, new(), null) ?? requirements!).TryAdd(field, depth);

    /// <summary>True when somebody else asks the same of another value: who arrives there arrived here, unprovided.</summary>
    public bool IsFor(List<Arrival> others) =>
        Arrivals is [{ View: null } own] && others is [{ View: null } other] && own.At == other.At;

    /// <summary>What is known by now, for one who arrives by so many fetches later.</summary>
    public PlainClosure For(Arrival arrival)
    {
        var later = arrival.Depth - Arrivals[0].Depth;
        var copy = new PlainClosure(depths.Length) { Arrivals = [arrival], Least = Least == Never ? Never : Least + later };
        for (var source = 0; source < depths.Length; source++)
        {
            copy.depths[source] = depths[source] == Never ? Never : depths[source] + later;
            copy.entryDepths[source] = entryDepths[source] == Never ? Never : entryDepths[source] + later;
            copy.entries[source] = entries[source];
        }

        return copy;
    }

    public bool IsServed(FieldAtSource field, ImmutableArray<ArgumentNode> arguments)
    {
        if (field.IsServed(arguments, view: null))
        {
            return true;
        }

        foreach (var arrival in Arrivals)
        {
            if (arrival.At.Source == field.Source && arrival.View is not null && field.IsServed(arguments, arrival.View))
            {
                return true;
            }
        }

        return false;
    }

    private static int[] Filled(int length)
    {
        var values = new int[length];
        Array.Fill(values, Never);
        return values;
    }
}

/// <summary>
/// The plain twin of <see cref="Reachability"/>: each question is asked by recursion, and what is asked below itself is cut short. On small graphs
/// it finds the same; where keys lead through one another the ways multiply.
/// </summary>
/// <param name="graph">The graph.</param>
/// <param name="fuel">How many questions are asked at most.</param>
internal sealed class PlainReachability(PlanningGraph graph, int fuel)
{
    private readonly Dictionary<TypeAtSource, PlainClosure> closures = [];

    // The questions in progress, each with the number of those around it.
    private readonly Dictionary<(GraphType, int), (int Rank, PlainClosure PlainClosure)> closing = [];
    private readonly Dictionary<(GraphType, FieldAtSource), int> requiring = [];

    // The outermost question in progress by which an answer was cut short: what does not hang on one around it holds everywhere.
    private int cutBy = int.MaxValue;

    /// <summary>The fuel is used up: what is found from then on is nothing.</summary>
    public bool IsSpent => fuel <= 0;

    private int Rank => closing.Count + requiring.Count;

    /// <summary>The sources that can be reached on a value by one who stands in one source of it, unprovided.</summary>
    public PlainClosure From(TypeAtSource at)
    {
        if (closures.TryGetValue(at, out var known))
        {
            return known;
        }

        // Only an answer that was not cut short by a question in progress is the whole truth.
        var isWhole = closing.Count == 0 && requiring.Count == 0;
        var closure = From(at.Type, [new Arrival(at, null, 0)]);
        if (isWhole)
        {
            closures.TryAdd(at, closure);
        }

        return closure;
    }

    /// <summary>The sources that can be reached on a value of <paramref name="type"/> on which these sources stand.</summary>
    public PlainClosure From(GraphType type, List<Arrival> arrivals)
    {
        var closure = new PlainClosure(graph.Sources.Length) { Arrivals = arrivals };
        foreach (var arrival in arrivals)
        {
            closure.Arrive(arrival);
        }

        if (arrivals.Count == 0 || fuel-- <= 0)
        {
            return closure;
        }

        var question = (type, arrivals[0].At.Source.Ordinal);
        if (closing.TryGetValue(question, out var asked))
        {
            // Below a nested key stands another object of the type that the key is of: what is known of that one holds for it, too, and the
            // question around this one is asked again until nothing new is found.
            cutBy = Math.Min(cutBy, asked.Rank);
            return asked.PlainClosure.IsFor(arrivals) ? asked.PlainClosure.For(arrivals[0]) : closure;
        }

        closing.Add(question, (Rank, closure));
        while (Widen(type, closure))
        {
        }

        closing.Remove(question);
        return closure;
    }

    /// <summary>After how many fetches everything selected is known on a value of the type; <see cref="PlainClosure.Never"/> when it cannot be had.</summary>
    public int DepthOf(GraphType type, SelectionSetNode selection, PlainClosure closure)
    {
        var depth = 0;
        foreach (var item in selection.Selections)
        {
            var itemDepth = item switch
            {
                FieldNode field => DepthOf(type, field, closure),
                InlineFragmentNode fragment => DepthOf(type, fragment, closure),
                _ => PlainClosure.Never,
            };
            if (itemDepth == PlainClosure.Never)
            {
                return PlainClosure.Never;
            }

            depth = Math.Max(depth, itemDepth);
        }

        return depth;
    }

    /// <summary>After how many fetches a source can give a field that has a requirement; it needs a lookup that carries what is required.</summary>
    public int DepthOfRequirement(GraphType type, FieldAtSource field, PlainClosure closure)
    {
        var entry = closure.EntryDepthOf(field.Source);
        if (entry == PlainClosure.Never || closure.KnownDepthOf(field) is not null)
        {
            return closure.KnownDepthOf(field) ?? PlainClosure.Never;
        }

        if (requiring.TryGetValue((type, field), out var asked))
        {
            cutBy = Math.Min(cutBy, asked);
            return PlainClosure.Never;
        }

        fuel--;
        var (rank, around) = (Rank, cutBy);
        requiring.Add((type, field), rank);
        cutBy = int.MaxValue;
        var required = DepthOf(type, field.Needs!.Selection, closure);
        requiring.Remove((type, field));
        var depth = required == PlainClosure.Never ? PlainClosure.Never : Math.Max(required + 1, entry);
        if (cutBy >= rank)
        {
            // What several fields require, and those in turn, would be asked for once for each way that leads there.
            closure.Remember(field, depth);
            cutBy = int.MaxValue;
        }

        cutBy = Math.Min(cutBy, around);
        return depth;
    }

    /// <summary>After how many fetches the source can give the field itself; <see cref="PlainClosure.Never"/> when it cannot.</summary>
    public int DepthOfField(GraphType type, FieldAtSource field, ImmutableArray<ArgumentNode> arguments, PlainClosure closure)
    {
        if (closure.DepthOf(field.Source) == PlainClosure.Never || !closure.IsServed(field, arguments))
        {
            return PlainClosure.Never;
        }

        return field.Needs is null ? closure.DepthOf(field.Source) : DepthOfRequirement(type, field, closure);
    }

    private bool Widen(GraphType type, PlainClosure closure)
    {
        var isWider = false;
        foreach (var at in type.BySource)
        {
            if (at is null || at.Lookups.Count == 0 || closure.EntryDepthOf(at.Source) <= closure.Least + 1)
            {
                continue;
            }

            foreach (var lookup in at.Lookups)
            {
                var depth = DepthOf(type, lookup.Key, closure);
                isWider |= depth != PlainClosure.Never && closure.Enter(lookup, depth + 1);
            }
        }

        return isWider;
    }

    private int DepthOf(GraphType type, InlineFragmentNode fragment, PlainClosure closure)
    {
        if (fragment.TypeCondition is not { } condition)
        {
            return DepthOf(type, fragment.SelectionSet, closure);
        }

        var possible = graph.PossibleTypes(condition.Name.Value);
        return type.Type.PossibleTypes.IsSubsetOf(possible) ? DepthOf(type, fragment.SelectionSet, closure)
            : type.Type.PossibleTypes.Overlaps(possible) ? PlainClosure.Never
            : 0;
    }

    private int DepthOf(GraphType type, FieldNode node, PlainClosure closure)
    {
        if (node.Name.Value == "__typename")
        {
            return 0;
        }

        var best = PlainClosure.Never;
        var below = new List<Arrival>();
        foreach (var ordinal in type.SourcesByField.GetValueOrDefault(node.Name.Value, []))
        {
            var at = type.BySource[ordinal]!;
            var field = at.Fields[node.Name.Value];
            var depth = DepthOfField(type, field, node.Arguments, closure);
            best = Math.Min(best, depth);
            if (node.SelectionSet is null && best <= closure.Least)
            {
                return best;
            }

            if (depth != PlainClosure.Never && field.Result?.BySource[at.Source.Ordinal] is { } result)
            {
                below.Add(new Arrival(result, ProvidesView.Below(field, ViewOf(closure, at.Source), graph.Schema), depth));
            }
        }

        return node.SelectionSet is null || best == PlainClosure.Never ? best : DepthBelow(node.SelectionSet, below);
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
            var type = graph.ObjectAt(ordinal);
            var here = arrivals.Where(arrival => arrival.At.PossibleTypes.Contains(ordinal))
                .Where(arrival => type.BySource[arrival.At.Source.Ordinal] is not null)
                .Select(arrival => arrival with { At = type.BySource[arrival.At.Source.Ordinal]! }).ToList();
            var closure = here.Count == 0 ? new PlainClosure(graph.Sources.Length) : From(type, here);
            depth = Math.Max(depth, DepthOf(type, selection, closure));
        }

        // Of an interface that has no types in any source that gives it, all are null: nothing is missing below them.
        return !types.IsEmpty ? depth : arrivals.Count == 0 ? PlainClosure.Never : arrivals.Min(arrival => arrival.Depth);
    }

    private static ProvidesView? ViewOf(PlainClosure closure, SourceSchema source)
    {
        foreach (var arrival in closure.Arrivals)
        {
            if (arrival.At.Source == source && arrival.View is not null)
            {
                return arrival.View;
            }
        }

        return null;
    }
}
