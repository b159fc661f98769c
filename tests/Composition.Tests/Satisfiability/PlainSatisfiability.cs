using System.Collections.Immutable;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition.Tests.Plain;

/// <summary>
/// UNSATISFIABLE_QUERY_PATH: walks every path that a client can query, from the root types on and the shortest first, together with the
/// sources that can serve each step, and reports each field that no source can serve at some path, once, with the shortest query to it.
/// Paths that arrive at the same type in the same sources are the same from there on, so that circles end.
/// The plain twin of <see cref="GraphGateway.Composition.Satisfiability"/>: positions are texts, and nothing is indexed.
/// </summary>
internal sealed class Satisfiability
{
    private readonly Supergraph supergraph;
    private readonly Reachability reachability;
    private readonly Queue<(StandPoint Point, QueryPath Path)> queue = new();
    private readonly HashSet<string> seen = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, Finding> findings = new(StringComparer.Ordinal);
    private int queryCount;
    private readonly OrderedDictionary<string, Finding> warnings;

    // Every path is followed that has at most so many fields, whether or not another one came to the same position before it; null: each
    // position is looked at once.
    private readonly int? lengthMax;

    private Satisfiability(Supergraph supergraph, Reachability reachability, OrderedDictionary<string, Finding> warnings, int? lengthMax = null)
    {
        this.supergraph = supergraph;
        this.reachability = reachability;
        this.warnings = warnings;
        this.lengthMax = lengthMax;
    }

    internal static ImmutableArray<(ProblemCode Code, string Message)> Find(Supergraph supergraph) =>
        [.. Walk(supergraph, null).All.Select(finding => (finding.Code, finding.Message))];

    /// <summary>
    /// The lengths of the shortest queries that cannot be answered, by the field that is missing, found by trying every query of at most so
    /// many fields one below the other; and how many were tried.
    /// </summary>
    internal static (Dictionary<string, int> Lengths, int QueryCount) TryAll(Supergraph supergraph, int lengthMax)
    {
        var walk = Walk(supergraph, lengthMax);
        return (walk.Lengths, walk.queryCount);
    }

    /// <summary>The same, by looking at each position once.</summary>
    /// <param name="supergraph">The graph.</param>
    /// <param name="facts">What is known from the start, such as which labels are on; null: nothing.</param>
    internal static Dictionary<string, int> FindLengths(Supergraph supergraph, PathFacts? facts = null) => Walk(supergraph, null, facts).Lengths;

    private Dictionary<string, int> Lengths => findings.Values.Where(finding => finding.Path is not null)
        .ToDictionary(finding => $"{finding.TypeName}.{finding.FieldName}", finding => finding.Path!.Steps.Length);

    private IEnumerable<Finding> All => findings.Values.Concat(warnings.Values);

    private static Satisfiability Walk(Supergraph supergraph, int? lengthMax, PathFacts? facts = null)
    {
        var walk = new Satisfiability(supergraph, new Reachability(supergraph), new(StringComparer.Ordinal), lengthMax);
        var schema = supergraph.PublicSchema;
        foreach (var root in new[] { schema.QueryType, schema.MutationType, schema.SubscriptionType })
        {
            if (root is not null)
            {
                walk.Enqueue(
                    new StandPoint(root.Name, supergraph.Sources.Select(source => new Stand(source.Ordinal, root.Name, null)), facts ?? PathFacts.None),
                    QueryPath.Root(root));
            }
        }

        walk.Run();
        return walk;
    }

    private void Run()
    {
        while (queue.TryDequeue(out var next))
        {
            var closed = reachability.Close(next.Point);
            foreach (var field in ((ObjectType)supergraph.PublicSchema.FindType(next.Point.TypeName)!).Fields)
            {
                foreach (var facts in reachability.Choices(next.Point.TypeName, field.Name, next.Point.Facts))
                {
                    Step(next.Point, closed, field, facts, next.Path.Then(next.Point.TypeName, field));
                }
            }
        }
    }

    private void Step(StandPoint point, ImmutableArray<Stand> closed, FieldDefinition field, PathFacts facts, QueryPath path)
    {
        queryCount++;
        var options = reachability.ServeOnce(point.TypeName, closed, field.Name, facts);
        if (options.IsEmpty)
        {
            Report(field, path, () => new Explanation(supergraph, reachability).WhyNot(point, closed, field.Name, facts));
            return;
        }

        var returned = supergraph.FullSchema.FindType(field.Type.Named.Name)!;
        if (Mismatch(point.TypeName, field, returned, options) is var (code, how, hint))
        {
            var finding = new Finding(code, $"{path.ToQuery()} can be answered by several sources, and {how}.", hint, path.LastType, field.Name);
            if (code == ProblemCode.ShareableHasMismatchedRuntimeTypes)
            {
                Add(finding);
                return;
            }

            warnings.TryAdd($"{finding.TypeName}.{finding.FieldName}", finding);
        }

        var below = Under(point.TypeName, closed, facts);
        if (NeedsConcreteType(returned, options, below))
        {
            Report(field, path, () => new Explanation(supergraph, reachability).WhyNoTypename(returned, options, below));
        }

        if (point.TypeName == supergraph.PublicSchema.MutationType?.Name && options.DistinctBy(stand => stand.Source).Skip(1).Any())
        {
            CheckSharedMutation(field, returned, options, below, path);
            return;
        }

        Enqueue(reachability.BelowAny(returned, options, below), path);
    }

    // A mutation is done by one source, once: what is asked of its result is asked from there, and one of the sources must do.
    private void CheckSharedMutation(FieldDefinition mutation, NamedType returned, ImmutableArray<Stand> options, PathFacts facts, QueryPath path)
    {
        var types = reachability.BelowAny(returned, options, facts).Select(point => point.TypeName).ToArray();
        var walks = new List<(string Name, OrderedDictionary<string, Finding> Findings)>();
        foreach (var own in options.GroupBy(stand => stand.Source))
        {
            var walk = new Satisfiability(supergraph, reachability, warnings, lengthMax);
            walk.Enqueue(reachability.Below(returned, [.. own], facts).Where(point => types.Contains(point.TypeName)), path);
            walk.Run();
            if (walk.findings.Count == 0)
            {
                return;
            }

            walks.Add((supergraph.Sources[own.Key].Name, walk.findings));
        }

        foreach (var (key, first) in walks[0].Findings)
        {
            var sides = walks.Select(walk => (walk.Name, Finding: walk.Findings.GetValueOrDefault(key, walk.Findings.GetAt(0).Value))).ToArray();
            Add(sides.Any(side => side.Finding.Path is null) ? first : first with
            {
                Message = $"No source can answer {QueryPath.ToQuery([.. sides.Select(side => side.Finding.Path!)])}, and {mutation} is done by one source alone. "
                    + string.Join(' ', sides.Select(side => $"Where {side.Name} does it, {side.Finding.TypeName}.{side.Finding.FieldName} is missing: {side.Finding.Reasons}")),
            });
        }
    }

    private void Enqueue(IEnumerable<StandPoint> points, QueryPath path)
    {
        foreach (var point in points.Where(it => supergraph.PublicSchema.FindType(it.TypeName) is not null))
        {
            Enqueue(point, path);
        }
    }

    private void Enqueue(StandPoint point, QueryPath path)
    {
        if (lengthMax is { } max ? path.Steps.Length < max : seen.Add(point.Key))
        {
            queue.Enqueue((point, path));
        }
    }

    private void Report(FieldDefinition field, QueryPath path, Func<string> reasons)
    {
        if (!findings.ContainsKey($"{path.LastType}.{field.Name}"))
        {
            var text = reasons();
            Add(new Finding(
                ProblemCode.UnsatisfiableQueryPath,
                $"No source can answer {path.ToQuery()}, at {field}: {text}",
                "Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), "
                + "or define the field as shareable in a source that the query comes from.",
                path.LastType,
                field.Name)
            {
                Path = path,
                Reasons = text,
            });
        }
    }

    private void Add(Finding finding) => findings.TryAdd($"{finding.TypeName}.{finding.FieldName}", finding);

    // What sources take of the contexts that a value sets they get from it, or from nobody.
    private PathFacts Under(string typeName, ImmutableArray<Stand> closed, PathFacts facts)
    {
        var (type, above) = (supergraph.FindType(typeName), facts);
        var names = ((type?.Type as ObjectType)?.Interfaces.Select(it => it.Name) ?? []).Prepend(typeName)
            .Concat(supergraph.Types.Where(it => it.Type is UnionType union && union.Members.Any(member => member.Name == typeName)).Select(it => it.Name));
        foreach (var source in names.SelectMany(name => supergraph.FindType(name)?.Sources ?? []))
        {
            foreach (var context in source.Contexts)
            {
                facts = facts.With(PathFacts.Context(source.Source, context));
                foreach (var argument in supergraph.Types.SelectMany(it => it.Fields).SelectMany(field => field.Sources)
                    .Where(entry => entry.Source == source.Source).SelectMany(entry => entry.ContextArguments).Where(argument => argument.Context == context))
                {
                    var lost = PathFacts.Lost(source.Source, argument);
                    facts = reachability.CanSelect(typeName, closed, argument.Selection, above) ? facts.WithoutContext(lost) : facts.With(lost);
                }
            }
        }

        return facts;
    }

    // What each source can return, in words, where they have nothing in common or a lookup does not know all of it.
    private (ProblemCode Code, string How, string Hint)? Mismatch(string typeName, FieldDefinition field, NamedType returned, ImmutableArray<Stand> options)
    {
        var owners = supergraph.FindField(typeName, field.Name)!.Sources.Count(entry => !entry.IsExternal);
        if (returned is not (InterfaceType or UnionType) || owners < 2)
        {
            return null;
        }

        var sides = options
            .Select(stand => (Source: supergraph.Sources[stand.Source], Type: supergraph.FindType(stand.TypeName)))
            .Select(entry => (entry.Source, entry.Type, In: entry.Type?.In(entry.Source)))
            .Where(entry => entry.In is { IsInterfaceObject: false })
            .Select(entry => (entry.Source, IsAbstract: entry.Type!.Type is not ObjectType, Names: entry.Type.Type is ObjectType ? [entry.Type.Name] : entry.In!.PossibleTypes))
            .ToArray();
        var told = string.Join("; ", sides.Select(side => $"{side.Source.Name} returns {(side.Names.IsEmpty ? "nothing" : string.Join(" or ", side.Names))}"));
        var at = $"{typeName}.{field.Name}";
        var unknowing = sides
            .Where(side => sides.SelectMany(other => other.Names).Except(side.Names).Any() && IsLookup(side.Source, typeName, field.Name))
            .Select(side => side.Source.Name)
            .ToArray();
        if (unknowing.Length > 0)
        {
            var where = unknowing.Length == sides.Length ? "all of them but one" : Words.And(unknowing);
            return (
                ProblemCode.ShareableHasMismatchedRuntimeTypes,
                $"not alike at {at}: {told}. It is a lookup in {Words.And(unknowing)}, and a lookup answers null for an object that its source does not know",
                $"Mark {at} as @internal in {where}: the gateway still looks up by it there. Clients find the other objects by fields of their types.");
        }

        if (sides.Count(side => side.IsAbstract) < 2 || sides.All(side => side.Names.IsEmpty))
        {
            return null;
        }

        var common = sides.Skip(1).Aggregate(sides[0].Names.AsEnumerable(), (names, side) => names.Intersect(side.Names)).ToArray();
        var others = sides.SelectMany(side => side.Names).Distinct().Except(common).ToArray();
        return others.Length == 0 ? null
            : common.Length == 0
            ? (ProblemCode.ShareableHasMismatchedRuntimeTypes, $"never alike at {at}: {told}", $"Let all sources of {at} return objects of one type at least, or keep the field in one of them.")
            : (ProblemCode.InconsistentRuntimeTypesForShareableReturn,
                $"not all of them know {string.Join(" or ", others)} at {at}: {told}. Which of them is asked is open, so that such objects cannot be relied on there",
                $"Let all sources of {at} know the same types there, or keep the field in one of them.");
    }

    private bool IsLookup(SourceSchema source, string typeName, string fieldName) => supergraph.Types.SelectMany(type => type.Lookups).Any(lookup =>
    {
        var parent = "Query";
        foreach (var name in lookup.Path)
        {
            parent = supergraph.FindField(parent, name)?.Field.Type.Named.Name ?? "";
        }

        return lookup.Source == source && lookup is { Kind: LookupKind.Field, IsInternal: false } && lookup.FieldName == fieldName && parent == typeName;
    });

    // A value that only an interface object gave has no type of its own until another source is asked.
    private bool NeedsConcreteType(NamedType returned, ImmutableArray<Stand> options, PathFacts facts)
    {
        bool IsInterfaceObject(Stand stand) =>
            supergraph.FindType(stand.TypeName)?.In(supergraph.Sources[stand.Source]) is { IsInterfaceObject: true };

        return returned is InterfaceType
            && options.All(IsInterfaceObject)
            && reachability.CloseUntold(new StandPoint(returned.Name, options, facts)).All(IsInterfaceObject);
    }

    private sealed record Finding(ProblemCode Code, string Message, string Hint, string TypeName, string FieldName)
    {
        internal QueryPath? Path { get; init; }

        internal string Reasons { get; init; } = "";
    }
}
