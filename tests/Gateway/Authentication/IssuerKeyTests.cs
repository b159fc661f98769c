using System.Security.Cryptography;
using GraphGateway.Gateway.Tests.Pipeline;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace GraphGateway.Gateway.Tests.Authentication;

/// <summary>The keys of issuers: found, changed, and not to be had.</summary>
public sealed class IssuerKeyTests
{
    private const string Ada = "Token ada of web on no plan may read write";
    private const string Unavailable = "503 AUTHENTICATION_UNAVAILABLE: The keys of the token's issuer cannot be had now. Try again.";
    private const string KeyUnknown = "The token is signed with a key that its issuer does not have.";

    [Fact]
    public async Task They_are_found_by_discovery_and_fetched_once()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(issuer);
        Assert.Equal(Ada, await gateway.AskAsync(issuer.Token(gateway.Now)));
        Assert.Equal(Ada, await gateway.AskAsync(issuer.Token(gateway.Now, payload: """{"jti":"another"}""")));
        Assert.Equal(["/.well-known/openid-configuration", "/keys"], issuer.Fetched);
    }

    [Fact]
    public async Task An_address_of_the_keys_takes_the_place_of_discovery_and_elliptic_keys_are_taken()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = key.ExportParameters(false).Q;
        issuer.Documents["/ec"] = $$"""
            {"keys":[{"kty":"oct","k":"c2VjcmV0","kid":"one"},{"kty":"OKP","crv":"Ed25519","x":"AA","kid":"one"},{"kty":"RSA","n":"AQAB","e":"AQAB","kid":"one"},7,
            {"kty":"EC","crv":"P-256","kid":"one","x":"{{SignedToken.Encode(point.X)}}","y":"{{SignedToken.Encode(point.Y)}}"}]}
            """;
        await using var gateway = await GuardedGateway.StartAsync(issuer, $"--Gateway:Authentication:Jwt:Issuers:0:JwksUrl={issuer.Url}/ec");
        var payload = issuer.Payload(gateway.Now);
        Assert.Equal(Ada, await gateway.AskAsync(SignedToken.Make("""{"alg":"ES256","kid":"one"}""", payload, bytes => SignedToken.Es256(key, bytes))));
        Assert.Equal(Ada, await gateway.AskAsync(SignedToken.Make("""{"alg":"ES256"}""", payload, bytes => SignedToken.Es256(key, bytes))));
        Assert.Equal(Refused(KeyUnknown), await gateway.AskAsync(SignedToken.Make("""{"alg":"ES384","kid":"one"}""", payload, bytes => SignedToken.Es256(key, bytes))));
        var secret = Convert.FromBase64String("c2VjcmV0");
        Assert.Equal(
            Refused("The token is not signed by an algorithm that is taken of its issuer."),
            await gateway.AskAsync(SignedToken.Make("""{"alg":"HS256","kid":"one"}""", payload, bytes => HMACSHA256.HashData(secret, bytes))));
        Assert.Equal(["/ec"], issuer.Fetched.Distinct());
    }

    [Fact]
    public async Task Several_issuers_have_their_own_keys_and_one_does_not_sign_for_another()
    {
        await using var first = await FakeIssuer.StartAsync();
        await using var second = await FakeIssuer.StartAsync();
        second.Publish("two");
        await using var gateway = await GuardedGateway.StartAsync([first, second]);
        Assert.Equal(Ada, await gateway.AskAsync(first.Token(gateway.Now)));
        Assert.Equal(Ada, await gateway.AskAsync(second.Token(gateway.Now, key: "two")));
        Assert.Equal(Refused(KeyUnknown), await gateway.AskAsync(first.Token(gateway.Now, key: "two")));
        Assert.Equal(Refused(KeyUnknown), await gateway.AskAsync(second.Token(gateway.Now, key: "one")));
    }

    [Fact]
    public async Task A_new_key_is_fetched_when_it_is_first_seen_and_unknown_ones_once_in_a_while()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(issuer);
        Assert.Equal(Ada, await gateway.AskAsync(issuer.Token(gateway.Now)));
        issuer.Publish("one", "two");
        gateway.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Ada, await gateway.AskAsync(issuer.Token(gateway.Now, key: "two")));
        Assert.Equal(4, issuer.Fetched.Count);

        // A storm of keys that nobody has: nobody waits, and the issuer hears nothing of it.
        var storm = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => gateway.AskAsync(issuer.Token(gateway.Now, header: $$"""{"kid":"{{i}}"}"""))));
        Assert.All(storm, answer => Assert.Equal(Refused(KeyUnknown), answer));
        Assert.Equal(4, issuer.Fetched.Count);

        gateway.Clock.Advance(TimeSpan.FromSeconds(10));
        storm = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => gateway.AskAsync(issuer.Token(gateway.Now, header: $$"""{"kid":"{{i}}"}"""))));
        Assert.All(storm, answer => Assert.Equal(Refused(KeyUnknown), answer));
        Assert.Equal(6, issuer.Fetched.Count);
        Assert.Equal(Ada, await gateway.AskAsync(issuer.Token(gateway.Now)));
    }

    [Fact]
    public async Task A_key_that_is_gone_ends_its_tokens_those_that_are_remembered_too()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        issuer.Publish("one", "two");
        await using var gateway = await GuardedGateway.StartAsync(issuer);
        var token = issuer.Token(gateway.Now);
        var other = issuer.Token(gateway.Now, key: "two");
        Assert.Equal(Ada, await gateway.AskAsync(token));
        Assert.Equal(Ada, await gateway.AskAsync(other));
        issuer.Publish("two");
        gateway.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Ada, await gateway.AskAsync(token));

        // Whoever looks for a key brings the news.
        Assert.Equal(Refused(KeyUnknown), await gateway.AskAsync(issuer.Token(gateway.Now, header: """{"kid":"three"}""")));
        Assert.Equal(Refused(KeyUnknown), await gateway.AskAsync(token));
        Assert.Equal(Ada, await gateway.AskAsync(other));
    }

    [Fact]
    public async Task Keys_are_fetched_anew_after_their_time_and_nobody_waits_for_it()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(issuer);
        Assert.Equal(Ada, await gateway.AskAsync(issuer.Token(gateway.Now)));
        var asked = new TaskCompletionSource();
        var answered = new TaskCompletionSource();
        issuer.Answer = async context =>
        {
            asked.TrySetResult();
            await answered.Task;
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
        };
        gateway.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Ada, await gateway.AskAsync(issuer.Token(gateway.Now)));
        await asked.Task;
        Assert.Equal(Ada, await gateway.AskAsync(issuer.Token(gateway.Now, payload: """{"jti":"another"}""")));
        answered.SetResult();
    }

    [Fact]
    public async Task An_issuer_that_dies_stops_no_token_that_is_valid()
    {
        await using var alive = await FakeIssuer.StartAsync();
        await using var dying = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync([alive, dying]);
        Assert.Equal(Ada, await gateway.AskAsync(dying.Token(gateway.Now)));
        await dying.DisposeAsync();
        for (var i = 0; i < 3; i++)
        {
            gateway.Clock.Advance(TimeSpan.FromHours(1));
            Assert.Equal(Ada, await gateway.AskAsync(dying.Token(gateway.Now)));
            Assert.Equal(Ada, await gateway.AskAsync(alive.Token(gateway.Now)));
            Assert.Equal(Refused(KeyUnknown), await gateway.AskAsync(dying.Token(gateway.Now, key: "two")));
        }
    }

    [Fact]
    public async Task An_issuer_that_is_down_at_the_start_is_asked_again_soon()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        issuer.Answer = context =>
        {
            context.Response.StatusCode = StatusCodes.Status502BadGateway;
            return Task.CompletedTask;
        };
        await using var gateway = await GuardedGateway.StartAsync(issuer);
        Assert.Equal(Unavailable, await gateway.AskAsync(issuer.Token(gateway.Now)));
        Assert.Equal("anonymous", await gateway.AskAsync((string?)null));
        using var response = await gateway.SendAsync(("Authorization", $"Bearer {issuer.Token(gateway.Now)}"));
        Assert.Equal("2", response.Headers.RetryAfter!.ToString());
        issuer.Answer = null;
        Assert.Equal(Unavailable, await gateway.AskAsync(issuer.Token(gateway.Now)));
        gateway.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(Ada, await gateway.AskAsync(issuer.Token(gateway.Now)));
    }

    [Fact]
    public async Task An_issuer_that_hangs_costs_its_time_once_however_many_wait()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        var asked = new TaskCompletionSource();
        var aborted = new TaskCompletionSource();
        issuer.Answer = async context =>
        {
            context.RequestAborted.Register(() => aborted.TrySetResult());
            asked.TrySetResult();
            await aborted.Task;
        };
        await using var gateway = await GuardedGateway.StartAsync(issuer);
        await asked.Task;
        var waiting = Enumerable.Range(0, 10).Select(_ => gateway.AskAsync(issuer.Token(gateway.Now))).ToList();
        Assert.Equal("anonymous", await gateway.AskAsync((string?)null));
        gateway.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.All(await Task.WhenAll(waiting), answer => Assert.Equal(Unavailable, answer));
        await aborted.Task;
        Assert.Single(issuer.Fetched);
    }

    [Theory]
    [InlineData("/keys", "<html>")]
    [InlineData("/keys", "[]")]
    [InlineData("/keys", "{}")]
    [InlineData("/keys", """{"keys":{"kty":"RSA"}}""")]
    [InlineData("/keys", null)]
    [InlineData("/.well-known/openid-configuration", "{}")]
    [InlineData("/.well-known/openid-configuration", """{"issuer":"http://evil.test","jwks_uri":"URL/keys"}""")]
    [InlineData("/.well-known/openid-configuration", """{"issuer":"URL/","jwks_uri":"URL/keys"}""")]
    [InlineData("/.well-known/openid-configuration", """{"issuer":"URL","jwks_uri":"http://evil.test/keys"}""")]
    [InlineData("/.well-known/openid-configuration", """{"issuer":"URL","jwks_uri":"file:///etc/passwd"}""")]
    [InlineData("/.well-known/openid-configuration", """{"issuer":"URL","jwks_uri":"/keys"}""")]
    public async Task What_is_no_set_of_keys_is_not_taken(string path, string? document)
    {
        await using var issuer = await FakeIssuer.StartAsync();
        issuer.Documents[path] = document?.Replace("URL", issuer.Url, StringComparison.Ordinal) ?? $$"""{"keys":[{{FakeIssuer.JsonOf("one")}},"{{new string('x', 600_000)}}"]}""";
        await using var gateway = await GuardedGateway.StartAsync(issuer);
        Assert.Equal(Unavailable, await gateway.AskAsync(issuer.Token(gateway.Now)));
    }

    [Fact]
    public async Task Bad_keys_do_not_take_the_place_of_good_ones_and_a_redirect_is_not_followed()
    {
        await using var evil = await FakeIssuer.StartAsync();
        evil.Publish("evil");
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(issuer);
        Assert.Equal(Ada, await gateway.AskAsync(issuer.Token(gateway.Now)));
        issuer.Answer = context =>
        {
            context.Response.Redirect($"{evil.Url}{context.Request.Path}");
            return Task.CompletedTask;
        };
        gateway.Clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Refused(KeyUnknown), await gateway.AskAsync(issuer.Token(gateway.Now, key: "evil")));
        Assert.Equal(Ada, await gateway.AskAsync(issuer.Token(gateway.Now)));
        Assert.Empty(evil.Fetched);
    }

    [Fact]
    public async Task A_set_without_keys_is_the_issuers_word()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(issuer);
        var token = issuer.Token(gateway.Now);
        Assert.Equal(Ada, await gateway.AskAsync(token));
        issuer.Publish();
        gateway.Clock.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(Refused(KeyUnknown), await gateway.AskAsync(issuer.Token(gateway.Now, key: "two")));
        Assert.Equal(Refused(KeyUnknown), await gateway.AskAsync(token));
    }

    private static string Refused(string message) =>
        $"401 UNAUTHENTICATED: {message} Bearer realm=\"graphgateway\", error=\"invalid_token\", error_description=\"{message}\"";
}
