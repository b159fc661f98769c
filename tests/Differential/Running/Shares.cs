namespace GraphGateway.Differential;

/// <summary>
/// Sees to it that each of some features occurs often enough in a run, whatever its seed: where one is behind, worlds are passed over until one brings it. The first world
/// of a run never is, so that a failure comes back with the seed of its world.
/// </summary>
/// <param name="counts">How often features have occurred in what was done.</param>
/// <param name="features">Those that must occur.</param>
/// <param name="oneIn">In one of so many requests each.</param>
/// <param name="isUnforeseen">True for those that nobody can tell before a request was run: for them no world is passed over.</param>
internal sealed class Shares(FeatureCounts counts, IReadOnlyList<string> features, int oneIn, Predicate<string>? isUnforeseen = null)
{
    // Then one is taken without: the next ones are looked through for what comes after it.
    private const int MaxPassedOver = 60;

    private int passedOver;
    private int doneThen;

    /// <summary>True for a world that does not bring what is furthest behind: it is not asked.</summary>
    /// <param name="done">How many requests were done.</param>
    /// <param name="brought">What it brings, as far as that is known; looked at only where something is behind.</param>
    /// <param name="isToldLater">Features of which it is not known yet; null: there are none.</param>
    public bool PassesOver(int done, IEnumerable<string> brought, Func<string, bool>? isToldLater = null)
    {
        (passedOver, doneThen) = done == doneThen ? (passedOver, doneThen) : (0, done);
        // Twice as often as they must, so that what occurs in one request of a world's alone need not be in each world.
        var behind = features.Where(feature => counts[feature] * oneIn < 2 * done && isUnforeseen?.Invoke(feature) != true).ToList();
        var sought = behind.Where(feature => counts[feature] == behind.Min(other => counts[other])).ToHashSet(StringComparer.Ordinal);
        var passes = sought.Count > 0 && passedOver < MaxPassedOver && (isToldLater is null || !sought.Any(isToldLater)) && !sought.Overlaps(brought);
        passedOver += passes ? 1 : 0;
        return passes;
    }

    /// <summary>Nothing where all of them occurred often enough; else those that did not.</summary>
    /// <param name="done">How many requests were done.</param>
    public string Missing(int done) => string.Join('\n', features.Where(feature => counts[feature] * oneIn < done).Select(feature => $"{feature} occurred in {counts[feature]} of {done} only"));
}
