using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>What can be had of objects from an <c>@interfaceObject</c> before anybody has told their types.</summary>
internal static class TypeRecovery
{
    // Requirements of requirements: what is beyond is asked when the types are known.
    private const int MaxNesting = 250;

    /// <summary>
    /// Asks other sources that have an <c>@interfaceObject</c>, too, for fields of all objects: who answers for the interface as a whole
    /// needs no types, while the interface's home may answer for some of them only. Gives what is left.
    /// </summary>
    public static List<Demand> PlaceWithoutType(PlanAttempt attempt, Presence presence, List<Demand> demands)
    {
        var allowed = default(SourceSet);
        var early = new List<Demand>();
        var left = new List<Demand>();
        foreach (var demand in demands)
        {
            var sources = SourcesOf(attempt, presence, demand);
            (sources.IsEmpty ? left : early).Add(demand);
            allowed = allowed.Union(sources);
        }

        if (early.Count > 0)
        {
            left.AddRange(attempt.Entries.Place(presence.Position, early, allowed).Select(rest => IsUntouched(rest) ? rest with { Tried = TriedBefore(rest, early) } : rest));
        }

        return left;
    }

    // What a source needs first, its key say, may be there only when the types are: then it is asked again.
    private static bool IsUntouched(Demand rest) => !rest.Types.Overlaps(rest.Field.Filled);

    private static SourceSet TriedBefore(Demand rest, List<Demand> before) => before.Find(demand => demand.Field == rest.Field)!.Tried;

    private static SourceSet SourcesOf(PlanAttempt attempt, Presence presence, Demand demand)
    {
        var found = default(SourceSet);
        if (!presence.Types.IsSubsetOf(demand.Types))
        {
            return found;
        }

        foreach (var source in attempt.Graph.Sources)
        {
            var at = presence.StaticType!.BySource[source.Ordinal];
            if (at is { IsInterfaceObject: true } && IsServedBy(attempt, presence, demand, source))
            {
                found = found.With(source);
            }
            else if (at is { IsAbstract: true } && IsServedBy(attempt, presence, demand, source))
            {
                // The home gives the field of every object, and their types in the same fetch.
                return default;
            }
        }

        return found;
    }

    private static bool IsServedBy(PlanAttempt attempt, Presence presence, Demand demand, SourceSchema source)
    {
        foreach (var ordinal in presence.Types.Ordinals())
        {
            var at = attempt.Graph.ObjectAt(ordinal).BySource[source.Ordinal];
            if (at is null || !at.Fields.TryGetValue(demand.Field.Definition.Name, out var field)
                || !field.IsServed(demand.Field.Arguments, view: null) || !IsMet(attempt, presence, field.Needs, source, met: null))
            {
                return false;
            }
        }

        return true;
    }

    // What the field requires is told by others with an object in the interface's place, which need no types, either, nor for what they require in their turn; by the one at
    // hand, say. Of fields that require each other none is met.
    private static bool IsMet(PlanAttempt attempt, Presence presence, FieldNeeds? needs, SourceSchema by, Dictionary<FieldNeeds, bool>? met)
    {
        if (needs is null)
        {
            return true;
        }

        met ??= [];
        if (met.TryGetValue(needs, out var known) || met.Count >= MaxNesting || !needs.Contexts.IsEmpty)
        {
            return known;
        }

        met.Add(needs, false);
        return met[needs] = needs.Selection.Selections.All(item => item is FieldNode node
            && attempt.Graph.Sources.Any(source => source != by && IsMetBy(attempt, presence, node, source, met)));
    }

    private static bool IsMetBy(PlanAttempt attempt, Presence presence, FieldNode node, SourceSchema source, Dictionary<FieldNeeds, bool> met)
    {
        var view = source == presence.Source ? presence.View : null;
        return presence.StaticType!.BySource[source.Ordinal] is { IsInterfaceObject: true } at && at.Fields.TryGetValue(node.Name.Value, out var field)
            && field.IsServed(node.Arguments, view) && OwnFields.AreGivenBelow(field, view, node, attempt.Graph.Schema)
            && IsMet(attempt, presence, field.Needs, source, met);
    }
}
