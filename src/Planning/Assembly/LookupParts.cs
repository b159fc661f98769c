using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// The fetches that a step becomes which enters its types by several lookup fields: one for each (<see cref="LookupCalls"/>), of the types that
/// it looks up, and after it those by which objects are looked up that have no whole key for it (<see cref="KeyAlternatives"/>). Where the source has an
/// <c>@interfaceObject</c>, one for all types of which the same is asked: it cannot tell them apart, and would do, and could fail at, for some what is asked of others.
/// </summary>
internal static class LookupParts
{
    /// <summary>The step itself where it has one call, and asks all its objects for the same; otherwise a step for each of its calls, or kinds of objects.</summary>
    public static List<StepBuilder> Of(StepBuilder step, PlanningGraph graph)
    {
        List<StepBuilder> firsts = step.CallCount == 1
            ? ByKind(step, graph)
            : [.. step.Keys.GroupBy(key => LookupCalls.CallOf(key.Lookup)).Select(keys => Part(step, keys.Key, [.. keys], step.OtherKeys, graph))];
        return step.OtherCalls.Count == 0 ? firsts : [.. firsts.SelectMany(first => WithOthers(first, step, graph))];
    }

    /// <summary>Leaves out calls of a step of which nothing is asked: their types were entered for what then could not be had.</summary>
    public static void LeaveOutUnasked(StepBuilder step)
    {
        if (step.CallCount == 1)
        {
            return;
        }

        var asked = step.Selection.Entries.Aggregate(step.Decides, (all, entry) => all.Union(entry.Types));
        var types = step.Keys.GroupBy(key => LookupCalls.CallOf(key.Lookup))
            .Select(keys => keys.Aggregate(default(TypeSet), (all, key) => all.Union(key.Types)))
            .Where(types => types.Overlaps(asked))
            .Aggregate(default(TypeSet), (all, some) => all.Union(some));
        if (!types.IsEmpty)
        {
            step.Narrow(types);
        }
    }

    // By the fields that are asked, not by what is asked below them: what differs there stands side by side, and is asked of all objects. Hundreds of types that select
    // something else below the same field would be as many fetches.
    private static List<StepBuilder> ByKind(StepBuilder step, PlanningGraph graph)
    {
        if (!IsByKind(step, graph))
        {
            return [step];
        }

        List<TypeSet> kinds = [step.TargetTypes];
        foreach (var call in step.Selection.Entries.GroupBy(static entry => SelectionDrafter.CallTextOf(entry, entry.Field)))
        {
            var asked = call.Aggregate(default(TypeSet), static (all, entry) => all.Union(entry.Types));
            kinds = [.. kinds.SelectMany(kind => new[] { kind.Intersect(asked), kind.Except(asked) }).Where(static kind => !kind.IsEmpty)];
        }

        return kinds.Count == 1
            ? [step]
            : [.. kinds.Where(kind => step.Selection.Entries.Exists(entry => entry.Types.Overlaps(kind)))
                .Select(kind => Part(step, step.CallId, EntrySteps.Narrow(step.Keys, kind), step.OtherKeys, graph))];
    }

    /// <summary>True where each kind of objects is asked for what is asked of it, apart from the others.</summary>
    public static bool IsByKind(StepBuilder step, PlanningGraph graph)
    {
        var types = step.TargetTypes;
        return step.CallCount == 1 && step.Kind == FetchKind.Representations && !step.TellsRuntimeType && step.Decides.IsEmpty && step.InsteadOf.Count == 0
            && !step.Selection.Entries.TrueForAll(entry => types.IsSubsetOf(entry.Types)) && IsAskedOfInterfaceObjects(step, graph) && AreTypesTold(step);
    }

    private static bool IsAskedOfInterfaceObjects(StepBuilder step, PlanningGraph graph) =>
        step.Keys.TrueForAll(key => graph.Find(key.Lookup.TypeName)?.BySource[step.Source.Ordinal] is { IsInterfaceObject: true });

    // Otherwise all that is asked is asked of all. A slot that holds one field of all types is sent of all of them, too.
    private static bool AreTypesTold(StepBuilder step) => !step.Position.Shape.Fields.Any(static field => field.IsWhole)
        && (!step.Position.Presences.Exists(static presence => presence.IsTypeUnknown)
            || (step.Position.TypeTeller is { } teller && step.Follows(teller)));

    // Each asks for what those before it leave, of the types that both look up.
    private static List<StepBuilder> WithOthers(StepBuilder first, StepBuilder step, PlanningGraph graph)
    {
        var inTurn = new List<StepBuilder> { first };
        foreach (var others in step.OtherCalls)
        {
            foreach (var keys in EntrySteps.Narrow(others.Keys, first.TargetTypes).GroupBy(key => LookupCalls.CallOf(key.Lookup)))
            {
                var next = Part(step, keys.Key, [.. keys], others.OtherKeys, graph);
                next.InsteadOf.AddRange(inTurn.FindAll(before => before.TargetTypes.Overlaps(next.TargetTypes)));
                inTurn.Add(next);
            }
        }

        return inTurn;
    }

    private static StepBuilder Part(StepBuilder step, string call, List<KeyUse> keys, List<List<KeyUse>> otherKeys, PlanningGraph graph)
    {
        var types = keys.Aggregate(default(TypeSet), (all, key) => all.Union(key.Types));
        var part = new StepBuilder(step.Order, step.Source, step.Kind, step.Position, call)
        {
            Called = step.Called,
            AloneWith = step.AloneWith,
            TellsRuntimeType = step.TellsRuntimeType,
            Decides = step.Decides.Intersect(types),
        };
        part.Enter(keys);
        part.OtherKeys.AddRange(otherKeys.Select(others => EntrySteps.Narrow(others, types)).Where(static others => others.Count > 0));
        part.Requirements.AddRange(step.Requirements.Where(use => use.Types.Overlaps(types))
            .Select(use => use with { Types = use.Types.Intersect(types) }));
        foreach (var entry in step.Selection.Entries.Where(entry => entry.Types.Overlaps(types)))
        {
            part.Selection.Entries.Add(new SelectionEntry(entry.Target, entry.Field, entry.View)
            {
                Types = entry.Types.Intersect(types),
                Child = entry.Child,
            });
        }

        part.Presence = new Presence(
            step.Position, part, part.Selection, step.Kind == FetchKind.Lookup ? graph.Find(keys[0].Lookup.ReturnTypeName) : null, types, view: null);
        return part;
    }
}
