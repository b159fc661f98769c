using System.Text;
using GraphGateway.ControlPlane;
using GraphGateway.Gateway.Tests.Ide;
using GraphGateway.Gateway.Tests.Upstream;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.Gateway.Tests.Access;

/// <summary>
/// What browsers are told: which pages may ask (<see href="https://fetch.spec.whatwg.org/#http-cors-protocol">CORS protocol</see>), and what an answer is not.
/// </summary>
public sealed class CorsTests
{
    private const string Shop = "https://shop.test";

    private const string PreflightAnswer = """
        204
        Access-Control-Allow-Headers: content-type,x-api-key
        Access-Control-Allow-Methods: GET,POST
        Access-Control-Allow-Origin: https://shop.test
        Access-Control-Max-Age: 600
        """;

    private const string Exposed = "Access-Control-Expose-Headers: RateLimit,RateLimit-Policy,Retry-After,WWW-Authenticate";

    [Theory]
    [InlineData(Shop, PreflightAnswer, "--Gateway:Cors:Origins=https://shop.test, https://other.test:8443")]
    [InlineData("https://m.shop.test", "204\nAccess-Control-Allow-Headers: content-type,x-api-key\nAccess-Control-Allow-Methods: GET,POST\n"
        + "Access-Control-Allow-Origin: https://m.shop.test\nAccess-Control-Max-Age: 600", "--Gateway:Cors:Origins=https://*.shop.test")]
    [InlineData(Shop, "204\nAccess-Control-Allow-Credentials: true\nAccess-Control-Allow-Headers: Content-Type\nAccess-Control-Allow-Methods: GET,POST\n"
        + "Access-Control-Allow-Origin: https://shop.test\nAccess-Control-Max-Age: 5",
        "--Gateway:Cors:Origins=https://shop.test", "--Gateway:Cors:Credentials=On", "--Gateway:Cors:Headers=Content-Type", "--Gateway:Cors:MaxAge=5s")]
    [InlineData("https://shop.test.evil.test", "204", "--Gateway:Cors:Origins=https://shop.test")]
    [InlineData("http://shop.test", "204", "--Gateway:Cors:Origins=https://shop.test")]
    [InlineData("https://shop.test:444", "204", "--Gateway:Cors:Origins=https://shop.test")]
    [InlineData("https://evilshop.test", "204", "--Gateway:Cors:Origins=https://*.shop.test")]
    [InlineData("null", "204", "--Gateway:Cors:Origins=https://*.shop.test")]
    [InlineData(Shop, "405")]
    public async Task Browsers_are_told_which_pages_may_ask(string origin, string expected, params string[] settings)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(settings);
        using var request = new HttpRequestMessage(HttpMethod.Options, "/graphql");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type,x-api-key");
        using var response = await gateway.Client.SendAsync(request);
        Assert.Equal(expected.ReplaceLineEndings("\n"), Told(response));
    }

    [Theory]
    [InlineData(Shop, "200\n" + Exposed + "\nAccess-Control-Allow-Origin: https://shop.test", "--Gateway:Cors:Origins=https://shop.test")]
    [InlineData(Shop, "200\n" + Exposed + "\nAccess-Control-Allow-Origin: *", "--Gateway:Cors:Origins=*")]
    [InlineData("https://evil.test", "200", "--Gateway:Cors:Origins=https://shop.test")]
    [InlineData(Shop, "200")]
    [InlineData(Shop, "403\n" + Exposed + "\nAccess-Control-Allow-Origin: https://shop.test", "--Gateway:Cors:Origins=https://shop.test", "--Gateway:Access:Deny=127.0.0.1")]
    public async Task Scripts_can_read_answers_and_refusals_that_are_for_them(string origin, string expected, params string[] settings)
    {
        await using var gateway = await GatewayUnderTest.StartAsync(settings);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent("""{"query":"{ hello }"}""", Encoding.UTF8, "application/json") };
        request.Headers.Add("Origin", origin);
        using var response = await gateway.Client.SendAsync(request);
        Assert.Equal(
            string.Join('\n', expected.Split('\n').Order(StringComparer.Ordinal)), Told(response));
    }

    [Theory]
    [InlineData("/graphql?query={hello}")]
    [InlineData("/graphql")]
    [InlineData("/graphql?sdl")]
    [InlineData("/graphql/schema.graphql")]
    [InlineData("/graphql/persisted/abc")]
    public async Task No_answer_is_a_document(string path)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var response = await gateway.GetAsync(path);
        Assert.Equal(
            ("nosniff", "default-src 'none'; frame-ancestors 'none'"),
            (response.Headers.GetValues("X-Content-Type-Options").Single(), response.Headers.GetValues("Content-Security-Policy").Single()));
    }

    [Fact]
    public async Task Browsers_are_told_to_come_back_over_TLS_where_that_is_set()
    {
        using var folder = new TemporaryFolder();
        using var certificate = TestCertificates.SelfSigned("127.0.0.1");
        await using var gateway = await GatewayUnderTest.StartAsync(
            [
                "--urls", "https://127.0.0.1:0", "--Gateway:StrictTransportSecurityDays=365",
                $"--Kestrel:Certificates:Default:Path={folder.Write("server.pem", certificate.ExportCertificatePem())}",
                $"--Kestrel:Certificates:Default:KeyPath={folder.Write("server.key", TestCertificates.KeyOf(certificate))}",
            ]);
#pragma warning disable CA5359 // It is the test's own server.
        using var handler = new SocketsHttpHandler { SslOptions = new() { RemoteCertificateValidationCallback = (_, _, _, _) => true } };
#pragma warning restore CA5359
        using var client = new HttpClient(handler) { BaseAddress = gateway.Client.BaseAddress };
        using var response = await client.GetAsync(new Uri("/graphql?query={hello}", UriKind.Relative));
        Assert.Equal("max-age=31536000", response.Headers.GetValues("Strict-Transport-Security").Single());
    }

    [Fact]
    public void What_no_browser_would_send_is_told_at_start()
    {
        var problems = new List<SettingProblem>();
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(
            [
                KeyValuePair.Create(
                    "Cors:Origins", (string?)"*, https://shop.test/, https://Shop.test, shop.test, https://shop.test:443, ftp://shop.test, https://*.*.test, null, https://ok.test:8443"),
                KeyValuePair.Create("Cors:Credentials", (string?)"On"), KeyValuePair.Create("Cors:Headers", (string?)"X Key"),
                KeyValuePair.Create("Cors:ExposedHeaders", (string?)"X-*"), KeyValuePair.Create("Cors:MaxAge", (string?)"2d"),
            ]).Build();
        CorsOptions.Read(new SettingsReader(configuration.GetSection("Cors"), problems));
        const string advice = "is not an origin as browsers write it: scheme, host, and the port where it is not the scheme's own, such as https://shop.example.";
        Assert.Equal(
            $"""
            Cors:MaxAge: '2d' is not a duration between 0s and 24h. Write for example 500ms, 30s, 2m or 00:00:30.
            Cors:Origins: 'https://shop.test/' {advice}
            Cors:Origins: 'https://Shop.test' {advice}
            Cors:Origins: 'shop.test' {advice}
            Cors:Origins: 'https://shop.test:443' {advice}
            Cors:Origins: 'ftp://shop.test' {advice}
            Cors:Origins: 'https://*.*.test' {advice}
            Cors:Origins: 'null' {advice}
            Cors:Origins: has * and others. * is every page: leave the others out, or the *.
            Cors:Credentials: is On for every page there is: each could ask with its visitors' cookies. Name the origins.
            Cors:Headers: 'X Key' is not the name of a header.
            Cors:ExposedHeaders: 'X-*' is not the name of a header.
            """,
            string.Join(Environment.NewLine, problems));
    }

    [ChromiumFact]
    public async Task A_page_of_another_site_reads_an_answer_in_a_browser()
    {
        await using var page = await ServePageAsync();
        var site = page.Urls.Single();
        await using var open = await GatewayUnderTest.StartAsync([$"--Gateway:Cors:Origins={site}"]);
        await using var closed = await GatewayUnderTest.StartAsync(["--Gateway:Cors:Origins=https://shop.test"]);
        await using var chromium = await Chromium.StartAsync();
        await chromium.Page.GotoAsync(site);
        const string ask = """
            address => fetch(address, { method: 'POST', headers: { 'Content-Type': 'application/json', 'X-API-Key': 'key' }, body: '{"query":"{ hello }"}' })
              .then(response => response.text(), error => error.name)
            """;
        Assert.Equal(FixedExecutor.Answer, await chromium.Page.EvaluateAsync<string>(ask, new Uri(open.Client.BaseAddress!, "/graphql").AbsoluteUri));
        Assert.Equal("TypeError", await chromium.Page.EvaluateAsync<string>(ask, new Uri(closed.Client.BaseAddress!, "/graphql").AbsoluteUri));
    }

    private static async Task<WebApplication> ServePageAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var application = builder.Build();
        application.Urls.Add("http://127.0.0.1:0");
        application.MapGet("/", () => Results.Content("<!doctype html><title>shop</title>", "text/html"));
        await application.StartAsync();
        return application;
    }

    private static string Told(HttpResponseMessage response) => string.Join('\n', (IEnumerable<string>)
        [
            ((int)response.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture),
            .. response.Headers.Where(header => header.Key.StartsWith("Access-Control-", StringComparison.Ordinal)).OrderBy(header => header.Key, StringComparer.Ordinal)
                .Select(header => $"{header.Key}: {string.Join(',', header.Value)}"),
        ]);
}
