namespace GraphGateway.Http;

/// <summary>
/// How long a client may take for an answer: <see cref="GracePeriod"/> for the whole of it, and on top the time that its bytes take at
/// <see cref="BytesPerSecond"/>. Only time counts in which the server waits for the client, and what the server has buffered counts as taken.
/// </summary>
public sealed record DeliveryLimit
{
    /// <summary>How often a client that is waited for is looked at.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>What a client has of time that is short of memory: a part of what it has otherwise.</summary>
    private const int HurriedPart = 8;

    /// <summary>Time for any answer, however small.</summary>
    public required TimeSpan GracePeriod { get; init; }

    /// <summary>The least rate, in bytes; at least 1.</summary>
    public required int BytesPerSecond { get; init; }

    /// <summary>True while answers are held that others have no room for: then a client has an eighth of its time. Null is never.</summary>
    public Func<bool>? IsHurried { get; init; }

    /// <summary>Hears of each client whose connection, or stream, is ended: the bytes of its answer so far, and how long it was waited for.</summary>
    public Action<long, TimeSpan>? Ended { get; init; }

    /// <summary>The time for so many bytes, now.</summary>
    internal TimeSpan TimeFor(long bytes)
    {
        var time = GracePeriod + TimeSpan.FromSeconds((double)bytes / BytesPerSecond);
        return IsHurried?.Invoke() == true ? time / HurriedPart : time;
    }
}
