namespace GraphGateway.Planning;

/// <summary>Which steps ask for the same objects in turn (<see cref="FetchStep.InsteadOf"/>): each is for some of them, so that only together they are for all.</summary>
internal sealed class Turns
{
    private readonly Dictionary<int, SortedSet<int>> others = [];
    private readonly Dictionary<int, List<FetchStep>> after = [];

    /// <summary>Those of a plan.</summary>
    public Turns(QueryPlan plan)
    {
        foreach (var step in plan.Steps)
        {
            foreach (var before in step.InsteadOf)
            {
                Add(before, step.Id);
                Add(step.Id, before);
                after.TryAdd(before, []);
                after[before].Add(step);
            }
        }
    }

    /// <summary>True for a step that is in turn with any other.</summary>
    public bool IsOne(int step) => others.ContainsKey(step);

    /// <summary>True for two steps that are in turn with each other.</summary>
    public bool Are(int left, int right) => others.TryGetValue(left, out var found) && found.Contains(right);

    /// <summary>Those that a step is in turn with, ascending.</summary>
    public IReadOnlyCollection<int> Of(int step) => others.TryGetValue(step, out var found) ? found : [];

    /// <summary>Those that come after a step.</summary>
    public IReadOnlyList<FetchStep> After(int step) => after.TryGetValue(step, out var found) ? found : [];

    private void Add(int step, int other)
    {
        others.TryAdd(step, []);
        others[step].Add(other);
    }
}
