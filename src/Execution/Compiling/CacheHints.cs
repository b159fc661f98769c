using GraphGateway.Language;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Execution;

/// <summary>
/// How long the answer to one request may be kept by what its source's schema says of all that is asked, by the rules of
/// <see href="https://www.apollographql.com/docs/apollo-server/performance/caching/#default-maxage">Apollo Server</see>: the shortest time and the strictest scope;
/// what is said of a field goes before what is said of its type; leaves have the time of what they stand in; a root field, and a field with fields of its own, has none
/// unless something is said of it. The default value says nothing.
/// </summary>
/// <param name="AreThere">Whether the schema says anything, of whatever.</param>
/// <param name="MaxAge">The shortest time that is said of something in it, in seconds; null where none is.</param>
/// <param name="IsPrivate">Whether something in it is for one client alone.</param>
/// <param name="HasUnsaid">Whether something in it has no time, so that the schema alone allows nothing.</param>
public readonly record struct CacheHints(bool AreThere, long? MaxAge, bool IsPrivate, bool HasUnsaid)
{
    /// <summary>Seconds for which it may be kept by the schema alone; null where it allows nothing.</summary>
    public long? Lifetime => HasUnsaid ? null : MaxAge;

    /// <summary>Those of a request that both are a part of.</summary>
    public CacheHints And(in CacheHints other) => new(
        AreThere || other.AreThere,
        MaxAge is { } mine && other.MaxAge is { } others ? Math.Min(mine, others) : MaxAge ?? other.MaxAge,
        IsPrivate || other.IsPrivate,
        HasUnsaid || other.HasUnsaid);

    /// <summary>Those of a request for several steps.</summary>
    internal static CacheHints Of(IReadOnlyList<CompiledStep> steps)
    {
        var hints = steps[0].Hints;
        for (var i = 1; i < steps.Count; i++)
        {
            hints = hints.And(steps[i].Hints);
        }

        return hints;
    }

    /// <summary>Those of a step.</summary>
    internal static CacheHints Of(FetchStep step, Supergraph graph)
    {
        if (step.Source.IsGateway || !graph.HasCacheHints(step.Source))
        {
            return default;
        }

        var query = graph.FullSchema.QueryType?.Name;
        var operation = step.Document.Operation == OperationType.Query
            ? Parser.ParseDocument(new SourceText(step.Document.Text), ParserOptions.Fetch).Value?.Definitions.OfType<OperationDefinitionNode>().FirstOrDefault()
            : null;
        if (operation is null || query is null)
        {
            // What a mutation answers is never kept.
            return new CacheHints(AreThere: true, MaxAge: null, IsPrivate: false, HasUnsaid: true);
        }

        var reader = new Reader(graph, step.Source);
        reader.Read(operation.SelectionSet, query, isRoot: true);
        return reader.Hints;
    }

    private sealed class Reader(Supergraph graph, SourceSchema source)
    {
        private const string Entities = "_entities";

        public CacheHints Hints { get; private set; } = new(AreThere: true, MaxAge: null, IsPrivate: false, HasUnsaid: false);

        public void Read(SelectionSetNode selection, string type, bool isRoot)
        {
            foreach (var node in selection.Selections)
            {
                switch (node)
                {
                    case FieldNode field when field.Name.Value.StartsWith("__", StringComparison.Ordinal):
                        break;
                    case FieldNode { Name.Value: Entities, SelectionSet: { } entities } when isRoot:
                        ReadEntities(entities);
                        break;
                    case FieldNode field:
                        Read(field, type, isRoot);
                        break;
                    case InlineFragmentNode fragment:
                        Read(fragment.SelectionSet, fragment.TypeCondition?.Name.Value ?? type, isRoot);
                        break;
                    default:
                        // Plans have no other fragments; of what is not known nothing is said.
                        Hints = Hints with { HasUnsaid = true };
                        break;
                }
            }
        }

        // What is asked of each type stands in a fragment of its own, and counts as a field that returns it.
        private void ReadEntities(SelectionSetNode entities)
        {
            foreach (var entity in entities.Selections.OfType<InlineFragmentNode>())
            {
                var type = entity.TypeCondition!.Name.Value;
                Note(null, TypeHint(type), isComposite: true, isRoot: true);
                Read(entity.SelectionSet, type, isRoot: false);
            }
        }

        private void Read(FieldNode field, string type, bool isRoot)
        {
            // Of a lookup that is internal to its source the graph knows no more than what it returns.
            var known = graph.FindField(type, field.Name.Value)?.Sources.FirstOrDefault(part => part.Source == source);
            var returned = known is not null ? Named(known.Type)
                : graph.Types.SelectMany(static entry => entry.Lookups).FirstOrDefault(lookup => lookup.Source == source && lookup.FieldName == field.Name.Value)?.ReturnTypeName;
            Note(known?.CacheHint, returned is null ? null : TypeHint(returned), field.SelectionSet is not null, isRoot);
            if (field.SelectionSet is { } below && returned is not null)
            {
                Read(below, returned, isRoot: false);
            }
        }

        private CacheHint? TypeHint(string type) => graph.FindType(type)?.Sources.FirstOrDefault(part => part.Source == source)?.CacheHint;

        private void Note(CacheHint? field, CacheHint? type, bool isComposite, bool isRoot)
        {
            var maxAge = field?.MaxAge ?? type?.MaxAge;
            var inherits = field is { MaxAge: null, InheritsMaxAge: true } || (field?.MaxAge is null && type is { InheritsMaxAge: true });
            Hints = Hints.And(new CacheHints(
                AreThere: true,
                maxAge,
                field?.IsPrivate ?? type?.IsPrivate ?? false,
                HasUnsaid: maxAge is null && (isRoot || (isComposite && !inherits))));
        }

        private static string Named(TypeNode type) => type switch
        {
            ListTypeNode list => Named(list.Type),
            NonNullTypeNode nonNull => Named(nonNull.Type),
            _ => ((NamedTypeNode)type).Name.Value,
        };
    }
}
