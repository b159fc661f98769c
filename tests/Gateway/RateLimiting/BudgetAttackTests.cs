using GraphGateway.Gateway.Tests.Authentication;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Xunit;
using static GraphGateway.Gateway.Tests.RateLimiting.BudgetedGateway;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>Those who want more than their budget.</summary>
public sealed class BudgetAttackTests
{
    private readonly FakeTimeProvider clock = new();

    private static string[] Plan(params string[] more) => ["RateLimits:Plans:bronze:PerDay=1000", "RateLimits:DefaultPlan=bronze", .. more];

    [Theory]
    [InlineData("aliases", "{ a: shelf(first: 3) { title } b: shelf(first: 3) { title } c: shelf(first: 3) { title } }", 31)]
    [InlineData("aliases below", "{ shelf(first: 3) { a: title b: title c: title } }", 23)]
    [InlineData("fragments", "{ ...F } fragment F on Query { a: shelf(first: 3) { ...B } b: shelf(first: 3) { ...B } c: shelf(first: 3) { ...B } } fragment B on Book { title }", 31)]
    [InlineData("inline fragments", "{ ... { ... on Query { shelf(first: 3) { ... { title } } } } }", 11)]
    [InlineData("the same field twice is one field", "{ shelf(first: 3) { title } shelf(first: 3) { title } }", 11)]
    [InlineData("a directive that is off costs nothing", "{ shelf(first: 3) { title } a: shelf(first: 3) @skip(if: true) { title } }", 11)]
    [InlineData("another operation in the document", "query A { shelf(first: 3) { title } }", 11)]
    public async Task Aliases_fragments_and_directives_cost_what_they_ask_for(string trick, string query, int cost)
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":null}""");
        await using var gateway = await StartAsync(source, clock, Plan());
        var told = await gateway.AskAsync(query);
        Assert.True(told.Contains($";r={1000 - cost};t=", StringComparison.Ordinal), $"{trick}: {told}");
    }

    [Fact]
    public async Task A_batch_is_no_way_around_the_budget()
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(source, clock, Plan());
        using var content = new StringContent($$"""[{"query":"{{Shelf}}"},{"query":"{{Shelf}}"}]""", System.Text.Encoding.UTF8, "application/json");
        using var response = await gateway.Client.PostAsync("/graphql", content);
        Assert.Contains("BATCHING_NOT_ENABLED", await response.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(source.Requests);
        Assert.Equal(1000, await gateway.LeftAsync());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(9)]
    public async Task A_cost_that_overflows_fits_into_no_budget_however_large(int levels)
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(source, clock, "RateLimits:Plans:all:PerDay=1125899906842624", "RateLimits:DefaultPlan=all");
        var query = $"{{ shelf(first: 2147483647) {string.Concat(Enumerable.Repeat("{ similar(first: 2147483647) ", levels))}{{ title }}{new string('}', levels)} }}";
        Assert.StartsWith(
            """
            200 RateLimit-Policy: "all-day";q=999999999999999;w=86400
            {"errors":[{"message":"The request can cost more than can be counted; the budget \"all\" never has more than 1125899906842624 at once. Ask for less at a time.","extensions":{"code":"COST_ESTIMATED_TOO_EXPENSIVE"}}]
            """,
            await gateway.AskAsync(query),
            StringComparison.Ordinal);
        Assert.Empty(source.Requests);
    }

    [Fact]
    public async Task A_negative_size_earns_nothing()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":null}""");
        await using var gateway = await StartAsync(source, clock, Plan());
        await gateway.AskAsync("{ shelf(first: -2147483648) { title } }");
        Assert.InRange(await gateway.LeftAsync(), 0, 999);
    }

    [Fact]
    public async Task A_forwarded_header_chooses_a_consumer_only_where_a_trusted_proxy_writes_it()
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using (var gateway = await StartAsync(source, clock, Plan()))
        {
            await gateway.AskAsync(Shelf, ("X-Forwarded-For", "203.0.113.7"));
            Assert.Equal(992, await gateway.LeftAsync(("X-Forwarded-For", "203.0.113.8"), ("X-Real-IP", "203.0.113.9"), ("Forwarded", "for=203.0.113.10")));
        }

        await using var proxied = await StartAsync(source, clock, Plan("Access:TrustedProxies=127.0.0.1"));
        await proxied.AskAsync(Shelf, ("X-Forwarded-For", "203.0.113.7"));
        Assert.Equal(1000, await proxied.LeftAsync(("X-Forwarded-For", "203.0.113.8")));
        Assert.Equal(992, await proxied.LeftAsync(("X-Forwarded-For", "203.0.113.8, 203.0.113.7")));
    }

    [Theory]
    [InlineData("x\\r\\nSet-Cookie: a=b")]
    [InlineData("x\\u0000\\u001b[31m")]
    [InlineData("\\\";r=999999")]
    public async Task A_consumers_name_comes_into_no_header_and_no_line_of_the_log_of_its_own(string subject)
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var issuer = await FakeIssuer.StartAsync();
        using var log = new WholeLog();
        await using var gateway = await StartAsync(
            source, clock, log, "RateLimits:Plans:bronze:PerDay=11", "RateLimits:DefaultPlan=bronze", "RateLimits:Consumer=Subject",
            $"Authentication:Jwt:Issuers:0:Issuer={issuer.Url}", "Authentication:Jwt:Issuers:0:Audiences=shop");
        var token = ("Authorization", $"Bearer {issuer.Token(clock.GetUtcNow(), payload: $$"""{"sub":"{{subject}}"}""")}");
        Assert.StartsWith("200 RateLimit-Policy: \"bronze-day\";q=11;w=86400 RateLimit: \"bronze-day\";r=0;t=86400\n", await gateway.AskAsync(Shelf, token), StringComparison.Ordinal);
        Assert.StartsWith("429 RateLimit-Policy: \"bronze-day\";q=11;w=86400 RateLimit: \"bronze-day\";r=3;", await gateway.AskAsync(Shelf, token), StringComparison.Ordinal);
        var lines = log.Text;
        Assert.DoesNotContain("\nSet-Cookie", lines, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", lines, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Invented_plans_and_consumers_in_headers_are_not_looked_at()
    {
        await using var source = await FakeSource.AnswersAsync(Data);
        await using var gateway = await StartAsync(source, clock, Plan("RateLimits:Plans:gold:PerDay=100000"));
        await gateway.AskAsync(Shelf, ("X-Plan", "gold"), ("Plan", "gold"), ("apollographql-client-name", "x"), ("client_id", "x"));
        Assert.Equal(992, await gateway.LeftAsync(("X-Plan", "gold"), ("apollographql-client-name", "y"), ("X-Client-Id", "y")));
    }
}
