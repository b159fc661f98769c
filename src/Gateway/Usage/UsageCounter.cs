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
    private UsageTally current = new();

    /// <summary>Finds out what an operation counts as, before a request comes to it.</summary>
    public void Prepare(PreparedOperation operation) => operation.Usage ??= OperationUsage.Of(operation, names);

    /// <summary>A request has come to an operation.</summary>
    public void Count(PreparedOperation operation, HttpContext context)
    {
        if (share >= 1 || random.NextDouble() < share)
        {
            Count(operation.Usage ??= OperationUsage.Of(operation, names), ClientName.Of(context) ?? "");
        }
    }

    /// <summary>A request of a client has come to an operation.</summary>
    internal void Count(OperationUsage operation, string client)
    {
        // Taken meanwhile only where a report has come in between: then there is another one.
        for (var requests = 1L; requests > 0;)
        {
            requests = Volatile.Read(ref current).Add(operation, client, requests);
        }
    }

    /// <summary>What was counted since the last call of this. One call at a time.</summary>
    public UsageSums Take()
    {
        if (names.Count > MaxNames)
        {
            names.Clear();
        }

        var sums = new UsageSums();
        sums.Add(Interlocked.Exchange(ref current, new UsageTally()), 1 / share);
        return sums;
    }
}
