using System.Collections.Immutable;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>Where a source stands below a field, and what it provides there.</summary>
internal readonly record struct Side(TypeAtSource At, ProvidesView? View)
{
    /// <summary>Below a composite field of a source; null below a leaf.</summary>
    public static Side? Below(PlanAttempt attempt, FieldAtSource field, ProvidesView? view) =>
        field.Below is { } at ? new Side(at, ProvidesView.Below(field, view, attempt.Graph.Schema)) : null;
}

/// <summary>
/// What is demanded below a field that several sources share, in two parts, each with the fields that lead there: what the source at hand gives, or others
/// after it, and what comes through the same field of another source, at the same time. Null: nothing.
/// </summary>
internal readonly record struct DemandParts(Demand? Here, Demand? Above)
{
    /// <summary>True when the source at hand gives all of what is demanded.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="demand">What is demanded of the objects below the field.</param>
    /// <param name="own">The source at hand.</param>
    public static bool IsGiven(PlanAttempt attempt, Demand demand, Side own)
    {
        var types = demand.Types.Intersect(own.At.PossibleTypes);
        if (types.IsEmpty)
        {
            // Nothing of the kind comes from there, so nothing of it is missing either.
            return true;
        }

        if (FieldOf(attempt, demand, types, own) is not { } field)
        {
            return false;
        }

        if (demand.IsLeaf || Side.Below(attempt, field, own.View) is not { } below)
        {
            return true;
        }

        foreach (var child in demand.Children)
        {
            if (!IsGiven(attempt, child, below))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The parts of what is demanded.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="demand">What is demanded of the objects below the field.</param>
    /// <param name="own">The source at hand.</param>
    /// <param name="others">The others that can be asked for the field.</param>
    public static DemandParts Of(PlanAttempt attempt, Demand demand, Side own, List<Side> others)
    {
        var types = demand.Types.Intersect(own.At.PossibleTypes);
        if (types.IsEmpty || others.Count == 0)
        {
            return new DemandParts(demand, null);
        }

        if (FieldOf(attempt, demand, types, own) is not { } field)
        {
            return others.Exists(other => FieldOf(attempt, demand, types, other) is not null) || IsSooner(attempt, demand, types, own, others)
                ? new DemandParts(null, demand)
                : new DemandParts(demand, null);
        }

        // Of several kinds of objects below one fetch brings all.
        return demand.IsLeaf || demand.Field.IsWhole || Side.Below(attempt, field, own.View) is not { } below
            ? new DemandParts(demand, null)
            : OfChildren(attempt, demand, below, Below(attempt, demand, types, others));
    }

    private static DemandParts OfChildren(PlanAttempt attempt, Demand demand, Side own, List<Side> others)
    {
        var here = ImmutableArray.CreateBuilder<Demand>(demand.Children.Length);
        var above = ImmutableArray.CreateBuilder<Demand>();
        foreach (var child in demand.Children)
        {
            var parts = Of(attempt, child, own, others);
            here.AddRange(parts.Here is { } stays ? [stays] : (ReadOnlySpan<Demand>)[]);
            above.AddRange(parts.Above is { } taken ? [taken] : (ReadOnlySpan<Demand>)[]);
        }

        return above.Count == 0 ? new DemandParts(demand, null)
            : here.Count == 0 ? new DemandParts(null, demand)
            : new DemandParts(demand with { Children = here.DrainToImmutable() }, demand with { Children = above.DrainToImmutable() });
    }

    private static List<Side> Below(PlanAttempt attempt, Demand demand, TypeSet types, List<Side> others)
    {
        var below = new List<Side>(others.Count);
        foreach (var other in others)
        {
            if (FieldOf(attempt, demand, types, other) is { } field && Side.Below(attempt, field, other.View) is { } side)
            {
                below.Add(side);
            }
        }

        return below;
    }

    // The first of the types that the source knows speaks for all, as for Coverage.
    private static FieldAtSource? FieldOf(PlanAttempt attempt, Demand demand, TypeSet types, Side side)
    {
        foreach (var ordinal in types.Ordinals())
        {
            if (attempt.Graph.ObjectAt(ordinal).BySource[side.At.Source.Ordinal] is { } at && at.Fields.TryGetValue(demand.Field.Definition.Name, out var field)
                && field.Needs is null && field.IsServed(demand.Field.Arguments, side.View))
            {
                return field;
            }
        }

        return null;
    }

    // None has it, but it is there after fewer fetches from one of the others: that one has what is required, say.
    private static bool IsSooner(PlanAttempt attempt, Demand demand, TypeSet types, Side own, List<Side> others)
    {
        var after = Coverage.DistanceOf(attempt, demand, types, own.At.Source);
        return others.Exists(other => Coverage.DistanceOf(attempt, demand, types, other.At.Source) < after);
    }
}
