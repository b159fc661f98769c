using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>How much of a demand a source can serve, in fields.</summary>
/// <param name="Local">What the source serves by itself.</param>
/// <param name="Reachable">What others can serve, entered from what the source gives.</param>
/// <param name="Total">What is asked.</param>
/// <param name="Distance">After how many more fetches the last of what others can serve is there.</param>
internal readonly record struct Coverage(int Local, int Reachable, int Total, int Distance = 0)
{
    public bool IsWhole => Local == Total;

    /// <summary>True when asking the source brings something nearer.</summary>
    public bool IsProgress => Local + Reachable > 0;

    public static Coverage operator +(Coverage a, Coverage b) =>
        new(a.Local + b.Local, a.Reachable + b.Reachable, a.Total + b.Total, Math.Max(a.Distance, b.Distance));

    /// <summary>What a source covers of a demand when it is asked on objects of the given types.</summary>
    public static Coverage Of(PlanAttempt attempt, Demand demand, TypeSet types, SourceSchema source, ProvidesView? view) =>
        Of(attempt, demand, types, source, view, isEntry: true) ?? new Coverage(0, 0, Size(attempt, demand));

    // Only where the source is entered can it be given what a field requires: further down the source must be entered anew for it. Null: it does not have the field.
    private static Coverage? Of(PlanAttempt attempt, Demand demand, TypeSet types, SourceSchema source, ProvidesView? view, bool isEntry)
    {
        foreach (var ordinal in types.Ordinals())
        {
            if (attempt.Graph.ObjectAt(ordinal).BySource[source.Ordinal] is { } at
                && at.Fields.TryGetValue(demand.Field.Definition.Name, out var field)
                && field.IsServed(demand.Field.Arguments, view) && (isEntry || field.Needs is null))
            {
                // The types of one demand mostly agree; the first that the source knows speaks for all.
                return OfField(attempt, demand, field, view);
            }
        }

        return null;
    }

    private static Coverage OfField(PlanAttempt attempt, Demand demand, FieldAtSource field, ProvidesView? view)
    {
        var own = IsPresent(attempt, demand) ? default : new Coverage(1, 0, 1);
        if (demand.IsLeaf || field.Below is not { } result)
        {
            return own;
        }

        var below = ProvidesView.Below(field, view, attempt.Graph.Schema);
        var leaves = below is null && attempt.LeavesOf(demand) is { } plain && plain.AreOf(result) ? plain : null;
        own += leaves?.By(result) ?? default;
        var children = leaves?.Others ?? demand.Children;
        attempt.LookedAt += 1 + children.Length;
        foreach (var child in children)
        {
            var types = child.Types.Intersect(result.PossibleTypes);
            if (types.IsEmpty)
            {
                // Nothing of the kind comes from there, so nothing of it is missing either.
                continue;
            }

            own += Of(attempt, child, types, result.Source, below, isEntry: false) ?? OfOthers(attempt, child, types, result.Source);
        }

        return own;
    }

    private static Coverage OfOthers(PlanAttempt attempt, Demand demand, TypeSet types, SourceSchema source)
    {
        var distance = DistanceOf(attempt, demand, types, source);
        return distance == Closure.Never ? new Coverage(0, 0, Size(attempt, demand)) : new Coverage(0, 1, Size(attempt, demand), distance);
    }

    private static int Size(PlanAttempt attempt, Demand demand)
    {
        var size = IsPresent(attempt, demand) ? 0 : 1;
        if (!demand.IsLeaf)
        {
            foreach (var child in demand.Children)
            {
                size += Size(attempt, child);
            }
        }

        return size;
    }

    // A composite that is there already counts for nothing: only what is missing below it does.
    private static bool IsPresent(PlanAttempt attempt, Demand demand) =>
        !demand.IsLeaf && demand.Types.IsSubsetOf(demand.Field.Filled);

    /// <summary>After how many fetches from a source one of the others can give the field; the first of the types that can be served speaks for all.</summary>
    public static int DistanceOf(PlanAttempt attempt, Demand demand, TypeSet types, SourceSchema source)
    {
        foreach (var ordinal in types.Ordinals())
        {
            var type = attempt.Graph.ObjectAt(ordinal);
            if (type.BySource[source.Ordinal] is not { } at)
            {
                continue;
            }

            var closure = attempt.Reachability.From(at);
            var nearest = Closure.Never;
            foreach (var other in type.SourcesWith(demand.Field.Definition.Name))
            {
                var field = type.BySource[other]!.Fields[demand.Field.Definition.Name];
                nearest = Math.Min(nearest, attempt.Reachability.DepthOfField(type, field, demand.Field.Arguments, closure));
            }

            if (nearest != Closure.Never)
            {
                return nearest;
            }
        }

        return Closure.Never;
    }
}
