using System.Collections.Immutable;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>What a source gives of a demand by itself and what it does not, with the fields that lead there in both. Null: nothing.</summary>
internal readonly record struct DemandParts(Demand? Given, Demand? Missing)
{
    /// <summary>The parts of what is demanded below a field of a source.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="demand">What is demanded of the objects below.</param>
    /// <param name="field">The field.</param>
    /// <param name="view">What the source provides where the field is.</param>
    public static DemandParts Below(PlanAttempt attempt, Demand demand, FieldAtSource field, ProvidesView? view)
    {
        if (field.Below is not { } result)
        {
            return new DemandParts(null, demand);
        }

        var types = demand.Types.Intersect(result.PossibleTypes);
        if (types.IsEmpty)
        {
            // Nothing of the kind comes from there, so nothing of it is missing either.
            return new DemandParts(demand, null);
        }

        var below = ProvidesView.Below(field, view, attempt.Graph.Schema);
        return FieldOf(attempt, demand, types, result, below) is { } own ? Of(attempt, demand, own, below) : new DemandParts(null, demand);
    }

    // The first of the types that the source knows speaks for all, as for Coverage.
    private static FieldAtSource? FieldOf(PlanAttempt attempt, Demand demand, TypeSet types, TypeAtSource result, ProvidesView? view)
    {
        foreach (var ordinal in types.Ordinals())
        {
            if (attempt.Graph.ObjectAt(ordinal).BySource[result.Source.Ordinal] is { } at && at.Fields.TryGetValue(demand.Field.Definition.Name, out var field)
                && field.Needs is null && field.IsServed(demand.Field.Arguments, view))
            {
                return field;
            }
        }

        return null;
    }

    private static DemandParts Of(PlanAttempt attempt, Demand demand, FieldAtSource field, ProvidesView? view)
    {
        // Of several kinds of objects below one fetch brings all.
        if (demand.IsLeaf || demand.Field.IsWhole)
        {
            return new DemandParts(demand, null);
        }

        var given = ImmutableArray.CreateBuilder<Demand>();
        var missing = ImmutableArray.CreateBuilder<Demand>();
        foreach (var child in demand.Children)
        {
            var parts = Below(attempt, child, field, view);
            given.AddRange(parts.Given is { } own ? [own] : (ReadOnlySpan<Demand>)[]);
            missing.AddRange(parts.Missing is { } other ? [other] : (ReadOnlySpan<Demand>)[]);
        }

        return missing.Count == 0 ? new DemandParts(demand, null)
            : given.Count == 0 ? new DemandParts(null, demand)
            : new DemandParts(demand with { Children = given.DrainToImmutable() }, demand with { Children = missing.DrainToImmutable() });
    }
}
