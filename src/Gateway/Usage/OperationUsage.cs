using System.Collections.Concurrent;
using System.Collections.Immutable;
using GraphGateway.Operations;

namespace GraphGateway.Gateway;

/// <summary>What an operation counts as: made at its first request since it is kept.</summary>
/// <param name="Hash">SHA-256 of its document.</param>
/// <param name="Name">Its name, cut to a bounded length; empty for an anonymous one.</param>
/// <param name="Members">The members of the schema that it uses, as coordinates.</param>
internal sealed record OperationUsage(string Hash, string Name, ImmutableArray<string> Members)
{
    /// <summary>What an operation uses.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="names">Coordinates that are there already, so that each is in memory once.</param>
    public static OperationUsage Of(PreparedOperation operation, ConcurrentDictionary<string, string> names) => new(
        operation.Identity.Hash,
        operation.Identity.Name ?? "",
        [.. UsedCoordinates.Of(operation.Operation).Select(name => names.GetOrAdd(name, name))]);
}

/// <summary>
/// Operations that clients have asked for, each with the client and how often, since the last report. It is taken once, and whatever comes to it later, from a request that has looked it up
/// long before, is told to belong into the next one: nothing is lost and nothing counts twice.
/// </summary>
internal sealed class UsageTally
{
    // What is held for a report is a list of names that others share; so much is a few megabytes.
    internal const int MaxPairs = 10_000;
    internal const int MaxMembers = 1_000_000;

    private readonly ConcurrentDictionary<(OperationUsage Operation, string Client), Requests> counts = new(ByReference.Instance);
    private readonly Requests dropped = new();
    private int pairs;
    private int members;
    private volatile bool isTaken;

    /// <summary>Counts requests. Safe for several threads, also beside <see cref="Take"/>.</summary>
    /// <returns>How many requests of this operation and client are not counted, because the tally has been taken: they count in the next one.</returns>
    public long Add(OperationUsage operation, string client, long requests = 1)
    {
        if (counts.TryGetValue((operation, client), out var known))
        {
            return known.TryAdd(requests) ? 0 : requests;
        }

        if (Volatile.Read(ref pairs) >= MaxPairs || Volatile.Read(ref members) >= MaxMembers)
        {
            return dropped.TryAdd(requests) ? 0 : requests;
        }

        var added = new Requests();
        known = counts.GetOrAdd((operation, client), added);
        if (!known.TryAdd(requests))
        {
            return requests;
        }

        if (known == added)
        {
            Interlocked.Increment(ref pairs);
            Interlocked.Add(ref members, operation.Members.Length);
        }

        // Who takes says so before it looks, and this looks after it has counted: one of the two sees the other, and gets the count.
        return isTaken ? known.Take() : 0;
    }

    /// <summary>What was counted, each request standing for so many, and how many were not, because too much was asked for. Nothing counts here from now on. Once.</summary>
    /// <param name="weight">For how many requests each one stands.</param>
    public (List<(OperationUsage Operation, string Client, long Requests)> Counts, long Dropped) Take(double weight)
    {
        isTaken = true;
        Interlocked.MemoryBarrier();
        var taken = new List<(OperationUsage Operation, string Client, long Requests)>();
        foreach (var ((operation, client), requests) in counts)
        {
            if (requests.Take() is > 0 and var count)
            {
                taken.Add((operation, client, Weighed(count)));
            }
        }

        return (taken, Weighed(dropped.Take()));

        long Weighed(long count) => (long)Math.Round(count * weight);
    }

    // A number that is taken once; from then on it is below 0, and nothing can be added to it.
    private sealed class Requests
    {
        private long count;

        public bool TryAdd(long requests) => Interlocked.Add(ref count, requests) >= 0;

        public long Take() => Math.Max(0, Interlocked.Exchange(ref count, long.MinValue));
    }

    // PERF: a record would be compared by its texts.
    private sealed class ByReference : IEqualityComparer<(OperationUsage Operation, string Client)>
    {
        public static readonly ByReference Instance = new();

        public bool Equals((OperationUsage Operation, string Client) one, (OperationUsage Operation, string Client) other) =>
            ReferenceEquals(one.Operation, other.Operation) && one.Client == other.Client;

        public int GetHashCode((OperationUsage Operation, string Client) pair) =>
            HashCode.Combine(System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(pair.Operation), pair.Client.GetHashCode(StringComparison.Ordinal));
    }
}
