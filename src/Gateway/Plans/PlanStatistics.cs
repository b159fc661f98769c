using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.Validation;

namespace GraphGateway.Gateway;

/// <summary>
/// What the executions of one plan came to. It lives as long as the plan is kept, so the cache of operations bounds how many there are.
/// Without locks: each figure is right by itself, and may be an execution ahead of another one.
/// </summary>
internal sealed class PlanStatistics
{
    private readonly Durations?[] byStep;

    public PlanStatistics(ValidOperation operation, ConditionValues conditions, ActiveLabels active, AccessOutcome access, QueryPlan plan)
    {
        Operation = operation;
        Plan = plan;
        Estimate = PlanEstimate.Of(plan);
        var document = operation.Document.Document.Source.Utf8.Span;
        var rest = $"\n{operation.Definition.Name?.Value}\n{conditions.Key}\n{active.Key}{(access.IsFree ? "" : $"\n{access.Key}")}";
        Id = Convert.ToHexStringLower(SHA256.HashData([.. document, .. Encoding.UTF8.GetBytes(rest)]))[..32];
        byStep = new Durations?[plan.Steps.Length];
        foreach (var step in plan.Steps)
        {
            byStep[step.Request ?? step.Id] ??= new Durations();
        }
    }

    /// <summary>Names operation, conditions, labels and what its clients may not see: 32 hexadecimal digits.</summary>
    public string Id { get; }

    public ValidOperation Operation { get; }

    public QueryPlan Plan { get; }

    public PlanEstimate Estimate { get; }

    /// <summary>Executions: from the plan being there to the answer being complete. One with any error counts as failed.</summary>
    public Durations Executions { get; } = new();

    /// <summary>The plan's requests with their steps: steps that travel together are one.</summary>
    public IEnumerable<(ImmutableArray<FetchStep> Steps, Durations Durations)> Requests =>
        Plan.Steps.GroupBy(step => step.Request ?? step.Id).Select(group => (group.ToImmutableArray(), byStep[group.Key]!));

    /// <summary>A request to a source came back.</summary>
    /// <param name="step">The step, or the number of the request that it travelled in.</param>
    /// <param name="elapsed">How long it took.</param>
    /// <param name="isFailed">True when no whole answer with a status of success came.</param>
    public void RecordRequest(int step, TimeSpan elapsed, bool isFailed) => byStep[step]!.Record(elapsed, isFailed);
}

/// <summary>How often something was done, how often that failed, and how long it took.</summary>
internal sealed class Durations
{
    private long count;
    private long failed;
    private long totalTicks;
    private long maxTicks;

    public long Count => Interlocked.Read(ref count);

    public long Failed => Interlocked.Read(ref failed);

    public TimeSpan Total => TimeSpan.FromTicks(Interlocked.Read(ref totalTicks));

    public TimeSpan Max => TimeSpan.FromTicks(Interlocked.Read(ref maxTicks));

    public TimeSpan Mean => Count is > 0 and var n ? Total / n : TimeSpan.Zero;

    public void Record(TimeSpan elapsed, bool isFailed)
    {
        Interlocked.Increment(ref count);
        Interlocked.Add(ref totalTicks, elapsed.Ticks);
        if (isFailed)
        {
            Interlocked.Increment(ref failed);
        }

        for (var known = Interlocked.Read(ref maxTicks); elapsed.Ticks > known;)
        {
            var before = Interlocked.CompareExchange(ref maxTicks, elapsed.Ticks, known);
            if (before == known)
            {
                return;
            }

            known = before;
        }
    }
}
