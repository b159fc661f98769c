using GraphGateway.ControlPlane;


namespace GraphGateway.Gateway;

/// <summary>
/// Reads <c>Gateway:Telemetry</c>, and OpenTelemetry's standard variables where it says nothing
/// (<see href="https://opentelemetry.io/docs/specs/otel/protocol/exporter/">OTLP exporter configuration</see>,
/// <see href="https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/">general variables</see>).
/// </summary>
internal sealed class TelemetryOptionsReader(IConfiguration configuration)
{
    private const string OtlpKey = "Otlp";

    public TelemetryOptions Read(SettingsReader reader)
    {
        var defaults = new TelemetryOptions();
        var otlp = reader.Section(OtlpKey, ReadOtlp);
        var isDisabled = string.Equals(configuration["OTEL_SDK_DISABLED"], "true", StringComparison.OrdinalIgnoreCase);
        return new TelemetryOptions
        {
            Traces = isDisabled ? null : TargetOf("TRACES", "v1/traces", otlp, reader),
            Metrics = isDisabled ? null : TargetOf("METRICS", "v1/metrics", otlp, reader),
            Logs = isDisabled ? null : TargetOf("LOGS", "v1/logs", otlp, reader),
            Sampling = reader.Share(nameof(TelemetryOptions.Sampling)),
            Prometheus = reader.OnOff(nameof(TelemetryOptions.Prometheus), defaults.Prometheus),
            PrometheusUrl = reader.Url(nameof(TelemetryOptions.PrometheusUrl), defaults.PrometheusUrl)!,
            Operations = reader.Count(nameof(TelemetryOptions.Operations), defaults.Operations, max: 10_000),
            SlowRequest = "Off".Equals(reader.Text(nameof(TelemetryOptions.SlowRequest)), StringComparison.OrdinalIgnoreCase)
                ? null
                : reader.Duration(nameof(TelemetryOptions.SlowRequest), defaults.SlowRequest!.Value),
            Console = reader.Text(nameof(TelemetryOptions.Console)) is null ? null : reader.Choice(nameof(TelemetryOptions.Console), LogFormat.Text),
            ShutdownTimeout = reader.Duration(nameof(TelemetryOptions.ShutdownTimeout), defaults.ShutdownTimeout),
            Documents = reader.OnOff(nameof(TelemetryOptions.Documents), defaults.Documents),
        };
    }

    private static Otlp ReadOtlp(SettingsReader reader)
    {
        var headers = reader.Texts(nameof(Otlp.Headers), []);
        if (headers.Any(header => header.IndexOf('=', StringComparison.Ordinal) <= 0))
        {
            // Without its text, which may be a secret.
            reader.Problem(nameof(Otlp.Headers), "has an item that is not of the form NAME=VALUE.");
        }

        var protocol = reader.Text(nameof(Otlp.Protocol));
        if (protocol is not null && IsGrpc(protocol) is null)
        {
            reader.Problem(nameof(Otlp.Protocol), $"'{protocol}' is not one of http/protobuf, grpc.");
        }

        return new Otlp(reader.Url(nameof(Otlp.Endpoint), null), protocol, headers.IsEmpty ? null : string.Join(',', headers));
    }

    // The setting counts first, then the signal's variable, then the one for all signals.
    private OtlpTarget? TargetOf(string signal, string path, Otlp settings, SettingsReader reader)
    {
        if (string.Equals(configuration[$"OTEL_{signal}_EXPORTER"], "none", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var own = configuration[$"OTEL_EXPORTER_OTLP_{signal}_ENDPOINT"];
        var all = settings.Endpoint?.OriginalString ?? configuration["OTEL_EXPORTER_OTLP_ENDPOINT"];
        var isOwn = settings.Endpoint is null && !string.IsNullOrEmpty(own);
        var text = isOwn ? own : all;
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }

        var protocol = settings.Protocol ?? configuration[$"OTEL_EXPORTER_OTLP_{signal}_PROTOCOL"] ?? configuration["OTEL_EXPORTER_OTLP_PROTOCOL"] ?? "http/protobuf";
        if (!Uri.TryCreate(text, UriKind.Absolute, out var endpoint) || endpoint.Scheme is not ("http" or "https") || IsGrpc(protocol) is not { } isGrpc)
        {
            if (settings.Endpoint is null || settings.Protocol is null)
            {
                reader.Problem(OtlpKey, $"OTEL_EXPORTER_OTLP_ENDPOINT or _PROTOCOL ('{text}', '{protocol}') is not an address such as http://127.0.0.1:4318 with http/protobuf or grpc.");
            }

            return null;
        }

        var headers = settings.Headers ?? configuration[$"OTEL_EXPORTER_OTLP_{signal}_HEADERS"] ?? configuration["OTEL_EXPORTER_OTLP_HEADERS"];
        return new OtlpTarget(isGrpc || isOwn ? endpoint : new Uri($"{endpoint.AbsoluteUri.TrimEnd('/')}/{path}"), isGrpc, headers);
    }

    private static bool? IsGrpc(string protocol) => protocol switch
    {
        "grpc" => true,
        "http/protobuf" => false,
        _ => null,
    };

    private sealed record Otlp(Uri? Endpoint, string? Protocol, string? Headers);
}
