using GraphGateway.TypeSystem;

namespace GraphGateway.Composition;

/// <summary>QUERY_ROOT_TYPE_INACCESSIBLE, ROOT_QUERY_USED, ROOT_MUTATION_USED, ROOT_SUBSCRIPTION_USED (§4.1.1).</summary>
internal static class RootTypeRules
{
    internal static void QueryRootTypeInaccessible(SourceModel model, ProblemSink problems)
    {
        if (model.Schema.QueryType is { } query && model.Types[query.Name] is { IsInaccessible: true } type)
        {
            problems.Error(
                ProblemCode.QueryRootTypeInaccessible,
                $"The query root type {query.Name} is @inaccessible, and it is where every query begins.",
                "Remove @inaccessible from the type; hide single fields of it, or use @internal for lookups that clients should not see.",
                type.PlaceOf(Directives.Find(query.Directives, "inaccessible")!));
        }
    }

    internal static void RootTypesUsed(SourceModel model, ProblemSink problems)
    {
        Check(model, problems, ProblemCode.RootQueryUsed, "query", "Query", model.Schema.QueryType);
        Check(model, problems, ProblemCode.RootMutationUsed, "mutation", "Mutation", model.Schema.MutationType);
        Check(model, problems, ProblemCode.RootSubscriptionUsed, "subscription", "Subscription", model.Schema.SubscriptionType);
    }

    private static void Check(
        SourceModel model, ProblemSink problems, ProblemCode code, string operation, string name, ObjectType? root)
    {
        if (root is not null && root.Name != name)
        {
            problems.Error(
                code,
                $"The {operation} root type is named {root.Name}; root types are merged by name, so it must be {name}.",
                $"Rename {root.Name} to {name}" + (model.Types.ContainsKey(name) ? $", and the other type {name} to something else." : "."),
                model.Types[root.Name].Place);
        }
        else if (root is null && model.Types.GetValueOrDefault(name) is { } type)
        {
            problems.Error(
                code,
                $"The type {name} is defined and is not the {operation} root type.",
                $"Add \"{operation}: {name}\" to the schema definition, or rename the type.",
                type.Place);
        }
    }
}
