using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace GraphGateway.Planning;

/// <summary>
/// Checks a plan symbolically: it returns exactly what the operation asks, and asks of each source only what that source can give.
/// It follows the plan step by step as an executor would, with sets of runtime types in place of data:
/// <list type="number">
/// <item>The shape of the answer is the operation's.</item>
/// <item>Each step waits for everything that it reads, and enters its source by a lookup that the source has, with the whole key.</item>
/// <item>Of several lookups of the same objects each object is asked for by the first whose key it has, and no key is left out that is there.</item>
/// <item>Each document asks the source for fields that it has there, and what is read of the answer is what the document asks.</item>
/// <item>No two steps ask one source for the same field of the same objects, by the same keys, and nothing is asked that nobody reads.</item>
/// <item>Each slot is filled for every runtime type that it applies to, or named as one that cannot be served, which no source can give.</item>
/// <item>Of an object that only its global id tells of, a lookup by that id says whether it is there.</item>
/// </list>
/// </summary>
public static class PlanVerifier
{
    /// <summary>All problems of the plan; empty when it is right.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="activeLabels">The labels of progressive overrides that it was planned for.</param>
    public static ImmutableArray<string> Verify(QueryPlan plan, ImmutableHashSet<string>? activeLabels = null) => Verify(plan, activeLabels ?? [], out _);

    /// <summary>The same, with how much it looked at.</summary>
    internal static ImmutableArray<string> Verify(QueryPlan plan, ImmutableHashSet<string> activeLabels, out long looks)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var index = new PlanIndex(plan, activeLabels);
        var problems = Verify(index);
        looks = index.Work.Count;
        return problems;
    }

    private static ImmutableArray<string> Verify(PlanIndex index)
    {
        var plan = index.Plan;
        var problems = new List<string>();
        new ShapeVerifier(plan, problems).Verify();
        var ended = Ended(plan, problems);
        if (problems.Count > 0)
        {
            // Steps that are numbered wrongly cannot be followed.
            return [.. problems];
        }

        var fills = new Fills(plan, index.Turns, index.Work);
        var tried = new TriedKeys(index, fills, ended);
        var repetitions = new Repetitions(index, fills, tried);
        foreach (var step in plan.Steps)
        {
            var own = new List<string>();
            new StepVerifier(index, step, fills, ended[step.Id], tried, repetitions, own).Verify();
            problems.AddRange(own.Select(problem => $"step {step.Id}: {problem}"));
        }

        problems.AddRange(repetitions.Problems());
        new RequestVerifier(index, problems).Verify();
        new CompletenessVerifier(index, fills, ended, problems).Verify();
        new TogetherVerifier(index, fills, problems).Verify();
        new ExistenceVerifier(index, fills, problems).Verify();
        new GapVerifier(index, fills, problems).Verify();
        new UnreadVerifier(index, fills, tried, ended, problems).Verify();
        return [.. problems];
    }

    // Ids, order, and dependencies that each say something; by step, those that have ended when it starts.
    private static StepSet[] Ended(QueryPlan plan, List<string> problems)
    {
        var ended = new StepSet[plan.Steps.Length];
        var sets = new Dictionary<StepSet, StepSet>(new StepSet.ContentComparer());
        var same = new SameSteps(plan);
        for (var id = 0; id < plan.Steps.Length; id++)
        {
            var step = plan.Steps[id];
            var valid = step.DependsOn.Where(other => other >= 0 && other < id).ToList();
            if (step.Id != id || valid.Count != step.DependsOn.Length || !step.DependsOn.SequenceEqual(step.DependsOn.Distinct().Order()))
            {
                problems.Add($"step {id}: its id or what it depends on is out of order");
            }

            // Often many wait for the same: where that is right for one it is for the next one.
            if (id > 0 && plan.Steps[id - 1].DependsOn.SequenceEqual(step.DependsOn))
            {
                ended[id] = ended[id - 1];
            }
            else
            {
                var through = StepSet.Of([], valid.ConvertAll(other => ended[other]));
                var before = StepSet.Of(valid, [through]);
                ended[id] = CollectionsMarshal.GetValueRefOrAddDefault(sets, before, out _) ??= before;
                if (valid.Exists(through.Contains))
                {
                    problems.Add($"step {id}: depends on a step that another of its dependencies waits for already");
                }
            }

            if (same.HasOne(step))
            {
                problems.Add($"step {id}: asks what another asks already");
            }
        }

        return ended;
    }
}
