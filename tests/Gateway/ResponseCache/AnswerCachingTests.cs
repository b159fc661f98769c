using Xunit;

namespace GraphGateway.Gateway.Tests.ResponseCache;

/// <summary>Answers that are kept and given again, through the whole gateway over HTTP.</summary>
public sealed class AnswerCachingTests
{
    private const string Propagate = "--Gateway:Subgraphs:All:Headers:Propagate=x-user";

    [Fact]
    public async Task An_answer_is_given_again_until_its_time_is_over()
    {
        await using var test = await CachedSource.StartAsync("max-age=60");
        Assert.Equal("""200 {"data":{"hello":"1"}} | public, max-age=60 | age  | miss; kept=yes; ttl=60""", await test.AskAsync("{ hello }"));
        test.Clock.Advance(TimeSpan.FromSeconds(59));
        Assert.Equal("""200 {"data":{"hello":"1"}} | public, max-age=60 | age 59 | hit; age=59; ttl=1""", await test.AskAsync("{ hello }"));
        test.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("""200 {"data":{"hello":"2"}} | public, max-age=60 | age  | miss; kept=yes; ttl=60""", await test.AskAsync("{ hello }"));
        Assert.Equal(2, test.Source.Requests.Count);
    }

    [Theory]
    [InlineData(null, "", "{ hello }", "miss; kept=unsaid; source=users")]
    [InlineData("no-store", "", "{ hello }", "miss; kept=no-store; source=users")]
    [InlineData("max-age=60", "\"errors\":[{\"message\":\"m\"}],", "{ hello }", "miss; kept=errors")]
    [InlineData("max-age=60", "", "{ __typename }", "miss; kept=unsaid")]
    public async Task What_may_not_be_kept_is_not(string? cacheControl, string errors, string query, string expected)
    {
        await using var test = await CachedSource.StartAsync(cacheControl);
        test.Errors = errors;
        for (var i = 0; i < 2; i++)
        {
            Assert.EndsWith($" | no-store | age  | {expected}", await test.AskAsync(query), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_is_private_is_not_kept_where_nobody_is_known_and_clients_hear_so()
    {
        await using var test = await CachedSource.StartAsync("private, max-age=60");
        Assert.Equal("""200 {"data":{"hello":"1"}} | max-age=60, private | age  | miss; kept=private; ttl=60; private""", await test.AskAsync("{ hello }"));
        Assert.Equal("""200 {"data":{"hello":"2"}} | max-age=60, private | age  | miss; kept=private; ttl=60; private""", await test.AskAsync("{ hello }"));
    }

    [Fact]
    public async Task What_differs_in_a_header_that_a_source_gets_or_in_a_variable_is_not_the_same()
    {
        await using var test = await CachedSource.StartAsync("max-age=60", Propagate);
        Assert.Contains("\"1\"", await test.AskAsync("{ hello }", ("x-user", "a")), StringComparison.Ordinal);
        Assert.Contains("\"2\"", await test.AskAsync("{ hello }", ("x-user", "b")), StringComparison.Ordinal);
        Assert.Contains("\"3\"", await test.AskAsync("{ hello(name: \"a\") }", ("x-user", "a")), StringComparison.Ordinal);
        Assert.Contains("\"1\"", await test.AskAsync("{ hello }", ("x-user", "a"), ("x-other", "1")), StringComparison.Ordinal);
        Assert.Contains("\"2\"", await test.AskAsync("{ hello }", ("x-user", "b")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Mutations_are_executed_each_time()
    {
        await using var test = await CachedSource.StartAsync("max-age=60");
        Assert.Equal("""{"data":{"greet":"1"}}""", await test.Gateway.QueryAsync("mutation { greet }"));
        Assert.Equal("""{"data":{"greet":"2"}}""", await test.Gateway.QueryAsync("mutation { greet }"));
    }

    [Fact]
    public async Task A_thousand_equal_requests_ask_once()
    {
        await using var test = await CachedSource.StartAsync("max-age=60");
        var gate = new TaskCompletionSource();
        test.Gate = gate.Task;
        var asking = Enumerable.Range(0, 1000).Select(_ => test.Gateway.QueryAsync("{ hello }")).ToArray();
        gate.SetResult();
        Assert.All(await Task.WhenAll(asking), answer => Assert.Equal("""{"data":{"hello":"1"}}""", answer));
        Assert.Single(test.Source.Requests);
    }

    [Fact]
    public async Task An_old_answer_is_given_while_one_new_one_is_made()
    {
        await using var test = await CachedSource.StartAsync("max-age=10, stale-while-revalidate=50");
        await test.AskAsync("{ hello }");
        test.Clock.Advance(TimeSpan.FromSeconds(15));
        var gate = new TaskCompletionSource();
        test.Gate = gate.Task;
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal(
                """200 {"data":{"hello":"1"}} | public, max-age=10, stale-while-revalidate=50 | age 15 | stale; age=15; ttl=-5""", await test.AskAsync("{ hello }"));
        }

        gate.SetResult();
        string answer;
        do
        {
            answer = await test.AskAsync("{ hello }");
        }
        while (answer.Contains("stale;", StringComparison.Ordinal));
        Assert.Equal("""200 {"data":{"hello":"2"}} | public, max-age=10, stale-while-revalidate=50 | age 0 | hit; age=0; ttl=10""", answer);
        Assert.Equal(2, test.Source.Requests.Count);
    }

    [Fact]
    public async Task A_client_that_has_the_answer_gets_status_304()
    {
        await using var test = await CachedSource.StartAsync("max-age=60");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/graphql?query={hello}");
        request.Headers.Add("GraphQL-Preflight", "1");
        using var first = await test.Gateway.Client.SendAsync(request);
        var tag = first.Headers.ETag!.ToString();
        using var again = new HttpRequestMessage(HttpMethod.Get, "/graphql?query={hello}");
        again.Headers.Add("GraphQL-Preflight", "1");
        again.Headers.TryAddWithoutValidation("If-None-Match", $"\"other\", W/{tag}");
        using var second = await test.Gateway.Client.SendAsync(again);
        Assert.Equal(
            (304, "", tag, "public, max-age=60"),
            ((int)second.StatusCode, await second.Content.ReadAsStringAsync(), second.Headers.ETag!.ToString(), second.Headers.CacheControl!.ToString()));
    }

    // RFC 9110, 9.3.2: what GET would answer, without the content. Some caches ask so before they keep it.
    [Theory]
    [InlineData("/graphql?query={hello}")]
    [InlineData("/graphql/persisted/sha256:9dd7ff987fac8d0d1979084ebde5ce8bd855cd066d1a34e98432275cc6bc264c")]
    public async Task HEAD_is_answered_as_GET_without_the_answer(string path)
    {
        await using var test = await CachedSource.StartAsync("max-age=60");
        await RememberAsync();
        var (head, get, again) = (await SendAsync("HEAD", null), await SendAsync("GET", null), await SendAsync("HEAD", "*"));
        Assert.Equal((get.Status, get.Head), (head.Status, head.Head));
        Assert.Equal(("", """{"data":{"hello":"1"}}"""), (head.Body, get.Body));
        Assert.Contains("Content-Length: 22", head.Head, StringComparison.Ordinal);
        Assert.Equal((304, ""), (again.Status, again.Body));
        Assert.Single(test.Source.Requests);

        // By its hash, too.
        async Task RememberAsync()
        {
            using var content = new StringContent(
                """{"query":"{hello}","extensions":{"persistedQuery":{"version":1,"sha256Hash":"9dd7ff987fac8d0d1979084ebde5ce8bd855cd066d1a34e98432275cc6bc264c"}}}""", System.Text.Encoding.UTF8, "application/json");
            using var response = await test.Gateway.Client.PostAsync("/graphql", content);
            Assert.Equal("""{"data":{"hello":"1"}}""", await response.Content.ReadAsStringAsync());
        }

        async Task<(int Status, string Head, string Body)> SendAsync(string method, string? ifNoneMatch)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            request.Headers.Add("GraphQL-Preflight", "1");
            request.Headers.TryAddWithoutValidation("If-None-Match", ifNoneMatch);
            using var response = await test.Gateway.Client.SendAsync(request);
            var head = response.Headers.Concat(response.Content.Headers).Where(static header => header.Key is not "Date").Select(static header => $"{header.Key}: {string.Join(", ", header.Value)}");
            return ((int)response.StatusCode, string.Join('\n', head.Order(StringComparer.Ordinal)), await response.Content.ReadAsStringAsync());
        }
    }

    [Theory]
    [InlineData("query=mutation{greet}", 405, "POST")]
    [InlineData("query={nothing}", 200, "")]
    [InlineData("", 400, "")]
    public async Task HEAD_is_refused_where_GET_is(string parameters, int status, string allow)
    {
        await using var test = await CachedSource.StartAsync("max-age=60");
        using var request = new HttpRequestMessage(HttpMethod.Head, $"/graphql?{parameters}");
        using var response = await test.Gateway.Client.SendAsync(request);
        Assert.Equal((status, allow, ""), ((int)response.StatusCode, string.Join(", ", response.Content.Headers.Allow), await response.Content.ReadAsStringAsync()));
        Assert.Empty(test.Source.Requests);
    }
}
