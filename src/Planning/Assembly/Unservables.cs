using System.Collections.Immutable;
using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>What was left at the root, as the fields that will be null with an error.</summary>
internal static class Unservables
{
    public static ImmutableArray<UnservableField> Of(PlanAttempt attempt)
    {
        var gaps = All(attempt);
        if (gaps.Count == 0 && attempt is { Withheld.Count: 0, Refused.Count: 0, Unshared.Count: 0 })
        {
            return [];
        }

        return
        [
            .. gaps.Count == 0 ? [] : Gaps(attempt, gaps),
            .. attempt.Withheld.Select(Withheld),
            .. attempt.Refused.Select(pair => Refused(pair.Key, pair.Value)),
            .. attempt.Unshared.Where(pair => !attempt.Refused.ContainsKey(pair.Key)).Select(pair => Unshared(attempt, pair.Key, pair.Value)),
        ];
    }

    // What is missing of objects that not all sources of the field above know is no gap of the graph.
    private static IEnumerable<UnservableField> Gaps(PlanAttempt attempt, Dictionary<ResultField, TypeSet> gaps)
    {
        var byPosition = UnsharedMembers.ByPosition(attempt);
        foreach (var (field, types) in gaps)
        {
            if (attempt.Bounded.Contains(field))
            {
                yield return Refused(field, types);
                continue;
            }

            var unshared = types.Intersect(byPosition.GetValueOrDefault(field.Parent));
            var others = types.Except(unshared);
            if (!others.IsEmpty)
            {
                yield return attempt.Bounds == PlanningBounds.None
                    ? new UnservableField(field, ReasonOf(field), DetailOf(attempt, field, others), others)
                    : NotFollowed(attempt, field, others);
            }

            if (!unshared.IsEmpty)
            {
                yield return Unshared(attempt, field, unshared);
            }
        }
    }

    private static UnservableField NotFollowed(PlanAttempt attempt, ResultField field, TypeSet types) => new(
        field,
        $"Cannot resolve field \"{field.Definition.Name}\" on type \"{field.Parent.Type.Name}\" here: what it needs leads through more keys and requirements than the gateway follows.",
        $"No way to {field.Definition} at {Path(field)} was found, and not all were followed: "
            + (attempt.Bounds.HasFlag(PlanningBounds.Requirements) ? Requirements.Bound : Reachability.Bound),
        types)
    {
        Cause = UnservableCause.TooManyWays,
    };

    private static UnservableField Withheld(ResultField field) => new(
        field,
        UnservableField.WithheldReason,
        $"The client may not see {field.Definition} at {Path(field)}.",
        field.AppliesTo)
    {
        Cause = UnservableCause.Withheld,
    };

    private static UnservableField Refused(ResultField field, TypeSet types) => new(
        field,
        $"Cannot resolve field \"{field.Definition.Name}\" on type \"{field.Parent.Type.Name}\" here: the operation selects below too many kinds of objects. Select fewer levels of interfaces, or split the operation.",
        $"Objects at {Path(field)} come from their sources in several ways, each of which is a position of its own below, and the operation has too many of them: "
            + "interfaces below interfaces, each of many types that come from different sources.",
        types)
    {
        Cause = UnservableCause.TooManyKinds,
    };

    private static UnservableField Unshared(PlanAttempt attempt, ResultField field, TypeSet types)
    {
        var names = string.Join(" or ", types.Ordinals().Select(ordinal => attempt.Graph.ObjectAt(ordinal).Name));
        return new UnservableField(
            field,
            $"Cannot resolve field \"{field.Definition.Name}\" on type \"{names}\" here: not every source of the field above knows that type.",
            $"Several sources can be asked for the field above {Path(field)}, and not all of them have {names} among the objects of {field.Parent.Type.Name} there. "
                + "The answer must not hang on which one is asked. Add the type in each of them, or let one source alone have the field.",
            types)
        {
            Cause = UnservableCause.UnsharedMember,
        };
    }

    // What is missing of objects that are not to be there only decides where nothing else is missing.
    private const int GraphGapWeight = 1_000;

    /// <summary>How much cannot be served: what an attempt is judged by first.</summary>
    public static int Count(PlanAttempt attempt)
    {
        var gaps = All(attempt);
        return gaps.Count == 0 ? 0 : Gaps(attempt, gaps).Sum(gap => gap.Cause is UnservableCause.NoSource or UnservableCause.TooManyWays ? GraphGapWeight : 1);
    }

    // __typename is no demand; it cannot be said where the objects come without their type and no source tells it.
    private static Dictionary<ResultField, TypeSet> All(PlanAttempt attempt)
    {
        var found = new Dictionary<ResultField, TypeSet>();
        foreach (var position in attempt.PositionsWithoutType)
        {
            foreach (var field in position.Shape.Fields.Where(field => !field.IsHidden && !field.IsWithheld && field.Definition == MetaFields.Typename))
            {
                found[field] = field.AppliesTo;
            }
        }

        foreach (var demand in attempt.Left)
        {
            Collect(attempt, demand, found);
        }

        return found;
    }

    // A composite that some step fills is there, and what is missing is below it.
    private static void Collect(PlanAttempt attempt, Demand demand, Dictionary<ResultField, TypeSet> found)
    {
        var there = demand.IsLeaf ? default : demand.Types.Intersect(demand.Field.Filled);
        if (!there.IsEmpty)
        {
            foreach (var child in demand.Children)
            {
                Collect(attempt, child, found);
            }
        }

        var missing = demand.Types.Except(demand.IsLeaf ? demand.Field.Filled : there);
        if (!missing.IsEmpty && !demand.Field.IsHidden)
        {
            found[demand.Field] = found.GetValueOrDefault(demand.Field).Union(missing);
        }
    }

    private static string ReasonOf(ResultField field) => $"Cannot resolve field \"{field.Definition.Name}\" on type \"{field.Parent.Type.Name}\" here.";

    private static string DetailOf(PlanAttempt attempt, ResultField field, TypeSet types)
    {
        if (field.Definition == MetaFields.Typename)
        {
            return $"The objects come from an @interfaceObject, and no source with the interface {field.Parent.Type.Name} can be entered to tell their type.";
        }

        var sources = types.Ordinals()
            .SelectMany(ordinal => attempt.Graph.ObjectAt(ordinal).BySource)
            .Where(at => at is not null && at.Fields.ContainsKey(field.Definition.Name))
            .Select(at => at!.Fields[field.Definition.Name].Definition.IsExternal
                ? $"{at.Source.Name} has it as external"
                : at.Fields[field.Definition.Name].Definition.ContextArguments is [var argument, ..]
                ? $"{at.Source.Name} takes its argument \"{argument.Name}\" from the context \"{argument.Context}\" (@fromContext), which nothing above sets or gives"
                : at.Lookups.Count == 0 ? $"{at.Source.Name} has no lookup for {at.Name}"
                : $"{at.Source.Name} cannot be entered, since what its lookup or the field requires is not known here")
            .Distinct();
        var text = string.Join("; ", sources);
        return $"No source can give {field.Definition} at {Path(field)}: {(text.Length == 0 ? "none defines it" : text)}.";
    }

    private static string Path(ResultField field) => field.Parent.Type.Name + "." + field.Key;
}
