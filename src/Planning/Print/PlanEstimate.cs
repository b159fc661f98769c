namespace GraphGateway.Planning;

/// <summary>
/// A rough figure for what a plan does, to compare plans by: a request counts 100, and each field counts 1 for every object that it is
/// expected on, with <see cref="AssumedListSize"/> items in each list. No time and no statistics go into it.
/// </summary>
/// <param name="Fetches">How many steps there are.</param>
/// <param name="Requests">How many requests they are when all have something to ask: steps with one <see cref="FetchStep.Request"/> are one.</param>
/// <param name="Depth">How many of them follow each other at most.</param>
/// <param name="Cost">The figure.</param>
public readonly record struct PlanEstimate(int Fetches, int Requests, int Depth, long Cost)
{
    /// <summary>How many items a list is taken to have.</summary>
    public const int AssumedListSize = 10;

    private const int RequestCost = 100;
    private const long CostMax = 1_000_000_000_000;

    /// <summary>The estimate for a whole plan.</summary>
    public static PlanEstimate Of(QueryPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var depths = new int[plan.Steps.Length];
        var cost = 0L;
        foreach (var step in plan.Steps)
        {
            depths[step.Id] = 1 + step.DependsOn.Select(id => depths[id]).DefaultIfEmpty().Max();
            cost = Math.Min(CostMax, cost + Of(step));
        }

        var requests = plan.Steps.Select(step => step.Request ?? step.Id).Distinct().Count();
        return new PlanEstimate(
            plan.Steps.Length, requests, depths.DefaultIfEmpty().Max(), Math.Max(0, cost - ((plan.Steps.Length - requests) * RequestCost)));
    }

    /// <summary>The part of one step.</summary>
    public static long Of(FetchStep step)
    {
        ArgumentNullException.ThrowIfNull(step);
        var targets = step.Path.Aggregate(1L, (count, field) => Times(count, Lists(field.Definition.Type.ToString()!)));
        return Math.Min(CostMax, RequestCost + Of(step.Selection, targets));
    }

    private static long Of(FetchSelectionSet selection, long objects)
    {
        var cost = 0L;
        foreach (var field in selection.Fields)
        {
            cost += objects + (field.Selection is null ? 0 : Of(field.Selection, Times(objects, Lists(field.SourceType.ToString()!))));
        }

        return Math.Min(CostMax, cost);
    }

    private static long Times(long count, int lists)
    {
        for (; lists > 0; lists--)
        {
            count = Math.Min(CostMax, count * AssumedListSize);
        }

        return count;
    }

    private static int Lists(string type) => type.Count(c => c == '[');
}
