namespace GraphGateway.Composition;

/// <summary>
/// What is known to be missing in truth, whatever else a walk may find when it knows more of labels: it need not know more for its sake. Of all walks together; put into words as soon as it is found. A later
/// walk may come to it by a shorter way that an earlier one took for another.
/// </summary>
/// <param name="reachability">What can be had where.</param>
/// <param name="explanation">Puts it into words.</param>
/// <param name="cancellation">Ends looking.</param>
internal sealed class Confirmations(Reachability reachability, Explanation explanation, CancellationToken cancellation)
{
    private readonly PathTrial trial = new(reachability, cancellation);
    private readonly OrderedDictionary<(string TypeName, string FieldName), Satisfiability.Finding> all = [];

    /// <summary>All that was found.</summary>
    internal IReadOnlyDictionary<(string TypeName, string FieldName), Satisfiability.Finding> All => all;

    /// <summary>True where a walk knows all that there is to know of the way: no key hangs on a label, and none was taken to be on and off.</summary>
    internal bool AreIdle(QueryPath path) => reachability.Memory.HasNoneOfKeys && path.Labels?.Contradiction is null;

    /// <summary>The finding, where the last field is missing in truth; or the labels on which it hung that it is there all the same; nothing of both where that takes too long.</summary>
    /// <param name="path">The way to the field.</param>
    /// <param name="field">The field.</param>
    /// <param name="at">Where the walk misses it.</param>
    /// <param name="stands">The sources from which it went on there.</param>
    internal (Satisfiability.Finding? Finding, IReadOnlySet<string>? There) Of(QueryPath path, FieldIndex field, Position at, StandSet stands)
    {
        var key = (path.LastType, field.Name);
        if (all.TryGetValue(key, out var known) && known.Path!.Length <= path.Length)
        {
            return (known, null);
        }

        var answer = trial.Of(path);
        if (answer.At is not { } found)
        {
            return (null, answer.IsMissing == false ? answer.Decided : null);
        }

        // As the walk sees it, unless that is no way.
        var isWay = path.Labels is null or { Contradiction: null, IsForgetful: false };
        var (place, from) = isWay ? (at with { Facts = path.Labels?.Complete(at.Facts) ?? at.Facts }, stands) : (new Position(found.Point.Type, found.Closed, found.Facts), found.Point.Stands);
        var finding = Satisfiability.Missing(path, all.Count < ProblemSink.Most ? explanation.WhyNot(place, from, field) : null);
        all[key] = finding;
        return (finding, null);
    }
}
