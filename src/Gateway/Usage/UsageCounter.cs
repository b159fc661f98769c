using System.Collections.Concurrent;

namespace GraphGateway.Gateway;

/// <summary>
/// Counts which clients ask for which operations, for the registry. On the way of a request it is one look into a table, and only for the part of them that the setting
/// says; all else is done by <see cref="UsageReporter"/>.
/// </summary>
internal sealed class UsageCounter(GatewayOptions options, Random random)
{
    // Coordinates of graphs that are no longer served are let go now and then.
    private const int MaxNames = 200_000;

    private readonly double share = options.Registry.UsageSampling;
    private readonly ConcurrentDictionary<string, string> names = new(StringComparer.Ordinal);
    private UsageTally before = new();
    private volatile UsageTally current = new();

    /// <summary>Finds out what an operation counts as, before a request comes to it.</summary>
    public void Prepare(PreparedOperation operation) => operation.Usage ??= OperationUsage.Of(operation, names);

    /// <summary>A request has come to an operation.</summary>
    public void Count(PreparedOperation operation, HttpContext context)
    {
        if (share >= 1 || random.NextDouble() < share)
        {
            current.Add(operation.Usage ??= OperationUsage.Of(operation, names), ClientName.Of(context) ?? "");
        }
    }

    /// <summary>
    /// What was counted in the time before the last call of this, or until now. A request can still count in the tally that it has just looked up, so a tally is read one
    /// report later. One call at a time.
    /// </summary>
    /// <param name="untilNow">True where no request comes any longer.</param>
    public UsageSums Take(bool untilNow)
    {
        if (names.Count > MaxNames)
        {
            names.Clear();
        }

        var sums = new UsageSums();
        sums.Add(before, 1 / share);
        before = current;
        current = new UsageTally();
        if (untilNow)
        {
            sums.Add(before, 1 / share);
            before = new UsageTally();
        }

        return sums;
    }
}
