using System.Collections.Immutable;
using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>
/// Finds the fields with <c>@lookup</c> and the way to each from Query: a chain of fields without arguments
/// (Composite Schemas, Section 2, @lookup). The shortest way counts, and the first in document order among equals.
/// </summary>
internal static class LookupFinder
{
    /// <summary>
    /// A way has so many fields at most, and so many characters. Each lookup has a way of its own, in memory, in the supergraph and in what is sent: without a bound
    /// a long chain of types with a lookup each took the square of the chain.
    /// </summary>
    internal const int MostFields = 32;

    /// <inheritdoc cref="MostFields"/>
    internal const int MostCharacters = 1_000;

    internal static IEnumerable<SourceLookup> Find(SourceModel model)
    {
        var steps = StepsFromQuery(model.Schema);
        foreach (var type in model.Types.Values)
        {
            SourceLookup? first = null;
            foreach (var field in type.Fields.Values.Where(field => field.Directive("lookup") is not null))
            {
                // The lookups of a type share their way.
                first = first is null ? LookupOf(field, steps) : first with { Field = field };
                yield return first;
            }
        }
    }

    private static SourceLookup LookupOf(SourceField field, Dictionary<string, Step> steps)
    {
        if (!steps.TryGetValue(field.Type.Name, out var last))
        {
            return new SourceLookup(field, default);
        }

        var path = ImmutableArray.CreateBuilder<string>();
        var characters = 0;
        for (Step? step = last; step.Before is not null; step = step.Before)
        {
            path.Add(step.FieldName);
            characters += step.FieldName.Length + 1;
            if (path.Count > MostFields || characters > MostCharacters)
            {
                return new SourceLookup(field, default) { IsTooDeep = true };
            }
        }

        path.Reverse();
        return new SourceLookup(field, path.DrainToImmutable());
    }

    // Each type knows the step that leads to it alone: whole ways for all of them would be the square of a chain of types.
    private static Dictionary<string, Step> StepsFromQuery(Schema schema)
    {
        var steps = new Dictionary<string, Step>(StringComparer.Ordinal);
        if (schema.QueryType is null)
        {
            return steps;
        }

        steps.Add(schema.QueryType.Name, new Step(null, ""));
        var queue = new Queue<ObjectType>([schema.QueryType]);
        while (queue.TryDequeue(out var type))
        {
            var before = steps[type.Name];
            foreach (var field in type.Fields.Where(field => field.Arguments.IsEmpty))
            {
                // below a list there would be many places to look up in
                if (field.Type.Nullable is ObjectType next && steps.TryAdd(next.Name, new Step(before, field.Name)))
                {
                    queue.Enqueue(next);
                }
            }
        }

        return steps;
    }

    // A field that leads to a type, and the way to its own type; null at Query.
    private sealed record Step(Step? Before, string FieldName);
}
