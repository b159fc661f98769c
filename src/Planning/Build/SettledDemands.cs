using System.Collections.Immutable;

namespace GraphGateway.Planning;

/// <summary>
/// What is left of demands whose objects another demand has fetched already (a requirement of a field beside it, say). Where all that is still asked of
/// these objects is asked of types that never come there, no source brings the demand any nearer, and yet nothing is missing.
/// </summary>
internal static class SettledDemands
{
    /// <summary>Gives what is missing of demands that no source serves; who waits for the others waits for the steps that brought their objects.</summary>
    public static List<Demand> Without(PlanAttempt attempt, Position position, List<Demand> left)
    {
        var missing = new List<Demand>(left.Count);
        foreach (var demand in left)
        {
            if (Missing(attempt, position, demand) is { } rest)
            {
                missing.Add(rest);
            }
        }

        return missing;
    }

    private static Demand? Missing(PlanAttempt attempt, Position position, Demand demand)
    {
        if (demand.IsLeaf || !demand.Types.IsSubsetOf(demand.Field.Filled))
        {
            return demand;
        }

        var below = attempt.PositionBelow(position, demand.Field);
        if (demand.NeedsTypes && below.IsTypeUnknown)
        {
            return demand;
        }

        var brought = below.BroughtBelow(demand.Types);
        var children = ImmutableArray.CreateBuilder<Demand>();
        foreach (var child in demand.Children)
        {
            var types = child.Types.Intersect(brought);
            if (!types.IsEmpty && Missing(attempt, below, child.For(types)) is { } rest)
            {
                children.Add(rest);
            }
        }

        if (children.Count > 0)
        {
            return demand with { Children = children.ToImmutable() };
        }

        attempt.Touch(below.Bringers(demand.Types));
        if (demand.NeedsTypes && below.TypeTeller is { } teller)
        {
            attempt.Touch(teller);
        }

        return null;
    }
}
