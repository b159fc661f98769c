using System.Collections.Concurrent;

namespace GraphGateway.Gateway;

/// <summary>
/// The buckets of all consumers, bounded. A bucket that is full again, with nothing reserved, differs in nothing from none, and goes when
/// others come. So only consumers that have lately spent something need room. Where there are more of those than places, somebody who invents
/// names among them, no bucket that is in use is given up for it: further consumers of a budget share one bucket, so that all of the new ones together
/// spend no more than one would, and memory stays as it is.
/// </summary>
/// <param name="max">Buckets, one for each budget's further consumers not counted.</param>
/// <param name="create">Makes a bucket for a consumer's name.</param>
/// <param name="telemetry">Hears of consumers that found no room.</param>
internal sealed class BucketTable(int max, Func<Budget, string, IBucket> create, BudgetTelemetry telemetry)
{
    /// <summary>The name of the bucket that further consumers share; no consumer's name begins with the same character.</summary>
    public const string Further = "*";

    // Who comes into a full table looks at so many buckets for one to give up: a bound on what a newcomer costs.
    private const int LooksWhenFull = 64;

    // And before it is full: each newcomer looks at more buckets than it adds, so that the table shrinks to what is in use.
    private const int Looks = 2;

    private readonly ConcurrentDictionary<Key, IBucket> buckets = [];
    private readonly ConcurrentDictionary<Budget, IBucket> further = [];
    private readonly Queue<Key> round = new();
    private readonly Lock gate = new();
    private long overflows;

    /// <summary>How many buckets there are.</summary>
    public int Count => buckets.Count + further.Count;

    /// <summary>How many requests found no room for a bucket of their own.</summary>
    public long Overflows => Volatile.Read(ref overflows);

    /// <summary>All buckets, in no order.</summary>
    public IEnumerable<IBucket> All => buckets.Select(bucket => bucket.Value).Concat(further.Select(bucket => bucket.Value));

    /// <summary>The consumer's bucket: found, or made.</summary>
    /// <param name="budget">The budget.</param>
    /// <param name="consumer">The consumer's name.</param>
    public IBucket Get(Budget budget, string consumer)
    {
        var key = new Key(budget, consumer);
        return buckets.TryGetValue(key, out var bucket) ? bucket : Add(key);
    }

    private IBucket Add(Key key)
    {
        lock (gate)
        {
            if (buckets.TryGetValue(key, out var bucket))
            {
                return bucket;
            }

            GiveUp(round.Count >= max ? LooksWhenFull : Looks);
            if (round.Count < max)
            {
                bucket = create(key.Budget, NameOf(key.Consumer));
                buckets[key] = bucket;
                round.Enqueue(key);
                return bucket;
            }
        }

        Interlocked.Increment(ref overflows);
        telemetry.Overflowed(max);
        return further.GetOrAdd(key.Budget, static (budget, make) => make(budget, Further), create);
    }

    private void GiveUp(int looks)
    {
        for (var i = Math.Min(looks, round.Count); i > 0 && round.TryDequeue(out var key); i--)
        {
            if (buckets[key].TryRetire())
            {
                buckets.TryRemove(key, out _);
            }
            else
            {
                round.Enqueue(key);
            }
        }
    }

    private static string NameOf(string consumer) => "=" + consumer;

    private readonly record struct Key(Budget Budget, string Consumer);
}
