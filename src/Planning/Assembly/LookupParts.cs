using GraphGateway.TypeSystem;

namespace GraphGateway.Planning;

/// <summary>The fetches that a step becomes which enters its types by several lookup fields (<see cref="LookupCalls"/>): one for each, of the types that it looks up.</summary>
internal static class LookupParts
{
    /// <summary>The step itself where it has one call; otherwise a step for each of its calls.</summary>
    public static List<StepBuilder> Of(StepBuilder step, PlanningGraph graph)
    {
        if (step.CallCount == 1)
        {
            return [step];
        }

        var parts = step.Keys.GroupBy(key => LookupCalls.CallOf(key.Lookup)).Select(keys => Part(step, keys.Key, [.. keys], graph)).ToList();
        // A type was entered for what then could not be had.
        var asked = parts.FindAll(part => part.Selection.Entries.Count > 0 || !part.Decides.IsEmpty);
        return asked.Count > 0 ? asked : parts;
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
        part.Requirements.AddRange(step.Requirements.Where(use => use.Types.Overlaps(types)).Select(use => use with { Types = use.Types.Intersect(types) }));
        foreach (var entry in step.Selection.Entries.Where(entry => entry.Types.Overlaps(types)))
        {
            part.Selection.Entries.Add(new SelectionEntry(entry.Target, entry.Field, entry.View) { Types = entry.Types.Intersect(types), Child = entry.Child });
        }

        part.Presence = new Presence(step.Position, part, part.Selection, graph.Find(keys[0].Lookup.ReturnTypeName), types, view: null);
        return part;
    }
}
