using System.Collections.Immutable;
using GraphGateway.Language;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// The root types of a source under the names that they have in every composed graph. ROOT_QUERY_USED, ROOT_MUTATION_USED,
/// ROOT_SUBSCRIPTION_USED: the name must be free.
/// </summary>
internal sealed class RenamedRoots
{
    private readonly Dictionary<string, OperationType> operations = new(StringComparer.Ordinal);

    internal RenamedRoots(ImmutableArray<DocumentNode> documents)
    {
        foreach (var root in documents.SelectMany(document => document.Definitions.OfType<SchemaDefinitionNode>()).SelectMany(it => it.OperationTypes))
        {
            operations.TryAdd(root.Type.Name.Value, root.Operation);
        }
    }

    /// <summary>The composed name of a type.</summary>
    internal string NameOf(string type) => operations.TryGetValue(type, out var operation) ? operation.ToString() : type;

    /// <summary>The description of the source, with the names that it uses itself.</summary>
    internal SourceSchema Describe(SourceSchema source)
    {
        string? Own(string? composed) =>
            operations.FirstOrDefault(pair => pair.Value.ToString() == composed).Key ?? composed;

        return source with
        {
            QueryTypeName = Own(source.QueryTypeName)!,
            MutationTypeName = Own(source.MutationTypeName),
            SubscriptionTypeName = Own(source.SubscriptionTypeName),
        };
    }

    internal void Check(SourceInput input, ImmutableArray<DocumentNode> documents, ProblemSink problems)
    {
        var types = documents
            .SelectMany(document => document.Definitions.OfType<TypeDefinitionNode>()
                .Select(type => (type.Name.Value, Place: new Place(input.Name, document.Source, type.Start))))
            .ToArray();
        var roots = documents
            .SelectMany(document => document.Definitions.OfType<SchemaDefinitionNode>()
                .SelectMany(schema => schema.OperationTypes)
                .Select(root => (root, Place: new Place(input.Name, document.Source, root.Type.Start))))
            .ToArray();
        CheckNames(input, roots, types.Select(type => type.Value).ToHashSet(StringComparer.Ordinal), problems);
        foreach (var (name, operation) in operations.Where(pair => pair.Key != pair.Value.ToString()))
        {
            var taken = types.Where(type => type.Value == operation.ToString()).ToArray();
            if (taken.Length > 0 && types.Any(type => type.Value == name) && !operations.ContainsKey(operation.ToString()))
            {
                problems.Error(
                    operation switch
                    {
                        OperationType.Query => ProblemCode.RootQueryUsed,
                        OperationType.Mutation => ProblemCode.RootMutationUsed,
                        _ => ProblemCode.RootSubscriptionUsed,
                    },
                    $"The {operation.ToString().ToLowerInvariant()} root type is {name}, which is composed as {operation}, and another type is named {operation}.",
                    $"Name the root type {operation}, and the other type something else.",
                    types.Where(type => type.Value == name).Select(type => type.Place).Concat(taken.Select(type => type.Place)));
            }
        }
    }

    // Once they are renamed, a name that is no type's is that of another type, and two roots are one.
    private static void CheckNames(
        SourceInput input, (RootOperationTypeNode Root, Place Place)[] roots, HashSet<string> typeNames, ProblemSink problems)
    {
        foreach (var (root, place) in roots.Where(it =>
            !typeNames.Contains(it.Root.Type.Name.Value) && SpecifiedScalars.Find(it.Root.Type.Name.Value) is null))
        {
            Report($"Unknown type \"{root.Type.Name}\".", place);
        }

        foreach (var same in roots.GroupBy(it => it.Root.Type.Name.Value))
        {
            var operations = same.Select(it => it.Root.Operation.ToString().ToLowerInvariant()).Distinct().ToArray();
            if (operations.Length > 1)
            {
                Report(
                    $"All root types must be different, \"{same.Key}\" type is used as {Words.And(operations)} root types.",
                    [.. same.Select(it => it.Place)]);
            }
        }

        void Report(string message, params ReadOnlySpan<Place> places) => problems.Error(
            ProblemCode.InvalidGraphql, message, $"Mend the schema of {input.Name}: it must be valid GraphQL on its own.", places.ToArray());
    }
}
