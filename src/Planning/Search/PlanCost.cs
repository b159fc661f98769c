namespace GraphGateway.Planning;

/// <summary>What a plan costs. Compared in this order: what is missing, depth, requests, fetches, what they carry, fields.</summary>
internal readonly record struct PlanCost(int Unservable, int Depth, int Requests, int Fetches, int Requirements, int Fields) : IComparable<PlanCost>
{
    /// <inheritdoc/>
    public int CompareTo(PlanCost other)
    {
        var order = Unservable.CompareTo(other.Unservable);
        order = order != 0 ? order : Depth.CompareTo(other.Depth);
        order = order != 0 ? order : Requests.CompareTo(other.Requests);
        order = order != 0 ? order : Fetches.CompareTo(other.Fetches);
        order = order != 0 ? order : Requirements.CompareTo(other.Requirements);
        return order != 0 ? order : Fields.CompareTo(other.Fields);
    }
}

/// <summary>What a complete attempt comes to: its cost, the steps that are needed, and which of them travel together.</summary>
internal sealed class PlanMeasure
{
    public PlanMeasure(PlanAttempt attempt)
    {
        Attempt = attempt;
        Needed = StepOrder.Needed(attempt.Steps);
        var (depth, fetches, requirements, fields) = (0, 0, 0, 0);
        foreach (var step in Needed)
        {
            depth = Math.Max(depth, step.Depth);
            requirements += step.Requirements.Count;
            var calls = step.CallCount;
            fetches += calls;
            fields += calls == 1 ? CountFields(step.Selection) : CountFields(step.Selection, calls);
        }

        Cost = new PlanCost(Unservables.Count(attempt), depth, CountRequests(), fetches, requirements, fields);
    }

    public PlanAttempt Attempt { get; }

    public PlanCost Cost { get; }

    public HashSet<StepBuilder> Needed { get; }

    /// <summary>True when the step can travel with others of its source.</summary>
    public static bool IsShared(StepBuilder step) => step.Mixes
        || (step.Kind == FetchKind.Representations && step.Requirements.TrueForAll(use => use.Requirement.Contexts.IsEmpty));

    // Entity fetches go to their source together where that costs no time (RequestGroups).
    private int CountRequests()
    {
        var all = Attempt.Steps;
        var depths = new int[all.Count];
        var calls = new int[all.Count];
        var dependencies = new List<int>[all.Count];
        var alone = 0;
        foreach (var step in all)
        {
            var isNeeded = Needed.Contains(step);
            depths[step.Order] = isNeeded ? step.Depth : 0;
            var isShared = isNeeded && IsShared(step);
            var level = isShared && step.Dependencies.Any(dependency => dependency.Source.IsGateway) ? step.Depth : 0;
            calls[step.Order] = isShared ? step.Called.Ordinal + (level * Attempt.Graph.Sources.Length) : RequestLevels.Alone;
            var waitsFor = dependencies[step.Order] = new List<int>(step.Dependencies.Count);
            foreach (var dependency in step.Dependencies)
            {
                if (Needed.Contains(dependency))
                {
                    waitsFor.Add(dependency.Order);
                }
            }

            alone += isNeeded && !isShared && !step.Source.IsGateway ? step.CallCount : 0;
        }

        return alone + new RequestLevels(depths, dependencies, calls).Assign().Groups.Count;
    }

    // Each call asks what is asked of its types.
    private static int CountFields(SelectionBuilder selection, int calls) => selection.Entries.Sum(entry =>
        Math.Min(calls, entry.Types.Count) * (1 + (entry.Child is null ? 0 : CountFields(entry.Child.Selection))));

    private static int CountFields(SelectionBuilder selection)
    {
        var count = selection.Entries.Count;
        foreach (var entry in selection.Entries)
        {
            count += entry.Child is null ? 0 : CountFields(entry.Child.Selection);
        }

        return count;
    }
}
