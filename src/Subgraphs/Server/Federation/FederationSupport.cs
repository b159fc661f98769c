using System.Collections.Immutable;
using System.Reflection;
using GraphGateway.Language;
using GraphGateway.TypeSystem;

namespace GraphGateway.Subgraphs.Server;

/// <summary>
/// What a schema of <see href="https://www.apollographql.com/docs/graphos/schema-design/federated-schemas/reference/subgraph-spec">Apollo
/// Federation</see> has beside its own definitions: the linked directives, <c>_service { sdl }</c> and <c>_entities</c>.
/// </summary>
internal sealed class FederationSupport
{
    private readonly string sdl;
    private readonly string queryRoot;

    private FederationSupport(DocumentNode prelude, DocumentNode additions, string sdl, string queryRoot)
    {
        Prelude = prelude;
        Additions = additions;
        this.sdl = sdl;
        this.queryRoot = queryRoot;
    }

    /// <summary>Definitions of the directives that the schema links to.</summary>
    public DocumentNode Prelude { get; }

    /// <summary><c>_service</c>, <c>_entities</c> and their types.</summary>
    public DocumentNode Additions { get; }

    /// <summary>Null when the schema does not link to Apollo Federation.</summary>
    public static FederationSupport? For(ImmutableArray<DocumentNode> documents)
    {
        var schemas = documents.SelectMany(document => document.Definitions).OfType<SchemaDefinitionNode>().ToList();
        var link = schemas.SelectMany(schema => schema.Directives).FirstOrDefault(FederationLink.IsFederation);
        if (link is null)
        {
            return null;
        }

        var names = new FederationLink(link);
        var entities = documents.SelectMany(document => document.Definitions).OfType<ObjectTypeDefinitionNode>()
            .Where(type => type.Directives.Any(directive => directive.Name.Value == names.Of("key") && directive.Argument("resolvable") is not BooleanValueNode { Value: false }))
            .Select(type => type.Name.Value).Distinct().ToList();
        var queryRoot = schemas.SelectMany(schema => schema.OperationTypes)
            .FirstOrDefault(root => root.Operation == OperationType.Query)?.Type.Name.Value ?? "Query";
        var additions =
            $$"""
            type _Service { sdl: String! }
            extend type {{queryRoot}} { _service: _Service! }
            """;
        if (entities.Count > 0)
        {
            additions +=
                $$"""

                scalar _Any
                union _Entity = {{string.Join(" | ", entities)}}
                extend type {{queryRoot}} { _entities(representations: [_Any!]!): [_Entity]! }
                """;
        }

        var own = string.Join("\n\n", documents.Select(document => Printer.Print(document)));
        return new FederationSupport(DialectDirectives.Parse(names.Definitions()), DialectDirectives.Parse(additions), own, queryRoot);
    }

    /// <summary>The binding of a field that federation adds; null for any other.</summary>
    public BoundField? Bind(BoundSchema schema, ObjectType type, FieldDefinition field, GraphQLServerBuilder builder, MethodBinder methods)
    {
        if (type.Name == "_Service")
        {
            return new BoundField(field) { Getter = parent => parent };
        }

        if (type.Name != queryRoot)
        {
            return null;
        }

        return field.Name switch
        {
            "_service" => new BoundField(field) { Resolver = _ => new ValueTask<object?>(sdl) },
            "_entities" => BindEntities(schema, field, builder, methods),
            _ => null,
        };
    }

    private static BoundField BindEntities(BoundSchema schema, FieldDefinition field, GraphQLServerBuilder builder, MethodBinder methods)
    {
        var resolvers = new Dictionary<string, IReadOnlyList<EntityMethod>>();
        foreach (var type in ((UnionType)field.Type.Named).Members)
        {
            var found = builder.AttributedTypes
                .Where(candidate => ClrTypeBinder.IsResolverClass(candidate) && candidate.GetCustomAttributes<GraphQLTypeAttribute>().Any(name => name.Name == type.Name))
                .SelectMany(candidate => candidate.GetMethods(BindingFlags.Public | BindingFlags.Static | BindingFlags.DeclaredOnly))
                .Where(method => method.IsDefined(typeof(EntityResolverAttribute)))
                .Select(method => methods.BindEntity(type, method))
                .ToList();
            if (builder.EntityResolvers.TryGetValue(type.Name, out var resolver))
            {
                found.Insert(0, new EntityMethod([], resolver));
            }

            resolvers[type.Name] = found;
        }

        // An interface with a key is asked for by its own name where the gateway does not know what the object is.
        foreach (var (name, resolver) in builder.EntityResolvers)
        {
            resolvers.TryAdd(name, [new EntityMethod([], resolver)]);
        }

        return new BoundField(field) { Resolver = context => new ValueTask<object?>(Resolve(context, resolvers)) };
    }

    /// <summary>Each representation on its own, in order, so that one that fails leaves the others.</summary>
    private static List<object?> Resolve(ResolverContext context, Dictionary<string, IReadOnlyList<EntityMethod>> resolvers)
    {
        var representations = (IReadOnlyList<object?>)context.Arguments["representations"]!;
        return [.. representations.Select(representation => (object?)ResolveOneAsync(context, representation, resolvers))];
    }

    private static async Task<object?> ResolveOneAsync(ResolverContext context, object? representation, Dictionary<string, IReadOnlyList<EntityMethod>> resolvers)
    {
        if (representation is not IReadOnlyDictionary<string, object?> fields || fields.GetValueOrDefault("__typename") is not string typeName)
        {
            throw new GraphQLException("A representation must be an object with \"__typename\".", ErrorCode.BadUserInput);
        }

        if (!resolvers.TryGetValue(typeName, out var known))
        {
            throw new GraphQLException(
                $"\"{typeName}\" is no entity of this schema. Its entities: {string.Join(", ", resolvers.Keys.Order(StringComparer.Ordinal))}.", ErrorCode.BadUserInput);
        }

        var resolver = known.FirstOrDefault(method => method.Required.All(name => fields.GetValueOrDefault(name) is not null))
            ?? throw new GraphQLException(
                $"No entity of type \"{typeName}\" can be found by the fields of this representation: it needs one of "
                + $"{string.Join(", ", known.Select(method => $"{{ {string.Join(' ', method.Required)} }}"))}.",
                ErrorCode.BadUserInput);
        return await resolver.Resolver(new ResolverContext(context.Execution, context.Group, representation, parentPath: null));
    }
}
