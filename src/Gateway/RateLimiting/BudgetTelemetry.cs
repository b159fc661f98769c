using System.Diagnostics.Metrics;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>What budgets tell of themselves: metrics, and a line in the log for each change of the store, at most one of a kind in a while.</summary>
internal sealed class BudgetTelemetry
{
    private readonly Counter<long> requests;
    private readonly Counter<long> storeFailures;
    private readonly Counter<long> unreadable;
    private readonly Meter meter;
    private readonly LogPauses pauses;
    private readonly ILogger logger;
    private readonly KeyValuePair<string, object?>[] outcomes =
        [.. Enum.GetNames<BudgetOutcome>().Select(name => new KeyValuePair<string, object?>("outcome", name))];

    public BudgetTelemetry(Meter meter, TimeProvider clock, ILogger logger)
    {
        this.meter = meter;
        this.logger = logger;
        pauses = new LogPauses(5, clock);
        requests = meter.CreateCounter<long>("graphgateway.budget.requests", "{request}", "Requests that asked a budget, by its name and by outcome.");
        storeFailures = meter.CreateCounter<long>("graphgateway.budget.store.failures", "{failure}", "Times that the shared store of budgets did not answer.");
        unreadable = meter.CreateCounter<long>("graphgateway.budget.store.unreadable", "{bucket}", "Buckets whose text in the shared store nobody can read; they began anew.");
    }

    /// <summary>A request was decided on.</summary>
    /// <param name="budget">Who was asked; the settings have its name.</param>
    /// <param name="consumer">Who pays, in a form that a log can have.</param>
    /// <param name="outcome">What became of it.</param>
    public void Decided(Budget budget, string consumer, BudgetOutcome outcome)
    {
        if (requests.Enabled)
        {
            requests.Add(1, new("budget", budget.Name), outcomes[(int)outcome]);
        }

        if (outcome == BudgetOutcome.Exhausted && pauses.MayLog(4, out var leftOut))
        {
            logger.LogInformation("Consumer {Consumer} has used up its budget {Budget} ({LeftOut} more refusals since the last line)", consumer, budget.Name, leftOut);
        }
    }

    /// <summary>Tells how many buckets a table holds.</summary>
    public void Watch(BucketTable table)
    {
        meter.CreateObservableUpDownCounter("graphgateway.budget.buckets", () => table.Count, "{bucket}", "Buckets that are kept in memory.");
        meter.CreateObservableCounter("graphgateway.budget.overflow", () => table.Overflows, "{request}", "Requests that paid from the bucket for those that found no room.");
    }

    /// <summary>Tells whether the store can be asked: the alarm.</summary>
    public void Watch(StoreCircuit circuit) =>
        meter.CreateObservableGauge("graphgateway.budget.store.up", () => circuit.IsUp ? 1 : 0, "1", "1 while the shared store of budgets answers, 0 while it does not.");

    /// <summary>The store did not answer.</summary>
    public void StoreFailed(string store, string reason)
    {
        storeFailures.Add(1);
        if (pauses.MayLog(0, out var leftOut))
        {
            logger.LogError("The budgets' store {Store} cannot be asked: {Reason} ({LeftOut} more since the last line)", store, reason, leftOut);
        }
    }

    /// <summary>The store answers again.</summary>
    public void StoreIsBack(string store)
    {
        if (pauses.MayLog(1, out _))
        {
            logger.LogInformation("The budgets' store {Store} answers again", store);
        }
    }

    /// <summary>Somebody has written over a bucket.</summary>
    public void Unreadable(string store, string key)
    {
        unreadable.Add(1);
        if (pauses.MayLog(2, out var leftOut))
        {
            logger.LogError("The budgets' store {Store} has a text under {Key} that is no bucket: it began anew ({LeftOut} more since the last line)", store, key, leftOut);
        }
    }

    /// <summary>There are more consumers than buckets.</summary>
    public void Overflowed(int buckets)
    {
        if (pauses.MayLog(3, out var leftOut))
        {
            logger.LogWarning("More than {Buckets} consumers have used up something of their budgets: further ones share a bucket ({LeftOut} more since the last line)", buckets, leftOut);
        }
    }
}
