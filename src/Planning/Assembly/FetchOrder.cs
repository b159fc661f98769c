using System.Collections;
using System.Collections.Immutable;

namespace GraphGateway.Planning;

/// <summary>The fetches of a plan in the order of their ids, each after what it depends on, and the dependencies that say something.</summary>
internal sealed class FetchOrder
{
    private readonly List<StepBuilder> fetches = [];
    private readonly List<ImmutableArray<int>> dependencies = [];

    // By StepBuilder.Order: the id of a step's first fetch, and how many it has; none where it is not needed.
    private readonly int[] first;
    private readonly int[] counts;
    private readonly List<BitArray> ancestors = [];
    private List<int> before = [];

    private FetchOrder(List<(StepBuilder Step, List<StepBuilder> Parts)> steps, int stepCount)
    {
        (first, counts) = (new int[stepCount], new int[stepCount]);
        var total = steps.Sum(static step => step.Parts.Count);
        foreach (var (step, parts) in steps)
        {
            (first[step.Order], counts[step.Order]) = (fetches.Count, parts.Count);
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
    public static FetchOrder Of(PlanAttempt attempt)
    {
        attempt.Steps.ForEach(LookupParts.LeaveOutUnasked);
        return new FetchOrder([.. StepOrder.Of(attempt.Steps, attempt.BringersFirst).Select(step => (step, LookupParts.Of(step, attempt.Graph)))], attempt.Steps.Count);
    }

    /// <summary>The id of a fetch.</summary>
    public int IdOf(StepBuilder fetch)
    {
        var id = first[fetch.Order];
        while (fetches[id] != fetch)
        {
            id++;
        }

        return id;
    }

    private void Add(StepBuilder step, StepBuilder part, int total)
    {
        var waitsFor = new List<int>();
        foreach (var other in step.DependenciesOf(part.TargetTypes))
        {
            AddFetches(other, part, waitsFor);
        }

        fetches.Add(part);
        waitsFor.Sort();
        // Parts that wait for the same share what is known of it.
        if (dependencies.Count > 0 && first[step.Order] < fetches.Count - 1 && waitsFor.SequenceEqual(before))
        {
            ancestors.Add(ancestors[^1]);
            dependencies.Add(dependencies[^1]);
            return;
        }

        before = waitsFor;
        var upstream = new BitArray(total);
        foreach (var id in waitsFor)
        {
            upstream.Or(ancestors[id]);
        }

        dependencies.Add([.. waitsFor.FindAll(id => !upstream[id])]);
        foreach (var id in waitsFor)
        {
            upstream[id] = true;
        }

        ancestors.Add(upstream);
    }

    // The fetches of a step that matter to a part; all of them where none does.
    private void AddFetches(StepBuilder step, StepBuilder part, List<int> to)
    {
        var (from, end, already) = (first[step.Order], first[step.Order] + counts[step.Order], to.Count);
        for (var id = from; id < end; id++)
        {
            if (end - from == 1 || Matters(fetches[id], part))
            {
                to.Add(id);
            }
        }

        if (to.Count == already)
        {
            to.AddRange(Enumerable.Range(from, end - from));
        }
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
