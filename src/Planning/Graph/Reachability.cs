using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>A source that already stands on a value, what it provides there, and how many fetches it took.</summary>
internal readonly record struct Arrival(TypeAtSource At, ProvidesView? View, int Depth);

/// <summary>Which sources can be asked for more of a value, and after how many fetches.</summary>
internal sealed class Closure(int sourceCount)
{
    public const int Never = int.MaxValue;

    private readonly int[] depths = Filled(sourceCount);
    private readonly int[] entryDepths = Filled(sourceCount);
    private readonly Lookup?[] entries = new Lookup?[sourceCount];

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
        return true;
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
/// Tells which sources can be entered from where one stands: a lookup's key is a requirement that runs through the same question
/// (keys may be nested, may need a third source, and may go in circles). Answers depend on the graph alone and are remembered.
/// </summary>
internal sealed class Reachability(PlanningGraph graph)
{
    private readonly HashSet<(GraphType, int)> closing = [];
    private readonly HashSet<(GraphType, FieldAtSource)> requiring = [];

    /// <summary>The sources that can be reached on a value by one who stands in one source of it, unprovided.</summary>
    public Closure From(TypeAtSource at)
    {
        if (graph.Closures.TryGetValue(at, out var known))
        {
            return known;
        }

        // Only an answer that was not cut short by a question in progress is the whole truth.
        var isWhole = closing.Count == 0 && requiring.Count == 0;
        var closure = From(at.Type, [new Arrival(at, null, 0)]);
        if (isWhole)
        {
            graph.Closures.TryAdd(at, closure);
        }

        return closure;
    }

    /// <summary>The sources that can be reached on a value of <paramref name="type"/> on which these sources stand.</summary>
    public Closure From(GraphType type, List<Arrival> arrivals)
    {
        var closure = new Closure(graph.Sources.Length) { Arrivals = arrivals };
        foreach (var arrival in arrivals)
        {
            closure.Arrive(arrival);
        }

        if (arrivals.Count == 0 || !closing.Add((type, arrivals[0].At.Source.Ordinal)))
        {
            return closure;
        }

        while (Widen(type, closure))
        {
        }

        closing.Remove((type, arrivals[0].At.Source.Ordinal));
        return closure;
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
        var entry = closure.EntryDepthOf(field.Source);
        if (entry == Closure.Never || !requiring.Add((type, field)))
        {
            return Closure.Never;
        }

        var required = DepthOf(type, field.Needs!.Selection, closure);
        requiring.Remove((type, field));
        return required == Closure.Never ? Closure.Never : Math.Max(required + 1, entry);
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

    private bool Widen(GraphType type, Closure closure)
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
                isWider |= depth != Closure.Never && closure.Enter(lookup, depth + 1);
            }
        }

        return isWider;
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

        var best = Closure.Never;
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

            if (depth != Closure.Never && field.Result?.BySource[at.Source.Ordinal] is { } result)
            {
                below.Add(new Arrival(result, ProvidesView.Below(field, ViewOf(closure, at.Source), graph.Schema), depth));
            }
        }

        return node.SelectionSet is null || best == Closure.Never ? best : DepthBelow(node.SelectionSet, below);
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
            var closure = here.Count == 0 ? new Closure(graph.Sources.Length) : From(type, here);
            depth = Math.Max(depth, DepthOf(type, selection, closure));
        }

        // Of an interface that has no types in any source that gives it, all are null: nothing is missing below them.
        return !types.IsEmpty ? depth : arrivals.Count == 0 ? Closure.Never : arrivals.Min(arrival => arrival.Depth);
    }

    private static ProvidesView? ViewOf(Closure closure, SourceSchema source)
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
