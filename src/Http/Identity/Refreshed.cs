namespace GraphGateway.Http;

/// <summary>When something is read anew.</summary>
/// <param name="Interval">After this time, by the next one who asks, who does not wait for it; after twice this time nobody has asked, and that one waits.</param>
/// <param name="Retry">After this time, where the last attempt failed, and also at most so often for those who miss something in it.</param>
/// <param name="FirstRetry">The same as long as it was never there: those who ask wait for it.</param>
public sealed record RefreshTimes(TimeSpan Interval, TimeSpan Retry, TimeSpan FirstRetry);

/// <summary>
/// Something that is read from elsewhere and can change there. What was read last stays until something newer is there: a place that does not answer takes
/// nothing away. However many ask, it is read once at a time, and not again before its pause is over; nobody waits for a pause.
/// </summary>
/// <typeparam name="T">What is read.</typeparam>
/// <param name="read">Reads it; gets what was there before. Bounds its own time. What it throws is a failed attempt, and has been told by it.</param>
/// <param name="times">When.</param>
/// <param name="clock">The clock.</param>
public sealed class Refreshed<T>(Func<T?, Task<T>> read, RefreshTimes times, TimeProvider clock)
    where T : class
{
    private readonly Lock gate = new();
    private volatile T? current;
    private Task? reading;
    private long? triedAt;
    private bool hasFailed;

    // Until when nothing is read for those who miss nothing, by the clock's timestamps.
    private long restsUntil = long.MinValue;

    /// <summary>What is there, without asking for more; null when nothing was ever there.</summary>
    public T? Current => current;

    /// <summary>What is there where it is not time to read it anew, else null. PERF: whoever has looked at the clock need not look again.</summary>
    /// <param name="now">By the clock's timestamps.</param>
    public T? FindFresh(long now) => now < Volatile.Read(ref restsUntil) ? current : null;

    /// <summary>What is there; waits only while nothing was ever there. Null where it cannot be had now.</summary>
    /// <param name="patience">Ends the caller's waiting.</param>
    public ValueTask<T?> GetAsync(CancellationToken patience)
    {
        if (current is not { } known)
        {
            return RefreshAsync(patience);
        }

        // PERF: asked for each request; mostly it is not time yet, and nobody has to be kept out for that.
        if (clock.GetTimestamp() < Volatile.Read(ref restsUntil))
        {
            return new ValueTask<T?>(known);
        }

        var attempt = Begin(hasFailed ? times.Retry : times.Interval);
        return attempt is not null && IsForgotten ? WaitAsync(attempt, patience) : new ValueTask<T?>(known);
    }

    /// <summary>What is there after it was read once more, unless that has just been done.</summary>
    /// <param name="patience">Ends the caller's waiting.</param>
    public async ValueTask<T?> RefreshAsync(CancellationToken patience)
    {
        return Begin(current is null ? times.FirstRetry : times.Retry) is { } attempt ? await WaitAsync(attempt, patience) : current;
    }

    private bool IsForgotten
    {
        get
        {
            lock (gate)
            {
                return triedAt is { } tried && clock.GetElapsedTime(tried) >= 2 * times.Interval;
            }
        }
    }

    private async ValueTask<T?> WaitAsync(Task attempt, CancellationToken patience)
    {
        await attempt.WaitAsync(patience);
        return current;
    }

    // The attempt that is under way or begins now; null where the last one is not long enough ago.
    private Task? Begin(TimeSpan pause)
    {
        lock (gate)
        {
            if (reading is null && (triedAt is not { } tried || clock.GetElapsedTime(tried) >= pause))
            {
                reading = Task.Run(ReadAsync);
            }

            return reading;
        }
    }

    private async Task ReadAsync()
    {
        T? fresh = null;
        try
        {
            fresh = await read(current);
        }
#pragma warning disable CA1031 // Whatever went wrong: what is there stays, and another attempt follows.
        catch (Exception)
#pragma warning restore CA1031
        {
            // Told where it was read.
        }

        lock (gate)
        {
            current = fresh ?? current;
            hasFailed = fresh is null;
            triedAt = clock.GetTimestamp();
            var pause = hasFailed ? times.Retry : times.Interval;
            Volatile.Write(ref restsUntil, triedAt.Value + (long)(pause.TotalSeconds * clock.TimestampFrequency));
            reading = null;
        }
    }
}
