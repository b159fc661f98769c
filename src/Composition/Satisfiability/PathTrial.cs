using System.Collections.Immutable;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// Whether the last field of a query is missing in truth. A walk decides a label where a field moves by it, and forgets it again: keys and contexts further up were asked before, whatever the label, and what
/// brought the walk to a position need not go together. A request knows all labels from the start. So one query alone is looked at again with labels that are decided before its first field: first as the walk decided
/// them, then those on which keys hang one after the other, as long as something is missing. When all that can matter are decided and it still is, then it is.
/// </summary>
/// <param name="reachability">What can be had where.</param>
/// <param name="cancellation">Ends looking.</param>
internal sealed class PathTrial(Reachability reachability, CancellationToken cancellation)
{
    // So many fields are looked at for one query, and for all queries together: outcomes of labels double with each of them, and where that is too many it is as if nobody had asked.
    private const int MostOfOne = 20_000;
    private const int MostOfAll = 400_000;

    private int left = MostOfAll;

    /// <summary>Looks at a query; without an answer where that takes too long.</summary>
    internal TrialAnswer Of(QueryPath path)
    {
        if (left <= 0)
        {
            return new TrialAnswer(null, null, ImmutableHashSet<string>.Empty);
        }

        var trial = new Trial(reachability, path, cancellation) { Left = Math.Min(left, MostOfOne) };
        left -= trial.Left;
        var missing = trial.Try(PathFacts.None);
        left += Math.Max(trial.Left, 0);
        return new TrialAnswer(missing is not null ? true : trial.Left > 0 ? false : null, missing, trial.Decided);
    }

    private sealed class Trial(Reachability reachability, QueryPath path, CancellationToken cancellation)
    {
        private readonly ImmutableArray<(string TypeName, string FieldName)> steps = path.Steps();
        private readonly ImmutableSortedDictionary<string, LabelTrail>? decided = path.Labels?.Latest;
        private HashSet<string>? mattering;

        /// <summary>How many fields may still be looked at.</summary>
        internal int Left { get; set; }

        /// <summary>The labels on which it hung.</summary>
        internal HashSet<string> Decided { get; } = new(StringComparer.Ordinal);

        /// <summary>Where the last field is missing for some outcome of the labels that are not decided; null where it is so for none.</summary>
        internal (StandPoint Point, StandSet Closed, PathFacts Facts)? Try(PathFacts facts)
        {
            var (label, missing, isThere) = Follow(facts);
            if (isThere || Left <= 0)
            {
                return null;
            }

            if ((label ?? Undecided(facts)) is not { } next)
            {
                return missing;
            }

            _ = Decided.Add(next);
            var first = decided?.GetValueOrDefault(next)?.IsOn ?? true;
            return Try(facts.With(next, first)) ?? Try(facts.With(next, !first));
        }

        // Either a label that has to be decided; or where the last field is missing, nothing where one before it is; or that it is there, as it will be whatever else is decided.
        private (string? Label, (StandPoint, StandSet, PathFacts)? Missing, bool IsThere) Follow(PathFacts facts)
        {
            var point = reachability.Root(steps[0].TypeName);
            for (var i = 0; i < steps.Length; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                var field = point.Type.Field(steps[i].FieldName);
                if (Reachability.Choice(field, facts) is { } label)
                {
                    return (label, null, false);
                }

                Left--;
                var closed = reachability.Close(reachability.Point(point.TypeName, point.Stands, reachability.Needs.ForEntering(point.Type, facts)));
                reachability.NoteStep(closed, field, facts);
                var options = reachability.Serve(point.Type, closed, field, facts);
                if (options.IsEmpty)
                {
                    return (null, i == steps.Length - 1 ? (point, closed, facts) : null, false);
                }

                if (i == steps.Length - 1)
                {
                    break;
                }

                // Labels are known beside the points, which are the same for all of their outcomes.
                facts = reachability.Under(point.Type, closed, facts);
                var next = reachability.BelowAny((CompositeType)field.Returned!, options, facts.Unlabelled(), forgets: false).Find(at => at.TypeName == steps[i + 1].TypeName);
                if (next is null)
                {
                    return (null, null, false);
                }

                point = next;
            }

            return (null, null, true);
        }

        private string? Undecided(PathFacts facts) => (mattering ??= Mattering()).FirstOrDefault(label => !facts.Labels.ContainsKey(label));

        private HashSet<string> Mattering()
        {
            var labels = new HashSet<string>(StringComparer.Ordinal);
            foreach (var (typeName, fieldName) in steps)
            {
                cancellation.ThrowIfCancellationRequested();
                var type = reachability.Type(typeName);
                labels.UnionWith(reachability.Needs.Entering(type));
                labels.UnionWith(reachability.Needs.Asking(type, type.Field(fieldName)));
                foreach (var taken in type.Contexts.SelectMany(context => context.Taken))
                {
                    labels.UnionWith(reachability.Needs.Selecting(type, taken.Selection));
                }
            }

            return labels;
        }
    }
}

/// <summary>What came of looking at one query.</summary>
/// <param name="IsMissing">True when its last field is missing for some outcome of labels, false when for none; null where that is not known.</param>
/// <param name="At">Where it is missing.</param>
/// <param name="Decided">The labels on which it hung.</param>
internal sealed record TrialAnswer(bool? IsMissing, (StandPoint Point, StandSet Closed, PathFacts Facts)? At, IReadOnlySet<string> Decided);
