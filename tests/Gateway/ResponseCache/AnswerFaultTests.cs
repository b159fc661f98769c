using System.IO.Compression;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.Gateway.Tests.RateLimiting;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Http;
using Xunit;
using static GraphGateway.Gateway.Tests.RateLimiting.BudgetedGateway;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>Whole answers that are kept, where something goes wrong, or something else has to be right as well.</summary>
public sealed class AnswerFaultTests
{
    private const string TwoSources = """
        schema @gateway__supergraph(version: 1) { query: Query }
        enum gateway__Source {
          A @gateway__source(name: "a", dialect: COMPOSITE)
          B @gateway__source(name: "b", dialect: COMPOSITE)
        }
        type Query @gateway__type(in: A) @gateway__type(in: B) {
          a: String @gateway__field(in: A)
          b: String @gateway__field(in: B)
        }
        """;

    [Fact]
    public async Task A_refresh_that_fails_leaves_the_old_answer_and_the_next_client_tries_again()
    {
        await using var test = await CachedSource.StartAsync("max-age=10, stale-while-revalidate=50");
        await test.AskAsync("{ hello }");
        test.Clock.Advance(TimeSpan.FromSeconds(15));
        test.Errors = "\"errors\":[{\"message\":\"m\"}],";
        while (test.Source.Requests.Count < 3)
        {
            Assert.Equal(
                """200 {"data":{"hello":"1"}} | public, max-age=10, stale-while-revalidate=50 | age 15 | stale; age=15; ttl=-5""", await test.AskAsync("{ hello }"));
        }

        test.Errors = "";
        Assert.EndsWith(" | public, max-age=10, stale-while-revalidate=50 | age 0 | hit; age=0; ttl=10", await RenewedAsync(test), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refresh_whose_source_has_changed_its_mind_forgets_the_old_answer()
    {
        await using var test = await CachedSource.StartAsync("max-age=10, stale-while-revalidate=50");
        await test.AskAsync("{ hello }");
        test.Clock.Advance(TimeSpan.FromSeconds(15));
        test.CacheControl = "no-store";
        Assert.EndsWith(" | no-store | age  | miss; kept=no-store; source=users", await RenewedAsync(test), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_waits_gets_the_answer_though_the_one_who_came_first_has_left()
    {
        await using var test = await CachedSource.StartAsync("max-age=60");
        await test.AskAsync("{ __typename }");
        var joined = 0;
        for (var i = 1; i <= 50 && joined == 0; i++)
        {
            var gate = new TaskCompletionSource();
            test.Gate = gate.Task;
            var asked = test.Source.Requests.Count;
            using var leaving = new CancellationTokenSource();
            var first = test.Gateway.SendAsync($"{{ hello(name: \"{i}\") }}", cancellationToken: leaving.Token);
            while (test.Source.Requests.Count == asked)
            {
                await Task.Yield();
            }

            var second = test.AskPostAsync($"{{ hello(name: \"{i}\") }}");
            await test.AskAsync("{ __typename }");
            await leaving.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
            gate.SetResult();
            var answer = await second;
            Assert.Matches("^200 {\"data\":{\"hello\":\"[0-9]+\"}} \\| (joined; age=0; ttl=60|miss; kept=yes; ttl=60)$", answer);
            joined += answer.Contains("joined", StringComparison.Ordinal) ? 1 : 0;
        }

        Assert.Equal(1, joined);
    }

    [Fact]
    public async Task A_hit_costs_what_its_answer_cost()
    {
        await using var source = await FakeSource.StartAsync(context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers.CacheControl = "max-age=600";
            return context.Response.WriteAsync(Data);
        });
        var clock = new FakeTimeProvider();
        await using var gateway = await StartAsync(source, clock, "RateLimits:Plans:bronze:PerMinute=100", "RateLimits:DefaultPlan=bronze", "ResponseCache:Answers=On");
        const string policy = "RateLimit-Policy: \"bronze-minute\";q=100;w=60";
        // 8 units each are paid at the end, and 11 are reserved before.
        Assert.Equal($"200 {policy} RateLimit: \"bronze-minute\";r=89;t=7\n{Data}", await gateway.AskAsync(Shelf));
        Assert.Equal($"200 {policy} RateLimit: \"bronze-minute\";r=81;t=12\n{Data}", await gateway.AskAsync(Shelf));
        Assert.Equal($"200 {policy} RateLimit: \"bronze-minute\";r=73;t=17\n{Data}", await gateway.AskAsync(Shelf));
        Assert.Single(source.Requests);
    }

    // What keeps it elsewhere does not ask for the price.
    [Theory]
    [InlineData(true, "private, max-age=600")]
    [InlineData(false, "public, max-age=600")]
    public async Task What_somebody_pays_for_is_its_clients_alone(bool isCharged, string expected)
    {
        await using var source = await FakeSource.StartAsync(context =>
        {
            context.Response.ContentType = "application/json";
            context.Response.Headers.CacheControl = "max-age=600";
            return context.Response.WriteAsync(Data);
        });
        string[] settings = isCharged ? ["RateLimits:Plans:bronze:PerMinute=100", "RateLimits:DefaultPlan=bronze"] : [];
        await using var gateway = await StartAsync(source, new FakeTimeProvider(), [.. settings, "ResponseCache:Answers=On", "ResponseCache:CacheControl=On"]);
        for (var i = 0; i < 2; i++)
        {
            using var response = await gateway.SendAsync(Shelf);
            Assert.Equal(expected, response.Headers.NonValidated["Cache-Control"].ToString());
        }
    }

    [Fact]
    public async Task Each_page_is_told_that_it_may_read_and_others_that_keep_answers_that_it_matters()
    {
        await using var test = await CachedSource.StartAsync(
            "max-age=60", "--Gateway:Cors:Origins=https://a.test, https://b.test", "--Gateway:Subgraphs:All:Headers:Propagate=x-user");
        Assert.Equal("miss; kept=yes; ttl=60 | https://a.test | Accept, GraphQL-Cost, Origin, x-user", await HeadersAsync(test, "https://a.test"));
        Assert.Equal("hit; age=0; ttl=60 | https://b.test | Accept, GraphQL-Cost, Origin, x-user", await HeadersAsync(test, "https://b.test"));
        Assert.Equal("hit; age=0; ttl=60 |  | Accept, GraphQL-Cost, Origin, x-user", await HeadersAsync(test, "https://c.test"));
    }

    [Theory]
    [InlineData("br")]
    [InlineData("gzip")]
    public async Task Compressed_forms_are_kept_and_each_has_a_tag_of_its_own(string coding)
    {
        await using var test = await CachedSource.StartAsync("max-age=60", "--Gateway:Compression=On");
        test.Errors = "\"extensions\":{},";
        test.Text = new string('x', 5000);
        var plain = await GetAsync(test, null);
        var first = await GetAsync(test, coding);
        var second = await GetAsync(test, coding);
        Assert.Equal((plain.Text, plain.Text), (first.Text, second.Text));
        Assert.Equal(("", coding, coding), (plain.Coding, first.Coding, second.Coding));
        Assert.Equal((first.Tag, first.Tag), (second.Tag, plain.Tag.TrimEnd('"') + $"-{coding}\""));
        Assert.Single(test.Source.Requests);
    }

    [Theory]
    [InlineData("max-age=60", "max-age=30", "public, max-age=30 | miss; kept=yes; ttl=30")]
    [InlineData("max-age=60", "private, max-age=90", "max-age=60, private | miss; kept=private; ttl=60; private")]
    [InlineData("max-age=60", "no-store", "no-store | miss; kept=no-store; source=b")]
    [InlineData("max-age=60, stale-while-revalidate=60", "max-age=30, stale-while-revalidate=10", "public, max-age=30, stale-while-revalidate=10 | miss; kept=yes; ttl=30")]
    public async Task Of_two_sources_the_stricter_one_counts(string first, string second, string expected)
    {
        await using var a = await SaysAsync("a", first);
        await using var b = await SaysAsync("b", second);
        await using var gateway = await RunningGateway.StartAsync(
            TwoSources, [("a", $"{a.Url}/graphql"), ("b", $"{b.Url}/graphql")],
            ["--Gateway:ResponseCache:Answers=On", "--Gateway:ResponseCache:CacheControl=On", "--Gateway:ResponseCache:Debug=On"], new FakeTimeProvider());
        using var response = await gateway.SendAsync("{ a b }");
        Assert.Equal("""{"data":{"a":"1","b":"1"}}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(expected, $"{response.Headers.CacheControl} | {response.Headers.GetValues("GraphGateway-Cache").Single()}");
    }

    private static Task<FakeSource> SaysAsync(string field, string cacheControl) => FakeSource.StartAsync(context =>
    {
        context.Response.ContentType = "application/json";
        context.Response.Headers.CacheControl = cacheControl;
        return context.Response.WriteAsync($"{{\"data\":{{\"{field}\":\"1\"}}}}");
    });

    private static async Task<string> HeadersAsync(CachedSource test, string origin)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/graphql?query={hello}");
        request.Headers.Add("GraphQL-Preflight", "1");
        request.Headers.Add("Origin", origin);
        using var response = await test.Gateway.Client.SendAsync(request);
        var allowed = response.Headers.TryGetValues("Access-Control-Allow-Origin", out var origins) ? origins.Single() : "";
        var vary = response.Headers.Vary.Distinct(StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal);
        return $"{response.Headers.GetValues("GraphGateway-Cache").Single()} | {allowed} | {string.Join(", ", vary)}";
    }

    private static async Task<(string Text, string Coding, string Tag)> GetAsync(CachedSource test, string? coding)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/graphql?query={hello}");
        request.Headers.Add("GraphQL-Preflight", "1");
        request.Headers.TryAddWithoutValidation("Accept-Encoding", coding);
        using var response = await test.Gateway.Client.SendAsync(request);
        await using var body = await response.Content.ReadAsStreamAsync();
        await using var decoded = coding switch
        {
            "br" => new BrotliStream(body, CompressionMode.Decompress),
            "gzip" => new GZipStream(body, CompressionMode.Decompress),
            _ => body,
        };
        using var reader = new StreamReader(decoded);
        return (await reader.ReadToEndAsync(), string.Join(' ', response.Content.Headers.ContentEncoding), response.Headers.ETag!.ToString());
    }

    // The answer as soon as the old one is given no more.
    private static async Task<string> RenewedAsync(CachedSource test)
    {
        string answer;
        do
        {
            answer = await test.AskAsync("{ hello }");
        }
        while (answer.Contains("stale;", StringComparison.Ordinal));
        return answer;
    }
}
