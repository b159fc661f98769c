namespace GraphGateway.Gateway;

/// <summary>
/// Keeps replicas from a store that is down: after a failure nobody asks it for a pause, which doubles up to <see cref="LongestPause"/>; then one
/// asks, and the others go on when that was answered. So nothing waits for a dead store but one request in a pause, and a store that
/// comes back is not met by everybody at once.
/// </summary>
/// <param name="clock">Measures the pauses.</param>
/// <param name="random">Spreads the replicas over the second half of a pause.</param>
internal sealed class StoreCircuit(MillisecondClock clock, Random random)
{
    /// <summary>The pause after the first failure, in milliseconds.</summary>
    public const long FirstPause = 100;

    /// <summary>The longest pause, in milliseconds.</summary>
    public const long LongestPause = 5000;

    private readonly Lock gate = new();
    private int failures;
    private long until;
    private bool isProbing;

    /// <summary>Whether the last word of the store was an answer.</summary>
    public bool IsUp => Volatile.Read(ref failures) == 0;

    /// <summary>Whether somebody who asked now would be let through.</summary>
    public bool WouldEnter => IsUp || (!Volatile.Read(ref isProbing) && clock.Now >= Volatile.Read(ref until));

    /// <summary>True when the caller may ask the store, and says afterwards how that ended.</summary>
    /// <param name="isProbe">Whether it is the one that finds out if the store is back.</param>
    public bool TryEnter(out bool isProbe)
    {
        lock (gate)
        {
            isProbe = failures > 0 && !isProbing && clock.Now >= until;
            isProbing |= isProbe;
            return isProbe || failures == 0;
        }
    }

    /// <summary>The store has answered.</summary>
    /// <returns>Whether it was down before.</returns>
    public bool Succeeded()
    {
        lock (gate)
        {
            var wasDown = failures > 0;
            failures = 0;
            isProbing = false;
            return wasDown;
        }
    }

    /// <summary>The store has failed somebody.</summary>
    /// <param name="isProbe">What <see cref="TryEnter"/> said. Of those that were under way when it went down only the first one counts.</param>
    public void Failed(bool isProbe)
    {
        lock (gate)
        {
            if (failures > 0 && !isProbe)
            {
                return;
            }

            var pause = Math.Min(FirstPause << Math.Min(failures, 10), LongestPause);
            failures++;
            isProbing = false;
            until = clock.Now + (pause / 2) + random.NextInt64((pause / 2) + 1);
        }
    }
}
