using System.Buffers.Text;
using System.Collections.Frozen;
using System.Diagnostics.Metrics;
using System.Security.Claims;
using System.Text;
using GraphGateway.Http;
using GraphGateway.TestKit;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace GraphGateway.Gateway.Tests.Identity;

/// <summary>What a source is told of clients, to the letter.</summary>
public sealed class SourceIdentityTests : IDisposable
{
    private static readonly ClientIdentity Ada = new()
    {
        Kind = ClientKind.Token,
        Subject = "ada",
        Issuer = "https://login.test/",
        Consumer = "web",
        Plan = "gold",
        Scopes = FrozenSet.Create("write", "read"),
        Token = "head.body.signature",
        Claims = new ClaimsPrincipal(new ClaimsIdentity(
            [
                new Claim("tenant", "a b"), new Claim("role", "admin"), new Claim("role", "für alle"), new Claim("empty", ""), new Claim("kind", "own"),
                new Claim("age", "42", ClaimValueTypes.Integer32), new Claim("verified", "true", ClaimValueTypes.Boolean),
                new Claim("address", """{"city":"Wien"}""", JsonClaimValueTypes.Json), new Claim("iss", "https://login.test/"),
            ])),
    };

    private static readonly ClientIdentity Key =
        ClientIdentity.OfApiKey("0123456789abcdef", "batch", null, FrozenSet.Create("read"), null);

    private readonly FakeTimeProvider clock = new();
    private readonly IdentityKeyFile key = new();
    private readonly Meter meter = new("test");
    private readonly IdentityOptions options;
    private readonly IdentityKeys keys;
    private readonly Generations<(long Client, int Source), IdentityHeaders> memory = new(IdentityOptions.MinRememberedBytes, static (_, headers) => headers.HeldBytes);

    public SourceIdentityTests()
    {
        options = new IdentityOptions { Keys = [key.Read()] };
        keys = new IdentityKeys(options, clock, NullLogger<IdentityKeys>.Instance);
    }

    public void Dispose()
    {
        keys.Dispose();
        key.Dispose();
        meter.Dispose();
    }

    [Theory]
    [InlineData("kind", "token", "apikey", "anonymous")]
    [InlineData("sub", "ada", "0123456789abcdef", null)]
    [InlineData("iss", "https://login.test/", null, null)]
    [InlineData("consumer", "web", "batch", null)]
    [InlineData("plan", "gold", null, null)]
    [InlineData("scope", "read write", "read", null)]
    [InlineData("tenant", "a%20b", null, null)]
    [InlineData("role", "admin f%C3%BCr%20alle", null, null)]
    [InlineData("empty", null, null, null)]
    [InlineData("claim:kind", "own", null, null)]
    [InlineData("Claim:age", "42", null, null)]
    [InlineData("address", """{"city":"Wien"}""", null, null)]
    [InlineData("nobody-says-so", null, null, null)]
    public void Facts_go_into_headers(string fact, string? token, string? apiKey, string? anonymous)
    {
        var source = Source(new IdentityRules { Claims = [new ClaimHeader("X-Fact", fact)] });
        Assert.Equal([Line(token), Line(apiKey), Line(anonymous)], new[] { Ada, Key, ClientIdentity.Anonymous }.Select(client => Told(source, client)));

        static string Line(string? value) => value is null ? "" : $"X-Fact: {value}";
    }

    // No end of a line, no NUL, no space that could be taken for one between two values, and each value has one form.
    [Theory]
    [InlineData("a\r\nX-Admin: true", "a%0D%0AX-Admin:%20true")]
    [InlineData("\0\t\u007F\u0085\u009F", "%00%09%7F%C2%85%C2%9F")]
    [InlineData("100%", "100%25")]
    [InlineData("%0D%0A", "%250D%250A")]
    [InlineData("Zoë 😀\u2028", "Zo%C3%AB%20%F0%9F%98%80%E2%80%A8")]
    [InlineData(" ", "%20")]
    [InlineData("a,b;c=\"d\"", "a,b;c=\"d\"")]
    public void A_header_cannot_be_broken_by_a_claim(string value, string expected)
    {
        var client = new ClientIdentity { Kind = ClientKind.Token, Claims = new ClaimsPrincipal(new ClaimsIdentity([new Claim("a", value), new Claim("a", "second")])) };
        Assert.Equal($"X-A: {expected} second", Told(Source(new IdentityRules { Claims = [new ClaimHeader("X-A", "a")] }), client));
    }

    [Fact]
    public void A_token_goes_along_as_it_was_validated_and_an_API_key_never()
    {
        var source = Source(new IdentityRules { Forward = true });
        Assert.Equal(
            ["Authorization: Bearer head.body.signature", "", ""],
            new[] { Ada, Key, ClientIdentity.Anonymous }.Select(client => Told(source, client)));
    }

    [Fact]
    public void All_ways_go_together_each_in_its_header()
    {
        var source = Source(new IdentityRules { Forward = true, Claims = [new ClaimHeader("X-User-Id", "sub"), new ClaimHeader("X-Scopes", "scope")], Sign = true, SignHeader = "X-Signed" });
        Assert.Equal(
            ["Authorization: Bearer head.body.signature", "X-User-Id: ada", "X-Scopes: read write", "X-Signed"],
            source.Of(Ada).Headers.Select(header => header.Key == "X-Signed" ? header.Key : $"{header.Key}: {header.Value}"));
    }

    [Fact]
    public void A_signed_token_says_who_asks_of_anonymous_clients_too()
    {
        var source = Source(new IdentityRules { Sign = true, SignClaims = ["tenant", "role", "age", "verified", "address", "empty", "missing"] });
        var head = $$"""{"alg":"ES256","typ":"JWT","kid":"{{key.Read().Id}}"}""";
        Assert.Equal(
            $$"""
            {{head}} {"iss":"graphgateway","aud":"users","sub":"ada","client_kind":"token","client_iss":"https://login.test/","client_id":"web","plan":"gold","scope":"read write","iat":1893456000,"nbf":1893456000,"exp":1893456120,"tenant":"a b","role":["admin","f\u00FCr alle"],"age":42,"verified":true,"address":{"city":"Wien"},"empty":""}
            {{head}} {"iss":"graphgateway","aud":"users","sub":"0123456789abcdef","client_kind":"apikey","client_id":"batch","scope":"read","iat":1893456000,"nbf":1893456000,"exp":1893456120}
            {{head}} {"iss":"graphgateway","aud":"users","client_kind":"anonymous","iat":1893456000,"nbf":1893456000,"exp":1893456120}
            """,
            string.Join('\n', new[] { Ada, Key, ClientIdentity.Anonymous }.Select(client => Read(Token(source, client)))));
    }

    [Fact]
    public void In_Authorization_it_stands_behind_Bearer()
    {
        var header = Assert.Single(Source(new IdentityRules { Sign = true, SignHeader = "authorization" }).Of(Ada).Headers);
        Assert.Equal("authorization", header.Key);
        Assert.StartsWith("Bearer ey", header.Value, StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_is_made_once_for_a_client_until_a_quarter_of_its_time_is_left()
    {
        var source = Source(new IdentityRules { Sign = true });
        var first = Token(source, Ada);
        clock.Advance(TimeSpan.FromSeconds(89.9));
        Assert.Equal(first, Token(source, Ada));
        clock.Advance(TimeSpan.FromSeconds(0.1));
        var second = Token(source, Ada);
        Assert.NotEqual(first, second);
        Assert.Contains("\"iat\":1893456090,\"nbf\":1893456090,\"exp\":1893456210", Read(second), StringComparison.Ordinal);
    }

    [Fact]
    public void A_token_is_for_one_client_and_one_source()
    {
        var users = Source(new IdentityRules { Sign = true });
        var orders = Source(new IdentityRules { Sign = true, Audience = "https://orders.test" }, "orders", 1);
        // The same in every word, and two clients all the same.
        var twin = new ClientIdentity { Kind = ClientKind.Token, Subject = "ada", Issuer = "https://login.test/" };
        var other = new ClientIdentity { Kind = ClientKind.Token, Subject = "ada", Issuer = "https://login.test/" };
        var tokens = new[] { Token(users, twin), Token(users, other), Token(orders, twin), Token(users, ClientIdentity.Anonymous) };
        Assert.Equal(4, tokens.Distinct().Count());
        Assert.Contains("\"aud\":\"https://orders.test\"", Read(tokens[2]), StringComparison.Ordinal);
        Assert.Equal(tokens.AsEnumerable(), [Token(users, twin), Token(users, other), Token(orders, twin), Token(users, ClientIdentity.Anonymous)]);
    }

    [Fact]
    public void What_is_remembered_has_a_bound()
    {
        var source = Source(new IdentityRules { Sign = true });
        for (var i = 0; i < 2_000; i++)
        {
            source.Of(new ClientIdentity { Kind = ClientKind.Token, Subject = $"{i}" });
            Assert.InRange(memory.Count, 1, 1_000);
        }
    }

    [Fact]
    public void For_a_client_that_is_known_nothing_is_allocated()
    {
        var source = Source(new IdentityRules { Sign = true, Claims = [new ClaimHeader("X-User-Id", "sub")] });
        source.Of(Ada);
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
        {
            source.Of(Ada);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Fact]
    public async Task Requests_of_one_client_that_come_together_have_one_token()
    {
        var source = Source(new IdentityRules { Sign = true });
        var tokens = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => Token(source, Ada))));
        Assert.Single(tokens.Distinct());
    }

    private SourceIdentity Source(IdentityRules rules, string name = "users", int ordinal = 0) =>
        new(rules, options, keys, name, ordinal, memory, meter.CreateCounter<long>("made"), clock);

    private static string Told(SourceIdentity source, ClientIdentity client) =>
        string.Join("; ", source.Of(client).Headers.Select(header => $"{header.Key}: {header.Value}"));

    private static string Token(SourceIdentity source, ClientIdentity client) => Assert.Single(source.Of(client).Headers).Value;

    // Its signature holds; then what it says.
    private string Read(string token)
    {
        var parts = token.Split('.');
        Assert.True(key.Key.VerifyData(
            Encoding.ASCII.GetBytes($"{parts[0]}.{parts[1]}"), Base64Url.DecodeFromChars(parts[2]), System.Security.Cryptography.HashAlgorithmName.SHA256));
        return string.Join(' ', parts[..2].Select(part => Encoding.UTF8.GetString(Base64Url.DecodeFromChars(part))));
    }
}
