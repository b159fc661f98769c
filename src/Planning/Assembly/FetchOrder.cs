using System.Collections;
using System.Collections.Immutable;

namespace GraphGateway.Planning;

/// <summary>The fetches of a plan in the order of their ids, each after what it depends on, and the dependencies that say something.</summary>
internal sealed class FetchOrder
{
    private readonly List<StepBuilder> fetches = [];
    private readonly List<ImmutableArray<int>> dependencies = [];
    private readonly Dictionary<StepBuilder, int> first = [];
    private readonly Dictionary<StepBuilder, int> counts = [];
    private readonly List<BitArray> ancestors = [];
    private List<int> before = [];

    private FetchOrder(List<(StepBuilder Step, List<StepBuilder> Parts)> steps)
    {
        var total = steps.Sum(step => step.Parts.Count);
        foreach (var (step, parts) in steps)
        {
            first.Add(step, fetches.Count);
            counts.Add(step, parts.Count);
            foreach (var part in parts)
            {
                Add(step, part, total);
            }
        }
    }

    /// <summary>By id: a step, or one of its parts (<see cref="LookupParts"/>).</summary>
    public IReadOnlyList<StepBuilder> Fetches => fetches;

    /// <summary>By id: the ids that a fetch depends on, without those that another of them waits for already.</summary>
    public IReadOnlyList<ImmutableArray<int>> Dependencies => dependencies;

    /// <summary>The order of the steps that are needed.</summary>
    public static FetchOrder Of(List<StepBuilder> all, PlanningGraph graph)
    {
        all.ForEach(LookupParts.LeaveOutUnasked);
        return new FetchOrder([.. StepOrder.Of(all).Select(step => (step, LookupParts.Of(step, graph)))]);
    }

    private void Add(StepBuilder step, StepBuilder part, int total)
    {
        var waitsFor = new List<int>();
        foreach (var other in step.DependenciesOf(part.TargetTypes))
        {
            var all = Enumerable.Range(first.GetValueOrDefault(other), counts.GetValueOrDefault(other));
            var those = counts.GetValueOrDefault(other) > 1 ? all.Where(id => Matters(fetches[id], part)).ToList() : [];
            waitsFor.AddRange(those.Count > 0 ? those : all);
        }

        fetches.Add(part);
        waitsFor.Sort();
        // Parts that wait for the same share what is known of it.
        if (dependencies.Count > 0 && first[step] < fetches.Count - 1 && waitsFor.SequenceEqual(before))
        {
            ancestors.Add(ancestors[^1]);
            dependencies.Add(dependencies[^1]);
            return;
        }

        before = waitsFor;
        var upstream = new BitArray(total);
        waitsFor.ForEach(id => upstream.Or(ancestors[id]));
        dependencies.Add([.. waitsFor.Where(id => !upstream[id])]);
        waitsFor.ForEach(id => upstream[id] = true);
        ancestors.Add(upstream);
    }

    // A part brings and fills what is there of its own types: who stands below a field of some types, or at the same place for some, need not
    // wait for others. But a value from a context is read from all objects that can set it.
    private static bool Matters(StepBuilder part, StepBuilder to)
    {
        if (to.Requirements.Exists(static use => !use.Requirement.Contexts.IsEmpty))
        {
            return true;
        }

        var depth = part.Position.Path.Length;
        if (to.Position == part.Position)
        {
            return part.TargetTypes.Overlaps(to.TargetTypes);
        }

        return to.Position.Path.Length <= depth
            || !to.Position.Path.AsSpan()[..depth].SequenceEqual(part.Position.Path.AsSpan())
            || part.Selection.Entries.Exists(entry => entry.Target == to.Position.Path[depth]);
    }
}
