using System.Collections.Immutable;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// Finds the fields with <c>@lookup</c> and the way to each from Query: a chain of fields without arguments
/// (Composite Schemas, Section 2, @lookup). The shortest way counts, and the first in document order among equals.
/// </summary>
internal static class LookupFinder
{
    internal static IEnumerable<SourceLookup> Find(SourceModel model)
    {
        var paths = PathsFromQuery(model.Schema);
        return
            from type in model.Types.Values
            from field in type.Fields.Values
            where field.Directive("lookup") is not null
            select new SourceLookup(field, paths.GetValueOrDefault(type.Name));
    }

    private static Dictionary<string, ImmutableArray<string>> PathsFromQuery(Schema schema)
    {
        var paths = new Dictionary<string, ImmutableArray<string>>(StringComparer.Ordinal);
        if (schema.QueryType is null)
        {
            return paths;
        }

        paths.Add(schema.QueryType.Name, []);
        var queue = new Queue<ObjectType>([schema.QueryType]);
        while (queue.TryDequeue(out var type))
        {
            foreach (var field in type.Fields.Where(field => field.Arguments.IsEmpty))
            {
                // below a list there would be many places to look up in
                if (field.Type.Nullable is ObjectType next && paths.TryAdd(next.Name, paths[type.Name].Add(field.Name)))
                {
                    queue.Enqueue(next);
                }
            }
        }

        return paths;
    }
}
