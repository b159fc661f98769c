using System.Security.Cryptography;
using System.Text;
using GraphGateway.Gateway.Tests.Authentication;
using GraphGateway.Http;
using Xunit;

namespace GraphGateway.Subgraphs.Tests.Identity;

/// <summary>A service that answers the gateway alone, and those who are not the gateway.</summary>
public sealed class GatewayGuardTests
{
    private const string NoToken = """401 {"errors":[{"message":"This service answers the gateway alone: the request has no GraphGateway-Identity.","extensions":{"code":"UNAUTHENTICATED"}}]}""";
    private const string First = """{"data":{"me":{"name":"Mila García"}}}""";

    [Fact]
    public async Task Who_has_no_token_of_the_gateway_is_refused_whatever_is_asked()
    {
        await using var service = await GuardedService.StartAsync();
        const string query = """{"query":"{ __typename }"}""";
        Assert.Equal(NoToken, await service.AskAsync(null));
        Assert.Equal(NoToken, await service.AskAsync(null, "mutation { __typename }"));
        Assert.Equal(NoToken, await service.SendAsync(HttpMethod.Post, "/graphql", $"[{query},{query}]"));
        Assert.Equal(NoToken, await service.SendAsync(HttpMethod.Post, "/graphql", """{"query":"query($i:ID!){userById(id:$i){id}}","variables":[{"i":"1"},{"i":"2"}]}""", ("Accept", "application/jsonl")));
        Assert.Equal(NoToken, await service.SendAsync(HttpMethod.Post, "/graphql", query, ("Accept", "text/event-stream")));
        Assert.Equal(NoToken, await service.SendAsync(HttpMethod.Get, "/graphql?query={__typename}", null, ("GraphQL-Preflight", "1")));
        Assert.Equal(NoToken, await service.SendAsync(HttpMethod.Post, "/graphql", query, ("Authorization", $"Bearer {service.Token()}")));
    }

    [Fact]
    public async Task The_SDL_is_for_everybody_unless_it_is_closed()
    {
        await using var open = await GuardedService.StartAsync();
        await using var closed = await GuardedService.StartAsync("--GatewayIdentity:Schema=Closed");
        foreach (var path in new[] { "/graphql?sdl", "/graphql/schema.graphql" })
        {
            Assert.Contains("type Query {", await open.SendAsync(HttpMethod.Get, path, null), StringComparison.Ordinal);
            Assert.Equal(NoToken, await closed.SendAsync(HttpMethod.Get, path, null));
            Assert.Contains("type Query {", await closed.SendAsync(HttpMethod.Get, path, null, (IdentityToken.DefaultHeader, closed.Token())), StringComparison.Ordinal);
        }

        Assert.Equal("Healthy", await closed.SendAsync(HttpMethod.Get, "/health/ready", null));
    }

    [Theory]
    [InlineData("1", ClientKind.Token, null, First)]
    [InlineData("EMAIL", ClientKind.Token, null, First)]
    [InlineData("nobody@example.com", ClientKind.Token, null, """{"data":{"me":null}}""")]
    [InlineData("7000", ClientKind.Token, null, """{"data":{"me":null}}""")]
    [InlineData("auth0|1", ClientKind.Token, null, """{"data":{"me":null}}""")]
    [InlineData(null, ClientKind.Token, null, """{"data":{"me":null}}""")]
    [InlineData(null, ClientKind.Anonymous, null, """{"data":{"me":null}}""")]
    // An API key's own id is nobody's, whatever digits it has.
    [InlineData("1", ClientKind.ApiKey, "web", """{"data":{"me":null}}""")]
    [InlineData("1", ClientKind.ApiKey, "1", """{"data":{"me":null}}""")]
    [InlineData("0123456789abcdef", ClientKind.ApiKey, "EMAIL", First)]
    public async Task Me_is_who_asks(string? subject, ClientKind kind, string? consumer, string expected)
    {
        await using var service = await GuardedService.StartAsync();
        var email = System.Text.Json.JsonDocument.Parse(await service.AskAsync(service.Token(), "{ userById(id: 1) { email } }")).RootElement
            .GetProperty("data").GetProperty("userById").GetProperty("email").GetString()!;
        Assert.Equal(
            expected, await service.AskAsync(service.Token(subject == "EMAIL" ? email.ToUpperInvariant() : subject, kind, consumer: consumer == "EMAIL" ? email : consumer)));
    }

    // Two issuers' users of one name are two people.
    [Theory]
    [InlineData("dotnet-user-jwts", First)]
    [InlineData("https://login.test/", """{"data":{"me":null}}""")]
    [InlineData("", """{"data":{"me":null}}""")]
    [InlineData(null, """{"data":{"me":null}}""")]
    [InlineData("https://login.test/", First, "--GatewayIdentity:UserIssuer=https://login.test/")]
    [InlineData("https://login.test", """{"data":{"me":null}}""", "--GatewayIdentity:UserIssuer=https://login.test/")]
    [InlineData("dotnet-user-jwts", """{"data":{"me":null}}""", "--GatewayIdentity:UserIssuer=https://login.test/")]
    public async Task Me_is_a_user_of_the_shops_own_issuer(string? issuer, string expected, params string[] settings)
    {
        await using var service = await GuardedService.StartAsync(settings);
        Assert.Equal(expected, await service.AskAsync(service.Token(clientIssuer: issuer)));
    }

    [Fact]
    public async Task Two_clients_at_the_same_time_are_told_apart()
    {
        await using var service = await GuardedService.StartAsync();
        var tokens = Enumerable.Range(1, 20).Select(id => service.Token($"{id}")).ToList();
        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => service.AskAsync(tokens[i % 20], "{ me { id } }")));
        Assert.Equal(Enumerable.Range(0, 200).Select(i => $$$$"""{"data":{"me":{"id":"{{{{(i % 20) + 1}}}}"}}}"""), answers);
    }

    [Fact]
    public async Task A_gateway_token_that_is_replayed_when_it_has_expired()
    {
        await using var service = await GuardedService.StartAsync();
        var token = service.Token();
        Assert.Equal(First, await service.AskAsync(token));
        service.Clock.Advance(TimeSpan.FromSeconds(149.9));
        Assert.Equal(First, await service.AskAsync(token));
        // Two minutes, and half a minute by which clocks may be apart.
        service.Clock.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(Refused("The token has expired."), await service.AskAsync(token));
    }

    public static TheoryData<string, string, string, string> Forged { get; } = new()
    {
        { "alg none", """{"alg":"none"}""", "{}", "The token is not signed by an algorithm that is taken of its issuer." },
        { "another algorithm", """{"alg":"ES384"}""", "{}", "The token is not signed by an algorithm that is taken of its issuer." },
        { "for another source", "{}", """{"aud":"orders"}""", "The token is for another audience." },
        { "for nobody", "{}", """{"aud":null}""", "The token is for another audience." },
        { "of another issuer", "{}", """{"iss":"https://login.example.com/"}""", "The token is of an issuer that is not known here." },
        { "for ever", "{}", """{"exp":null}""", "The token has no time at which it expires." },
        { "of yesterday", "{}", """{"exp":1893369600}""", "The token has expired." },
        { "of tomorrow", "{}", """{"nbf":1893542400}""", "The token is not valid yet." },
        { "of a key that is not known", """{"kid":"other"}""", "{}", "The token is signed with a key that its issuer does not have." },
        { "with something critical", """{"crit":["x"],"x":1}""", "{}", "The token has a critical header that is not known here." },
    };

    [Theory]
    [MemberData(nameof(Forged))]
    public async Task A_token_that_is_not_right(string what, string header, string payload, string message)
    {
        await using var service = await GuardedService.StartAsync();
        Assert.Equal($"{what}: {Refused(message)}", $"{what}: {await service.AskAsync(service.Forged(header, payload))}");
        Assert.Equal(First, await service.AskAsync(service.Forged()));
    }

    [Fact]
    public async Task A_token_of_another_key_or_of_none()
    {
        await using var service = await GuardedService.StartAsync();
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        const string invalid = "The token's signature is not valid.";
        Assert.Equal(Refused("The token is signed with a key that its issuer does not have."), await service.AskAsync(service.Token(key: other)));
        Assert.Equal(Refused(invalid), await service.AskAsync(service.Forged(sign: bytes => SignedToken.Es256(other, bytes))));
        Assert.Equal(Refused(invalid), await service.AskAsync(service.Forged(sign: _ => [])));
        Assert.Equal(Refused(invalid), await service.AskAsync(service.Forged(sign: _ => new byte[64])));
        var parts = service.Token().Split('.');
        Assert.Equal(Refused(invalid), await service.AskAsync($"{parts[0]}.{service.Forged(payload: """{"sub":"2"}""").Split('.')[1]}.{parts[2]}"));
    }

    [Fact]
    public async Task The_public_key_as_the_secret_of_HS256()
    {
        await using var service = await GuardedService.StartAsync();
        foreach (var secret in new[] { service.Key.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(service.Key.ExportSubjectPublicKeyInfoPem()) })
        {
            Assert.Equal(
                Refused("The token is not signed by an algorithm that is taken of its issuer."),
                await service.AskAsync(service.Forged("""{"alg":"HS256"}""", sign: bytes => HMACSHA256.HashData(secret, bytes))));
        }
    }

    [Fact]
    public async Task Two_tokens_or_what_is_none()
    {
        await using var service = await GuardedService.StartAsync();
        var token = service.Token();
        const string unclear = "This service answers the gateway alone: GraphGateway-Identity is not as the gateway sends it.";
        Assert.Equal(Refused(unclear), await service.SendRawAsync($"GraphGateway-Identity: {token}\r\ngraphgateway-identity: {token}"));
        Assert.Equal(First, await service.SendRawAsync($"graphgateway-identity: {token}"));
        foreach (var text in new[] { "", "x", $"{token}, {token}", $"Bearer {token}", "e30.e30.", $"{token}.{token}" })
        {
            Assert.Equal(Refused("The token is not a signed JSON Web Token."), await service.AskAsync(text));
        }
    }

    [Fact]
    public async Task The_token_can_be_in_Authorization()
    {
        await using var service = await GuardedService.StartAsync("--GatewayIdentity:Header=Authorization", "--GatewayIdentity:Audience=https://users.test", "--GatewayIdentity:Issuer=shop");
        var token = service.Token(audience: "https://users.test", issuer: "shop");
        Assert.Equal(First, await service.SendAsync(HttpMethod.Post, "/graphql", """{"query":"{ me { name } }"}""", ("Authorization", $"Bearer {token}")));
        Assert.Equal(
            Refused("This service answers the gateway alone: Authorization is not as the gateway sends it."),
            await service.SendAsync(HttpMethod.Post, "/graphql", """{"query":"{ me { name } }"}""", ("Authorization", token)));
    }

    [Fact]
    public async Task With_keys_and_not_required_nobody_is_anonymous_and_a_wrong_token_is_refused()
    {
        await using var service = await GuardedService.StartAsync("--GatewayIdentity:Required=Off");
        Assert.Equal("""{"data":{"me":null}}""", await service.AskAsync(null));
        Assert.Equal(First, await service.AskAsync(service.Token()));
        Assert.Equal(Refused("The token is for another audience."), await service.AskAsync(service.Token(audience: "orders")));
    }

    private static string Refused(string message) => $$$"""401 {"errors":[{"message":"{{{message}}}","extensions":{"code":"UNAUTHENTICATED"}}]}""";
}
