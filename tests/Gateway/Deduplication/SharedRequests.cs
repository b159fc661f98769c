using System.Diagnostics.Metrics;
using System.Threading.Channels;
using GraphGateway.Gateway.Tests.Pipeline;
using Microsoft.Extensions.DependencyInjection;

namespace GraphGateway.Gateway.Tests.Deduplication;

/// <summary>Hears of each request that shares another one's answer: its kind, and its source.</summary>
internal sealed class SharedRequests : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly Channel<string> heard = Channel.CreateUnbounded<string>();

    public SharedRequests(RunningGateway gateway)
    {
        var ours = gateway.Services.GetRequiredService<IMeterFactory>().Create(GatewayTelemetry.Name);
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter == ours && instrument.Name == "graphgateway.requests.shared")
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, _, tags, _) =>
        {
            var byName = tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value);
            heard.Writer.TryWrite($"{byName["kind"]} {byName.GetValueOrDefault("source")}");
        });
        listener.Start();
    }

    public async Task<string> NextAsync() => await heard.Reader.ReadAsync();

    public void Dispose() => listener.Dispose();
}
