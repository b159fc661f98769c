using System.Collections.Immutable;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// UNSATISFIABLE_QUERY_PATH: walks every path that a client can query, from the root types on and the shortest first, together with the
/// sources that can serve each step, and reports each field that no source can serve at some path, once, with the shortest query to it.
/// Paths that arrive at the same type in the same sources are the same from there on, so that circles end; of labels (<c>@override</c>) they know what matters there (<see cref="LabelMemory"/>).
/// SHAREABLE_HAS_MISMATCHED_RUNTIME_TYPES: sources that can be asked for the same value can also return the same
/// (<see cref="SharedReturns"/>). Below a shared field only such objects count as all of them can return (as for Apollo), and
/// INCONSISTENT_RUNTIME_TYPES_FOR_SHAREABLE_RETURN warns of the others.
/// </summary>
internal sealed class Satisfiability
{
    // What is missing in truth is told whatever else is; but as long as few labels are on the way to it, another walk that knows them goes further in on their other sides.
    private const int MostForgotten = 6;

    private readonly Supergraph supergraph;
    private readonly Reachability reachability;
    private readonly Explanation explanation;
    private readonly SharedReturns sharedReturns;
    private readonly TypeTellers tellers;
    private readonly Queue<(StandPoint Point, QueryPath Path)> queue = new();
    private readonly HashSet<StandPoint> seen = [];
    private readonly HashSet<Position> visited = [];

    // What fields return, and from where: many fields return the same interface, and it has many objects.
    private readonly HashSet<Returned> entered = [];
    private readonly OrderedDictionary<(string TypeName, string FieldName), Finding> findings = [];

    // Of all walks together: of what to warn.
    private readonly OrderedDictionary<(string TypeName, string FieldName), Finding> warnings;

    // Of all walks together: what was walked through to the end without a finding need not be walked through again.
    private readonly MutationFaults faults;

    // Of all walks from the roots together; null for those below shared mutations.
    private readonly Confirmations? confirmations;

    // True: nothing is told, but whether something is missing.
    private readonly bool isProbe;

    // Where the walk is.
    private Position current = null!;

    private readonly CancellationToken cancellation;

    private Satisfiability(
        Supergraph supergraph,
        Reachability reachability,
        Explanation explanation,
        MutationFaults faults,
        bool isProbe,
        OrderedDictionary<(string, string), Finding> warnings,
        Confirmations? confirmations,
        CancellationToken cancellation)
    {
        this.supergraph = supergraph;
        this.reachability = reachability;
        this.explanation = explanation;
        sharedReturns = new SharedReturns(supergraph);
        tellers = new TypeTellers(supergraph, reachability);
        (this.faults, this.isProbe) = (faults, isProbe);
        (this.warnings, this.confirmations) = (warnings, confirmations);
        this.cancellation = cancellation;
    }

    internal static void Check(Supergraph supergraph, MergedSchema merged, ProblemSink problems, CancellationToken cancellation = default)
    {
        foreach (var finding in Find(supergraph, merged, cancellation).Findings)
        {
            var places = merged.Field(finding.TypeName, finding.FieldName)?.Places ?? (finding.FieldName.Length == 0 ? merged.Types.GetValueOrDefault(finding.TypeName)?.Group.Places : null) ?? [];
            if (finding.Code == ProblemCode.InconsistentRuntimeTypesForShareableReturn)
            {
                problems.Warning(finding.Code, finding.Message, finding.Hint, places);
            }
            else
            {
                var form = finding.Code == ProblemCode.ShareableHasMismatchedRuntimeTypes ? GlobalObjects.Hint(merged.Sources, finding.TypeName, finding.FieldName) : null;
                problems.Error(finding.Code, finding.Message, form ?? finding.Hint, places);
            }
        }
    }

    /// <summary>What cannot be answered, and how many positions (a type and the sources that can be entered there) were looked at.</summary>
    internal static (ImmutableArray<Finding> Findings, int PositionCount) Find(Supergraph supergraph, MergedSchema? merged = null, CancellationToken cancellation = default)
    {
        var reachability = new Reachability(new GraphIndex(supergraph), cancellation);
        var explanation = new Explanation(supergraph, reachability, merged, cancellation);
        var confirmations = new Confirmations(reachability, explanation, cancellation);
        Satisfiability walk;
        do
        {
            reachability.Memory.Begin();
            walk = new Satisfiability(supergraph, reachability, explanation, reachability.NoFaults(), isProbe: false, [], confirmations, cancellation);
            walk.RunFromRoots();
        }
        while (reachability is { IsTooLarge: false, Memory.HasGrown: true });

        if (reachability.IsTooLarge)
        {
            walk.ReportTooLarge();
        }

        walk.ReportLostNodes();
        return ([.. walk.findings.Values, .. walk.warnings.Values], walk.visited.Count);
    }

    private void RunFromRoots()
    {
        var schema = supergraph.PublicSchema;
        foreach (var root in new[] { schema.QueryType, schema.MutationType, schema.SubscriptionType })
        {
            if (root is not null)
            {
                Begin(root, PathFacts.None, [.. reachability.Memory.Foreseen]);
            }
        }

        Run();
    }

    // For each outcome of the labels that are to be decided before.
    private void Begin(ObjectType root, PathFacts facts, ReadOnlySpan<string> labels)
    {
        if (labels.IsEmpty)
        {
            Enqueue(reachability.Root(root.Name, facts), QueryPath.Root(root));
        }
        else if (!reachability.IsTooLarge)
        {
            Begin(root, facts.With(labels[0], true), labels[1..]);
            Begin(root, facts.With(labels[0], false), labels[1..]);
        }
    }

    private void Run()
    {
        while (queue.TryDequeue(out var next))
        {
            // However a query came to a position, from there on the same is possible.
            var closed = reachability.Close(next.Point);
            var position = new Position(next.Point.Type, closed, next.Point.Facts);
            if (faults.IsFaultless(position) || (isProbe && faults.IsFaulty(position)) || !visited.Add(position))
            {
                continue;
            }

            current = position;

            foreach (var definition in next.Point.Type.Public!.Fields)
            {
                cancellation.ThrowIfCancellationRequested();
                if (reachability.IsTooLarge)
                {
                    queue.Clear();
                    return;
                }

                Choose(next.Point, closed, next.Point.Type.Field(definition.Name), definition, next.Point.Facts, next.Path);
            }
        }
    }

    // A step for each outcome of the field's labels.
    private void Choose(StandPoint point, StandSet closed, FieldIndex field, FieldDefinition definition, PathFacts facts, QueryPath before)
    {
        // They double with each of its labels.
        cancellation.ThrowIfCancellationRequested();
        if (Reachability.Choice(field, facts) is not { } label)
        {
            Step(point, closed, field, definition, facts, before);
        }
        else if (!reachability.IsTooLarge)
        {
            Choose(point, closed, field, definition, facts.With(label, true), before);
            Choose(point, closed, field, definition, facts.With(label, false), before);
        }
    }

    // First, as of what is found by then not all may be told; what else there is nobody knows. What is missing in truth comes to light as what it is, and has to be mended in any case.
    private void ReportTooLarge()
    {
        if (confirmations!.All.Count > 0)
        {
            findings.Clear();
            foreach (var (key, finding) in confirmations.All)
            {
                findings.Add(key, finding);
            }

            return;
        }

        var (type, count) = reachability.MostVisited();
        findings.Insert(0, (type.Name, ""), new Finding(
            ProblemCode.UnsupportedFeature,
            $"Whether all queries can be answered cannot be found out: they come to {type.Name} with {(count < 100 ? "too many" : $"more than {(count < 1_000 ? count - 1 : count / 1_000 * 1_000)}")} different sets of sources, labels and contexts.",
            $"Give {type.Name} a lookup or a key in the sources that share it, so that all of them can be entered wherever a query comes to it; or let those that share its fields have all of them, and move fewer fields by labels at the same time.",
            type.Name,
            ""));
    }

    // What the gateway answers by the id of an object must be found by it.
    private void ReportLostNodes()
    {
        if (supergraph.Sources is not [.., { IsGateway: true }])
        {
            return;
        }

        foreach (var (type, _) in GatewaySource.Nodes(supergraph).Where(node => !node.IsFound))
        {
            findings.TryAdd((type.Name, GatewaySource.IdField), new Finding(
                ProblemCode.UnsatisfiableQueryPath,
                $"No source can answer {{ node(id: \"...\") {{ ... on {type.Name} {{ id }} }} }}: {type.Name} implements {GatewaySource.Interface}, and no source has a lookup "
                    + "for it by the id alone that clients may use (one with @internal need not know whether there is such an object).",
                $"Give a source of {type.Name} a lookup such as {char.ToLowerInvariant(type.Name[0])}{type.Name[1..]}ById(id: ID!): {type.Name} @lookup, or node(id: ID!): Node "
                    + $"(in Apollo's dialect @key(fields: \"id\")), or let {type.Name} not implement {GatewaySource.Interface}.",
                type.Name,
                GatewaySource.IdField));
        }
    }

    private void Step(
        StandPoint point, StandSet closed, FieldIndex field, FieldDefinition definition, PathFacts facts, QueryPath before)
    {
        reachability.NoteStep(closed, field, facts);
        var options = reachability.Serve(point.Type, closed, field, facts, isLeaf: field.Returned is not CompositeType);
        if (reachability.IsTooLarge)
        {
            return;
        }

        if (options.IsEmpty)
        {
            ReportField(point, closed, field, facts, Then(before, point, field, definition, facts));
            return;
        }

        if (field.Returned is not CompositeType returned)
        {
            return;
        }

        var path = Then(before, point, field, definition, facts);
        if (sharedReturns.Mismatch(point.TypeName, field, returned, options) is var (code, how, hint) && !reachability.Memory.Doubts(path.Labels))
        {
            var isError = code == ProblemCode.ShareableHasMismatchedRuntimeTypes;
            if (isError && isProbe)
            {
                faults.Find(current);
                return;
            }

            var found = isError ? findings : warnings;
            found.TryAdd((path.LastType, field.Name), new Finding(
                code, found.Count < ProblemSink.Most ? $"{path.ToQuery()} can be answered by several sources, and {how}." : "", hint, path.LastType, field.Name));
            if (isError)
            {
                return;
            }
        }

        var below = reachability.Under(point.Type, closed, facts);
        if (!tellers.AreTypesTold(returned, options, below))
        {
            ReportTypename(field, returned, options, below, path);
        }

        if (options.Items[0].Source != options.Items[^1].Source && point.TypeName == supergraph.PublicSchema.MutationType?.Name)
        {
            CheckSharedMutation(definition, returned, options, below, path);
            return;
        }

        Enter(new Returned(returned, options, below), path);
    }

    private void Enter(Returned returned, QueryPath path)
    {
        if (isProbe)
        {
            faults.Lead(current, returned);
        }

        if (!entered.Add(returned))
        {
            return;
        }

        foreach (var point in reachability.BelowAny(returned.Type, returned.Options, returned.Facts))
        {
            if (point.Type.Public is null)
            {
                continue;
            }

            if (isProbe)
            {
                faults.Lead(returned, new Position(point.Type, reachability.Close(point), point.Facts));
            }

            Enqueue(point, path);
        }
    }

    private QueryPath Then(QueryPath before, StandPoint point, FieldIndex field, FieldDefinition definition, PathFacts facts)
    {
        reachability.NoteTrail(field);
        return before.Then(point.TypeName, definition, LabelTrail.Then(before.Labels, point, field, facts, reachability.Memory));
    }

    // Apart from the step, since what a function keeps is made when the method that makes it begins.
    private void ReportField(StandPoint point, StandSet closed, FieldIndex field, PathFacts facts, QueryPath path)
    {
        var at = new Position(point.Type, closed, facts);
        if (confirmations is null || findings.ContainsKey((path.LastType, field.Name)) || confirmations.AreIdle(path))
        {
            ReportUnlessDoubted();
            return;
        }

        var (finding, there) = confirmations.Of(path, field, at, point.Stands);
        if (finding is not null)
        {
            findings.Add((path.LastType, field.Name), finding);
            if (path.Labels?.Latest.Count <= MostForgotten)
            {
                _ = reachability.Memory.Doubts(path.Labels);
            }
        }
        else if (there is null || (!reachability.Memory.Doubts(path.Labels) && !reachability.Memory.Foresee(there)))
        {
            ReportUnlessDoubted();
        }

        void ReportUnlessDoubted() => Report(field, path, () => explanation.WhyNot(at with { Facts = path.Labels?.Complete(facts) ?? facts }, point.Stands, field));
    }

    private void ReportTypename(FieldIndex field, CompositeType returned, StandSet options, PathFacts below, QueryPath path) =>
        Report(field, path, () => explanation.WhyNoTypename(returned, options, path.Labels?.Complete(below) ?? below));

    // A mutation is done by one source, once: what is asked of its result is asked from there, and one of the sources must do.
    private void CheckSharedMutation(FieldDefinition mutation, NamedType returned, StandSet options, PathFacts facts, QueryPath path)
    {
        var types = reachability.BelowAny(returned, options, facts).Select(point => point.Type).ToHashSet();
        var sides = options.Items.GroupBy(stand => stand.Source, (source, own) => (
            Source: supergraph.Sources[source].Name,
            Points: reachability.Below(returned, StandSet.Of([.. own]), facts, forgets: true).FindAll(point => types.Contains(point.Type) && point.Type.Public is not null))).ToArray();
        Satisfiability Walk(List<StandPoint> from, bool isProbe)
        {
            var walk = new Satisfiability(supergraph, reachability, explanation, faults, isProbe, warnings, confirmations: null, cancellation);
            from.ForEach(point => walk.Enqueue(point, path));
            walk.Run();
            return walk;
        }

        if (Array.Exists(sides, side => !faults.End(Walk(side.Points, isProbe: true).visited)) || (findings.Count > 0 && faults.IsTold))
        {
            return;
        }

        // In words.
        var walks = new List<(string Source, OrderedDictionary<(string, string), Finding> Findings)>();
        foreach (var (source, points) in sides)
        {
            var walk = Walk(points, isProbe: false);
            faults.AddTold(walk.visited.Count);
            if (walk.findings.Count == 0)
            {
                // On this way there may be nothing missing.
                return;
            }

            walks.Add((source, walk.findings));
        }

        foreach (var (key, first) in walks[0].Findings)
        {
            // What each source cannot give of the result, the same for all where it can be.
            if (!findings.ContainsKey(key))
            {
                findings.Add(key, findings.Count >= ProblemSink.Most ? first : Together(mutation, first, [.. walks.Select(walk =>
                    (walk.Source, walk.Findings.TryGetValue(key, out var same) ? same : walk.Findings.GetAt(0).Value))]));
            }
        }
    }

    // Each alone could be asked of another source, all of it of none.
    private static Finding Together(FieldDefinition mutation, Finding first, (string Source, Finding Finding)[] sides) =>
        Array.Exists(sides, side => side.Finding.Path is null) ? first : first with
        {
            Message = $"No source can answer {QueryPath.ToQuery([.. sides.Select(side => side.Finding.Path!)])}, and {mutation} is done by one source alone. "
                + string.Join(' ', sides.Select(side => $"Where {side.Source} does it, {side.Finding.TypeName}.{side.Finding.FieldName} is missing: {side.Finding.Reasons}")),
        };

    private void Enqueue(StandPoint point, QueryPath path)
    {
        if (seen.Add(point))
        {
            queue.Enqueue((point, path));
        }
    }

    // The shortest query comes first; why further ones cannot be answered is not put into words, nor is what is only counted.
    private void Report(FieldIndex field, QueryPath path, Func<(string Text, string Hint)> reasons)
    {
        var key = (path.LastType, field.Name);
        if (!findings.ContainsKey(key) && !reachability.Memory.Doubts(path.Labels))
        {
            if (isProbe)
            {
                faults.Find(current);
                return;
            }

            // In a walk that was in doubt nothing is told: there will be another one.
            var isTold = findings.Count < ProblemSink.Most && !reachability.Memory.HasGrown;
            findings.Add(key, Missing(path, isTold ? reasons() : null));
        }
    }

    /// <summary>The finding that the last field of a query cannot be answered; in words as long as there are not too many of them.</summary>
    internal static Finding Missing(QueryPath path, (string Text, string Hint)? reasons) => new(
        ProblemCode.UnsatisfiableQueryPath,
        reasons is var (text, _) ? $"No source can answer {path.ToQuery()}, at {path.Last}: {text}" : "",
        reasons?.Hint ?? "",
        path.LastType,
        path.Last.Name)
    {
        Path = path,
        Reasons = reasons?.Text ?? "",
    };

    /// <summary>A field that cannot be answered on some path.</summary>
    internal sealed record Finding(ProblemCode Code, string Message, string Hint, string TypeName, string FieldName)
    {
        /// <summary>For UNSATISFIABLE_QUERY_PATH: the way to the field.</summary>
        internal QueryPath? Path { get; init; }

        /// <summary>The part of the message that tells why; empty without a path.</summary>
        internal string Reasons { get; init; } = "";
    }
}
