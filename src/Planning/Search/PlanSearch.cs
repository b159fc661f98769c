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
            CountRequests(steps, attempt.Operation.Kind),
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

    // Entity fetches that are equally deep go to their source in one request (RequestGroups).
    private static int CountRequests(HashSet<StepBuilder> steps, OperationType operation)
    {
        var shared = operation == OperationType.Query ? steps.Where(step => step.Kind == FetchKind.Representations && step.Requirements.All(use => use.Requirement.Contexts.IsEmpty)).ToList() : [];
        return steps.Count - shared.Count + shared.DistinctBy(step => (step.Source, step.Depth)).Count();
    }

    private static int CountFields(SelectionBuilder selection) =>
        selection.Entries.Sum(entry => 1 + (entry.Child is null ? 0 : CountFields(entry.Child.Selection)));
}

/// <summary>
/// Limited-discrepancy search: the greedy plan first, then plans that differ from the best one so far in a single decision, with fixed
/// fuel. Each attempt is built from scratch, which keeps it free of undo logs; a greedy plan costs little, and most operations have no
/// decision to make at all.
/// </summary>
internal sealed class PlanSearch(PlanningGraph graph, NormalizedOperation operation, int attemptsMax)
{
    // A unit of fuel: building about as many steps costs about the same.
    private const int StepsPerUnit = 8;

    private readonly Reachability reachability = new(graph);

    /// <summary>The best attempt that was found.</summary>
    public PlanAttempt Run()
    {
        var taken = new SortedDictionary<int, int>();
        var best = Attempt(taken);
        var bestCost = PlanCost.Of(best);
        var fuel = attemptsMax;
        for (var decision = 0; decision < best.Choices.OptionCounts.Count && fuel > 0 && !IsUnbeatable(bestCost); decision++)
        {
            for (var option = 1; option < best.Choices.OptionCounts[decision] && fuel > 0; option++)
            {
                var discrepancies = new SortedDictionary<int, int>(taken) { [decision] = option };
                var attempt = Attempt(discrepancies);
                fuel -= 1 + attempt.Steps.Count / StepsPerUnit;
                var cost = PlanCost.Of(attempt);
                if (cost.CompareTo(bestCost) < 0)
                {
                    (best, bestCost, taken) = (attempt, cost, discrepancies);
                    break;
                }
            }
        }

        return best;
    }

    private PlanAttempt Attempt(IReadOnlyDictionary<int, int> discrepancies)
    {
        var attempt = new PlanAttempt(graph, reachability, operation, new Choices(discrepancies));
        attempt.Run();
        return attempt;
    }

    private static bool IsUnbeatable(PlanCost cost) => cost is { Unservable: 0, Fetches: <= 1 };
}
