using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>
/// A gateway that keeps entities, before a source with lists of ids and one with what belongs to them: of Apollo's dialect, or with a lookup. The name of
/// an item is its id, and how often the second source was asked.
/// </summary>
internal sealed partial class EntityGraph : IAsyncDisposable
{
    public const string Apollo = """
        schema @gateway__supergraph(version: 1) { query: Query mutation: Mutation }
        enum gateway__Source {
          LISTS @gateway__source(name: "lists", dialect: APOLLO)
          DETAILS @gateway__source(name: "details", dialect: APOLLO)
        }
        type Query @gateway__type(in: [LISTS, DETAILS]) { items(first: Int): [Item] @gateway__field(in: LISTS) @gateway__cacheTag(in: LISTS, format: "items") @gateway__cacheTag(in: LISTS, format: "first-{$args.first}") vault: String @authenticated @gateway__field(in: LISTS) }
        scalar Money @gateway__type(in: DETAILS)
        type Mutation @gateway__type(in: LISTS) { touch: [Item] @gateway__field(in: LISTS) }
        type Item @gateway__type(in: [LISTS, DETAILS]) @gateway__cacheTag(in: DETAILS, format: "item-{$key.id}") @gateway__key(in: [LISTS, DETAILS], fields: "id") @gateway__lookup(in: DETAILS, key: "id") {
          id: ID! @gateway__field(in: [LISTS, DETAILS])
          name(of: String): String @gateway__field(in: DETAILS)
          secret: String @authenticated @gateway__field(in: DETAILS)
        }
        """;

    private readonly Lock gate = new();
    private readonly List<RunningGateway> earlier = [];
    private Func<string[], Task<RunningGateway>> run = null!;
    private int asked;

    public FakeTimeProvider Clock { get; } = new();

    public RunningGateway Gateway { get; private set; } = null!;

    public FakeSource Lists { get; private set; } = null!;

    public FakeSource Details { get; private set; } = null!;

    /// <summary>The ids that the first source gives.</summary>
    public string[] Ids { get; set; } = ["1", "2", "3"];

    /// <summary>What the second source says in <c>Cache-Control</c>; null says nothing.</summary>
    public string? CacheControl { get; set; } = "max-age=60";

    /// <summary>What else the second source says in its head.</summary>
    public Dictionary<string, string> Headers { get; } = [];

    /// <summary>What the second source answers besides <c>data</c>.</summary>
    public string Errors { get; set; } = "";

    /// <summary>What each name ends with.</summary>
    public string Tail { get; set; } = "";

    /// <summary>Ends before the second source answers.</summary>
    public Task Gate { get; set; } = Task.CompletedTask;

    /// <summary>What the second source was asked for, each request's ids with commas.</summary>
    public string Asked => string.Join(' ', Details.Requests.Select(request => string.Join(',', IdsOf(request.Body))));

    public static Task<EntityGraph> StartAsync(params string[] arguments) => StartWithAsync(Apollo, arguments);

    public static Task<EntityGraph> StartWithAsync(string graph, params string[] arguments) => StartAsync(graph, null, arguments);

    /// <summary>The same with a log, which gets what the gateways say.</summary>
    public static Task<EntityGraph> StartWithLogAsync(ILoggerProvider log, params string[] arguments) => StartAsync(Apollo, log, arguments);

    private static async Task<EntityGraph> StartAsync(string graph, ILoggerProvider? log, string[] arguments)
    {
        var self = new EntityGraph();
        self.Lists = await FakeSource.StartAsync(context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers.CacheControl = "max-age=600";
            var items = string.Join(',', self.Ids.Select(id => $"{{\"id\":\"{id}\"}}"));
            return context.Response.WriteAsync($"{{\"data\":{{\"items\":[{items}],\"touch\":[{items}],\"vault\":\"v\"}}}}");
        });
        self.Details = await FakeSource.StartAsync(self.AnswerAsync);
        self.run = more => RunningGateway.StartAsync(
            graph,
            [("lists", $"{self.Lists.Url}/graphql"), ("details", $"{self.Details.Url}/graphql")],
            ["--Gateway:ResponseCache:Entities=On", "--Gateway:ResponseCache:Debug=On", .. arguments, .. more],
            self.Clock,
            log);
        self.Gateway = await self.run([]);
        return self;
    }

    /// <summary>One more gateway before the same sources, with the same settings and some more: it is asked from now on, and both end with the test.</summary>
    public async Task<RunningGateway> ReplicateAsync(params string[] arguments)
    {
        earlier.Add(Gateway);
        return Gateway = await run(arguments);
    }

    /// <summary>Which of its gateways is asked from now on, and stays the others' equal.</summary>
    public void Turn()
    {
        earlier.Add(Gateway);
        Gateway = earlier[0];
        earlier.RemoveAt(0);
    }

    /// <summary>The names in the answer, and what became of the entities.</summary>
    public async Task<string> AskAsync(string query = "{ items { name } }", params (string Name, string Value)[] headers)
    {
        using var content = new StringContent($"{{\"query\":\"{query}\"}}", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await Gateway.Client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        var names = string.Join(' ', Name().Matches(answer).Select(match => match.Groups[1].Value));
        var entities = response.Headers.TryGetValues("GraphGateway-Cache", out var told) ? string.Join(' ', told).Split(", ", 2).ElementAtOrDefault(1) : null;
        return $"{(answer.Contains("\"errors\"", StringComparison.Ordinal) ? "errors " : "")}{names} | {entities}";
    }

    /// <summary>Another supergraph is served from now on; why not, or null.</summary>
    public Task<string?> ServeAsync(string supergraph) =>
        ActivatorUtilities.CreateInstance<GraphChange>(Gateway.Services).TakeAsync(Encoding.UTF8.GetBytes(supergraph), "another", CancellationToken.None);

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in earlier.Append(Gateway))
        {
            await gateway.DisposeAsync();
        }

        await Lists.DisposeAsync();
        await Details.DisposeAsync();
    }

    private static string[] IdsOf(string body) => [.. Id().Matches(body).Select(match => match.Groups[1].Value)];

    private async Task AnswerAsync(HttpContext context)
    {
        int number;
        lock (gate)
        {
            number = ++asked;
        }

        var body = Details.Requests.Last().Body;
        await Gate;
        context.Response.ContentType = "application/json";
        if (CacheControl is { } said)
        {
            context.Response.Headers.CacheControl = said;
        }

        foreach (var (name, value) in Headers)
        {
            context.Response.Headers[name] = value;
        }

        var entities = IdsOf(body).Select(id => id == "none" ? "null" : string.Create(CultureInfo.InvariantCulture, $"{{\"__typename\":\"Item\",\"name\":\"{id}.{number}{Tail}\",\"secret\":\"{id}.{number}\"}}"));
        await context.Response.WriteAsync(body.Contains("_entities", StringComparison.Ordinal)
            ? $"{{{Errors}\"data\":{{\"_entities\":[{string.Join(',', entities)}]}}}}" : $"{{{Errors}\"data\":{{\"item\":{entities.Single()}}}}}");
    }

    [GeneratedRegex("id\":\"([^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex("\"(?:name|secret)\":\"?([^\",}]+)")]
    private static partial Regex Name();
}
