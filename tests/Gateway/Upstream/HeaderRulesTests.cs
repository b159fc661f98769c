using GraphGateway.Gateway.Tests.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace GraphGateway.Gateway.Tests.Upstream;

/// <summary>What a source gets of a client's headers.</summary>
public sealed class HeaderRulesTests
{
    private const string Client = "Authorization: Bearer t; X-Tenant: blue; X-Internal-Id: 7; Cookie: s=1; Accept-Language: de";

    // The settings below Subgraphs, the client's headers, and what the source gets.
    [Theory]
    [InlineData("", Client, "")]
    [InlineData("All:Propagate=authorization", Client, "authorization: Bearer t")]
    [InlineData("All:Propagate=Authorization,X-Missing", Client, "Authorization: Bearer t")]
    [InlineData("All:Propagate=Cookie", Client, "Cookie: s=1")]
    [InlineData("All:Propagate:0:Name=X-Tenant;All:Propagate:0:As=X-Tenant-Id", Client, "X-Tenant-Id: blue")]
    [InlineData("All:Propagate:0:Name=X-Region;All:Propagate:0:Default=eu", Client, "X-Region: eu")]
    [InlineData("All:Propagate:0:Name=X-Tenant;All:Propagate:0:Default=none", Client, "X-Tenant: blue")]
    [InlineData("All:Propagate:0:Name=Host;All:Propagate:0:As=X-Client-Host", "Host: shop.test", "X-Client-Host: shop.test")]

    // Patterns.
    [InlineData("All:Propagate=x-*", Client, "X-Tenant: blue; X-Internal-Id: 7")]
    [InlineData("All:Propagate=*-id", Client, "X-Internal-Id: 7")]
    [InlineData("All:Propagate=X-*;All:Remove=X-Internal-*", Client, "X-Tenant: blue")]
    [InlineData("All:Propagate=*", Client, "Authorization: Bearer t; X-Tenant: blue; X-Internal-Id: 7; Accept-Language: de")]
    [InlineData(
        "All:Propagate=*",
        "Host: h; Connection: keep-alive, X-Hop; X-Hop: 1; Keep-Alive: 5; TE: trailers; Trailer: x; Transfer-Encoding: chunked; Upgrade: h2c; Expect: 100-continue; "
            + "Proxy-Authorization: p; Content-Type: a/b; Content-Length: 3; Content-Encoding: gzip; Content-Language: de; Accept: a/b; Accept-Encoding: br; "
            + "traceparent: 00-1; tracestate: a=b; If-None-Match: x; Range: bytes=0-1; X-Mine: 1",
        "X-Mine: 1")]
    [InlineData("All:Propagate=*,traceparent,Cookie", "traceparent: 00-1; Cookie: c; X-Mine: 1", "traceparent: 00-1; Cookie: c; X-Mine: 1")]
    [InlineData("All:Propagate=X-Hop", "Connection: X-Hop; X-Hop: 1", "X-Hop: 1")]

    // What is inserted, and that clients cannot change it.
    [InlineData("All:Insert:X-Key=secret", Client, "X-Key: secret")]
    [InlineData("All:Insert:X-Tenant=red;All:Propagate=X-*", Client, "X-Tenant: red; X-Internal-Id: 7")]
    [InlineData("All:Insert:X-Tenant=red;NAME:Propagate=X-*", Client, "X-Tenant: red; X-Internal-Id: 7")]
    [InlineData("All:Insert:X-Tenant=red;All:Propagate=X-Tenant", Client, "X-Tenant: red")]
    [InlineData("All:Insert:X-Tenant=red;NAME:Propagate=X-Tenant", Client, "X-Tenant: blue")]
    [InlineData("All:Insert:X-Other=red;NAME:Propagate=X-Other", Client, "X-Other: red")]
    [InlineData("All:Insert:X-A=1;NAME:Insert:x-a=2;NAME:Insert:X-B=3", Client, "x-a: 2; X-B: 3")]
    [InlineData("All:Insert:X-A=1;All:Remove=X-A", Client, "X-A: 1")]

    // The rules for all sources, then the source's own.
    [InlineData("All:Propagate=Authorization;NAME:Propagate=X-Tenant", Client, "Authorization: Bearer t; X-Tenant: blue")]
    [InlineData("All:Propagate=Authorization,X-Tenant;NAME:Remove=authorization", Client, "X-Tenant: blue")]
    [InlineData("All:Propagate=*;NAME:Remove=*", Client, "")]
    [InlineData("All:Propagate=*;NAME:Remove=*;NAME:Insert:X-A=1", Client, "X-A: 1")]
    [InlineData("All:Propagate=X-*;All:Remove=X-Internal-*;NAME:Propagate=X-Internal-Id", Client, "X-Internal-Id: 7; X-Tenant: blue")]
    [InlineData("All:Propagate=X-*;All:Remove=X-Internal-*;NAME:Propagate=*-Id", Client, "X-Tenant: blue; X-Internal-Id: 7")]
    [InlineData("All:Propagate:0:Name=A;All:Propagate:0:As=X;NAME:Propagate:0:Name=B;NAME:Propagate:0:As=X", "A: 1", "X: 1")]
    [InlineData("All:Propagate:0:Name=A;All:Propagate:0:As=X;NAME:Propagate:0:Name=B;NAME:Propagate:0:As=X", "A: 1; B: 2", "X: 2")]
    public void Headers_go_along_as_the_rules_say(string settings, string client, string expected)
    {
        var options = Read(settings);
        Assert.Equal(expected, Told(HeaderRules.Of(options.For("users"), options.IdentityHeaders), Headers(client)));
    }

    [Fact]
    public void Without_a_client_there_is_what_is_inserted() =>
        Assert.Equal("X-B: 2; X-A: 1", Told(HeaderRules.Of(Read("All:Insert:X-A=1;All:Propagate:0:Name=X-B;All:Propagate:0:Default=2;All:Propagate:1=*").For("users"), []), null));

    [Theory]
    [InlineData("", "")]
    [InlineData("All:Propagate=B,a;orders:Propagate:0:Name=C;orders:Propagate:0:As=D;All:Insert:X=1", "A: 1; B: 1; C: 1")]
    [InlineData("orders:Propagate=X-*;payments:Propagate=X-*,A", "A: 1; X-Tenant: 1")]
    [InlineData("All:Propagate=*;All:Remove=A", "A: 1; B: 1; C: 1; X-Tenant: 1")]
    public void Clients_are_equal_for_all_sources_only_where_all_that_any_of_them_sees_is(string settings, string expected) =>
        Assert.Equal(expected, Told(Read(settings).ClientHeaders, Headers("A: 1; B: 1; C: 1; X-Tenant: 1; Cookie: 1")), ignoreCase: true);

    [Theory]
    [InlineData("All:Propagate=X-*", "X-A: 1", "X-B: 1")]
    [InlineData("All:Propagate=X-*", "X-A: 1", "X-A: 2")]
    [InlineData("All:Propagate=X-*", "X-A: 1; X-B: 2", "X-A: 1; X-B: 3")]
    [InlineData("All:Propagate=X-A,X-B", "X-A: 1", "X-B: 1")]
    [InlineData("All:Propagate:0:Name=X-A;All:Propagate:0:Default=2", "X-A: 1", "")]
    public void Requests_with_other_forwarded_headers_are_not_equal(string settings, string left, string right)
    {
        var rules = HeaderRules.Of(Read(settings).For("users"), []);
        var (leftKey, rightKey) = (FlightKey.Of("body"u8, Headers(left), rules), FlightKey.Of("body"u8, Headers(right), rules));
        Assert.NotEqual(leftKey, rightKey);
        Assert.Equal(leftKey, FlightKey.Of("body"u8, Headers($"{left}; Y: 1"), rules));
    }

    [Fact]
    public async Task A_source_gets_the_headers_with_their_values_as_they_came()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        await using var gateway = await RunningGateway.StartAsync(
            source,
            [
                "--Gateway:Subgraphs:All:Headers:Propagate=X-*,Content-Language", "--Gateway:Subgraphs:All:Headers:Insert:X-Key=clé",
                "--Gateway:Subgraphs:users:Headers:Remove=X-Internal-*",
            ]);
        using var content = new StringContent("""{"query":"{ hello }"}""", System.Text.Encoding.UTF8, "application/json");
        content.Headers.Add("Content-Language", "de");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/graphql", UriKind.Relative)) { Content = content };
        request.Headers.Add("X-Name", "Anna");
        request.Headers.Add("X-Many", ["one", "two"]);
        request.Headers.Add("X-Internal-Id", "7");
        request.Headers.Add("Y-Other", "1");
        using var response = await gateway.Client.SendAsync(request);
        Assert.Equal("""{"data":{"hello":"you"}}""", await response.Content.ReadAsStringAsync());
        Assert.Equal(
            "Content-Language: de; X-Key: clé; X-Many: one, two; X-Name: Anna",
            string.Join("; ", Assert.Single(source.Requests).Headers
                .Where(header => header.Key.StartsWith("X-", StringComparison.Ordinal) || header.Key.StartsWith('Y') || header.Key == "Content-Language")
                .Where(header => header.Key != "X-Request-Timeout-Ms")
                .OrderBy(header => header.Key, StringComparer.Ordinal).Select(header => $"{header.Key}: {header.Value}")));
    }

    // RFC 9110, 5.5. The server refuses NUL and the ends of lines itself; what else it lets through stays here. U+009F is C1, two bytes in UTF-8.
    [Theory]
    [InlineData("X-A: a\u0001b", "X-A")]
    [InlineData("x-b: \u007F", "x-b")]
    [InlineData("X-A: fine\r\nX-C: a\u001Bb", "X-C")]
    [InlineData("X-A: \u0000", null)]
    [InlineData("X-A: a\u009Fb", "X-A")]
    [InlineData("X-A: a\tb", "")]
    [InlineData("X-A: clé, \u00A0", "")]
    [InlineData("Y-A: a\u0001b", "")]
    // A pattern takes it, and it goes to nobody: refused all the same.
    [InlineData("X-Gone: a\u0001b", "X-Gone")]
    [InlineData("traceparent: 00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01\r\ntracestate: a=\u0001", "")]
    public async Task A_header_with_a_control_character_that_would_go_on_is_refused_by_its_name(string headers, string? refused)
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        await using var gateway = await RunningGateway.StartAsync(
            source, ["--Gateway:Subgraphs:All:Headers:Propagate=X-*", "--Gateway:Subgraphs:All:Headers:Remove=X-Gone", "--Gateway:Health:Interval=1h"]);
        var (status, body) = await PostRawAsync(gateway.Client.BaseAddress!, headers);

        Assert.Equal(
            refused switch
            {
                null => ("400", ""),
                "" => ("200", """{"data":{"hello":"you"}}"""),
                _ => ("400", $$$"""{"errors":[{"message":"The header {{{refused}}} has a control character: sources do not get such headers.","extensions":{"code":"INVALID_GRAPHQL_REQUEST"}}]}"""),
            },
            (status, body));
        Assert.Equal(refused == "" ? 1 : 0, source.Requests.Count);
        Assert.All(source.Requests, request => Assert.Equal("", request.Headers["tracestate"].ToString()));
    }

    // As no client's library would send it. The connection ends after the answer.
    private static async Task<(string Status, string Body)> PostRawAsync(Uri url, string headers)
    {
        using var connection = new System.Net.Sockets.TcpClient();
        await connection.ConnectAsync(url.Host, url.Port);
        const string Query = """{"query":"{ hello }"}""";
        await connection.GetStream().WriteAsync(System.Text.Encoding.UTF8.GetBytes(
            $"POST /graphql HTTP/1.1\r\nHost: h\r\nConnection: close\r\nContent-Type: application/json\r\n{headers}\r\nContent-Length: {Query.Length}\r\n\r\n{Query}"));
        using var reader = new StreamReader(connection.GetStream());
        var answer = await reader.ReadToEndAsync();
        var body = answer[(answer.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];
        return (answer.Split(' ')[1], body.Contains('{', StringComparison.Ordinal) ? body[body.IndexOf('{', StringComparison.Ordinal)..(body.LastIndexOf('}') + 1)] : body);
    }

    private static SubgraphsOptions Read(string settings)
    {
        var supergraph = typeof(HeaderRulesTests).Assembly.Location;
        var result = GatewayOptionsReader.Read(new ConfigurationBuilder().AddInMemoryCollection(
        [
            KeyValuePair.Create("Gateway:Supergraph", (string?)supergraph),
            .. settings.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(setting => setting.Split('=')).Select(setting =>
            {
                var (source, rule) = (setting[0][..setting[0].IndexOf(':', StringComparison.Ordinal)], setting[0][setting[0].IndexOf(':', StringComparison.Ordinal)..]);
                return KeyValuePair.Create($"Gateway:Subgraphs:{(source == "NAME" ? "users" : source)}:Headers{rule}", (string?)setting[1]);
            }),
        ]).Build());
        Assert.Empty(result.Problems);
        return result.Options!.Subgraphs;
    }

    private static HeaderDictionary Headers(string text)
    {
        var headers = new HeaderDictionary();
        foreach (var header in text.Split("; ", StringSplitOptions.RemoveEmptyEntries))
        {
            headers[header[..header.IndexOf(':', StringComparison.Ordinal)]] = header[(header.IndexOf(':', StringComparison.Ordinal) + 2)..];
        }

        return headers;
    }

    private static string Told(HeaderRules rules, IHeaderDictionary? client)
    {
        var told = new List<string>();
        for (var selection = rules.Select(client); selection.MoveNext();)
        {
            told.Add($"{selection.Name}: {selection.Values}");
        }

        return string.Join("; ", told);
    }
}
