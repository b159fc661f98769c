using System.Runtime.InteropServices;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// A rough figure for what a plan does, to compare plans by: a request counts 100, and each field counts 1, or what <c>@cost</c> says of it, of the
/// arguments that it is given and of its type, for every object that it is expected on, with as many items in each list as <c>@listSize</c> says, or <see cref="AssumedListSize"/>. No time and no
/// statistics go into it.
/// </summary>
/// <param name="Fetches">How many steps ask a source; what the gateway itself answers does not count.</param>
/// <param name="Requests">How many requests they are when all have something to ask: steps with one <see cref="FetchStep.Request"/> are one.</param>
/// <param name="Depth">How many of them follow each other at most.</param>
/// <param name="Cost">The figure.</param>
public readonly record struct PlanEstimate(int Fetches, int Requests, int Depth, long Cost)
{
    /// <summary>How many items a list is taken to have where the schema does not say.</summary>
    public const int AssumedListSize = 10;

    private const int RequestCost = 100;
    private const long CostMax = 1_000_000_000_000;

    /// <summary>The estimate for a whole plan.</summary>
    public static PlanEstimate Of(QueryPlan plan)
    {
        ArgumentNullException.ThrowIfNull(plan);
        var depths = StepDepths.Of(plan.Steps);
        var cost = 0L;
        foreach (var step in plan.Steps)
        {
            cost = Math.Min(CostMax, cost + Of(step, plan));
        }

        var fetches = plan.Steps.Count(step => !step.Source.IsGateway);
        var requests = plan.Steps.Where(step => !step.Source.IsGateway).Select(step => step.Request ?? step.Id).Distinct().Count();
        return new PlanEstimate(
            fetches, requests, depths.DefaultIfEmpty().Max(), Math.Max(0, cost - ((fetches - requests) * RequestCost)));
    }

    /// <summary>The part of one step.</summary>
    /// <param name="step">The step.</param>
    /// <param name="plan">The plan that it is of.</param>
    public static long Of(FetchStep step, QueryPlan plan)
    {
        ArgumentNullException.ThrowIfNull(step);
        ArgumentNullException.ThrowIfNull(plan);
        if (step.Source.IsGateway)
        {
            return 0;
        }

        if (!step.InsteadOf.IsEmpty)
        {
            // Each object is asked for once: it is counted where it is asked for first.
            return RequestCost;
        }

        var (targets, above) = (1L, default(ResultField));
        foreach (var field in step.Path)
        {
            targets = Items(targets, field, above, field.Definition.Type.ToString()!);
            above = field;
        }

        return Math.Min(CostMax, RequestCost + Of(step.Selection, targets, above, plan.Supergraph));
    }

    // Fields with objects below that share a key are of different types, and mostly the very same, which stands once in the document and is read into a slot of each: no object
    // gives two of them, and the one that costs most counts.
    private static long Of(FetchSelectionSet selection, long objects, ResultField? above, Supergraph supergraph)
    {
        var cost = 0L;
        Dictionary<string, long>? byKey = null;
        foreach (var field in selection.Asked)
        {
            var own = Of(field, objects, above, supergraph);
            if (field.Selection is not null)
            {
                ref var most = ref CollectionsMarshal.GetValueRefOrAddDefault(byKey ??= new(StringComparer.Ordinal), field.SourceKey, out _);
                (most, own) = (Math.Max(most, own), Math.Max(0, own - most));
            }

            cost += own;
        }

        return Math.Min(CostMax, cost);
    }

    private static long Of(FetchField field, long objects, ResultField? above, Supergraph supergraph)
    {
        var cost = Math.Min(CostMax, objects * FieldCosts.Weight(field.Target));
        var values = Items(objects, field.Target, above, field.SourceType.ToString()!);
        cost += Math.Min(CostMax, values * FieldCosts.TypeWeight(field.Target, supergraph));
        return cost + (field.Selection is null ? 0 : Of(field.Selection, values, field.Target, supergraph));
    }

    private static long Items(long objects, ResultField field, ResultField? above, string type)
    {
        var lists = type.Count(c => c == '[');
        if (lists > 0)
        {
            objects = Math.Min(CostMax, objects * FieldCosts.Size(field, above, AssumedListSize));
        }

        for (; lists > 1; lists--)
        {
            objects = Math.Min(CostMax, objects * AssumedListSize);
        }

        return objects;
    }
}
