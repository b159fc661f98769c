using System.Globalization;
using GraphGateway.Execution;
using GraphGateway.Http;

namespace GraphGateway.Gateway;

/// <summary>
/// Says how long clients may take for their answers, and tells the operator of those whose time was over. While an answer is written, the answers of
/// sources that it is made of are held: where these fill three quarters of their memory, a client has an eighth of its time, so that the slow ones do not
/// shut the others out.
/// </summary>
internal sealed class SlowClients
{
    private readonly AnswerMemory memory;
    private readonly LogPauses pauses;
    private readonly ILogger logger;
    private long ended;

    /// <param name="options">How fast they have to be.</param>
    /// <param name="memory">Holds what is not taken yet.</param>
    /// <param name="telemetry">Tells how many there were.</param>
    /// <param name="clock">Measures the pauses of the log.</param>
    /// <param name="logger">Hears of them.</param>
    public SlowClients(GatewayOptions options, AnswerMemory memory, GatewayTelemetry telemetry, TimeProvider clock, ILogger<SlowClients> logger)
    {
        this.memory = memory;
        this.logger = logger;
        pauses = new LogPauses(kinds: 1, clock);
        Limit = options.MinResponseDataRate is { BytesPerSecond: > 0 } rate
            ? new DeliveryLimit { BytesPerSecond = rate.BytesPerSecond, GracePeriod = rate.GracePeriod, IsHurried = IsMemoryShort, Ended = Tell }
            : null;
        telemetry.Meter.CreateObservableCounter(
            "graphgateway.answers.abandoned", () => Volatile.Read(ref ended), "{response}", "Answers that were broken off because their clients took them too slowly.");
    }

    /// <summary>How long a client may take; null: as long as it likes.</summary>
    public DeliveryLimit? Limit { get; }

    private bool IsMemoryShort() => memory.HeldBytes > memory.MaxBytes / 4 * 3;

    private void Tell(long bytes, TimeSpan time)
    {
        Interlocked.Increment(ref ended);
        if (pauses.MayLog(0, out var leftOut))
        {
            var more = leftOut == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $" ({leftOut} more like it since the last line)");
            logger.LogWarning("A client did not take its answer in time and was cut off: {Bytes} bytes, of which some were left after {Seconds} s{More}", bytes, (long)time.TotalSeconds, more);
        }
    }
}
