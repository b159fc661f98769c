using System.Text.Json;
using GraphGateway.Gateway.Tests.Authentication;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Gateway.Tests.Authorization;

/// <summary>
/// The gateway before two sources, <c>a</c> and <c>b</c>, that tell everything they know whatever they are asked, so that what is protected is kept back by
/// the gateway alone. Clients are known by tokens.
/// </summary>
internal sealed class ProtectedGateway : IAsyncDisposable
{
    /// <summary>A garden.</summary>
    public const string Graph = """
        schema @gateway__supergraph(version: 1) { query: Query mutation: Mutation }
        enum gateway__Source { A @gateway__source(name: "a", dialect: APOLLO) B @gateway__source(name: "b", dialect: APOLLO) }
        type Query @gateway__type(in: [A, B]) {
          rose: Rose @gateway__field(in: A)
          plants: [Plant] @gateway__field(in: A)
          anything: [Anything] @gateway__field(in: A)
          node(id: ID!): Node @gateway__node
          nodes(ids: [ID!]!): [Node]! @gateway__node
          staff: String @authenticated @gateway__field(in: A)
          secret: Secret @gateway__field(in: A)
          guarded: Int @policy(policies: [["adults", "gardeners"], ["owners"]]) @gateway__field(in: A)
          unknown: Int @policy(policies: [["nobody"]]) @gateway__field(in: A)
          open: Int @gateway__field(in: A)
        }
        type Mutation @gateway__type(in: A) {
          plant: Int @gateway__field(in: A)
          burn: Int @requiresScopes(scopes: [["admin"]]) @gateway__field(in: A)
        }
        interface Node @gateway__type(in: A) { id: ID! @gateway__field(in: A) }
        interface Plant @gateway__type(in: A) { name: String @gateway__field(in: A) }
        type Rose implements Plant & Node @gateway__type(in: [A, B]) @gateway__implements(in: A, interface: "Plant") @gateway__implements(in: A, interface: "Node")
          @gateway__key(in: [A, B], fields: "id") @gateway__lookup(in: A, key: "id") @gateway__lookup(in: B, key: "id") {
          id: ID! @gateway__field(in: [A, B])
          name: String @gateway__field(in: A)
          code: String! @requiresScopes(scopes: [["codes"]]) @gateway__field(in: A)
          price: Int @requiresScopes(scopes: [["sales"], ["buy", "read"]]) @gateway__field(in: B)
          cost: Int @requiresScopes(scopes: [["sales"]]) @gateway__field(in: A) @gateway__field(in: B, external: true)
          margin: Int @gateway__field(in: B, requires: "cost")
          grade: Grade @gateway__field(in: A)
        }
        type Weed implements Plant & Node @authenticated @gateway__type(in: A)
          @gateway__implements(in: A, interface: "Plant") @gateway__implements(in: A, interface: "Node")
          @gateway__key(in: A, fields: "id") @gateway__lookup(in: A, key: "id") {
          id: ID! @gateway__field(in: A)
          name: String @gateway__field(in: A)
        }
        type Secret @authenticated @gateway__type(in: A) { text: String @gateway__field(in: A) }
        union Anything @gateway__type(in: A) @gateway__member(in: A, type: "Rose") @gateway__member(in: A, type: "Secret") = Rose | Secret
        enum Grade @authenticated @gateway__type(in: A) { BEST @gateway__value(in: A) }
        directive @authenticated on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
        directive @requiresScopes(scopes: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
        directive @policy(policies: [[String!]!]!) on FIELD_DEFINITION | OBJECT | INTERFACE | SCALAR | ENUM
        """;

    /// <summary>The global id of the rose.</summary>
    public const string FirstRose = "Um9zZTpyMQ==";

    /// <summary>The global id of a weed that is not there.</summary>
    public const string NotThere = "V2VlZDp3OQ==";

    private const string Rose = """{"__typename":"Rose","id":"r1","name":"Peace","code":"X","price":9,"cost":4,"margin":5,"grade":"BEST","n":"Peace","p":9,"cheap":9}""";
    private const string Weed = """{"__typename":"Weed","id":"w1","name":"Dock","n":"Dock"}""";

    private readonly FakeIssuer issuer;
    private readonly RunningGateway gateway;
    private readonly FakeTimeProvider clock;

    private ProtectedGateway(FakeIssuer issuer, FakeSource a, FakeSource b, RunningGateway gateway, FakeTimeProvider clock)
    {
        this.issuer = issuer;
        this.gateway = gateway;
        this.clock = clock;
        (A, B) = (a, b);
    }

    public FakeSource A { get; }

    public FakeSource B { get; }

    public RunningGateway Gateway => gateway;

    public static Task<ProtectedGateway> StartAsync(params string[] arguments) => StartAsync(null, null, arguments);

    public static async Task<ProtectedGateway> StartAsync(Action<IServiceCollection>? services, ILoggerProvider? log = null, params string[] arguments)
    {
        var issuer = await FakeIssuer.StartAsync();
        var clock = new FakeTimeProvider();
        FakeSource? a = null;
        FakeSource? b = null;
        a = await FakeSource.StartAsync(context => AnswerAsync(context, a!));
        b = await FakeSource.StartAsync(context => AnswerAsync(context, b!));
        string[] authentication = arguments.Contains("no authentication")
            ? []
            : [$"--Gateway:Authentication:Jwt:Issuers:0:Issuer={issuer.Url}", "--Gateway:Authentication:Jwt:Issuers:0:Audiences=shop"];
        var gateway = await RunningGateway.StartAsync(
            Graph, [("a", $"{a.Url}/graphql"), ("b", $"{b.Url}/graphql")],
            ["--Gateway:VerifyPlans=On", .. authentication, .. arguments.Where(argument => argument != "no authentication")], clock, log, services);
        return new ProtectedGateway(issuer, a, b, gateway, clock);
    }

    /// <summary>Its answer to a client that has such scopes; null for one that shows nothing.</summary>
    public async Task<string> AskAsync(string query, string? scopes, string variables = "null")
    {
        using var response = await SendAsync(query, scopes, variables);
        return await response.Content.ReadAsStringAsync();
    }

    public Task<HttpResponseMessage> SendAsync(string query, string? scopes, string variables = "null") =>
        gateway.SendAsync(query, variables, scopes is null ? null : ("Authorization", $"Bearer {Token(scopes)}"));

    public string Token(string scopes) => issuer.Token(clock.GetUtcNow(), payload: $$"""{"scope":"{{scopes}}"}""");

    /// <summary>What the sources were asked since the last time: the documents on one line.</summary>
    public string Asked()
    {
        var asked = Take(A).Select(text => $"a: {text}").Concat(Take(B).Select(text => $"b: {text}"));
        return string.Join('\n', asked);
    }

    public async ValueTask DisposeAsync()
    {
        await gateway.DisposeAsync();
        await A.DisposeAsync();
        await B.DisposeAsync();
        await issuer.DisposeAsync();
    }

    private static IEnumerable<string> Take(FakeSource source)
    {
        while (source.Requests.TryDequeue(out var request))
        {
            using var body = JsonDocument.Parse(request.Body);
            yield return string.Join(' ', body.RootElement.GetProperty("query").GetString()!.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                .Replace("query {", "{", StringComparison.Ordinal).Replace("query(", "query (", StringComparison.Ordinal);
        }
    }

    private static Task AnswerAsync(HttpContext context, FakeSource source)
    {
        using var body = JsonDocument.Parse(source.Requests.Last().Body);
        var entities = body.RootElement.TryGetProperty("variables", out var variables) && variables.ValueKind == JsonValueKind.Object
            && variables.TryGetProperty("representations", out var representations)
            ? representations.EnumerateArray().Select(entity => entity.GetProperty("id").GetString() switch { "r1" or FirstRose => Rose, NotThere => "null", _ => Weed }) : [];
        context.Response.ContentType = "application/json";
        return context.Response.WriteAsync($$$"""
            {"data":{"rose":{{{Rose}}},"plants":[{{{Rose}}},{{{Weed}}}],"anything":[{{{Rose}}},{"__typename":"Secret","text":"hush"}],"staff":"Ann",
             "secret":{"__typename":"Secret","text":"hush"},"guarded":18,"again":18,"unknown":1,"open":1,"plant":1,"burn":1,"_entities":[{{{string.Join(',', entities)}}}]}}
            """);
    }
}
