namespace GraphGateway.Differential;

/// <summary>How often each feature occurred in a run.</summary>
internal sealed class FeatureCounts
{
    private readonly SortedDictionary<string, int> counts = new(StringComparer.Ordinal);

    public int this[string feature] => counts.GetValueOrDefault(feature);

    public void Add(string feature, int count = 1) => counts[feature] = this[feature] + count;

    /// <inheritdoc/>
    public override string ToString() => string.Join('\n', counts.Select(entry => $"{entry.Value,7} {entry.Key}"));
}
