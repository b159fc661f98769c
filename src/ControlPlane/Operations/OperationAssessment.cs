using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;
using GraphGateway.Validation;

namespace GraphGateway.ControlPlane;

/// <summary>
/// What a graph makes of a document: what is wrong with it, or what its operations come to. Of several operations the figures are the highest.
/// </summary>
/// <param name="Names">The names of its operations, in order; anonymous ones have none.</param>
/// <param name="Errors">What is wrong; empty where the gateway would answer it whole.</param>
/// <param name="FieldCost">What it can cost to call its fields, by the defaults of its variables.</param>
/// <param name="TypeCost">What the values that they give can cost.</param>
/// <param name="Requests">Requests to sources.</param>
/// <param name="Depth">How many of them follow each other.</param>
public sealed record OperationAssessment(
    ImmutableArray<string> Names, ImmutableArray<GraphQLError> Errors, double FieldCost, double TypeCost, int Requests, int Depth)
{
    /// <summary>Limits that it is beyond and that are only measured: it runs.</summary>
    public ImmutableArray<GraphQLError> Measured { get; init; } = [];
}

/// <summary>How an operation is answered for one outcome of its conditions.</summary>
/// <param name="Operation">Its name; null where it has none.</param>
/// <param name="Conditions">The variables of <c>@skip</c> and <c>@include</c> with their values; empty where there are none.</param>
/// <param name="Plan">The plan.</param>
public sealed record PlannedOutcome(string? Operation, ImmutableArray<KeyValuePair<string, bool>> Conditions, QueryPlan Plan);

/// <summary>
/// Holds documents against a graph as a gateway would: parse, refuse what is not supported, validate, normalise, plan. May be used by several
/// threads.
/// </summary>
/// <param name="supergraph">The graph.</param>
/// <param name="rules">What the gateway lets operations be; null where that is not asked.</param>
public sealed class OperationAssessor(Supergraph supergraph, OperationRules? rules = null)
{
    private readonly OperationCosts costs = new(supergraph.PublicSchema, rules?.Cost.DefaultListSize);
    private readonly OperationLimitCheck? limits = rules is null ? null : new OperationLimitCheck(supergraph, rules);

    /// <summary>What the graph makes of a document.</summary>
    /// <param name="text">The document.</param>
    public OperationAssessment Assess(string text)
    {
        var (document, names, errors) = OperationDocument.Read(text, supergraph.PublicSchema, limits?.ParserOptions);
        if (document is null)
        {
            return new OperationAssessment(names, errors, 0, 0, 0, 0);
        }

        var result = new OperationAssessment(names, [], 0, 0, 0, 0);
        result = limits?.CheckText(document, result) ?? result;
        foreach (var operation in document.Operations)
        {
            result = Plan(operation, result);
        }

        return result;
    }

    /// <summary>The plans by which a document is assessed, one for each operation in it and outcome of its conditions that is looked at; none where it cannot be planned.</summary>
    /// <param name="text">The document.</param>
    public IEnumerable<PlannedOutcome> PlansOf(string text)
    {
        foreach (var operation in OperationDocument.Read(text, supergraph.PublicSchema, limits?.ParserOptions).Document?.Operations ?? [])
        {
            var variables = OperationConditions.Of(operation).Variables;
            foreach (var conditions in OperationDocument.OutcomesOf(operation))
            {
                if (Normalizer.Normalize(operation, conditions).Operation is { } normalized)
                {
                    yield return new PlannedOutcome(
                        operation.Definition.Name?.Value,
                        [.. variables.Select((variable, i) => KeyValuePair.Create(variable, conditions.Key[i] == '1'))],
                        QueryPlanner.Plan(supergraph, normalized, PlannerOptions.Default));
                }
            }
        }
    }

    private OperationAssessment Plan(ValidOperation operation, OperationAssessment result)
    {
        if (UnsupportedFeatures.Find(operation) is { } unsupported)
        {
            return result with { Errors = result.Errors.Add(unsupported) };
        }

        result = limits?.CheckShape(operation, result) ?? result;
        var variables = OperationCosts.VariablesOf(operation);
        foreach (var conditions in OperationDocument.OutcomesOf(operation))
        {
            var normalized = Normalizer.Normalize(operation, conditions);
            if (normalized.Operation is null)
            {
                return result with { Errors = result.Errors.Add(normalized.Error!) };
            }

            if (limits?.FindIntrospection(operation, normalized.Operation) is { } introspection)
            {
                return result with { Errors = result.Errors.Add(introspection) };
            }

            var plan = QueryPlanner.Plan(supergraph, normalized.Operation, PlannerOptions.Default);
            var gaps = supergraph.IsChecked ? plan.Unservable.Where(field => field.Cause == UnservableCause.NoSource).Concat(plan.OnlyTogether) : [];
            var cost = costs.Estimate(normalized.Operation, variables);
            var estimate = PlanEstimate.Of(plan);
            result = result with
            {
                Errors = result.Errors.AddRange(gaps.Select(gap => GraphQLError.At(
                    operation.Document.Document.Source, gap.Reason, ErrorCode.FieldNotServable, gap.Field.Selection!.Node.Start))),
                FieldCost = Math.Max(result.FieldCost, cost.FieldCost),
                TypeCost = Math.Max(result.TypeCost, cost.TypeCost),
                Requests = Math.Max(result.Requests, estimate.Requests),
                Depth = Math.Max(result.Depth, estimate.Depth),
            };
            result = limits?.CheckCost(operation, plan, cost, variables, result) ?? result;
        }

        return result;
    }
}
