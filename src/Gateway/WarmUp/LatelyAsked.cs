namespace GraphGateway.Gateway;

/// <summary>
/// What clients have asked for under the graphs that were served before. Each graph begins to count anew, and where one comes every second, an operation may be asked for once under each, or under the next one only: it is
/// hot all the same, and without this it would never be planned ahead.
/// </summary>
/// <param name="most">Of how many operations it knows at most; those that were asked for last count, and of them those that were asked for again.</param>
/// <param name="clock">By it what is long ago is forgotten.</param>
internal sealed class LatelyAsked(int most, TimeProvider clock)
{
    private static readonly TimeSpan Lately = TimeSpan.FromMinutes(5);

    // Read by who notes what is hot while the next graph is made.
    private volatile Dictionary<DocumentKey, long> times = new(DocumentKeyComparer.Instance);

    /// <summary>Whether it was asked for under an earlier graph, not long ago.</summary>
    /// <param name="operation">The operation.</param>
    public bool Has(DocumentKey operation) => times.TryGetValue(operation, out var time) && clock.GetElapsedTime(time) < Lately;

    /// <summary>Remembers what was asked for under a graph whose place another one takes. One at a time.</summary>
    /// <param name="cache">The graph's operations.</param>
    public void Note(OperationCache cache)
    {
        var now = clock.GetTimestamp();
        var next = new Dictionary<DocumentKey, long>(DocumentKeyComparer.Instance);
        foreach (var operation in cache.Proven.Concat(cache.Operations).Where(static operation => operation.IsAsked))
        {
            Add(operation.Key, now);
        }

        foreach (var (operation, time) in times.OrderByDescending(static entry => entry.Value).TakeWhile(entry => clock.GetElapsedTime(entry.Value, now) < Lately))
        {
            Add(operation, time);
        }

        times = next;

        void Add(DocumentKey operation, long time)
        {
            if (next.Count < most)
            {
                next.TryAdd(operation, time);
            }
        }
    }
}
