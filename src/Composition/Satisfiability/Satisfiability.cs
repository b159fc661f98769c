using System.Collections.Immutable;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// UNSATISFIABLE_QUERY_PATH: walks every path that a client can query, from the root types on and the shortest first, together with the
/// sources that can serve each step, and reports each field that no source can serve at some path, once, with the shortest query to it.
/// Paths that arrive at the same type in the same sources are the same from there on, so that circles end.
/// </summary>
internal static class Satisfiability
{
    internal static void Check(Supergraph supergraph, MergedSchema merged, ProblemSink problems)
    {
        var reachability = new Reachability(supergraph);
        var explanation = new Explanation(supergraph, reachability);
        var queue = new Queue<(StandPoint Point, QueryPath Path)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var reported = new HashSet<string>(StringComparer.Ordinal);
        foreach (var root in new[] { supergraph.PublicSchema.QueryType, supergraph.PublicSchema.MutationType, supergraph.PublicSchema.SubscriptionType })
        {
            if (root is not null)
            {
                Enqueue(new StandPoint(root.Name, supergraph.Sources.Select(source => new Stand(source.Ordinal, root.Name, null))), QueryPath.Root(root));
            }
        }

        while (queue.TryDequeue(out var next))
        {
            var closed = reachability.Close(next.Point);
            foreach (var field in ((ObjectType)supergraph.PublicSchema.FindType(next.Point.TypeName)!).Fields)
            {
                var path = next.Path.Then(next.Point.TypeName, field);
                var options = reachability.Serve(next.Point.TypeName, closed, field.Name);
                if (options.IsEmpty)
                {
                    Report(field, path, explanation.WhyNot(next.Point, closed, field.Name));
                    continue;
                }

                var returned = supergraph.FullSchema.FindType(field.Type.Named.Name)!;
                if (NeedsConcreteType(supergraph, reachability, returned, options))
                {
                    Report(field, path, explanation.WhyNoTypename(returned, options));
                }

                foreach (var point in reachability.Below(returned, options).Where(it => supergraph.PublicSchema.FindType(it.TypeName) is not null))
                {
                    Enqueue(point, path);
                }
            }
        }

        void Enqueue(StandPoint point, QueryPath path)
        {
            if (seen.Add(point.Key))
            {
                queue.Enqueue((point, path));
            }
        }

        void Report(FieldDefinition field, QueryPath path, string reasons)
        {
            if (reported.Add(field.ToString()))
            {
                problems.Error(
                    ProblemCode.UnsatisfiableQueryPath,
                    $"No source can answer {path.ToQuery()}, at {field}: {reasons}",
                    "Let a source that has the field be entered from where the query stands (a lookup or a key that is known there), "
                    + "or define the field as shareable in a source that the query comes from.",
                    merged.Field(path.LastType, field.Name)?.Places ?? []);
            }
        }
    }

    // A value that only an interface object gave has no type of its own until another source is asked.
    private static bool NeedsConcreteType(
        Supergraph supergraph, Reachability reachability, NamedType returned, ImmutableArray<Stand> options)
    {
        bool IsInterfaceObject(Stand stand) =>
            supergraph.FindType(stand.TypeName)?.In(supergraph.Sources[stand.Source]) is { IsInterfaceObject: true };

        return returned is InterfaceType
            && options.All(IsInterfaceObject)
            && reachability.Close(new StandPoint(returned.Name, options)).All(IsInterfaceObject);
    }
}
