namespace GraphGateway.Gateway;

/// <summary>
/// How much a replica leases at a time: about what it spends in a second, found by doubling and halving, and at most a share of the budget's smallest
/// window, so that little is outstanding.
/// </summary>
/// <param name="budget">The budget.</param>
/// <param name="options">The share.</param>
internal sealed class LeaseSize(Budget budget, SharingOptions options)
{
    private const long ShortMilliseconds = 500;
    private const long LongMilliseconds = 2000;

    private readonly long most = Math.Max((long)(budget.Capacity * options.LeaseShare), 1);
    private long size = 1;
    private long askedAt = long.MinValue / 2;

    /// <summary>How much to ask for now.</summary>
    /// <param name="minimum">What is needed at once.</param>
    /// <param name="now">Now, in milliseconds.</param>
    public long Next(long minimum, long now)
    {
        var lasted = now - askedAt;
        askedAt = now;
        size = lasted < ShortMilliseconds ? Math.Min(size * 2, most)
            : lasted > LongMilliseconds ? Math.Max(size / 2, 1)
            : size;
        if (size < most && size < minimum * 4)
        {
            size = Math.Min(minimum * 4, most);
        }

        return Math.Max(size, minimum);
    }
}
