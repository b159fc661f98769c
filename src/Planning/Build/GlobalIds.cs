using GraphGateway.Operations;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// Objects by their global ids. The gateway gives their types and ids, as a source like others whose answer takes no time
/// (<see cref="GatewaySource"/>), and sources are entered by the ids for the rest, all at once. Whether an object is there one of these
/// says; where the client selects nothing that one would be asked for, it is asked for this alone.
/// </summary>
internal static class GlobalIds
{
    /// <summary>True when the operation selects a field that the gateway answers.</summary>
    public static bool AreUsed(Supergraph supergraph, NormalizedOperation operation) =>
        supergraph.WithGateway != supergraph && AreUsed(supergraph, operation.SelectionSet);

    /// <summary>Has some step say of each type whether its objects are there.</summary>
    /// <param name="attempt">The plan.</param>
    /// <param name="presence">Where the gateway gave the objects.</param>
    public static void Decide(PlanAttempt attempt, Presence presence)
    {
        var position = presence.Position;
        // Who may not see an object is not told either whether it is there.
        var rest = presence.Types.Except(position.Shape.Withheld);
        foreach (var step in StepsAt(position))
        {
            rest = rest.Except(step.Decides);
        }

        // Whom much is asked of knows the object best; a representation is often taken for an object without a look.
        foreach (var step in StepsAt(position).OrderBy(step => step.Depth).ThenBy(step => step.Kind == FetchKind.Lookup ? 0 : 1)
            .ThenByDescending(step => step.Selection.Entries.Count))
        {
            rest = rest.Except(Take(attempt, step, rest));
        }

        foreach (var call in Calls(attempt, rest))
        {
            List<KeyUse> keys = [.. call.Where(key => rest.Contains(key.Type)).Select(key => new KeyUse(key.Lookup, default(TypeSet).With(key.Type), default(SourceSet).With(presence.Step.Source)))];
            var entry = attempt.Graph.EntryOf(keys[0].Lookup);
            var step = EntrySteps.EntriesOf(position, call.Key.Source, entry)
                    .FindAll(step => step.AloneWith is null && step.Depth <= presence.Step.Depth + 1).Find(step => attempt.EntrySteps.TryExtend(step, keys))
                ?? attempt.EntrySteps.Open(position, call.Key.Source, entry, keys, aloneWith: null);
            if (step is not null)
            {
                rest = rest.Except(Take(attempt, step, rest));
            }
        }
    }

    private static bool AreUsed(Supergraph supergraph, NormalizedSelectionSet selections)
    {
        foreach (var field in selections.Fields)
        {
            if (supergraph.FindField(selections.Type.Name, field.Definition.Name) is { IsGateways: true }
                || (field.SelectionSet is { } below && AreUsed(supergraph, below)))
            {
                return true;
            }
        }

        return false;
    }

    private static List<StepBuilder> StepsAt(Position position) =>
        [.. position.Presences.Select(presence => presence.Step).Where(step => step.Position == position && step.AloneWith is null).Distinct()];

    // Of the types, those of which the step can say it; noted.
    private static TypeSet Take(PlanAttempt attempt, StepBuilder step, TypeSet types)
    {
        var taken = default(TypeSet);
        foreach (var key in step.Keys.Where(key => GatewaySource.Decides(key.Lookup)))
        {
            foreach (var ordinal in key.Types.Intersect(types).Ordinals())
            {
                if (attempt.Graph.ObjectAt(ordinal).BySource[step.Source.Ordinal] is { IsInterfaceObject: false })
                {
                    taken = taken.With(ordinal);
                }
            }
        }

        step.Decides = step.Decides.Union(taken);
        return taken;
    }

    // By call of a source, few calls for many types: the next one is always that which does most of what is left.
    private static IEnumerable<IGrouping<(SourceSchema Source, string Id), (int Type, Lookup Lookup)>> Calls(PlanAttempt attempt, TypeSet types)
    {
        var calls = types.Ordinals().ToArray()
            .SelectMany(ordinal => attempt.Graph.ObjectAt(ordinal).BySource
                .Where(at => at is { IsInterfaceObject: false })
                .SelectMany(at => at!.Lookups.Where(GatewaySource.Decides))
                .Select(lookup => (Type: ordinal, Lookup: lookup)))
            .GroupBy(key => (key.Lookup.Source, LookupCalls.CallOf(key.Lookup))).ToList();
        while (!types.IsEmpty && calls.MaxBy(call => call.Count(key => types.Contains(key.Type))) is { } most && most.Any(key => types.Contains(key.Type)))
        {
            yield return most;
            calls.Remove(most);
            types = types.Except(most.Aggregate(default(TypeSet), (all, key) => all.With(key.Type)));
        }
    }
}
