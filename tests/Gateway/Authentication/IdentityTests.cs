using System.Net;
using System.Text.Json;
using GraphGateway.Gateway.Tests.Deduplication;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.Authentication;

/// <summary>Who asks, and what follows of it.</summary>
public sealed class IdentityTests
{
    private const string Ada = "Token ada of web on no plan may read write";

    [Fact]
    public async Task Without_settings_nobody_is_asked()
    {
        await using var gateway = await GuardedGateway.StartAsync([]);
        Assert.Equal("anonymous", await gateway.AskAsync(("Authorization", "Basic eDp4")));
    }

    [Theory]
    [InlineData("{}", Ada)]
    [InlineData("""{"scope":null,"scp":["write","read"]}""", Ada)]
    [InlineData("""{"scope":" read  read","scp":"write"}""", Ada)]
    [InlineData("""{"client_id":null,"azp":"mobile","plan":"gold"}""", "Token ada of mobile on no plan may read write")]
    [InlineData("""{"aud":["bank","shop"],"sub":null,"client_id":null,"scope":null}""", "Token  of  on no plan may ")]
    public async Task A_token_says_who_asks(string payload, string expected)
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(issuer);
        Assert.Equal(expected.TrimEnd(), (await gateway.AskAsync(issuer.Token(gateway.Now, payload: payload))).TrimEnd());
    }

    [Fact]
    public async Task Claims_are_read_by_the_issuers_settings()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(
            issuer,
            "--Gateway:Authentication:Jwt:Issuers:0:ScopeClaims=https://shop.test/roles", "--Gateway:Authentication:Jwt:Issuers:0:ConsumerClaims=app",
            "--Gateway:Authentication:Jwt:Issuers:0:PlanClaim=tier");
        Assert.Equal(
            "Token ada of web2 on gold may admin",
            await gateway.AskAsync(issuer.Token(gateway.Now, payload: """{"https://shop.test/roles":["admin"],"app":"web2","tier":"gold"}""")));
    }

    [Fact]
    public async Task A_token_can_be_in_other_headers_and_in_a_cookie()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(
            issuer,
            "--Gateway:Authentication:Jwt:Places:0:Header=X-Token", "--Gateway:Authentication:Jwt:Places:1:Header=X-Auth",
            "--Gateway:Authentication:Jwt:Places:1:Prefix=Token", "--Gateway:Authentication:Jwt:Places:2:Cookie=session");
        var token = issuer.Token(gateway.Now);
        var other = issuer.Token(gateway.Now, payload: """{"sub":"bob"}""");
        Assert.Equal(Ada, await gateway.AskAsync(("X-Token", token)));
        Assert.Equal(Ada, await gateway.AskAsync(("X-Auth", $"token  {token}")));
        Assert.Equal(Ada, await gateway.AskAsync(("Cookie", $"theme=dark; session={token}; x")));
        Assert.Equal(Ada, await gateway.AskAsync(("X-Token", token), ("Cookie", $"session={other}")));
        Assert.Equal("anonymous", await gateway.AskAsync(("Authorization", $"Bearer {token}"), ("Cookie", "session2=x")));
    }

    [Fact]
    public async Task Who_shows_nothing_is_anonymous_or_refused()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var open = await GuardedGateway.StartAsync(issuer);
        await using var closed = await GuardedGateway.StartAsync(issuer, "--Gateway:Authentication:Anonymous=Deny");
        Assert.Equal("anonymous", await open.AskAsync((string?)null));
        Assert.Equal(
            "401 UNAUTHENTICATED: A credential is needed: send Authorization: Bearer and a token or an API key. Bearer realm=\"graphgateway\"", await closed.AskAsync((string?)null));
        Assert.Equal(Ada, await closed.AskAsync(issuer.Token(closed.Now)));
    }

    [Fact]
    public async Task Whoever_may_not_ask_gets_no_schema_and_no_plans_but_the_state_of_health()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(issuer, "--Gateway:Authentication:Anonymous=Deny", "--Gateway:PlanStatistics=On");
        foreach (var path in new[] { "/graphql?query={hello}", "/graphql?sdl", "/graphql/schema.graphql", "/query-plans", "/query-plans/x" })
        {
            using var refused = await gateway.Gateway.GetAsync(path);
            Assert.Equal((path, HttpStatusCode.Unauthorized), (path, refused.StatusCode));
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {issuer.Token(gateway.Now)}");
            using var allowed = await gateway.Gateway.Client.SendAsync(request);
            Assert.NotEqual((path, HttpStatusCode.Unauthorized), (path, allowed.StatusCode));
        }

        using var health = await gateway.Gateway.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, health.StatusCode);
    }

    [Fact]
    public async Task The_body_of_whoever_may_not_ask_is_not_read()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(issuer, "--Gateway:Authentication:Anonymous=Deny");
        using var content = new StringContent("no JSON", System.Text.Encoding.UTF8, "application/json");
        using var response = await gateway.Gateway.Client.PostAsync("/graphql", content);
        Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Fact]
    public async Task A_token_ends_at_its_time_whether_it_is_remembered_or_not()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(issuer, "--Gateway:Authentication:Jwt:ClockSkew=5s");
        var token = issuer.Token(gateway.Now, payload: $$"""{"exp":{{gateway.Now.AddSeconds(10).ToUnixTimeSeconds()}}}""");
        Assert.Equal(Ada, await gateway.AskAsync(token));
        gateway.Clock.Advance(TimeSpan.FromSeconds(14.999));
        Assert.Equal(Ada, await gateway.AskAsync(token));
        gateway.Clock.Advance(TimeSpan.FromSeconds(0.001));
        Assert.StartsWith("401 UNAUTHENTICATED: The token has expired.", await gateway.AskAsync(token), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Clients_with_other_tokens_do_not_share_an_execution()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var source = await HeldSource.StartAsync();
        var clock = new FakeTimeProvider();
        await using var gateway = await RunningGateway.StartAsync(
            source.Source,
            [
                "--Gateway:Deduplication:SourceRequests=Off", "--Gateway:Deduplication:ClientRequests=On",
                $"--Gateway:Authentication:Jwt:Issuers:0:Issuer={issuer.Url}", "--Gateway:Authentication:Jwt:Issuers:0:Audiences=shop",
            ],
            clock);
        using var shared = new SharedRequests(gateway);
        var (ada, bob) = (issuer.Token(clock.GetUtcNow()), issuer.Token(clock.GetUtcNow(), payload: """{"sub":"bob"}"""));
        var first = gateway.QueryAsync("{ hello }", header: ("Authorization", $"Bearer {ada}"));
        var askedFirst = await source.AskedAsync();
        var second = gateway.QueryAsync("{ hello }", header: ("Authorization", $"Bearer {bob}"));
        var askedSecond = await source.AskedAsync();
        var nobody = gateway.QueryAsync("{ hello }");
        var askedNobody = await source.AskedAsync();
        var again = gateway.QueryAsync("{ hello }", header: ("Authorization", $"Bearer {ada}"));
        Assert.Equal("client ", await shared.NextAsync());
        askedFirst.Answer("""{"data":{"hello":"ada"}}""");
        askedSecond.Answer("""{"data":{"hello":"bob"}}""");
        askedNobody.Answer("""{"data":{"hello":"nobody"}}""");
        Assert.Equal(
            ["""{"data":{"hello":"ada"}}""", """{"data":{"hello":"bob"}}""", """{"data":{"hello":"nobody"}}""", """{"data":{"hello":"ada"}}"""],
            await Task.WhenAll(first, second, nobody, again));
    }

    [Fact]
    public async Task No_token_is_in_the_log()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        using var log = new WholeLog();
        var clock = new FakeTimeProvider();
        await using var gateway = await RunningGateway.StartAsync(
            source,
            [$"--Gateway:Authentication:Jwt:Issuers:0:Issuer={issuer.Url}", "--Gateway:Authentication:Jwt:Issuers:0:Audiences=shop", "--Logging:LogLevel:Default=Trace"],
            clock,
            log);
        string[] tokens =
        [
            issuer.Token(clock.GetUtcNow()), issuer.Token(clock.GetUtcNow(), payload: """{"aud":"bank"}"""), issuer.Token(clock.GetUtcNow(), key: "two"), "not.a.token",
        ];
        foreach (var token in tokens)
        {
            await gateway.QueryAsync("{ hello }", header: ("Authorization", $"Bearer {token}"));
        }

        Assert.Contains("UNAUTHENTICATED", log.Text, StringComparison.Ordinal);
        foreach (var token in tokens)
        {
            Assert.All(token.Split('.').Where(part => part.Length > 3), part => Assert.DoesNotContain(part, log.Text, StringComparison.Ordinal));
        }

        // No rule passes it on: sources do not see it either.
        Assert.DoesNotContain("Authorization", JsonSerializer.Serialize(source.Requests.Single().Headers), StringComparison.OrdinalIgnoreCase);
    }
}
