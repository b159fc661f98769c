using Microsoft.Extensions.Logging.Console;
using OpenTelemetry.Exporter;
using OpenTelemetry.Logs;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace GraphGateway.Gateway;

/// <summary>
/// Brings spans, metrics and the log to where the settings say, by OpenTelemetry's SDK. All of it happens on threads of its own: a collector
/// that is down, or takes and does not answer, costs spans and nothing else.
/// </summary>
internal static class TelemetryExport
{
    // Combinations of an operation with its outcomes, or with the codes of its errors. What is beyond it is counted in one.
    private const int SeriesPerOperation = 8;

    /// <summary>Registers what the settings ask for, and nothing where they ask for nothing.</summary>
    public static void AddTelemetry(this IServiceCollection services, TelemetryOptions options)
    {
        services.AddSingleton(options);
        services.AddSingleton<GatewayTelemetry>();
        services.AddSingleton<RequestSettlement>();
        if (options.Console is { } format)
        {
            services.PostConfigure<ConsoleLoggerOptions>(
                console => console.FormatterName = format == LogFormat.Json ? ConsoleFormatterNames.Json : ConsoleFormatterNames.Simple);
        }

        if (options is { Traces: null, Metrics: null, Logs: null, Prometheus: false })
        {
            return;
        }

        services.AddHostedService<TelemetryStop>();
        var builder = services.AddOpenTelemetry().ConfigureResource(Describe);
        if (options.Traces is { } traces)
        {
            builder.WithTracing(tracing => AddTraces(tracing, options, traces));
        }

        if (options.Metrics is not null || options.Prometheus)
        {
            builder.WithMetrics(metrics => AddMetrics(metrics, options));
        }

        if (options.Logs is { } logs)
        {
            builder.WithLogging(logging => logging.AddOtlpExporter(exporter => Point(exporter, logs)));
        }
    }

    // OTEL_SERVICE_NAME and OTEL_RESOURCE_ATTRIBUTES come last, and so win.
    private static void Describe(ResourceBuilder resource) => resource
        .Clear()
        .AddService("graphgateway", serviceVersion: typeof(TelemetryExport).Assembly.GetName().Version?.ToString(3))
        .AddTelemetrySdk()
        .AddEnvironmentVariableDetector();

    private static void AddTraces(TracerProviderBuilder tracing, TelemetryOptions options, OtlpTarget target)
    {
        tracing.AddSource(GatewayTelemetry.Name);
        if (options.Sampling is { } share)
        {
            tracing.SetSampler(new ParentBasedSampler(new TraceIdRatioBasedSampler(share)));
        }

        tracing.AddProcessor(provider =>
            BoundedSpanProcessor.To(Point(new OtlpExporterOptions(), target), provider.GetRequiredService<GatewayTelemetry>()));
    }

    private static void AddMetrics(MeterProviderBuilder metrics, TelemetryOptions options)
    {
        metrics.AddMeter(GatewayTelemetry.Name, "System.Runtime", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http");
        metrics.AddView(instrument => instrument.Meter.Name switch
        {
            GatewayTelemetry.Name when instrument.Name is "graphgateway.operation.duration" or "graphgateway.errors" =>
                new MetricStreamConfiguration { CardinalityLimit = Math.Max(2_000, options.Operations * SeriesPerOperation) },
            // The time of fetches is ours, by source; of the runtime's there is the state of connections.
            "System.Net.Http" when instrument.Name is not ("http.client.open_connections" or "http.client.connection.duration") => MetricStreamConfiguration.Drop,
            _ => null,
        });
        if (options.Metrics is { } target)
        {
            metrics.AddOtlpExporter(exporter => Point(exporter, target));
        }

        if (options.Prometheus)
        {
            metrics.AddPrometheusExporter();
        }
    }

    private static OtlpExporterOptions Point(OtlpExporterOptions options, OtlpTarget target)
    {
        options.Endpoint = target.Endpoint;
        options.Protocol = target.IsGrpc ? OtlpExportProtocol.Grpc : OtlpExportProtocol.HttpProtobuf;
        options.Headers = target.Headers;
        return options;
    }
}
