namespace GraphGateway.Planning;

/// <summary>
/// Which steps stand in the plan after others without waiting for them. In the order of the plan the first step that gives a field says which objects are there, and later ones
/// add to them. So one whose source knows other types than the one that brings the objects stands after it, though both go at the same time.
/// </summary>
internal sealed class BringersFirst
{
    private readonly Dictionary<StepBuilder, HashSet<StepBuilder>> before = [];

    /// <summary>Has a step that adds to objects stand after the one that brings them, where that one need not come after it.</summary>
    public void Put(StepBuilder bringer, StepBuilder adding)
    {
        if (adding.Follows(bringer) || IsAfter(bringer, adding))
        {
            return;
        }

        if (!before.TryGetValue(adding, out var all))
        {
            before.Add(adding, all = []);
        }

        all.Add(bringer);
    }

    /// <summary>True when a step stands after another one in any case: it waits for it, or comes after it on account of others.</summary>
    public bool IsAfter(StepBuilder step, StepBuilder other) => step.Follows(other) || (before.Count > 0 && IsAfter(step, other, []));

    /// <summary>The steps that a step stands after without waiting for them; some of them may not be needed.</summary>
    public IReadOnlyCollection<StepBuilder> Before(StepBuilder step) => before.TryGetValue(step, out var all) ? all : [];

    // PERF: few steps stand after others without waiting, so it is them that are gone through. Each once: where they stand after several, the ways back multiply.
    private bool IsAfter(StepBuilder step, StepBuilder other, HashSet<StepBuilder> seen)
    {
        foreach (var (adding, bringers) in before)
        {
            if ((adding == step || step.Follows(adding)) && seen.Add(adding)
                && bringers.Any(bringer => bringer == other || bringer.Follows(other) || IsAfter(bringer, other, seen)))
            {
                return true;
            }
        }

        return false;
    }
}
