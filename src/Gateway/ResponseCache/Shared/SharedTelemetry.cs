using System.Diagnostics.Metrics;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>What the shared store of answers tells of itself: <c>graphgateway.cache.shared.lookups</c>, <c>.writes</c>, <c>.up</c>, <c>.untold</c>; and a line in the log for each change, at most one in a while.</summary>
internal sealed class SharedTelemetry
{
    private readonly Counter<long> lookups;
    private readonly Counter<long> writes;
    private readonly LogPauses pauses;
    private readonly ILogger logger;

    /// <param name="meter">The gateway's.</param>
    /// <param name="clock">Measures the pauses of the log.</param>
    /// <param name="circuit">Tells whether the store can be asked.</param>
    /// <param name="untold">Tells how many invalidations the store has not heard.</param>
    /// <param name="logger">Hears of it.</param>
    public SharedTelemetry(Meter meter, TimeProvider clock, StoreCircuit circuit, Func<int> untold, ILogger logger)
    {
        this.logger = logger;
        pauses = new LogPauses(5, clock);
        lookups = meter.CreateCounter<long>("graphgateway.cache.shared.lookups", "{item}", "Answers and entities that were looked up in the shared store, by result: hit, miss, forgotten, unreadable, failed.");
        writes = meter.CreateCounter<long>("graphgateway.cache.shared.writes", "{item}", "Answers and entities for the shared store, by result: written, late, dropped, failed.");
        meter.CreateObservableGauge("graphgateway.cache.shared.up", () => circuit.IsUp ? 1 : 0, "1", "1 while the shared store of answers answers, 0 while it does not.");
        meter.CreateObservableGauge("graphgateway.cache.shared.untold", untold, "{item}", "What is to be forgotten that the shared store of answers has not heard of yet.");
    }

    /// <summary>Something was looked up.</summary>
    public void Looked(string result, int count)
    {
        if (count > 0)
        {
            lookups.Add(count, new KeyValuePair<string, object?>("result", result));
        }
    }

    /// <summary>Something was written, or not.</summary>
    public void Wrote(string result, int count)
    {
        if (count > 0)
        {
            writes.Add(count, new KeyValuePair<string, object?>("result", result));
        }
    }

    /// <summary>The store did not answer.</summary>
    public void Failed(string store, string reason)
    {
        if (pauses.MayLog(0, out var leftOut))
        {
            logger.LogError("The shared store of answers {Store} cannot be asked: {Reason} ({LeftOut} more since the last line)", store, reason, leftOut);
        }
    }

    /// <summary>The store answers again.</summary>
    public void IsBack(string store)
    {
        if (pauses.MayLog(1, out _))
        {
            logger.LogInformation("The shared store of answers {Store} answers again", store);
        }
    }

    /// <summary>The store has refused something.</summary>
    public void Refused(string store, string reason)
    {
        if (pauses.MayLog(2, out var leftOut))
        {
            logger.LogError("The shared store of answers {Store} refuses: {Reason} ({LeftOut} more since the last line)", store, reason, leftOut);
        }
    }

    /// <summary>More is to be kept than can be written.</summary>
    public void Dropped(int waiting)
    {
        Wrote("dropped", 1);
        if (pauses.MayLog(3, out var leftOut))
        {
            logger.LogWarning("Too many answers and entities wait for the shared store, {Waiting}: further ones are kept in this gateway alone ({LeftOut} more since the last line)", waiting, leftOut);
        }
    }

    /// <summary>The store has lost what was in it, or too much was to be forgotten meanwhile: everything is, here too.</summary>
    public void BeganAnew(string store, string why)
    {
        if (pauses.MayLog(4, out _))
        {
            logger.LogWarning("All kept answers are forgotten: {Why} in the shared store of answers {Store}", why, store);
        }
    }

    /// <summary>The gateway ends, and the store has not heard all that is to be forgotten.</summary>
    public void Untold(string store, int count) =>
        logger.LogError("The gateway ends, and the shared store of answers {Store} has not heard {Count} of what was to be forgotten: say it again to another gateway", store, count);
}
