namespace GraphGateway.Gateway;

/// <summary>
/// What a replica has leased of one bucket, and what became of it. Not safe for several threads: the bucket has a lock. Totals count from the
/// lease's beginning, see <see cref="LeaseRequest"/>.
/// </summary>
/// <param name="newLease">Gives a lease's name that nobody has used before: not this replica, not another one.</param>
internal sealed class LeaseLedger(Func<string> newLease)
{
    /// <summary>Totals end here; a bucket is in the deepest debt long before.</summary>
    public const long MaxTotal = 1L << 60;

    // A lease that has come so far is left to expire, and the next one begins to count anew.
    private const long LongTotal = 1L << 58;

    private string? lease;
    private long granted;
    private long spent;
    private long reported;
    private long reserved;
    private long validUntil;

    /// <summary>Leased units that are neither spent nor reserved; negative where more was spent than leased.</summary>
    public long Balance => granted - spent - reserved;

    /// <summary>Whether requests are under way.</summary>
    public bool HasReservations => reserved > 0;

    /// <summary>Whether the store does not know yet of all that was spent.</summary>
    public bool HasNews => spent > reported;

    /// <summary>Whether the store may hold units for this replica.</summary>
    public bool IsOpen => lease is not null;

    /// <summary>
    /// Whether the lease still holds. The replica counts from when it asked, the store from when it was asked: the replica is the first to let go.
    /// </summary>
    public bool IsValid(long now) => lease is not null && now < validUntil;

    /// <summary>How long the lease still holds, in milliseconds.</summary>
    public long ValidFor(long now) => lease is null ? 0 : validUntil - now;

    /// <summary>Takes units out of the lease; the caller has seen that they are there.</summary>
    public void Reserve(long units) => reserved += units;

    /// <summary>Ends a reservation; what it spent beyond is charged with the next words to the store.</summary>
    public void Settle(long units, long actual)
    {
        reserved -= units;
        spent = Math.Min(spent + Math.Min(actual, MaxTotal), MaxTotal);
    }

    /// <summary>What to tell the store.</summary>
    /// <param name="minimum">The fewest units that are of use; 0 for none.</param>
    /// <param name="want">The most that are wanted.</param>
    /// <param name="isLast">Whether the lease ends.</param>
    public LeaseRequest Tell(long minimum, long want, bool isLast)
    {
        if (lease is null || spent > LongTotal)
        {
            // Units that are reserved stay so: they are spent in the next lease, and covered by it.
            spent -= reported;
            (granted, reported, validUntil) = (0, 0, 0);
            lease = newLease();
        }

        if (isLast)
        {
            // What comes while the store hears of it needs the next lease.
            validUntil = 0;
        }

        return new LeaseRequest(lease, reported, spent, minimum, Math.Max(minimum, want), isLast);
    }

    /// <summary>Takes in the store's answer.</summary>
    /// <param name="request">What was told.</param>
    /// <param name="total">What the lease was granted in all.</param>
    /// <param name="until">When the lease ends: the moment of asking and the lease's time.</param>
    public void Hear(LeaseRequest request, long total, long until)
    {
        if (request.IsLast)
        {
            lease = null;
            spent -= request.Spent;
            (granted, reported, validUntil) = (0, 0, 0);
            return;
        }

        granted = total;
        reported = request.Spent;
        validUntil = until;
    }
}
