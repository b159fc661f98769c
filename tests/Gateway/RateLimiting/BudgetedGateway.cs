using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using GraphGateway.Gateway.Tests.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>The gateway before a source with books, and what it answers, with the fields that tell of budgets.</summary>
internal static class BudgetedGateway
{
    /// <summary>Can cost 7 for its fields and 4 for its types with three books, and comes to 5 and 3 with <see cref="Data"/>.</summary>
    public const string Shelf = "{ shelf(first: 3) { title } }";

    public const string Data = """{"data":{"shelf":[{"title":"a"},{"title":"b"}]}}""";

    public const string Supergraph = """
        schema @gateway__supergraph(version: 1) { query: Query mutation: Mutation }
        enum gateway__Source { USERS @gateway__source(name: "users", dialect: COMPOSITE) }
        type Query @gateway__type(in: USERS) {
          sure: Int! @gateway__field(in: USERS)
          shelf(first: Int): [Book] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false) @gateway__field(in: USERS)
        }
        type Mutation @gateway__type(in: USERS) { burn: Book @gateway__field(in: USERS) }
        type Book @gateway__type(in: USERS) {
          title: String @cost(weight: "2") @gateway__field(in: USERS)
          similar(first: Int): [Book] @listSize(slicingArguments: ["first"], requireOneSlicingArgument: false) @gateway__field(in: USERS)
        }
        """;

    public static Task<RunningGateway> StartAsync(FakeSource source, TimeProvider clock, params string[] settings) => StartAsync(source, clock, null, settings);

    public static Task<RunningGateway> StartAsync(FakeSource source, TimeProvider clock, ILoggerProvider? log, params string[] settings) =>
        RunningGateway.StartAsync(
            Supergraph, [("users", $"{source.Url}/graphql")], [.. settings.Select(setting => $"--Gateway:{setting}")], clock, log,
            services => services.AddLogging());

    /// <summary>The status, the fields of the budgets and <c>Retry-After</c>, and the body on a line of its own.</summary>
    public static async Task<string> AskAsync(this RunningGateway gateway, string query, params (string Name, string Value)[] headers)
    {
        using var content = new StringContent($$"""{"query":{{JsonSerializer.Serialize(query)}}}""", Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = content };
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await gateway.Client.SendAsync(request);
        var told = new StringBuilder().Append(CultureInfo.InvariantCulture, $"{(int)response.StatusCode}");
        foreach (var name in (string[])["RateLimit-Policy", "RateLimit", "Retry-After"])
        {
            told.Append(response.Headers.TryGetValues(name, out var values) ? $" {name}: {string.Join(", ", values)}" : "");
        }

        return $"{told}\n{await response.Content.ReadAsStringAsync()}";
    }

    /// <summary>What is left of the plan's first window, as the cheapest request finds it, which costs one unit and is not counted here.</summary>
    public static async Task<int> LeftAsync(this RunningGateway gateway, params (string Name, string Value)[] headers)
    {
        var told = await gateway.AskAsync("{ __typename }", headers);
        var begin = told.IndexOf(";r=", StringComparison.Ordinal) + 3;
        return int.Parse(told.AsSpan(begin, told.IndexOf(";t=", StringComparison.Ordinal) - begin), CultureInfo.InvariantCulture) + 1;
    }
}
