using System.Collections.Immutable;

namespace GraphGateway.Planning;

/// <summary>Which steps are needed, and each after what it depends on.</summary>
internal static class StepOrder
{
    /// <summary>The steps that are needed, each after what it depends on.</summary>
    public static ImmutableArray<StepBuilder> Of(List<StepBuilder> all)
    {
        var needed = Needed(all);
        var sorted = ImmutableArray.CreateBuilder<StepBuilder>(needed.Count);
        var waitsFor = new int[all.Count];
        // Of those that can go, the one that was made first.
        var ready = new PriorityQueue<StepBuilder, int>(needed.Count);
        foreach (var step in needed)
        {
            foreach (var dependency in step.Dependencies)
            {
                waitsFor[step.Order] += needed.Contains(dependency) ? 1 : 0;
            }

            if (waitsFor[step.Order] == 0)
            {
                ready.Enqueue(step, step.Order);
            }
        }

        while (ready.TryDequeue(out var next, out _))
        {
            sorted.Add(next);
            foreach (var dependent in next.Dependents)
            {
                if (needed.Contains(dependent) && --waitsFor[dependent.Order] == 0)
                {
                    ready.Enqueue(dependent, dependent.Order);
                }
            }
        }

        return sorted.MoveToImmutable();
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
            if (!entry.Target.IsHidden && (entry.Child is null || entry.IsFirst || entry.Child.Selection.Entries.Count == 0 || GivesSomething(entry.Child.Selection)))
            {
                return true;
            }
        }

        return false;
    }
}
