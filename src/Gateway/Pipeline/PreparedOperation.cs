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
    private const int BytesOfErrors = 1_000;

    private static long made;

    /// <summary>Another one for each plan that was made.</summary>
    public long Number { get; } = Interlocked.Increment(ref made);

    /// <summary>Its name among all replicas; null where they share nothing.</summary>
    public byte[]? Name { get; set; }

    /// <summary>What became of its last answer, where answers are kept.</summary>
    public AnswerKeeping Keeping { get; set; }

    /// <summary>What its client selects and may not see; in a dry run it is fetched all the same.</summary>
    public ImmutableArray<WithheldField> Withheld { get; init; } = [];

    /// <summary>The part of the schema that introspection tells; null for all of it.</summary>
    public SchemaView? SchemaView { get; init; }

    /// <summary>What its executions come to; null where that is not counted.</summary>
    public PlanStatistics? Statistics { get; init; }

    /// <summary>What its requests cost; null until somebody wants to know it. Two requests may both make it.</summary>
    public PlanCosts? Costs { get; set; }

    /// <summary>How long it took to make.</summary>
    public TimeSpan PlanningTime { get; set; }

    /// <summary>What it is kept for on disk; null where it is not: for clients that may not see all, and where no folder is named.</summary>
    public KeptPlanKey? KeptAs { get; set; }

    /// <summary>By what its answers are found when something is to be forgotten; null until somebody wants to know it. Two requests may both make it.</summary>
    public PlanLabels? Labels { get; set; }

    /// <summary>About how many bytes it takes.</summary>
    public long Bytes => BytesOfErrors + (Plan?.Bytes ?? 0);

    /// <summary>Its executions that equal requests may share; null where each is executed, and for mutations.</summary>
    public Flights<ResponseBody>? Flights { get; init; }
}

/// <summary>
/// A valid operation and its plans: one for each outcome of its <c>@skip</c> and <c>@include</c> that clients really send, of the labels
/// of progressive overrides, and of what clients may see.
/// </summary>
internal sealed class PreparedOperation(DocumentKey key, ValidOperation operation, OperationPlanner planner, ImmutableArray<string> labels, OperationAccess access)
{
    // Conditions, labels and what clients may see can combine in more ways than are worth keeping.
    private const int MaxPlans = 64;
    private const long MaxPlanBytes = 16 * 1024 * 1024;

    private readonly PlanFlights plans = new(MaxPlans, MaxPlanBytes);

    /// <summary>By what it is found.</summary>
    public DocumentKey Key { get; } = key;

    public ValidOperation Operation { get; } = operation;

    /// <summary>About how many bytes its plans take.</summary>
    public long PlanBytes => plans.Bytes;

    /// <summary>Whether a client has asked for it: what is planned ahead need not be wanted.</summary>
    public bool IsAsked { get; private set; }

    /// <summary>How long the slowest of them took to make.</summary>
    public TimeSpan PlanningTime => plans.Plans.Select(plan => plan.PlanningTime).DefaultIfEmpty().Max();

    /// <summary>Its plans that are there.</summary>
    public IEnumerable<PlanResolution> Plans => plans.Plans;

    /// <summary>The outcomes of its conditions that clients have sent, whatever its labels were; those of clients that may not see all are left out.</summary>
    public ImmutableArray<string> Outcomes =>
        [.. plans.Keys.Where(key => !key.Contains('!', StringComparison.Ordinal)).Select(key => key.Split('\n')[0]).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>By what telemetry names it.</summary>
    public OperationIdentity Identity => field ??= new OperationIdentity(Operation);

    /// <summary>What it counts as in the registry; null until somebody counts it. Two requests may both make it.</summary>
    public OperationUsage? Usage { get; set; }

    /// <summary>What its document says, however it is written.</summary>
    public DocumentForm Form => field ??= DocumentForm.Of(Operation.Document.Document);

    public OperationConditions Conditions { get; } = OperationConditions.Of(operation);

    public bool IsMutation => Operation.Definition.Operation == OperationType.Mutation;

    /// <summary>The labels of progressive overrides that its plan depends on.</summary>
    public ImmutableArray<string> Labels { get; } = labels;

    /// <summary>What it can require of its client.</summary>
    public OperationAccess Access { get; } = access;

    /// <summary>What the executions of its plans came to, where that is counted.</summary>
    public IEnumerable<PlanStatistics> Statistics => plans.Plans.Select(plan => plan.Statistics).OfType<PlanStatistics>();

    /// <summary>A client asks for it. PERF: written once, so that all cores can keep what they have read of it.</summary>
    public void Ask()
    {
        if (!IsAsked)
        {
            IsAsked = true;
        }
    }

    /// <summary>The plan for one outcome of conditions, labels and requirements, where it is there already; null otherwise.</summary>
    public PlanResolution? FindPlan(ConditionValues conditions, ActiveLabels active, AccessOutcome access) => plans.Find(KeyOf(conditions, active, access));

    /// <summary>The plan for one outcome of conditions, labels and requirements; made once. Throws <see cref="OperationCanceledException"/> when patience is over.</summary>
    /// <param name="conditions">The outcome of <c>@skip</c> and <c>@include</c>.</param>
    /// <param name="active">The labels that are on.</param>
    /// <param name="access">What the client does not meet.</param>
    /// <param name="patience">Ends the caller's waiting, and planning with the last one's.</param>
    public Task<PlanResolution> PlanForAsync(ConditionValues conditions, ActiveLabels active, AccessOutcome access, CancellationToken patience) =>
        plans.GetAsync(KeyOf(conditions, active, access), abandoned => planner.Plan(this, conditions, active, access, null, abandoned), patience);

    /// <summary>The same before anybody asks, made by the caller itself where it is not there: whoever asks meanwhile does not wait for that, but has one made.</summary>
    /// <param name="conditions">The outcome of <c>@skip</c> and <c>@include</c>.</param>
    /// <param name="active">The labels that are on.</param>
    /// <param name="access">What the client does not meet.</param>
    /// <param name="betweenParts">Called between parts of the work; null for nobody.</param>
    /// <param name="abandoned">Ends it: throws <see cref="OperationCanceledException"/> then.</param>
    public PlanResolution PlanAhead(ConditionValues conditions, ActiveLabels active, AccessOutcome access, Action? betweenParts, CancellationToken abandoned)
    {
        var key = KeyOf(conditions, active, access);
        return plans.Find(key) ?? plans.Put(key, planner.Plan(this, conditions, active, access, betweenParts, abandoned));
    }

    // Conditions are zeros and ones: an exclamation mark behind the first figures means what is not met.
    private static string KeyOf(ConditionValues conditions, ActiveLabels active, AccessOutcome access) =>
        access.IsFree ? KeyOf(conditions, active) : $"{access.Key}!{KeyOf(conditions, active)}";

    private static string KeyOf(ConditionValues conditions, ActiveLabels active) =>
        active.Key.Length == 0 ? conditions.Key : $"{conditions.Key}\n{active.Key}";
}
