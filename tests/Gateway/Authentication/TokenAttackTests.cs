using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace GraphGateway.Gateway.Tests.Authentication;

/// <summary>Tokens and requests that must not get through, each refused by its name.</summary>
public sealed class TokenAttackTests
{
    private const string Challenge = "Bearer realm=\"graphgateway\"";

    // Everything but the signature is right, or one part is not: alone the one part decides.
    public static TheoryData<string, string, string, string> Forged => new()
    {
        { "signed with nothing", """{"alg":"none"}""", "{}", "The token is not signed by an algorithm that is taken of its issuer." },
        { "signed with nothing, in other letters", """{"alg":"nOnE"}""", "{}", "The token is not signed by an algorithm that is taken of its issuer." },
        { "no algorithm", """{"alg":null}""", "{}", "The token is not a signed JSON Web Token." },
        { "an algorithm that is a number", """{"alg":256}""", "{}", "The token is not a signed JSON Web Token." },
        { "an algorithm of the other kind", """{"alg":"HS256"}""", "{}", "The token is not signed by an algorithm that is taken of its issuer." },
        { "an algorithm that the key is not for", """{"alg":"PS256"}""", "{}", "The token is signed with a key that its issuer does not have." },
        { "another key", """{"kid":"two"}""", "{}", "The token is signed with a key that its issuer does not have." },
        { "a key of the file system", """{"kid":"../../../../dev/null"}""", "{}", "The token is signed with a key that its issuer does not have." },
        { "a key of a database", """{"kid":"one' UNION SELECT 'x"}""", "{}", "The token is signed with a key that its issuer does not have." },
        { "a key that is no text", """{"kid":["one"]}""", "{}", "The token is not a signed JSON Web Token." },
        { "critical headers", """{"crit":["exp"]}""", "{}", "The token has a critical header that is not known here." },
        { "another audience", "{}", """{"aud":"bank"}""", "The token is for another audience." },
        { "other audiences", "{}", """{"aud":["bank","shop "]}""", "The token is for another audience." },
        { "no audience", "{}", """{"aud":null}""", "The token is for another audience." },
        { "another issuer", "{}", """{"iss":"http://evil.test"}""", "The token is of an issuer that is not known here." },
        { "no issuer", "{}", """{"iss":null}""", "The token is of an issuer that is not known here." },
        { "an issuer that is a list", "{}", """{"iss":["http://evil.test"]}""", "The token is not a signed JSON Web Token." },
        { "expired", "{}", """{"exp":1893455939}""", "The token has expired." },
        { "expired before time began", "{}", """{"exp":-1}""", "The token has expired." },
        { "no end", "{}", """{"exp":null}""", "The token has no time at which it expires." },
        { "an end that is a text", "{}", """{"exp":"never"}""", "The token is not a signed JSON Web Token." },
        { "of the future", "{}", """{"nbf":1893456062}""", "The token is not valid yet." },
        { "of a time that no clock has", "{}", """{"nbf":1e300}""", "The token is not a signed JSON Web Token." },
    };

    [Theory]
    [MemberData(nameof(Forged))]
    public async Task A_token_that_is_not_right_is_refused(string what, string header, string payload, string message)
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(issuer);
        Assert.Equal(
            $"{what}: 401 UNAUTHENTICATED: {message} {Challenge}, error=\"invalid_token\", error_description=\"{message}\"",
            $"{what}: {await gateway.AskAsync(issuer.Token(gateway.Now, header, payload))}");
    }

    [Fact]
    public async Task A_signature_of_another_key_or_of_nobody_is_refused()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(issuer);
        var right = issuer.Token(gateway.Now);
        var parts = right.Split('.');
        var other = SignedToken.Make("""{"alg":"RS256","kid":"one"}""", issuer.Payload(gateway.Now), bytes => SignedToken.Rs256(FakeIssuer.KeyOf("evil"), bytes));
        var moved = $"{parts[0]}.{SignedToken.Encode(Encoding.UTF8.GetBytes(SignedToken.With(issuer.Payload(gateway.Now), """{"sub":"root"}""")))}.{parts[2]}";
        foreach (var token in new[] { other, moved, $"{parts[0]}.{parts[1]}.", $"{parts[0]}.{parts[1]}.{parts[2][..^8]}AAAAAAAA" })
        {
            await AssertInvalidAsync(gateway, token, "The token's signature is not valid.");
        }

        var unsigned = SignedToken.Make("""{"alg":"none"}""", issuer.Payload(gateway.Now), _ => []);
        await AssertInvalidAsync(gateway, unsigned, "The token is not signed by an algorithm that is taken of its issuer.");
        Assert.Equal("Token ada of web on no plan may read write", await gateway.AskAsync(right));
    }

    [Fact]
    public async Task A_public_key_is_no_secret_to_sign_with()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(issuer);
        var key = FakeIssuer.KeyOf("one");
        foreach (var secret in new[] { Encoding.ASCII.GetBytes(key.ExportSubjectPublicKeyInfoPem()), key.ExportSubjectPublicKeyInfo(), Encoding.UTF8.GetBytes(FakeIssuer.JsonOf("one")) })
        {
            var token = SignedToken.Make("""{"alg":"HS256","kid":"one"}""", issuer.Payload(gateway.Now), bytes => HMACSHA256.HashData(secret, bytes));
            await AssertInvalidAsync(gateway, token, "The token is not signed by an algorithm that is taken of its issuer.");
        }
    }

    [Fact]
    public async Task Keys_that_a_token_brings_or_names_are_not_looked_at()
    {
        await using var evil = await FakeIssuer.StartAsync();
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(issuer);
        evil.Publish("evil");
        foreach (var header in new[]
        {
            $$"""{"kid":"one","jku":"{{evil.Url}}/keys"}""", $$"""{"kid":"one","x5u":"{{evil.Url}}/keys"}""", $$"""{"kid":"one","jwk":{{FakeIssuer.JsonOf("evil")}}}""",
        })
        {
            await AssertInvalidAsync(gateway, issuer.Token(gateway.Now, header, key: "evil"), "The token's signature is not valid.");
        }

        Assert.Empty(evil.Fetched);
    }

    [Theory]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("..")]
    [InlineData("a.b.c")]
    [InlineData("e30.e30.")]
    [InlineData("e30.e30.e30.e30.e30")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.e30.c2ln, Bearer eyJhbGciOiJSUzI1NiJ9")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.bm90IGpzb24.c2ln")]
    [InlineData("W10.W10.c2ln")]
    [InlineData("eyJhbGciOiJSUzI1NiJ9.e30.c2ln\tX-Admin: 1")]
    public async Task What_is_no_token_is_refused(string token)
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(issuer);
        await AssertInvalidAsync(gateway, token, "The token is not a signed JSON Web Token.");
    }

    [Fact]
    public async Task Huge_tokens_are_refused_unread()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(issuer, "--Gateway:Authentication:Jwt:TokenBytes=1000");
        Assert.Equal("Token ada of web on no plan may read write", await gateway.AskAsync(issuer.Token(gateway.Now)));
        await AssertInvalidAsync(gateway, issuer.Token(gateway.Now, payload: $$"""{"more":"{{new string('x', 1000)}}"}"""), "The token is longer than allowed.");
        using var beyondTheServer = await gateway.SendAsync(("Authorization", $"Bearer {new string('x', 100_000)}"));
        Assert.Equal(HttpStatusCode.RequestHeaderFieldsTooLarge, beyondTheServer.StatusCode);
    }

    [Fact]
    public async Task Deeply_nested_tokens_are_refused()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(issuer);
        var deep = string.Concat(Enumerable.Repeat("[", 5000)) + string.Concat(Enumerable.Repeat("]", 5000));
        var token = SignedToken.Make("""{"alg":"RS256","kid":"one"}""", $$"""{"deep":{{deep}}}""", bytes => SignedToken.Rs256(FakeIssuer.KeyOf("one"), bytes));
        await AssertInvalidAsync(gateway, token, "The token is not a signed JSON Web Token.");
    }

    [Fact]
    public async Task Several_credentials_are_refused_whichever_is_right()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(
            issuer,
            "--Gateway:Authentication:Jwt:Places:0:Header=Authorization", "--Gateway:Authentication:Jwt:Places:0:Prefix=Bearer",
            "--Gateway:Authentication:Jwt:Places:1:Header=X-Token", "--Gateway:Authentication:Jwt:Places:2:Cookie=session");
        var token = issuer.Token(gateway.Now);
        const string refused = "400 UNAUTHENTICATED: The request has more than one credential. Send one. "
            + Challenge + ", error=\"invalid_request\", error_description=\"The request has more than one credential. Send one.\"";
        Assert.Equal(refused, await gateway.AskAsync(("Authorization", $"Bearer {token}"), ("X-Token", token)));
        Assert.Equal(refused, await gateway.AskAsync(("Cookie", $"session={token}; theme=dark; session=other")));
        Assert.Equal(refused, await SendRawAsync(gateway, $"Authorization: Bearer {token}\r\nAuthorization: Bearer {token}\r\n"));
        Assert.Equal(refused, await SendRawAsync(gateway, $"Authorization: Bearer {token}\r\nauthorization: Basic eDp4\r\n"));
    }

    [Theory]
    [InlineData("Basic eDp4")]
    [InlineData("BearerToken x")]
    [InlineData("")]
    public async Task Another_scheme_is_refused_and_not_taken_for_nothing(string value)
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(issuer);
        Assert.Equal(
            $"401 UNAUTHENTICATED: The credential is of a kind that is not taken here. Send Authorization: Bearer and a token or an API key. {Challenge}",
            await SendRawAsync(gateway, $"Authorization: {value}\r\n"));
    }

    // Addresses are in logs and histories, and a form of another site can fill a body.
    [Fact]
    public async Task A_token_in_the_address_or_in_the_body_is_no_credential()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(issuer);
        var token = issuer.Token(gateway.Now);
        var client = gateway.Gateway.Client;
        Assert.Equal("""{"data":{"hello":"anonymous"}}""", await client.GetStringAsync($"/graphql?query={{hello}}&access_token={token}&authorization=Bearer%20{token}"));
        var body = $$$"""{"query":"{ hello }","access_token":"{{{token}}}","extensions":{"authorization":"Bearer {{{token}}}"}}""";
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await client.PostAsync($"/graphql?access_token={token}", content);
        Assert.Equal("""{"data":{"hello":"anonymous"}}""", await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task What_a_client_sends_comes_back_in_no_header_and_no_message()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var gateway = await GuardedGateway.StartAsync(issuer);
        var token = issuer.Token(gateway.Now, """{"kid":"\r\nX-Evil: 1\"<script>"}""", """{"iss":"evil\r\nX-Evil: 1"}""");
        using var response = await gateway.SendAsync(("Authorization", $"Bearer {token}"));
        var all = $"{response.Headers}{await response.Content.ReadAsStringAsync()}";
        Assert.DoesNotContain("evil", all, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<script", all, StringComparison.OrdinalIgnoreCase);
    }

    private static async Task AssertInvalidAsync(GuardedGateway gateway, string token, string message) => Assert.Equal(
        $"401 UNAUTHENTICATED: {message} {Challenge}, error=\"invalid_token\", error_description=\"{message}\"", await gateway.AskAsync(token));

    // A client that writes what it likes.
    private static async Task<string> SendRawAsync(GuardedGateway gateway, string headers)
    {
        var address = gateway.Gateway.Client.BaseAddress!;
        using var client = new TcpClient(address.Host, address.Port);
        await using var stream = client.GetStream();
        const string body = """{"query":"{ hello }"}""";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(
            $"POST /graphql HTTP/1.1\r\nHost: gateway\r\n{headers}Content-Type: application/json\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
        using var reader = new StreamReader(stream);
        var answer = await reader.ReadToEndAsync();
        var status = answer.Split(' ')[1];
        var challenge = answer.Split('\n').Single(line => line.StartsWith("WWW-Authenticate: ", StringComparison.Ordinal))["WWW-Authenticate: ".Length..].TrimEnd();
        var json = answer[answer.IndexOf("{\"errors\"", StringComparison.Ordinal)..(answer.LastIndexOf('}') + 1)];
        using var document = System.Text.Json.JsonDocument.Parse(json);
        var error = document.RootElement.GetProperty("errors")[0];
        return $"{status} {error.GetProperty("extensions").GetProperty("code").GetString()}: {error.GetProperty("message").GetString()} {challenge}";
    }
}
