namespace GraphGateway.Gateway;

/// <summary>Whole milliseconds on a clock that never goes back, from a start that nobody knows: for differences only.</summary>
/// <param name="clock">The clock.</param>
internal sealed class MillisecondClock(TimeProvider clock)
{
    private readonly long perMillisecond = clock.TimestampFrequency % 1000 == 0 ? clock.TimestampFrequency / 1000 : 0;

    /// <summary>Measures what waits.</summary>
    public TimeProvider Time => clock;

    /// <summary>Now.</summary>
    public long Now => perMillisecond > 0
        ? clock.GetTimestamp() / perMillisecond
        : (long)((Int128)clock.GetTimestamp() * 1000 / clock.TimestampFrequency);
}
