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
    private readonly Queue<Invalidation> last = new();
    private readonly List<Func<Invalidation, int>> stores = [];
    private readonly MutationClock mutations;
    private readonly Counter<long> forgotten;
    private long number;

    public Invalidations(Deduplication deduplication, GatewayTelemetry telemetry)
    {
        mutations = deduplication.Mutations;
        forgotten = telemetry.Meter.CreateCounter<long>("graphgateway.cache.invalidated", "{item}", "Answers and entities that were forgotten because somebody said so.");
    }

    /// <summary>How many there were: what is asked for notes it, to be asked of <see cref="HasMatchSince"/>.</summary>
    public long Number => Interlocked.Read(ref number);

    /// <summary>One more store of what is kept.</summary>
    /// <param name="forget">Forgets what matches, and says how many there were.</param>
    public void Add(Func<Invalidation, int> forget) => stores.Add(forget);

    /// <summary>Whether something that was asked for at <paramref name="since"/> is to be forgotten by now.</summary>
    public bool HasMatchSince(long since, KeptLabels labels)
    {
        if (Number == since)
        {
            return false;
        }

        lock (gate)
        {
            var newer = (int)Math.Min(number - since, int.MaxValue);
            return newer > last.Count || last.Skip(last.Count - newer).Any(labels.Matches);
        }
    }

    /// <summary>Forgets; how many there were.</summary>
    public int Apply(Invalidation invalidation)
    {
        lock (gate)
        {
            if (last.Count == Remembered)
            {
                last.Dequeue();
            }

            last.Enqueue(invalidation);
            Interlocked.Increment(ref number);
        }

        // What is kept from now on is looked at once more after it is put (HasMatchSince): nothing slips through in between.
        mutations.End();
        var count = stores.Sum(forget => forget(invalidation));
        forgotten.Add(count, new KeyValuePair<string, object?>("kind", invalidation.Kind));
        return count;
    }
}
