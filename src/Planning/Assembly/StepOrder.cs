using System.Collections.Immutable;

namespace GraphGateway.Planning;

/// <summary>The steps that are needed in the order of their ids, each after what it depends on, and the dependencies that say something.</summary>
internal sealed class StepOrder
{
    private readonly Dictionary<StepBuilder, int> ids = [];

    private StepOrder(ImmutableArray<StepBuilder> steps)
    {
        Steps = steps;
        foreach (var step in steps)
        {
            ids.Add(step, ids.Count);
        }
    }

    public ImmutableArray<StepBuilder> Steps { get; }

    public static StepOrder Of(List<StepBuilder> all)
    {
        var needed = Needed(all);
        var sorted = ImmutableArray.CreateBuilder<StepBuilder>(needed.Count);
        var waiting = needed.OrderBy(step => step.Order).ToList();
        var done = new HashSet<StepBuilder>();
        while (waiting.Count > 0)
        {
            var next = waiting.First(step => step.Dependencies.All(dependency => done.Contains(dependency) || !needed.Contains(dependency)));
            waiting.Remove(next);
            done.Add(next);
            sorted.Add(next);
        }

        return new StepOrder(sorted.MoveToImmutable());
    }

    /// <summary>The ids that a step depends on, without those that another of them waits for already.</summary>
    public ImmutableArray<int> DependenciesOf(StepBuilder step)
    {
        if (step.Dependencies.Count == 0)
        {
            return [];
        }

        var found = new List<int>(step.Dependencies.Count);
        foreach (var dependency in step.Dependencies)
        {
            if (ids.TryGetValue(dependency, out var id) && !IsWaitedForByOther(step, dependency))
            {
                found.Add(id);
            }
        }

        found.Sort();
        return [.. found];
    }

    private static bool IsWaitedForByOther(StepBuilder step, StepBuilder dependency)
    {
        foreach (var other in step.Dependencies)
        {
            if (other.Follows(dependency))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Steps that give the client something, tell types or whether objects are there, or are waited for by such. The rest was begun for what then could not be had.</summary>
    public static HashSet<StepBuilder> Needed(List<StepBuilder> all)
    {
        var needed = new HashSet<StepBuilder>();
        var byDepth = all.ToArray();
        Array.Sort(byDepth, static (a, b) => b.Depth.CompareTo(a.Depth));
        foreach (var step in byDepth)
        {
            if (IsNeededItself(step) || step.Dependents.Exists(needed.Contains))
            {
                needed.Add(step);
            }
        }

        return needed;
    }

    /// <summary>True when the step is needed though nobody waits for it.</summary>
    public static bool IsNeededItself(StepBuilder step) => step.TellsRuntimeType || !step.Decides.IsEmpty || GivesSomething(step.Selection);

    private static bool GivesSomething(SelectionBuilder selection)
    {
        foreach (var entry in selection.Entries)
        {
            if (!entry.Target.IsHidden && (entry.Child is null || entry.Child.Selection.Entries.Count == 0 || GivesSomething(entry.Child.Selection)))
            {
                return true;
            }
        }

        return false;
    }
}
