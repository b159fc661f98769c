namespace GraphGateway.ControlPlane;

/// <summary>Days, in UTC, in which it is looked what clients have used. What was counted for a day that is still to come, by a clock that was wrong, is in none of them before.</summary>
/// <param name="First">The first one: whole days since 1970-01-01.</param>
/// <param name="Last">The last one.</param>
public readonly record struct UsageDays(long First, long Last)
{
    private const long Seconds = 24 * 60 * 60;

    /// <summary>The last days.</summary>
    /// <param name="now">In the last one of them.</param>
    /// <param name="days">How many, that one among them.</param>
    public static UsageDays Of(DateTimeOffset now, int days) => new(DayOf(now) - days + 1, DayOf(now));

    /// <summary>The day of a time.</summary>
    /// <param name="time">The time.</param>
    internal static long DayOf(DateTimeOffset time) => time.ToUnixTimeSeconds() / Seconds;
}
