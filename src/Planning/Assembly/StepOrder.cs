using System.Collections.Immutable;

namespace GraphGateway.Planning;

/// <summary>Which steps are needed, and each after what it depends on.</summary>
internal static class StepOrder
{
    /// <summary>The steps that are needed, each after what it depends on, and after those that bring what it adds to.</summary>
    public static ImmutableArray<StepBuilder> Of(List<StepBuilder> all, BringersFirst bringers)
    {
        var needed = Needed(all);
        var followers = new List<StepBuilder>?[all.Count];
        var waitsFor = new int[all.Count];
        foreach (var step in needed)
        {
            foreach (var bringer in bringers.Before(step))
            {
                // One that has come to wait for it since stands after it in any case.
                if (!bringers.IsAfter(bringer, step))
                {
                    (followers[bringer.Order] ??= []).Add(step);
                    waitsFor[step.Order] += needed.Contains(bringer) ? 1 : 0;
                }
            }

            foreach (var dependency in step.Dependencies)
            {
                waitsFor[step.Order] += needed.Contains(dependency) ? 1 : 0;
            }
        }

        return Sorted(needed, waitsFor, followers);
    }

    private static ImmutableArray<StepBuilder> Sorted(HashSet<StepBuilder> needed, int[] waitsFor, List<StepBuilder>?[] followers)
    {
        var sorted = ImmutableArray.CreateBuilder<StepBuilder>(needed.Count);
        // Of those that can go, the one that was made first.
        var ready = new PriorityQueue<StepBuilder, int>(needed.Count);
        foreach (var step in needed)
        {
            if (waitsFor[step.Order] == 0)
            {
                ready.Enqueue(step, step.Order);
            }
        }

        while (ready.TryDequeue(out var next, out _))
        {
            sorted.Add(next);
            Release(next.Dependents);
            Release(followers[next.Order] ?? []);
        }

        return sorted.MoveToImmutable();

        void Release(List<StepBuilder> waiting)
        {
            foreach (var later in waiting)
            {
                if (needed.Contains(later) && --waitsFor[later.Order] == 0)
                {
                    ready.Enqueue(later, later.Order);
                }
            }
        }
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
