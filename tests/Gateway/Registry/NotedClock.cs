using System.Collections.Concurrent;
using GraphGateway.TestKit;

namespace GraphGateway.Gateway.Tests.Registry;

/// <summary>A clock that stands still until it is advanced, and knows the names of the threads that have started its timers.</summary>
internal sealed class NotedClock : TimeProvider
{
    private readonly FakeTimeProvider clock = new();

    /// <summary>The names, as often as they have.</summary>
    public ConcurrentQueue<string?> StartedBy { get; } = [];

    public override TimeZoneInfo LocalTimeZone => clock.LocalTimeZone;

    public override long TimestampFrequency => clock.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => clock.GetUtcNow();

    public override long GetTimestamp() => clock.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        StartedBy.Enqueue(Thread.CurrentThread.Name);
        return clock.CreateTimer(callback, state, dueTime, period);
    }

    /// <summary>Moves it forward.</summary>
    public void Advance(TimeSpan by) => clock.Advance(by);
}
