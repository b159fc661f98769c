using System.Collections.Concurrent;
using System.Collections.Immutable;
using GraphGateway.Execution;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Validation;

namespace GraphGateway.Gateway;

/// <summary>An operation, or why there is none: exactly one of the two is there. And the limits that it exceeds, enforced or not.</summary>
internal sealed record OperationResolution(
    PreparedOperation? Operation, ImmutableArray<GraphQLError> Errors, ImmutableArray<ExceededLimit> Exceeded)
{
    public OperationResolution(PreparedOperation? operation, ImmutableArray<GraphQLError> errors)
        : this(operation, errors, [])
    {
    }
}

/// <summary>A plan, or why there is none. Exactly one of the two is there.</summary>
internal sealed record PlanResolution(ExecutablePlan? Plan, ImmutableArray<GraphQLError> Errors)
{
    /// <summary>What its executions come to; null where that is not counted.</summary>
    public PlanStatistics? Statistics { get; init; }

    /// <summary>Its executions that equal requests may share; null where each is executed, and for mutations.</summary>
    public Flights<ResponseBody>? Flights { get; init; }
}

/// <summary>
/// A valid operation and its plans: one for each outcome of its <c>@skip</c> and <c>@include</c> that clients really send, and of the labels
/// of progressive overrides.
/// </summary>
internal sealed class PreparedOperation(ValidOperation operation, OperationPlanner planner, ImmutableArray<string> labels)
{
    // Conditions and labels can combine in more ways than are worth keeping.
    private const int MaxPlans = 64;

    private readonly ConcurrentDictionary<string, Lazy<PlanResolution>> plans = new(StringComparer.Ordinal);

    public ValidOperation Operation { get; } = operation;

    public OperationConditions Conditions { get; } = OperationConditions.Of(operation);

    public bool IsMutation => Operation.Definition.Operation == OperationType.Mutation;

    /// <summary>The labels of progressive overrides that its plan depends on.</summary>
    public ImmutableArray<string> Labels { get; } = labels;

    /// <summary>What the executions of its plans came to, where that is counted.</summary>
    public IEnumerable<PlanStatistics> Statistics =>
        plans.Values.Where(plan => plan.IsValueCreated).Select(plan => plan.Value.Statistics).OfType<PlanStatistics>();

    /// <summary>The plan for one outcome of conditions and labels; made once.</summary>
    public PlanResolution PlanFor(ConditionValues conditions, ActiveLabels active)
    {
        var key = active.Key.Length == 0 ? conditions.Key : $"{conditions.Key}\n{active.Key}";
        if (plans.TryGetValue(key, out var plan))
        {
            return plan.Value;
        }

        if (plans.Count >= MaxPlans)
        {
            plans.Clear();
        }

        return plans.GetOrAdd(key, _ => new Lazy<PlanResolution>(() => planner.Plan(Operation, conditions, active))).Value;
    }
}
