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

/// <summary>Operations that clients have asked for, each with the client and how often, since the last report.</summary>
internal sealed class UsageTally
{
    // What is held for a report is a list of names that others share; so much is a few megabytes.
    internal const int MaxPairs = 10_000;
    internal const int MaxMembers = 1_000_000;

    private readonly ConcurrentDictionary<(OperationUsage Operation, string Client), Requests> counts = new(ByReference.Instance);
    private int pairs;
    private int members;
    private long dropped;

    /// <summary>Requests that were not counted, because too much was asked for.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <summary>Counts a request. Safe for several threads.</summary>
    public void Add(OperationUsage operation, string client)
    {
        if (counts.TryGetValue((operation, client), out var requests))
        {
            requests.Increment();
        }
        else if (Volatile.Read(ref pairs) >= MaxPairs || Volatile.Read(ref members) >= MaxMembers)
        {
            Interlocked.Increment(ref dropped);
        }
        else
        {
            var added = new Requests();
            requests = counts.GetOrAdd((operation, client), added);
            requests.Increment();
            if (requests == added)
            {
                Interlocked.Increment(ref pairs);
                Interlocked.Add(ref members, operation.Members.Length);
            }
        }
    }

    /// <summary>What was counted, each request standing for so many.</summary>
    public IEnumerable<(OperationUsage Operation, string Client, long Requests)> Counts(double weight) =>
        counts.Select(pair => (pair.Key.Operation, pair.Key.Client, (long)Math.Round(pair.Value.Count * weight)));

    private sealed class Requests
    {
        private long count;

        public long Count => Interlocked.Read(ref count);

        public void Increment() => Interlocked.Increment(ref count);
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
