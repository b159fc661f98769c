using System.Diagnostics.Metrics;

namespace GraphGateway.Gateway;

/// <summary>
/// Counts what became of requests where answers may be kept: <c>graphgateway.response_cache.requests</c>, by <c>result</c> (<c>hit</c>, <c>stale</c>,
/// <c>joined</c>, <c>miss</c>, <c>bypass</c>) and, of those that were executed, by <c>kept</c>: <c>yes</c>, or why not.
/// </summary>
internal sealed class CacheTelemetry
{
    private readonly Counter<long> requests;
    private readonly Counter<long> refreshes;

    /// <param name="meter">The gateway's.</param>
    /// <param name="store">What is kept; null where nothing is.</param>
    public CacheTelemetry(Meter meter, KeptStore<KeptAnswer>? store)
    {
        requests = meter.CreateCounter<long>(
            "graphgateway.response_cache.requests", "{request}", "Requests by what the response cache had for them, and whether their answer was kept, or why not.");
        refreshes = meter.CreateCounter<long>("graphgateway.response_cache.refreshes", "{request}", "Answers that were made anew while an old one was given, by result.");
        if (store is not null)
        {
            meter.CreateObservableUpDownCounter("graphgateway.response_cache.size", () => store.Count, "{answer}", "Answers that are kept.");
            meter.CreateObservableUpDownCounter("graphgateway.response_cache.bytes", () => store.Bytes, "By", "Bytes of memory for answers that are kept.");
            meter.CreateObservableCounter("graphgateway.response_cache.evictions", () => store.Evictions, "{answer}", "Answers that went to make room.");
        }
    }

    /// <summary>A request has its answer.</summary>
    /// <param name="result">What there was for it.</param>
    /// <param name="kept">Whether its answer was kept, or why not; null where it was not executed.</param>
    public void Count(string result, string? kept)
    {
        if (!requests.Enabled)
        {
            return;
        }

        if (kept is null)
        {
            requests.Add(1, new KeyValuePair<string, object?>("result", result));
        }
        else
        {
            requests.Add(1, new("result", result), new("kept", kept));
        }
    }

    /// <summary>An answer was made anew.</summary>
    /// <param name="kept">Whether it was kept, or why not.</param>
    public void CountRefresh(string kept) => refreshes.Add(1, new KeyValuePair<string, object?>("kept", kept));
}
