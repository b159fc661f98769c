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
    public static List<Demand> PlaceWithoutType(PlanAttempt attempt, Presence presence, List<Demand> demands, bool needsTypes)
    {
        var (early, allowed, left) = Split(attempt, presence, demands, isWide: false);
        var rest = Place(attempt, presence, early, allowed);
        if (rest.Count == 0 && left.Count > 0 && !attempt.Entries.AreTypesAsked(presence, needsTypes))
        {
            // Nobody needs the types but for them: where none does, the home is not asked.
            var (wide, others, none) = Split(attempt, presence, left, isWide: true);
            if (none.Count == 0)
            {
                return Place(attempt, presence, wide, others);
            }
        }

        left.AddRange(rest);
        FetchWhatPartsRequire(attempt, presence, left);
        return left;
    }

    private static (List<Demand> Early, SourceSet Allowed, List<Demand> Left) Split(PlanAttempt attempt, Presence presence, List<Demand> demands, bool isWide)
    {
        var allowed = default(SourceSet);
        var early = new List<Demand>();
        var left = new List<Demand>();
        foreach (var demand in demands)
        {
            var sources = SourcesOf(attempt, presence, demand, isWide);
            (sources.IsEmpty ? left : early).Add(demand);
            allowed = allowed.Union(sources);
        }

        return (early, allowed, left);
    }

    private static List<Demand> Place(PlanAttempt attempt, Presence presence, List<Demand> early, SourceSet allowed) => early.Count == 0 ? []
        : [.. attempt.Entries.Place(presence.Position, early, allowed).Select(rest => IsUntouched(rest) ? rest with { Tried = TriedBefore(rest, early) } : rest)];

    // A field that is a slot for some types and another one for the rest is read when they are told, and yet what it requires is required of all: so it is asked for before.
    private static void FetchWhatPartsRequire(PlanAttempt attempt, Presence presence, List<Demand> demands)
    {
        foreach (var parts in demands.GroupBy(static demand => demand.Field.Definition.Name).Select(static parts => parts.ToList()))
        {
            var all = parts[0] with { Types = Demand.TypesOf(parts) };
            if (parts.Count == 1 || !parts.TrueForAll(part => part.Field.HasArguments(all.Field.Arguments)))
            {
                continue;
            }

            var sources = SourcesOf(attempt, presence, all, isWide: true);
            foreach (var source in attempt.Graph.Sources)
            {
                if (sources == default(SourceSet).With(source)
                    && presence.StaticType!.BySource[source.Ordinal]!.Fields[all.Field.Definition.Name].Needs is { MustNotBeNull: false } needs)
                {
                    var required = attempt.Slots.DemandsFor(
                        presence.Position.Shape, presence.Types, needs.Selection, presence.Position.InseparableTypes, needs.Arguments.IsEmpty ? source : null);
                    attempt.Requirements.Fetch(presence.Position, required, allowed: null);
                }
            }
        }
    }

    // What a source needs first, its key say, may be there only when the types are: then it is asked again.
    private static bool IsUntouched(Demand rest) => !rest.Types.Overlaps(rest.Field.Filled);

    private static SourceSet TriedBefore(Demand rest, List<Demand> before) => before.Find(demand => demand.Field == rest.Field)!.Tried;

    private static SourceSet SourcesOf(PlanAttempt attempt, Presence presence, Demand demand, bool isWide)
    {
        var found = default(SourceSet);
        if (!presence.Types.IsSubsetOf(demand.Types))
        {
            return found;
        }

        foreach (var source in attempt.Graph.Sources)
        {
            var at = presence.StaticType!.BySource[source.Ordinal];
            if (at is { IsInterfaceObject: true } && IsServedBy(attempt, presence, demand, source, isWide) && (!isWide || IsNear(attempt, presence, source)))
            {
                found = found.With(source);
            }
            else if (at is { IsAbstract: true } && IsServedBy(attempt, presence, demand, source, isWide))
            {
                // The home gives the field of every object, and their types in the same fetch.
                return default;
            }
        }

        return found;
    }

    private static bool IsServedBy(PlanAttempt attempt, Presence presence, Demand demand, SourceSchema source, bool isWide)
    {
        // PERF: below hundreds of fragments the same is asked at as many positions, of hundreds of types each.
        if (presence.View is not null || !demand.Field.Arguments.IsEmpty || presence.Position.FootingFor(presence.Types, attempt.Reachability) is not { } footing)
        {
            return FindServed(attempt, presence, demand, source, isWide);
        }

        var question = (source, demand.Field.Definition.Name, presence.StaticType!, isWide);
        if (!footing.ServedWithoutType.TryGetValue(question, out var isServed))
        {
            footing.ServedWithoutType.Add(question, isServed = FindServed(attempt, presence, demand, source, isWide));
        }

        return isServed;
    }

    private static bool FindServed(PlanAttempt attempt, Presence presence, Demand demand, SourceSchema source, bool isWide)
    {
        foreach (var ordinal in presence.Types.Ordinals())
        {
            var at = attempt.Graph.ObjectAt(ordinal).BySource[source.Ordinal];
            if (at is null || !at.Fields.TryGetValue(demand.Field.Definition.Name, out var field)
                || !field.IsServed(demand.Field.Arguments, view: null) || !IsMet(attempt, presence, field.Needs, source, met: null, isWide))
            {
                return false;
            }
        }

        return true;
    }

    // What the field requires is told by others with an object in the interface's place, which need no types, either; by the one at hand, say. In a wider sense that are objects below
    // such a field, too, and what these require in their turn; of fields that require each other none is met.
    private static bool IsMet(PlanAttempt attempt, Presence presence, FieldNeeds? needs, SourceSchema by, Dictionary<FieldNeeds, bool>? met, bool isWide)
    {
        if (needs is null)
        {
            return true;
        }

        met ??= [];
        if (met.TryGetValue(needs, out var known) || (met.Count > 0 && !isWide) || met.Count >= MaxNesting || !needs.Contexts.IsEmpty)
        {
            return known;
        }

        met.Add(needs, false);
        return met[needs] = needs.Selection.Selections.All(item => item is FieldNode node && (isWide || node.SelectionSet is null)
            && attempt.Graph.Sources.Any(source => source != by && (!isWide || IsNear(attempt, presence, source)) && IsMetBy(attempt, presence, node, source, met, isWide)));
    }

    // The source is entered by a key that comes with the objects: another one would be told by the home, as likely as not.
    private static bool IsNear(PlanAttempt attempt, Presence presence, SourceSchema source)
    {
        var at = presence.StaticType!.BySource[presence.Source.Ordinal]!;
        return source == presence.Source || (attempt.Reachability.From(at).EntryOf(source) is { } lookup
            && lookup.Key.Selections.All(part => part is FieldNode node && OwnFields.AreGiven(at, presence.View, node, attempt.Graph.Schema)));
    }

    private static bool IsMetBy(PlanAttempt attempt, Presence presence, FieldNode node, SourceSchema source, Dictionary<FieldNeeds, bool> met, bool isWide)
    {
        var view = source == presence.Source ? presence.View : null;
        return presence.StaticType!.BySource[source.Ordinal] is { IsInterfaceObject: true } at && at.Fields.TryGetValue(node.Name.Value, out var field)
            && field.IsServed(node.Arguments, view) && OwnFields.AreGivenBelow(field, view, node, attempt.Graph.Schema)
            && IsMet(attempt, presence, field.Needs, source, met, isWide);
    }
}
