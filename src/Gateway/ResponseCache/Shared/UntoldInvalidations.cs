namespace GraphGateway.Gateway;

/// <summary>
/// What was to be forgotten while the shared store did not answer: it is told before it is asked for anything else, so that what this gateway has forgotten does not come back from there.
/// Bounded: where there is more, everything is to be forgotten. One at a time changes it, many look whether there is something.
/// </summary>
internal sealed class UntoldInvalidations
{
    // As much as one request can say (InvalidationPage), and what fits into one question to the store.
    private const int Most = InvalidationReader.Most;
    private const int MostBytes = 1024 * 1024;

    private volatile Invalidation[] all = [];
    private int bytes;

    /// <summary>How many there are.</summary>
    public int Count => all.Length;

    /// <summary>They, in the order in which they were said.</summary>
    public IReadOnlyList<Invalidation> All => all;

    /// <summary>Some more.</summary>
    public void Add(IReadOnlyCollection<Invalidation> some)
    {
        bytes += some.Sum(static invalidation => SharedLog.Write(invalidation).Length);
        if (all.Length + some.Count > Most || bytes > MostBytes)
        {
            var everything = new Invalidation();
            (all, bytes) = ([everything], SharedLog.Write(everything).Length);
            return;
        }

        all = [.. all, .. some];
    }

    /// <summary>The store has heard them.</summary>
    public void Clear() => (all, bytes) = ([], 0);
}
