using System.Collections.Immutable;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// What sources that share a field bring below it together, and none of them by itself: one has the key by which a further source is entered, another
/// one the rest of that key, or what is required there. So the field is asked of each of them, though each brings nothing that is asked.
/// </summary>
internal sealed class JointWays(PlanAttempt attempt)
{
    // Who stands below the field, on objects of which types.
    private readonly record struct Stand(SourceSchema Source, TypeSet Types, ProvidesView? View);

    /// <summary>
    /// Those of the sources that bring something below the field beside those that stand there: each that brings all that all of them bring; or, where
    /// that takes several, the first of as few as do it. The others are found when that one stands there, too. None when they bring nothing.
    /// </summary>
    /// <param name="position">Where the field is.</param>
    /// <param name="demand">A composite field whose objects are there, and what is missing below.</param>
    /// <param name="able">The sources that can be entered for it, the best first.</param>
    public List<Candidate> Find(Position position, Demand demand, List<Candidate> able)
    {
        var below = attempt.PositionBelow(position, demand.Field);
        var standing = below.Presences.Where(static presence => !presence.IsClosed)
            .Select(static presence => new Stand(presence.Source, presence.Types, presence.View)).ToList();
        var all = CountWith(able);
        if (all == CountWith([]))
        {
            return [];
        }

        var single = able.FindAll(candidate => CountWith([candidate]) == all);
        if (single.Count > 0)
        {
            return single;
        }

        var needed = able.ToList();
        for (var i = needed.Count - 1; i >= 0; i--)
        {
            var others = needed.Where((_, index) => index != i).ToList();
            needed = CountWith(others) == all ? others : needed;
        }

        return [needed[0]];

        int CountWith(List<Candidate> entered) =>
            Count(demand.Children, below.BroughtBelow(demand.Types), below, [.. standing, .. entered.SelectMany(candidate => StandsBelow(demand, candidate))]);
    }

    private IEnumerable<Stand> StandsBelow(Demand demand, Candidate candidate)
    {
        foreach (var ordinal in candidate.Items[0].Types.Ordinals())
        {
            var field = attempt.Graph.ObjectAt(ordinal).BySource[candidate.Source.Ordinal]!.Fields[demand.Field.Definition.Name];
            if (field.Below is { } at)
            {
                yield return new Stand(at.Source, at.PossibleTypes, ProvidesView.Below(field, around: null, attempt.Graph.Schema));
            }
        }
    }

    // How much of what is asked of objects of these types can be had, in fields of a type. The position is null where nobody has been yet.
    private int Count(ImmutableArray<Demand> demands, TypeSet types, Position? position, List<Stand> stands)
    {
        var count = 0;
        var ordered = stands.Distinct().OrderBy(static stand => stand.Source.Ordinal).ToList();
        foreach (var demand in demands)
        {
            foreach (var ordinal in demand.Types.Intersect(types).Ordinals())
            {
                count += Count(demand, attempt.Graph.ObjectAt(ordinal), ordinal, position, ordered);
            }
        }

        return count;
    }

    private int Count(Demand demand, GraphType type, int ordinal, Position? position, List<Stand> stands)
    {
        // Whether it can be had is asked, not when.
        var arrivals = stands.Where(stand => stand.Types.Contains(ordinal) && type.BySource[stand.Source.Ordinal] is not null)
            .Select(stand => new Arrival(type.BySource[stand.Source.Ordinal]!, stand.View, 0)).ToList();
        var closure = attempt.Reachability.From(type, arrivals);
        var count = 0;
        var below = new List<Stand>();
        foreach (var source in type.SourcesWith(demand.Field.Definition.Name))
        {
            var field = type.BySource[source]!.Fields[demand.Field.Definition.Name];
            if (!CanBeAsked(position, field) || attempt.Reachability.DepthOfField(type, field, demand.Field.Arguments, closure) == Closure.Never)
            {
                continue;
            }

            count = 1;
            if (field.Below is { } at)
            {
                below.Add(new Stand(at.Source, at.PossibleTypes, ProvidesView.Below(field, closure.ViewOf(field.Source), attempt.Graph.Schema)));
            }
        }

        if (demand.IsLeaf || below.Count == 0)
        {
            return count;
        }

        var types = below.Aggregate(default(TypeSet), static (union, stand) => union.Union(stand.Types));
        var inner = position is null || demand.Field.Filled.IsEmpty ? null : attempt.PositionBelow(position, demand.Field);
        return count + Count(demand.Children, types, inner, below);
    }

    private bool CanBeAsked(Position? position, FieldAtSource field) => field.Needs is null || position is null
        || (!attempt.Requirements.IsInProgress(position, field) && attempt.Contexts.AreSet(position, field.Needs));
}
