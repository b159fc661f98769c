using System.Diagnostics.Metrics;
using GraphGateway.Operations;

namespace GraphGateway.Gateway;

/// <summary>
/// What operations cost, for those who run the gateway: <c>graphgateway.operation.cost</c>, by <c>stage</c> (<c>estimated</c>, or <c>actual</c> for
/// those that have an answer) and <c>measure</c> (<c>field</c>, <c>type</c>), and <c>graphgateway.source.cost</c>, by source. Not by operation: with
/// a histogram for each of them what collects the metrics had many times as many series.
/// </summary>
internal sealed class CostTelemetry
{
    private static readonly double[] Buckets = [0, 1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000, 100_000, 1_000_000];

    private readonly Histogram<double> operations;
    private readonly Histogram<double> sources;

    public CostTelemetry(GatewayTelemetry telemetry)
    {
        var advice = new InstrumentAdvice<double> { HistogramBucketBoundaries = Buckets };
        operations = telemetry.Meter.CreateHistogram(
            "graphgateway.operation.cost", "{cost}", "What operations cost, estimated and as they were answered.", tags: null, advice);
        sources = telemetry.Meter.CreateHistogram(
            "graphgateway.source.cost", "{cost}", "What the plans of operations ask of a source, estimated.", tags: null, advice);
    }

    /// <summary>Whether anybody wants to hear of operations.</summary>
    public bool HearsOperations => operations.Enabled;

    /// <summary>Whether anybody wants to hear of sources.</summary>
    public bool HearsSources => sources.Enabled;

    /// <summary>An operation's cost.</summary>
    public void Tell(string stage, in CostFigures cost)
    {
        if (operations.Enabled)
        {
            Record(stage, "field", cost.FieldCost);
            Record(stage, "type", cost.TypeCost);
        }
    }

    /// <summary>What a source is asked.</summary>
    public void Tell(string source, double cost) => sources.Record(cost, new KeyValuePair<string, object?>("source", source));

    private void Record(string stage, string measure, double cost) =>
        operations.Record(cost, new KeyValuePair<string, object?>("stage", stage), new KeyValuePair<string, object?>("measure", measure));
}
