using System.Diagnostics.Metrics;

namespace GraphGateway.Gateway;

/// <summary>
/// Forgets what is kept, and remembers what was to be forgotten, so that an answer that was asked for before, and comes after, is not kept. From then on nobody
/// joins what began before, as after a mutation.
/// </summary>
internal sealed class Invalidations
{
    // More than can come while one answer is on its way; where it is not enough, the answer is not kept.
    private const int Remembered = 1_000;

    private readonly Lock gate = new();
    private readonly Lock turn = new();
    private readonly Queue<Invalidation> last = new();
    private readonly List<Func<Invalidation, int>> stores = [];
    private readonly MutationClock mutations;
    private readonly Counter<long> forgotten;
    private long recorded;
    private long number;

    public Invalidations(Deduplication deduplication, GatewayTelemetry telemetry)
    {
        mutations = deduplication.Mutations;
        forgotten = telemetry.Meter.CreateCounter<long>("graphgateway.cache.invalidated", "{item}", "Answers and entities that were forgotten because somebody said so.");
    }

    /// <summary>How many have been carried out: what is asked for notes it, and tells it to <see cref="Keep"/>.</summary>
    public long Number => Interlocked.Read(ref number);

    /// <summary>One more store of what is kept.</summary>
    /// <param name="forget">Forgets what matches, and says how many there were.</param>
    public void Add(Func<Invalidation, int> forget) => stores.Add(forget);

    /// <summary>
    /// Keeps something, unless it was to be forgotten after it was asked for. Both in one step, in which nobody says so: what comes too late is given
    /// to nobody, and pushes out nothing newer.
    /// </summary>
    /// <param name="invalidations">What was to be forgotten; null where nobody can say so.</param>
    /// <param name="store">Where.</param>
    /// <param name="key">Its key, which stays.</param>
    /// <param name="item">What is kept, with labels where somebody can say so.</param>
    /// <param name="since">The <see cref="Number"/> when it was asked for.</param>
    /// <param name="insteadOf">What goes when it comes, with its own key; nothing where it is not kept.</param>
    /// <returns><see cref="MadeAnswer.Yes"/>, or why not.</returns>
    public static string Keep<T>(Invalidations? invalidations, KeptStore<T> store, in FlightKey key, T item, long since, (FlightKey Key, T Item)? insteadOf = null)
        where T : class, IKept
    {
        if (invalidations is null)
        {
            return store.Put(key, item, insteadOf) ? MadeAnswer.Yes : MadeAnswer.TooLarge;
        }

        lock (invalidations.gate)
        {
            return invalidations.HasMatchSince(since, item.Labels!) ? MadeAnswer.Invalidated : Keep(null, store, key, item, since, insteadOf);
        }
    }

    /// <summary>Forgets; how many there were.</summary>
    public int Apply(Invalidation invalidation)
    {
        lock (turn)
        {
            // 1. What was asked for before is not kept from now on. 2. Nobody joins what began before. 3. What was kept before is found in the stores.
            Record(invalidation);
            mutations.End();
            var count = stores.Sum(forget => forget(invalidation));
            forgotten.Add(count, new KeyValuePair<string, object?>("kind", invalidation.Kind));

            // 4. Only who asks now can have none of it, neither by joining nor by finding: what was asked for while this went on counts as asked for before.
            Interlocked.Increment(ref number);
            return count;
        }
    }

    /// <summary>Whether something was to be forgotten after it was asked for.</summary>
    /// <param name="since">The <see cref="Number"/> when it was asked for.</param>
    /// <param name="labels">By what it is found; asked for only where anything was to be forgotten.</param>
    public bool IsForgotten(long since, Func<KeptLabels> labels)
    {
        lock (gate)
        {
            if (recorded == since)
            {
                return false;
            }
        }

        var found = labels();
        lock (gate)
        {
            return HasMatchSince(since, found);
        }
    }

    private void Record(Invalidation invalidation)
    {
        lock (gate)
        {
            if (last.Count == Remembered)
            {
                last.Dequeue();
            }

            last.Enqueue(invalidation);
            recorded++;
        }
    }

    private bool HasMatchSince(long since, KeptLabels labels)
    {
        var newer = (int)Math.Min(recorded - since, int.MaxValue);
        return newer > last.Count || (newer > 0 && last.Skip(last.Count - newer).Any(labels.Matches));
    }
}
