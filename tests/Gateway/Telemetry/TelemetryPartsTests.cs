using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.Http;
using GraphGateway.TestKit;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;
using GraphGateway.Validation;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace GraphGateway.Gateway.Tests.Telemetry;

/// <summary>Settings and bounds of telemetry.</summary>
public sealed class TelemetryPartsTests
{
    [Theory]
    [InlineData("", "- - -")]
    [InlineData("Gateway:Telemetry:Otlp:Endpoint=http://c:4318", "http://c:4318/v1/traces http://c:4318/v1/metrics http://c:4318/v1/logs")]
    [InlineData("Gateway:Telemetry:Otlp:Endpoint=http://c:4317;Gateway:Telemetry:Otlp:Protocol=grpc", "http://c:4317/ http://c:4317/ http://c:4317/")]
    [InlineData("OTEL_EXPORTER_OTLP_ENDPOINT=http://c:4318/;OTEL_LOGS_EXPORTER=none", "http://c:4318/v1/traces http://c:4318/v1/metrics -")]
    [InlineData("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT=http://c:1/t", "http://c:1/t - -")]
    [InlineData("Gateway:Telemetry:Otlp:Endpoint=http://c:4318;OTEL_SDK_DISABLED=true", "- - -")]
    public void The_collector_comes_from_settings_or_standard_variables(string settings, string targets)
    {
        var options = Read(settings).Options!.Telemetry;
        Assert.Equal(targets, string.Join(' ', new[] { options.Traces, options.Metrics, options.Logs }.Select(target => target?.ToString() ?? "-")));
    }

    [Theory]
    [InlineData("Gateway:Telemetry:Sampling=25%", null)]
    [InlineData("Gateway:Telemetry:Sampling=2", "Gateway:Telemetry:Sampling: '2' is not a part from 0 to 1. Write for example 0.25 or 25%.")]
    [InlineData("Gateway:Telemetry:Otlp:Headers=secret", "Gateway:Telemetry:Otlp:Headers: has an item that is not of the form NAME=VALUE.")]
    [InlineData("Gateway:Telemetry:Otlp:Protocol=smoke", "Gateway:Telemetry:Otlp:Protocol: 'smoke' is not one of http/protobuf, grpc.")]
    [InlineData("Gateway:Telemetry:Otlp:Port=1", "Gateway:Telemetry:Otlp:Port: There is no such setting. Known here: Endpoint, Headers, Protocol.")]
    public void A_setting_that_is_wrong_is_told(string settings, string? problem) =>
        Assert.Equal(problem, Read(settings).Problems.SingleOrDefault()?.ToString());

    [Fact]
    public void Metrics_tell_a_bounded_number_of_operations_apart()
    {
        var schema = SupergraphReader.Read(new SourceText(RunningGateway.Supergraph)).Supergraph!.PublicSchema;
        var labels = new OperationLabels(2);
        var names = Enumerable.Range(0, 1000).Select(i => labels.Of(Identity($"query Q{i} {{ hello }}")).Name).ToArray();
        Assert.Equal(["Q0", "Q1", "other"], names.Distinct());
        Assert.Equal("Q1", labels.Of(Identity("query Q1 { hello }")).Name);

        OperationIdentity Identity(string document)
        {
            var parsed = Parser.ParseDocument(new SourceText(document));
            return new OperationIdentity(Validator.Validate(schema, parsed.Value!).Document!.SelectOperation(null).Operation!);
        }
    }

    [Fact]
    public void Of_each_kind_of_line_there_is_one_in_a_while()
    {
        var clock = new FakeTimeProvider();
        var pauses = new LogPauses(2, clock);
        Assert.True(pauses.MayLog(0, out var leftOut) && leftOut == 0);
        Assert.False(pauses.MayLog(0, out _));
        Assert.True(pauses.MayLog(1, out _));
        clock.Advance(LogPauses.Length);
        Assert.True(pauses.MayLog(0, out leftOut) && leftOut == 1);
    }

    private static GatewayOptionsResult Read(string settings)
    {
        using var folder = new TemporaryFolder();
        var all = settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(setting => setting.Split('=', 2))
            .Select(pair => KeyValuePair.Create<string, string?>(pair[0], pair[1]))
            .Append(new("Gateway:Supergraph", folder.Write("supergraph.graphql", RunningGateway.Supergraph)));
        return GatewayOptionsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(all).Build());
    }
}
