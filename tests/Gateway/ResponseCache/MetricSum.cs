using System.Diagnostics.Metrics;
using GraphGateway.Gateway.Tests.Pipeline;
using Microsoft.Extensions.DependencyInjection;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>What one of a gateway's counters has counted since this was made, of one result.</summary>
internal sealed class MetricSum : IDisposable
{
    private readonly MeterListener listener = new();
    private long value;

    public MetricSum(RunningGateway gateway, string name, string result)
    {
        var ours = gateway.Services.GetRequiredService<IMeterFactory>().Create(GatewayTelemetry.Name);
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter == ours && instrument.Name == name)
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, more, tags, _) => Interlocked.Add(ref value, (string?)tags[0].Value == result ? more : 0));
        listener.Start();
    }

    public long Value => Interlocked.Read(ref value);

    public void Dispose() => listener.Dispose();
}
