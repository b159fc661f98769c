using System.Buffers.Text;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using GraphGateway.Gateway.Tests.Authentication;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace GraphGateway.Gateway.Tests.Identity;

/// <summary>Clients that try to say to a source who they are. What it gets of the header is the gateway's word, or none.</summary>
public sealed class IdentityAttackTests : IDisposable
{
    private const string Answer = """{"data":{"hello":"you"}}""";

    private static readonly string[] Everything = ["--Gateway:Subgraphs:All:Headers:Propagate=*", "--Gateway:Identity:Claims:X-User-Id=sub", "--Gateway:Identity:Claims:X-Scopes=scope"];

    private readonly FakeTimeProvider clock = new();
    private readonly IdentityKeyFile key = new();

    public void Dispose() => key.Dispose();

    [Theory]
    [InlineData("X-User-Id")]
    [InlineData("x-user-id")]
    [InlineData("X_User_Id")]
    [InlineData("X.User.Id")]
    [InlineData("x~user-id")]
    [InlineData("X-Scopes")]
    [InlineData("GraphGateway-Identity")]
    [InlineData("GRAPHGATEWAY-IDENTITY")]
    [InlineData("graphgateway_identity")]
    public async Task A_client_that_sends_it_itself(string name)
    {
        await using var source = await FakeSource.AnswersAsync(Answer);
        await using var gateway = await RunningGateway.StartAsync(source, [.. Everything, .. key.Settings], clock);
        foreach (var values in new[] { new[] { "root" }, ["root", "admin"] })
        {
            await AskAsync(gateway, null, [.. values.Select(value => (name, value)), ("X-Other", "1")]);
            var headers = source.Requests.Last().Headers;
            Assert.Equal("1", headers["X-Other"].ToString());
            Assert.Equal(["GraphGateway-Identity"], Identifying(headers).Select(header => header.Split(':')[0]));
            Assert.Equal("anonymous", (string?)PayloadOf(headers)["client_kind"]);
        }
    }

    [Fact]
    public async Task A_client_with_a_token_that_sends_it_itself()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var source = await FakeSource.AnswersAsync(Answer);
        await using var gateway = await RunningGateway.StartAsync(source, [.. Everything, .. key.Settings, .. Issuer(issuer)], clock);
        await AskAsync(
            gateway, issuer.Token(clock.GetUtcNow()), ("X-User-Id", "root"), ("x-user-id", "admin"), ("X-Scopes", "all"), ("GraphGateway-Identity", "forged"),
            // RFC 9110, 7.6.1: it would have the next one take the headers away.
            ("Connection", "keep-alive, X-User-Id, GraphGateway-Identity"));
        var headers = Assert.Single(source.Requests).Headers;
        Assert.Equal(["GraphGateway-Identity: TOKEN", "X-Scopes: read write", "X-User-Id: ada"], Identifying(headers));
        Assert.Equal(
            $$"""{"iss":"graphgateway","aud":"users","sub":"ada","client_kind":"token","client_iss":"{{issuer.Url}}","client_id":"web","scope":"read write","iat":1893456000,"nbf":1893456000,"exp":1893456120}""",
            PayloadOf(headers).ToJsonString());
    }

    [Fact]
    public async Task A_source_without_identity_gets_none_from_clients_either()
    {
        await using var source = await FakeSource.AnswersAsync(Answer);
        await using var gateway = await RunningGateway.StartAsync(
            source, [.. Everything, .. key.Settings, "--Gateway:Subgraphs:users:Identity:Sign=Off"], clock);
        await AskAsync(gateway, null, ("X-User-Id", "root"), ("GraphGateway-Identity", "forged"), ("X-Other", "1"));
        var headers = Assert.Single(source.Requests).Headers;
        Assert.Equal((0, "1"), (Identifying(headers).Count(), headers["X-Other"].ToString()));
    }

    [Fact]
    public async Task A_client_whose_own_Authorization_would_take_the_place_of_what_is_forwarded()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var source = await FakeSource.AnswersAsync(Answer);
        await using var gateway = await RunningGateway.StartAsync(
            source,
            [
                "--Gateway:Subgraphs:All:Headers:Propagate=*", "--Gateway:Identity:Forward=On", .. Issuer(issuer),
                "--Gateway:Authentication:Jwt:Places:0:Header=X-Token",
            ],
            clock);
        var token = issuer.Token(clock.GetUtcNow());
        await AskAsync(gateway, null, ("X-Token", token), ("Authorization", "Bearer of-another"));
        Assert.Equal($"Bearer {token}", source.Requests.Last().Headers.Authorization.ToString());
        await AskAsync(gateway, null, ("Authorization", "Bearer of-another"));
        Assert.Equal("", source.Requests.Last().Headers.Authorization.ToString());
    }

    [Theory]
    [InlineData("a\\r\\nX-Admin: true", "a%0D%0AX-Admin:%20true")]
    [InlineData("a\\u0000b", "a%00b")]
    [InlineData("Zo\\u00eb", "Zo%C3%AB")]
    public async Task A_claim_that_would_end_the_header(string subject, string expected)
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var source = await FakeSource.AnswersAsync(Answer);
        await using var gateway = await RunningGateway.StartAsync(source, [.. Everything, .. Issuer(issuer)], clock);
        await AskAsync(gateway, issuer.Token(clock.GetUtcNow(), payload: $$"""{"sub":"{{subject}}"}"""));
        var headers = Assert.Single(source.Requests).Headers;
        Assert.Equal((expected, false), (headers["X-User-Id"].ToString(), headers.ContainsKey("X-Admin")));
    }

    [Fact]
    public async Task A_claim_that_is_no_text()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var source = await FakeSource.AnswersAsync(Answer);
        await using var gateway = await RunningGateway.StartAsync(source, [.. Everything, .. Issuer(issuer)], clock);
        // Half of a surrogate pair: written by hand, since no writer of JSON writes it.
        var token = SignedToken.Make(
            """{"alg":"RS256","kid":"one"}""", issuer.Payload(clock.GetUtcNow()).Replace("\"ada\"", "\"\\ud800\"", StringComparison.Ordinal),
            bytes => SignedToken.Rs256(FakeIssuer.KeyOf("one"), bytes));
        var (status, body) = await AskAsync(gateway, token);
        Assert.Equal(
            (HttpStatusCode.Unauthorized, """{"errors":[{"message":"The token is not a signed JSON Web Token.","extensions":{"code":"UNAUTHENTICATED"}}]}"""), (status, body));
        Assert.Empty(source.Requests);
    }

    [Fact]
    public async Task A_claim_that_no_header_can_hold()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var source = await FakeSource.AnswersAsync(Answer);
        await using var gateway = await RunningGateway.StartAsync(source, [.. Everything, .. Issuer(issuer), "--Gateway:Authentication:Jwt:TokenBytes=30000"], clock);
        // A line break is three bytes in the header: more than 24 KB.
        var subject = string.Concat(Enumerable.Repeat("\\n", 8_300));
        var (_, body) = await AskAsync(gateway, issuer.Token(clock.GetUtcNow(), payload: $$"""{"sub":"{{subject}}"}"""));
        Assert.Contains("SUBREQUEST_TOO_LARGE", body, StringComparison.Ordinal);
        Assert.Empty(source.Requests);
    }

    [Fact]
    public async Task An_API_key_goes_to_no_source()
    {
        await using var source = await FakeSource.AnswersAsync(Answer);
        using var keys = new ApiKeyFile();
        var text = await keys.MakeAsync("web");
        await using var gateway = await RunningGateway.StartAsync(
            source, ["--Gateway:Subgraphs:All:Headers:Propagate=*", "--Gateway:Identity:Forward=On", "--Gateway:Identity:Claims:X-Consumer=consumer", .. keys.Settings]);
        foreach (var header in new[] { ("X-API-Key", text), ("Authorization", $"Bearer {text}") })
        {
            Assert.Equal((HttpStatusCode.OK, Answer), await AskAsync(gateway, null, header));
            var headers = source.Requests.Last().Headers;
            Assert.Equal("web", headers["X-Consumer"].ToString());
            Assert.DoesNotContain(headers, sent => sent.Value.ToString().Contains("ggk_", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task A_header_with_credentials_goes_to_a_source_only_where_it_is_named()
    {
        await using var issuer = await FakeIssuer.StartAsync();
        await using var source = await FakeSource.AnswersAsync(Answer);
        string[] places = [.. Issuer(issuer), "--Gateway:Authentication:Jwt:Places:0:Header=X-Token"];
        var token = issuer.Token(clock.GetUtcNow());
        foreach (var (propagate, expected) in new[] { ("X-*", ""), ("X-*,X-Token", token) })
        {
            await using var gateway = await RunningGateway.StartAsync(source, [$"--Gateway:Subgraphs:All:Headers:Propagate={propagate}", .. places], clock);
            await AskAsync(gateway, null, ("X-Token", token), ("X-Other", "1"));
            var headers = source.Requests.Last().Headers;
            Assert.Equal((expected, "1"), (headers["X-Token"].ToString(), headers["X-Other"].ToString()));
        }
    }

    [Fact]
    public async Task What_says_who_asks_is_in_no_log()
    {
        var log = new WholeLog();
        await using var issuer = await FakeIssuer.StartAsync();
        await using var source = await FakeSource.StartAsync(context =>
        {
            context.Response.StatusCode = StatusCodes.Status500InternalServerError;
            return context.Response.WriteAsync("no");
        });
        await using var gateway = await RunningGateway.StartAsync(
            source, [.. Everything, .. key.Settings, .. Issuer(issuer), "--Gateway:Subgraphs:users:Identity:Forward=On", "--Gateway:Subgraphs:users:Identity:Sign=On"], clock, log);
        var token = issuer.Token(clock.GetUtcNow());
        await AskAsync(gateway, token);
        var headers = Assert.Single(source.Requests).Headers;
        Assert.Contains("500", log.Text, StringComparison.Ordinal);
        Assert.Equal($"Bearer {token}", headers.Authorization.ToString());
        foreach (var part in token.Split('.').Concat(headers["GraphGateway-Identity"].ToString().Split('.')))
        {
            Assert.DoesNotContain(part, log.Text, StringComparison.Ordinal);
        }
    }

    internal static string[] Issuer(FakeIssuer issuer) =>
        [$"--Gateway:Authentication:Jwt:Issuers:0:Issuer={issuer.Url}", "--Gateway:Authentication:Jwt:Issuers:0:Audiences=shop"];

    internal static async Task<(HttpStatusCode Status, string Body)> AskAsync(RunningGateway gateway, string? token, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent("""{"query":"{ hello }"}""", Encoding.UTF8, "application/json") };
        foreach (var (name, value) in token is null ? headers : headers.Append(("Authorization", $"Bearer {token}")))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await gateway.Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    private static IEnumerable<string> Identifying(IHeaderDictionary headers) => headers
        .Where(header => header.Key.Replace('_', '-').ToUpperInvariant() is "X-USER-ID" or "X-SCOPES" or "GRAPHGATEWAY-IDENTITY")
        .Select(header => $"{header.Key}: {(header.Value.ToString().StartsWith("ey", StringComparison.Ordinal) ? "TOKEN" : header.Value.ToString())}")
        .Order(StringComparer.Ordinal);

    private static JsonNode PayloadOf(IHeaderDictionary headers) =>
        JsonNode.Parse(Base64Url.DecodeFromChars(Assert.Single(headers["GraphGateway-Identity"])!.Split('.')[1]))!;
}
