using GraphGateway.Language;
using GraphGateway.Operations;

namespace GraphGateway.Planning;

/// <summary>What a plan costs. Compared in this order: what is missing, depth, fetches, what they carry, fields.</summary>
internal readonly record struct PlanCost(int Unservable, int Depth, int Fetches, int Requirements, int Fields) : IComparable<PlanCost>
{
    public static PlanCost Of(PlanAttempt attempt)
    {
        var steps = StepOrder.Needed(attempt.Steps);
        return new PlanCost(
            Unservables.Count(attempt),
            steps.Count == 0 ? 0 : steps.Max(step => step.Depth),
            CountRequests(attempt, steps),
            steps.Sum(step => step.Requirements.Count),
            steps.Sum(step => CountFields(step.Selection)));
    }

    /// <inheritdoc/>
    public int CompareTo(PlanCost other)
    {
        var order = Unservable.CompareTo(other.Unservable);
        order = order != 0 ? order : Depth.CompareTo(other.Depth);
        order = order != 0 ? order : Fetches.CompareTo(other.Fetches);
        order = order != 0 ? order : Requirements.CompareTo(other.Requirements);
        return order != 0 ? order : Fields.CompareTo(other.Fields);
    }

    // Entity fetches go to their source together where that costs no time (RequestGroups).
    private static int CountRequests(PlanAttempt attempt, HashSet<StepBuilder> steps)
    {
        if (attempt.Operation.Kind != OperationType.Query)
        {
            return steps.Count;
        }

        var all = attempt.Steps;
        var depths = new int[all.Count];
        var calls = new object?[all.Count];
        var dependencies = new List<int>[all.Count];
        foreach (var step in all)
        {
            var isNeeded = steps.Contains(step);
            depths[step.Order] = isNeeded ? step.Depth : 0;
            var isShared = isNeeded && step.Kind == FetchKind.Representations && step.Requirements.TrueForAll(use => use.Requirement.Contexts.IsEmpty);
            calls[step.Order] = isShared ? step.Source : null;
            dependencies[step.Order] = [.. step.Dependencies.Where(steps.Contains).Select(dependency => dependency.Order)];
        }

        var groups = new RequestLevels(depths, dependencies, calls).Assign().Groups;
        return steps.Count - groups.Sum(group => group.Count - 1);
    }

    private static int CountFields(SelectionBuilder selection) =>
        selection.Entries.Sum(entry => 1 + (entry.Child is null ? 0 : CountFields(entry.Child.Selection)));
}

/// <summary>
/// Limited-discrepancy search: the greedy plan first and its likes that decide otherwise in all questions of a kind, then plans that differ
/// from the best one so far in a single decision, until nothing gets better or the fuel, which is fixed, is used up. Each attempt is built from
/// scratch, which keeps it free of undo logs; a greedy plan costs little, and most operations have no decision to make at all.
/// </summary>
internal sealed class PlanSearch(PlanningGraph graph, NormalizedOperation operation, int attemptsMax)
{
    // A unit of fuel: building about as many steps costs about the same.
    private const int StepsPerUnit = 8;

    private static readonly ChoiceKinds[] Profiles =
        [ChoiceKinds.Wait, ChoiceKinds.Above, ChoiceKinds.Wait | ChoiceKinds.Above, ChoiceKinds.Share, ChoiceKinds.Share | ChoiceKinds.Wait];

    private readonly Reachability reachability = new(graph);
    private int fuel = attemptsMax;
    private ChoiceKinds profile;
    private SortedDictionary<int, int> taken = [];
    private PlanAttempt best = null!;
    private PlanCost bestCost;

    /// <summary>The best attempt that was found.</summary>
    public PlanAttempt Run()
    {
        best = Attempt(profile, taken);
        bestCost = PlanCost.Of(best);
        var kinds = best.Choices.OpenKinds;
        foreach (var other in Profiles)
        {
            if ((other & ~kinds) == 0)
            {
                Try(other, []);
            }
        }

        while (fuel > 0 && Improve())
        {
        }

        return best;
    }

    // Another option in each decision of the best plan, in their order; true when that made a better one.
    private bool Improve()
    {
        var isBetter = false;
        for (var decision = 0; decision < best.Choices.Decisions.Count; decision++)
        {
            for (var option = 1; option < best.Choices.Decisions[decision].Options && best.Choices.Decisions[decision].IsOpen; option++)
            {
                if (Try(profile, new SortedDictionary<int, int>(taken) { [decision] = taken.GetValueOrDefault(decision) + option }))
                {
                    isBetter = true;
                    break;
                }
            }
        }

        return isBetter;
    }

    private bool Try(ChoiceKinds kinds, SortedDictionary<int, int> discrepancies)
    {
        if (fuel <= 0 || IsUnbeatable(bestCost))
        {
            return false;
        }

        var attempt = Attempt(kinds, discrepancies);
        fuel -= 1 + (attempt.Steps.Count / StepsPerUnit);
        var cost = PlanCost.Of(attempt);
        if (cost.CompareTo(bestCost) >= 0)
        {
            return false;
        }

        (best, bestCost, profile, taken) = (attempt, cost, kinds, discrepancies);
        return true;
    }

    private PlanAttempt Attempt(ChoiceKinds kinds, IReadOnlyDictionary<int, int> discrepancies)
    {
        var attempt = new PlanAttempt(graph, reachability, operation, new Choices(kinds, discrepancies));
        attempt.Run();
        return attempt;
    }

    private static bool IsUnbeatable(PlanCost cost) => cost is { Unservable: 0, Fetches: <= 1 };
}
