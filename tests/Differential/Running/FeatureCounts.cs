namespace GraphGateway.Differential;

/// <summary>How often each feature occurred in a run.</summary>
internal sealed class FeatureCounts
{
    private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);

    public int this[string feature] => counts.GetValueOrDefault(feature);

    /// <summary>The features that occurred.</summary>
    public IEnumerable<string> Features => counts.Where(entry => entry.Value > 0).Select(entry => entry.Key);

    public void Add(string feature, int count = 1) => counts[feature] = this[feature] + count;

    public void Add(FeatureCounts others)
    {
        foreach (var (feature, count) in others.counts)
        {
            Add(feature, count);
        }
    }

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', counts.Select(entry => $"{entry.Value,7} {entry.Key}"));
}
