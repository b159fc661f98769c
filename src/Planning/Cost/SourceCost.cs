using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Planning;

/// <summary>
/// What a plan asks of one source, as Apollo Router counts it (<see cref="CostReading.OneFigure"/>): all that is selected in its fetches, what keys
/// and requirements need included, and <see cref="MutationWeight"/> for each mutation. An entity counts as an object of its type, as often as the
/// lists on the way to it say; Apollo Router takes the default size for a list of entities. Of fragments for different types the most costly
/// counts; Apollo Router adds them up.
/// </summary>
/// <param name="Source">The source; never the gateway itself.</param>
/// <param name="Cost">What it is asked; <see cref="CostFigures.Sum"/> is the figure.</param>
public sealed record SourceCost(SourceSchema Source, OperationCost Cost)
{
    /// <summary>What a mutation counts beside its fields.</summary>
    public const int MutationWeight = 10;

    /// <summary>The sources that a plan asks, in the order of the steps.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="indexOf">Of each source, what the full schema says of costs, read as one figure.</param>
    public static ImmutableArray<SourceCost> Of(QueryPlan plan, Func<SourceSchema, CostIndex> indexOf)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(indexOf);
        return
        [
            // Of lookups in turn each object is asked for by one: it is counted with the first.
            .. plan.Steps.Where(step => !step.Source.IsGateway && step.InsteadOf.IsEmpty).GroupBy(step => step.Source).Select(steps =>
            {
                var index = indexOf(steps.Key);
                return new SourceCost(steps.Key, OperationCost.Of(steps.Select(step => Of(step, index)), index));
            }),
        ];
    }

    // What each target counts, inside of the fields that lead to the targets.
    private static CostedSelection Of(FetchStep step, CostIndex index)
    {
        var entity = step.Kind == FetchKind.Root ? 0 : EntityWeight(step, index);
        var mutation = step.Document.Operation == OperationType.Mutation ? MutationWeight * CostAmount.One : 0;
        var selection = Of(step.Selection) with { Weight = entity + mutation };
        foreach (var field in step.Path.Reverse())
        {
            selection = new CostedSelection([new CostedField(field.Definition, field.Arguments, field.AppliesTo, selection) { IsWay = true }]);
        }

        return selection;
    }

    private static long EntityWeight(FetchStep step, CostIndex index)
    {
        var weight = 0L;
        foreach (var ordinal in step.TargetTypes.Ordinals())
        {
            weight = Math.Max(weight, index.ObjectWeight(index.Schema.ObjectTypes[ordinal]));
        }

        return weight;
    }

    private static CostedSelection Of(FetchSelectionSet selection) => new(
    [
        .. selection.Asked.Where(field => field.Target.Definition.DeclaringType is not null).Select(field => new CostedField(
            field.Target.Definition, field.Target.Arguments, field.AppliesTo, field.Selection is null ? null : Of(field.Selection))),
    ]);
}
