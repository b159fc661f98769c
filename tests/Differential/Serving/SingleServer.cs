using System.Globalization;
using GraphGateway.Subgraphs.Server;
using GraphGateway.TypeSystem;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace GraphGateway.Differential;

/// <summary>The oracle: one server that holds all the data and executes by the spec's algorithms.</summary>
internal sealed class SingleServer
{
    private static readonly ServiceProvider Services = new ServiceCollection().BuildServiceProvider();

    private readonly WorldData data;
    private readonly GraphQLServer server;
    private readonly MutationLog log;
    private readonly bool readsGlobalIds;

    public SingleServer(World world, Schema schema, MutationLog log, bool readsGlobalIds)
    {
        this.readsGlobalIds = readsGlobalIds;
        data = new WorldData(world);
        this.log = log;
        var builder = new GraphQLServerBuilder().AddSchema(SourceSdl.AsQueries(SchemaPrinter.Print(schema))).ResolveOthers(context => new ValueTask<object?>(Resolve(context)));
        var bound = BoundSchema.Bind(builder);
        server = new GraphQLServer(bound.Schema ?? throw new InvalidOperationException(string.Join('\n', bound.Problems)), NullLogger.Instance);
    }

    /// <summary>What fails; changed between runs.</summary>
    public Faults Faults { get; set; } = Faults.None;

    /// <summary>Gets the objects of a run by their places; changed between runs.</summary>
    public Dictionary<string, WorldObject>? Met { get; set; }

    public Task<string> ExecuteAsync(string document, string? variables) => server.ExecuteAsync(document, Services, variables);

    private object? Resolve(ResolverContext context)
    {
        var parent = (context.Parent as ServedObject)?.Object ?? data.Root(context.ParentType.Name, context.Field.Name);
        var field = data.Field(parent.TypeName, context.Field.Name);
        Met?[PlaceOf(context.Path.SkipLast(1))] = parent;
        var path = IsPlaced ? PlaceOf(context.Path) : "";
        if (Faults.Forbidden?.Contains(path) == true)
        {
            throw new InjectedFault();
        }

        var arguments = WorldData.WithHidden(field, context.Arguments);
        if (parent.TypeName == "Mutation")
        {
            log.Add(field.Name, arguments);
        }

        if (Faults.Fails(parent, field))
        {
            throw new InjectedFault();
        }

        var above = context.Parent as ServedObject;
        var value = field.Role == FieldRole.Contextual && !data.IsUnknown(parent)
            ? WorldData.Contextual(field, use => data.FromContext(use, Above(above)), required => data.RequiredOf(parent, required))
            : field is { Owner: "Query", Name: "node" } && readsGlobalIds ? data.NodeOf(field, (string)context.Arguments["id"]!)
            : data.ValueOf(parent, field, arguments);
        if (value is BadId)
        {
            throw new InjectedFault();
        }

        if (Faults.Paths?.Contains(path) == true)
        {
            throw new InjectedFault();
        }

        return Serve(value, above, path);
    }

    // Whether anybody asks where something is.
    private bool IsPlaced => Faults.Paths is not null || Met is not null;

    private static string PlaceOf(IEnumerable<object> path) => string.Join('/', path.Select(segment => Convert.ToString(segment, CultureInfo.InvariantCulture)));

    private static IEnumerable<WorldObject> Above(ServedObject? below)
    {
        for (var value = below?.Above; value is not null; value = value.Above)
        {
            yield return value.Object;
        }
    }

    // An object is met when it is given, though nothing of it may be resolved: its type alone, or what is asked of others. An item that fails is a task
    // that does: the server then gives that item an error of its own.
    private object? Serve(object? value, ServedObject? above, string path)
    {
        switch (value)
        {
            case List<object?> list:
                return list.Select((item, index) =>
                {
                    var itemPath = IsPlaced ? string.Create(CultureInfo.InvariantCulture, $"{path}/{index}") : "";
                    return Faults.Paths?.Contains(itemPath) == true ? Task.FromException<object?>(new InjectedFault()) : Serve(item, above, itemPath);
                }).ToList();
            case WorldObject target:
                Met?[path] = target;
                return new ServedObject(target, target.TypeName) { Above = above };
            case BadId:
                return Task.FromException<object?>(new InjectedFault());
            default:
                return value;
        }
    }
}
