using System.Diagnostics.Metrics;

namespace GraphGateway.Gateway;

/// <summary>Counts entities where they may be kept: <c>graphgateway.entity_cache.entities</c>, by <c>source</c> and <c>result</c> (<c>hit</c>, <c>stale</c>, <c>miss</c>).</summary>
internal sealed class EntityTelemetry
{
    private readonly Counter<long> entities;

    /// <param name="meter">The gateway's.</param>
    /// <param name="store">What is kept.</param>
    public EntityTelemetry(Meter meter, KeptStore<KeptEntity> store)
    {
        entities = meter.CreateCounter<long>("graphgateway.entity_cache.entities", "{entity}", "Entities that steps asked for, by whether they were known.");
        meter.CreateObservableUpDownCounter("graphgateway.entity_cache.size", () => store.Count, "{entity}", "Entities that are kept.");
        meter.CreateObservableUpDownCounter("graphgateway.entity_cache.bytes", () => store.Bytes, "By", "Bytes of memory for entities that are kept.");
        meter.CreateObservableCounter("graphgateway.entity_cache.evictions", () => store.Evictions, "{entity}", "Entities that went to make room.");
    }

    /// <summary>It was looked up what is known.</summary>
    /// <param name="source">The source.</param>
    /// <param name="report">What was.</param>
    public void Count(string source, EntityReport report)
    {
        if (!entities.Enabled)
        {
            return;
        }

        Add(source, "hit", report.Hits);
        Add(source, "stale", report.Stale);
        Add(source, "miss", report.Count - report.Hits - report.Stale);
    }

    private void Add(string source, string result, int count)
    {
        if (count > 0)
        {
            entities.Add(count, new("source", source), new("result", result));
        }
    }
}
