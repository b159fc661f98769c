using GraphGateway.ControlPlane;

namespace GraphGateway.Gateway;

/// <summary>What is to be written into the registry: sums of tallies, and of what could not be written before. For one thread.</summary>
internal sealed class UsageSums
{
    // What waits for a registry that is away: more is no longer told apart by client.
    private const int MaxRows = 200_000;

    private readonly Dictionary<(string Coordinate, string Client), long> members = [];
    private readonly Dictionary<(string Client, string Hash, string Name), long> operations = [];

    /// <summary>Requests that were counted.</summary>
    public long Requests { get; private set; }

    /// <summary>Requests that were not, because too much was asked for.</summary>
    public long Dropped { get; private set; }

    /// <summary>Whether there is nothing to write.</summary>
    public bool IsEmpty => operations.Count == 0;

    /// <summary>As the registry takes it.</summary>
    public UsageCounts Counts => new(
        [.. members.Select(pair => new MemberUse(pair.Key.Coordinate, pair.Key.Client, pair.Value))],
        [.. operations.Select(pair => new OperationUse(pair.Key.Client, pair.Key.Hash, pair.Key.Name, pair.Value))]);

    /// <summary>Takes a tally and adds it.</summary>
    /// <param name="tally">The tally.</param>
    /// <param name="weight">For how many requests each one in it stands.</param>
    public void Add(UsageTally tally, double weight)
    {
        var (counts, dropped) = tally.Take(weight);
        foreach (var (operation, name, requests) in counts)
        {
            var client = UsageNames.Of(name);
            Requests += requests;
            Add(operations, (client, operation.Hash, operation.Name), (UsageLimits.Others, "", ""), requests);
            foreach (var member in operation.Members)
            {
                Add(members, (member, client), (member, UsageLimits.Others), requests);
            }
        }

        Dropped += dropped;
    }

    /// <summary>Adds other sums.</summary>
    public void Add(UsageSums other)
    {
        Requests += other.Requests;
        Dropped += other.Dropped;
        foreach (var (key, requests) in other.operations)
        {
            Add(operations, key, (UsageLimits.Others, "", ""), requests);
        }

        foreach (var (key, requests) in other.members)
        {
            Add(members, key, (key.Coordinate, UsageLimits.Others), requests);
        }
    }

    private static void Add<T>(Dictionary<T, long> sums, T key, T others, long requests)
        where T : notnull
    {
        var known = sums.ContainsKey(key) || sums.Count < MaxRows ? key : others;
        sums[known] = sums.GetValueOrDefault(known) + requests;
    }
}
