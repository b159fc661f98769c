using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>
/// The fetches that a step becomes which enters its types by several lookup fields (<see cref="LookupCalls"/>): one for each, of the types that
/// it looks up.
/// </summary>
internal static class LookupParts
{
    /// <summary>The step itself where it has one call; otherwise a step for each of its calls.</summary>
    public static List<StepBuilder> Of(StepBuilder step, PlanningGraph graph)
    {
        if (step.CallCount == 1)
        {
            return [step];
        }

        return [.. step.Keys.GroupBy(key => LookupCalls.CallOf(key.Lookup)).Select(keys => Part(step, keys.Key, [.. keys], graph))];
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

    private static StepBuilder Part(StepBuilder step, string call, List<KeyUse> keys, PlanningGraph graph)
    {
        var types = keys.Aggregate(default(TypeSet), (all, key) => all.Union(key.Types));
        var part = new StepBuilder(step.Order, step.Source, step.Kind, step.Position, call)
        {
            Called = step.Called,
            AloneWith = step.AloneWith,
            TellsRuntimeType = step.TellsRuntimeType,
            Decides = step.Decides.Intersect(types),
        };
        part.Keys.AddRange(keys);
        part.OtherKeys.AddRange(step.OtherKeys.Select(others => EntrySteps.Narrow(others, types)).Where(static others => others.Count > 0));
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

        part.Presence = new Presence(step.Position, part, part.Selection, graph.Find(keys[0].Lookup.ReturnTypeName), types, view: null);
        return part;
    }
}
