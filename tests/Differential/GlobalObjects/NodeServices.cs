using System.Buffers;
using System.Text;
using System.Text.Json;
using GraphGateway.Composition;
using GraphGateway.Execution;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.Subgraphs.Server;
using GraphGateway.TypeSystem.Supergraphs;
using GraphGateway.Validation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Fields = System.Collections.Generic.Dictionary<string, object?>;

namespace GraphGateway.Differential;

/// <summary>
/// Three services with global ids: two as HotChocolate 16 exports them, one with a mark on <c>node</c> and one without, and one of Apollo's
/// dialect. A user is in all of them, an order in one, a review in another; a note is hidden from clients.
/// </summary>
internal sealed class NodeServices : ISubgraphTransport
{
    private const string Users = """
        "The node interface is implemented by entities that have a global unique identifier."
        interface Node { id: ID! }
        type Query {
          "Fetches an object given its ID."
          node("ID of the object." id: ID!): Node @lookup @shareable @cost(weight: "10")
          "Lookup nodes by a list of IDs."
          nodes("The list of node IDs." ids: [ID!]!): [Node]! @shareable @cost(weight: "10")
          me: User
        }
        type User implements Node & Named { id: ID! name: String! }
        interface Named { name: String! }
        """;

    private const string Orders = """
        "The node interface is implemented by entities that have a global unique identifier."
        interface Node { id: ID! }
        type Query {
          "Fetches an object given its ID."
          node("ID of the object." id: ID!): Node @cost(weight: "10")
          "Lookup nodes by a list of IDs."
          nodes("The list of node IDs." ids: [ID!]!): [Node]! @cost(weight: "10")
        }
        type Order implements Node & Named { id: ID! name: String! total: Int buyer: User }
        type User implements Node { id: ID! orders: [Order!]! }
        type Note implements Node @inaccessible { id: ID! text: String }
        interface Named { name: String! }
        """;

    private const string Reviews = """
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.5", import: ["@key", "@shareable"])
        interface Node { id: ID! }
        type Query { node(id: ID!): Node @shareable }
        type Review implements Node @key(fields: "id") { id: ID! stars: Int }
        type User implements Node @key(fields: "id") { id: ID! reviews: [Review!] }
        """;

    private static readonly ServiceProvider Services = new ServiceCollection().BuildServiceProvider();

    private readonly Dictionary<string, GraphQLServer> servers = [];
    private readonly Supergraph supergraph;
    private readonly PlanExecutor executor;

    /// <param name="readyMade">What another composition made of the services, to be read; null: they are composed.</param>
    public NodeServices(string? readyMade = null)
    {
        (string Name, string Sdl)[] sources = [("users", Users), ("orders", Orders), ("reviews", Reviews)];
        // As it is when the gateway has read it from a file.
        var read = SupergraphReader.Read(new SourceText(readyMade ?? Compose(sources)));
        supergraph = read.Supergraph ?? throw new InvalidOperationException(string.Join('\n', read.Errors.Select(error => error.Message)));
        executor = new PlanExecutor(supergraph, this, new ExecutionOptions());
        foreach (var (name, sdl) in sources)
        {
            var data = Data[name];
            var builder = new GraphQLServerBuilder().AddSchema(sdl, name).ResolveOthers(context => new ValueTask<object?>(Resolve(context, data)));
            if (name == "reviews")
            {
                foreach (var type in (string[])["Review", "User"])
                {
                    builder.ResolveEntity(type, context => new ValueTask<object?>(data.GetValueOrDefault((string)((IReadOnlyDictionary<string, object?>)context.Parent!)["id"]!)));
                }
            }

            var bound = BoundSchema.Bind(builder);
            servers.Add(name, new GraphQLServer(bound.Schema ?? throw new InvalidOperationException(string.Join('\n', bound.Problems)), NullLogger.Instance));
        }
    }

    private static string Compose((string Name, string Sdl)[] sources)
    {
        var composed = Composer.Compose([.. sources.Select(source => new SourceInput { Name = source.Name, Documents = [new SourceText(source.Sdl, source.Name)] })]);
        return SupergraphWriter.Write(composed.Supergraph ?? throw new InvalidOperationException(string.Join('\n', composed.Problems)));
    }

    /// <summary>Who does not answer.</summary>
    public HashSet<string> Down { get; } = [];

    /// <summary>What the services were asked since the last request: the source and the document.</summary>
    public List<string> Asked { get; } = [];

    public static string Id(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    private static Dictionary<string, Dictionary<string, Fields>> Data { get; } = Make();

    /// <summary>The answer of the graph.</summary>
    public async Task<string> QueryAsync(string query, string variables = "{}")
    {
        Asked.Clear();
        var parsed = Parser.ParseDocument(new SourceText(query));
        var validated = Validator.Validate(supergraph.PublicSchema, parsed.Value ?? throw new InvalidOperationException(parsed.Error!.Message));
        var operation = (validated.Document ?? throw new InvalidOperationException(validated.Errors[0].Message)).Operations.Single();
        using var json = JsonDocument.Parse(variables);
        var coerced = VariableCoercion.Coerce(operation, json.RootElement.Clone());
        var conditions = OperationConditions.Of(operation).Read(coerced.Values ?? throw new InvalidOperationException(coerced.Errors[0].Message));
        var plan = QueryPlanner.Plan(supergraph, Normalizer.Normalize(operation, conditions.Values!).Operation!);
        var problems = PlanVerifier.Verify(plan);
        if (!problems.IsEmpty || !plan.Unservable.IsEmpty)
        {
            throw new InvalidOperationException(string.Join('\n', problems) + PlanPrinter.Print(plan));
        }

        var request = new ExecutionRequest { Document = operation.Document.Document.Source, Variables = coerced.Values };
        using var result = await executor.ExecuteAsync(executor.Prepare(plan), request, CancellationToken.None);
        var output = new ArrayBufferWriter<byte>();
        result.WriteTo(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    public async ValueTask<SubgraphResponse> SendAsync(SubgraphRequest request, CancellationToken cancellationToken)
    {
        using var json = JsonDocument.Parse(request.Body);
        var query = json.RootElement.GetProperty("query").GetString()!;
        Asked.Add($"{request.Source}: {query}");
        if (Down.Contains(request.Source.Name))
        {
            return SubgraphResponse.Failed(SubgraphOutcome.Unreachable);
        }

        var variables = json.RootElement.TryGetProperty("variables", out var given) ? given.GetRawText() : null;
        var answer = Encoding.UTF8.GetBytes(await servers[request.Source.Name].ExecuteAsync(query, Services, variables, cancellationToken: cancellationToken));
        var pooled = ArrayPool<byte>.Shared.Rent(answer.Length);
        answer.CopyTo(pooled, 0);
        return SubgraphResponse.Received(200, "application/graphql-response+json", pooled, answer.Length);
    }

    private static object? Resolve(ResolverContext context, Dictionary<string, Fields> data) => context.Parent is Fields parent
        ? parent.GetValueOrDefault(context.Field.Name)
        : context.Field.Name switch
        {
            "node" => data.GetValueOrDefault((string)context.Arguments["id"]!),
            "me" => data[Id("User:1")],
            _ => throw new InvalidOperationException($"{context.Field.Name} is for clients, and clients do not come here."),
        };

    private static Dictionary<string, Dictionary<string, Fields>> Make()
    {
        static Fields One(string type, string number, params (string Name, object? Value)[] fields) =>
            fields.Prepend(("id", Id($"{type}:{number}"))).Prepend(("__typename", type)).ToDictionary(field => field.Item1, field => field.Item2);
        static Dictionary<string, Fields> ById(params Fields[] all) => all.ToDictionary(one => (string)one["id"]!);
        var order = One("Order", "7", ("name", "seven"), ("total", 12));
        order.Add("buyer", One("User", "1"));
        var review = One("Review", "3", ("stars", 5));
        return new()
        {
            ["users"] = ById(One("User", "1", ("name", "Ada")), One("User", "2", ("name", "Bo")), One("User", "4", ("name", null))),
            ["orders"] = ById(order, One("User", "1", ("orders", new List<object?> { order })), One("User", "2", ("orders", new List<object?>())), One("Note", "9", ("text", "secret"))),
            ["reviews"] = ById(review, One("User", "1", ("reviews", new List<object?> { review })), One("User", "2", ("reviews", null))),
        };
    }
}
