using System.Diagnostics;
using OpenTelemetry;
using OpenTelemetry.Exporter;

namespace GraphGateway.Gateway;

/// <summary>
/// Takes ended spans to the collector: a thread of its own sends them in batches. At most <see cref="MaxWaiting"/> wait, whatever the collector
/// does; further ones are dropped at once and counted. Without locks; a request never waits.
/// </summary>
internal sealed class BoundedSpanProcessor : BatchActivityExportProcessor
{
    /// <summary>Spans that wait for the collector, those that are being sent included.</summary>
    public const int MaxWaiting = 4096;

    private readonly GatewayTelemetry telemetry;
    private readonly Exporter collector;

    // The inner queue is as long as may wait: what it is handed it can take.
    private BoundedSpanProcessor(Exporter exporter, GatewayTelemetry telemetry)
        : base(exporter, maxQueueSize: MaxWaiting)
    {
        collector = exporter;
        this.telemetry = telemetry;
    }

    public static BoundedSpanProcessor To(OtlpExporterOptions options, GatewayTelemetry telemetry) =>
        new(new Exporter(options, telemetry), telemetry);

    /// <inheritdoc/>
    public override void OnEnd(Activity data)
    {
        if (!data.Recorded)
        {
            return;
        }

        if (Interlocked.Increment(ref collector.Waiting) > MaxWaiting)
        {
            Interlocked.Decrement(ref collector.Waiting);
            telemetry.Spans.Add(1, new KeyValuePair<string, object?>("result", "dropped"));
            return;
        }

        base.OnEnd(data);
    }

    private sealed class Exporter(OtlpExporterOptions options, GatewayTelemetry telemetry) : OtlpTraceExporter(options)
    {
        public int Waiting;

        public override ExportResult Export(in Batch<Activity> batch)
        {
            var count = (int)batch.Count;
            var result = ExportResult.Failure;
            try
            {
                result = base.Export(batch);
            }
            finally
            {
                Interlocked.Add(ref Waiting, -count);
                telemetry.Spans.Add(count, new KeyValuePair<string, object?>("result", result == ExportResult.Success ? "exported" : "failed"));
            }

            return result;
        }
    }
}
