namespace GraphGateway.Planning;

/// <summary>
/// A field that is asked of all objects of an <c>@interfaceObject</c>, and of some types for more: by its types it is several slots. What all of them ask is no question of the
/// type, so it is asked of all objects at once, for each of the slots; who reads an object knows by its type which of them counts. The rest waits for the types.
/// </summary>
internal static class SlotParts
{
    // Each object fills all of the slots.
    private const int MostSlots = 4;

    /// <summary>What all slots of a field ask, for all objects; and what is asked besides. Null where there is nothing of the kind.</summary>
    /// <param name="attempt">The attempt.</param>
    /// <param name="presence">The source that brings the objects and cannot tell their types.</param>
    /// <param name="demands">What is asked of them.</param>
    public static Parts? Of(PlanAttempt attempt, Presence presence, List<Demand> demands)
    {
        if (!presence.IsTypeUnknown || !presence.Position.IsTypeUnknown || demands.Count < 2)
        {
            return null;
        }

        // PERF: mostly each is of all.
        if (!demands.Exists(demand => IsOfSome(attempt, presence, demand)))
        {
            return null;
        }

        List<Demand>? ofAll = null;
        var (whole, rest) = (new List<Demand>(demands.Count), new List<Demand>());
        foreach (var slots in Grouped(attempt, presence, demands))
        {
            if (slots.Count is 1 or > MostSlots || !IsOfAll(attempt, presence, slots) || DivideAll(attempt, presence, slots) is not { } parts
                || (ofAll is null && !attempt.Entries.CanTellTypes(presence)))
            {
                whole.AddRange(slots);
                continue;
            }

            (ofAll ??= []).AddRange(parts.Common);
            rest.AddRange(parts.More);
            foreach (var slot in slots.Where(static slot => !slot.IsLeaf))
            {
                attempt.PositionBelow(presence.Position, slot.Field).PartOf = presence.Position;
            }
        }

        return ofAll is null ? null : new Parts([.. ofAll, .. whole], rest);
    }

    /// <summary>True when a step goes before the types are told on which it depends whether a field that clients see is asked of an object.</summary>
    public static bool IsTooEarly(PlanAttempt attempt, Position position, StepBuilder step, Demand demand)
    {
        if (position.PartOf is null || demand.Field.IsHidden)
        {
            return false;
        }

        for (var above = position.PartOf; above is not null; above = above.PartOf)
        {
            if (above.TypeTeller is { } teller && step != teller && !step.Follows(teller))
            {
                return demand.IsLeaf || !AreThere(attempt, position, demand, teller);
            }
        }

        return false;
    }

    // Objects below that somebody brought before the types were told: more can be asked of them.
    private static bool AreThere(PlanAttempt attempt, Position position, Demand demand, StepBuilder teller) => demand.Types.IsSubsetOf(demand.Field.Filled)
        && attempt.PositionBelow(position, demand.Field).Bringers(demand.Types).Any(bringer => bringer != teller && !bringer.Follows(teller));

    // Also below objects that are there, and that the step is asked to ask for more.
    private static bool IsAnyTooEarly(PlanAttempt attempt, Position position, StepBuilder step, Demand demand) => IsTooEarly(attempt, position, step, demand)
        || (!demand.IsLeaf && demand.Children.Any(child => IsAnyTooEarly(attempt, attempt.PositionBelow(position, demand.Field), step, child)));

    /// <summary>Has a new step for these demands wait for those types.</summary>
    public static StepBuilder? Wait(PlanAttempt attempt, StepBuilder? step, List<Demand> demands)
    {
        for (var above = step?.Position.PartOf; above is not null && demands.Exists(demand => IsAnyTooEarly(attempt, step!.Position, step, demand)); above = above.PartOf)
        {
            if (above.TypeTeller is { } teller)
            {
                step!.DependOn(teller);
            }
        }

        return step;
    }

    /// <summary>
    /// What is asked of some types below a slot that has its objects already: of these, by who is entered with them when the types are told. Gives what is left.
    /// </summary>
    public static List<Demand> PlaceBelow(PlanAttempt attempt, Position position, List<Demand> demands)
    {
        var left = new List<Demand>(demands.Count);
        foreach (var demand in demands)
        {
            if (demand is not { IsLeaf: false, Field.IsHidden: false } || !demand.Types.IsSubsetOf(demand.Field.Filled) || attempt.PositionBelow(position, demand.Field).PartOf is null)
            {
                left.Add(demand);
                continue;
            }

            var below = attempt.PositionBelow(position, demand.Field);
            var brought = below.BroughtBelow(demand.Types);
            var children = demand.Children.Select(child => child.For(child.Types.Intersect(brought))).Where(child => !child.Types.IsEmpty && !IsAskedAlready(attempt, below, child)).ToList();
            children = attempt.Entries.Place(below, PlaceBelow(attempt, below, children), allowed: null);
            if (children.Count > 0)
            {
                left.Add(demand with { Children = [.. children.Select(child => Untried(child, demand))] });
            }
        }

        return left;
    }

    // Something required it of all objects, before their types were told: who reads it of some reads it from there.
    private static bool IsAskedAlready(PlanAttempt attempt, Position position, Demand demand)
    {
        foreach (var presence in demand.IsLeaf && demand.Types.IsSubsetOf(demand.Field.Filled) ? position.Presences : [])
        {
            if (LocalFields.IsAskedAlready(presence, demand))
            {
                attempt.Touch(presence.Step);
                return true;
            }
        }

        return false;
    }

    // A key that comes with the objects when the types are told: then its source is asked again.
    private static Demand Untried(Demand child, Demand above) =>
        child.Types.Overlaps(child.Field.Filled) ? child : child with { Tried = above.Children.First(before => before.Field == child.Field).Tried };

    // By the key in the answer: the demands that are for some types each, and the others each by itself.
    private static List<List<Demand>> Grouped(PlanAttempt attempt, Presence presence, List<Demand> demands)
    {
        var groups = new List<List<Demand>>(demands.Count);
        var byKey = new Dictionary<string, List<Demand>>(StringComparer.Ordinal);
        foreach (var demand in demands)
        {
            if (!IsOfSome(attempt, presence, demand))
            {
                groups.Add([demand]);
            }
            else if (byKey.TryGetValue(demand.Field.Key, out var same) && (same.Count > MostSlots || IsLikeAll(same, demand)))
            {
                same.Add(demand);
            }
            else
            {
                groups.Add(byKey[demand.Field.Key] = [demand]);
            }
        }

        return groups;
    }

    private static bool IsOfSome(PlanAttempt attempt, Presence presence, Demand demand) =>
        !demand.Field.IsHidden && !attempt.Graph.SeenBy(demand.Field, presence.Types).IsSubsetOf(demand.Field.AppliesTo);

    // Several can be of one slot, for what is below. PERF: of more than are tried it does not matter.
    private static bool IsLikeAll(List<Demand> others, Demand demand) => others.TrueForAll(other => !other.Field.AppliesTo.Overlaps(demand.Field.AppliesTo))
        && others[0].Field.Definition.Name == demand.Field.Definition.Name && others[0].Field.HasArguments(demand.Field.Arguments);

    private static bool IsOfAll(PlanAttempt attempt, Presence presence, List<Demand> slots) =>
        attempt.Graph.SeenBy(slots[0].Field, presence.Types).IsSubsetOf(Demand.TypesOf(slots));

    // By the source at hand, or by another one where nothing is left for the types: else that one would be asked once more, and the search may try whether it is worth it.
    private static (List<Demand> Common, List<Demand> More)? DivideAll(PlanAttempt attempt, Presence presence, List<Demand> slots)
    {
        var all = Demand.TypesOf(slots);
        var (common, rest) = (new List<Demand>(slots.Count), new List<Demand>());
        var isWhole = true;
        foreach (var slot in slots)
        {
            var (shared, others) = slot.IsLeaf ? ([], []) : Apart(slot.Children, slots.FindAll(other => other != slot));
            if (!slot.IsLeaf && shared.Count == 0 && !slot.Children.IsEmpty && !slots.Exists(static other => other.Children.IsEmpty))
            {
                return null;
            }

            common.Add(slot with { Types = all, Children = slot.IsLeaf ? default : [.. shared] });
            if (others.Count > 0)
            {
                isWhole = false;
                rest.Add(slot with { Children = [.. others] });
            }
        }

        return isWhole || attempt.Local.Gives(presence, common[0]) || IsWorthARequest(attempt, presence, common) ? (common, rest) : null;
    }

    private static bool IsWorthARequest(PlanAttempt attempt, Presence presence, List<Demand> common) =>
        attempt.Graph.IsOfInterfaceObject(presence.Position.Shape.Type, common[0].Field.Definition.Name)
        && attempt.Choices.Take(ChoiceKinds.Wait, 2, new Subject(presence.Position, common.ConvertAll(static demand => demand.Field), [], null)) == 1;

    // What each of some other slots asks below as well, and what not.
    private static (List<Demand> Common, List<Demand> More) Apart(IEnumerable<Demand> children, List<Demand> others)
    {
        var (common, rest) = (children.ToList(), new List<Demand>());
        foreach (var other in others)
        {
            // PERF: there may be a thousand of them.
            var byName = other.Children.ToLookup(static child => child.Field.Definition.Name);
            var both = new List<Demand>(common.Count);
            foreach (var child in common)
            {
                Divide(child, byName[child.Field.Definition.Name], both, rest);
            }

            common = both;
        }

        return (common, rest);
    }

    // Others: of the same name.
    private static void Divide(Demand child, IEnumerable<Demand> others, List<Demand> both, List<Demand> rest)
    {
        var left = child.Types;
        foreach (var same in others.OrderBy(other => other.Field.Key != child.Field.Key))
        {
            var types = left.Intersect(same.Types);
            if (types.IsEmpty || !same.Field.HasArguments(child.Field.Arguments))
            {
                continue;
            }

            left = left.Except(types);
            if (child.IsLeaf)
            {
                both.Add(child.For(types));
                continue;
            }

            var (common, more) = Apart(child.Children, [same]);
            if (common.Count > 0 || child.Children.IsEmpty || same.Children.IsEmpty)
            {
                both.Add(child with { Types = types, Children = [.. common] });
                if (more.Count > 0)
                {
                    rest.Add(child with { Types = types, Children = [.. more] });
                }
            }
            else
            {
                rest.Add(child.For(types));
            }
        }

        if (!left.IsEmpty)
        {
            rest.Add(child.For(left));
        }
    }

    /// <summary>Demands at a position whose objects are of unknown types.</summary>
    /// <param name="OfAll">What is asked of all objects, where it is for several slots once for each; and what is no part of such.</param>
    /// <param name="Rest">What of these is asked of some types alone.</param>
    public sealed record Parts(List<Demand> OfAll, List<Demand> Rest)
    {
        /// <summary>What is left of those, each of its slot's types from now on, and the rest.</summary>
        public List<Demand> WithOthers(List<Demand> left) => [.. left.Select(static demand => demand.For(demand.Types.Intersect(demand.Field.AppliesTo))), .. Rest];
    }
}
