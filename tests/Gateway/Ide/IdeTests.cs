using System.Net;
using System.Net.Http.Headers;
using GraphGateway.Gateway;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.Ide;

/// <summary>What a browser gets at <c>/graphql</c>. Tests of the bundle need the build to have restored it, and so Node.</summary>
public sealed class IdeTests
{
    private const string Browser = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8";

    [Fact]
    public async Task A_browser_is_sent_to_the_path_with_the_slash_because_the_links_of_the_page_are_relative()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var redirect = await gateway.GetAsync("/graphql", Browser);
        Assert.Equal(HttpStatusCode.Redirect, redirect.StatusCode);
        Assert.Equal("/graphql/", redirect.Headers.Location!.OriginalString);
        Assert.Equal(["Accept"], redirect.Headers.Vary);

        using var page = await gateway.GetAsync("/graphql/", Browser);
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);
        Assert.Equal("text/html; charset=utf-8", page.Content.Headers.ContentType!.ToString());
        Assert.Contains("<html", await page.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/graphql", "*/*")]
    [InlineData("/graphql", "application/json")]
    [InlineData("/graphql/", "application/json")]
    public async Task Everybody_else_gets_GraphQL(string path, string accept)
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var get = await gateway.GetAsync(path + "?query={hello}", accept);
        Assert.Equal(FixedExecutor.Answer, await get.Content.ReadAsStringAsync());

        using var post = await gateway.Client.PostAsync(path, new StringContent("""{"query":"{ hello }"}""", new MediaTypeHeaderValue("application/json")));
        Assert.Equal(FixedExecutor.Answer, await post.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task A_browser_can_read_the_schema()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        const string schema = "type Query {\n  hello: String\n}";
        using var parameter = await gateway.GetAsync("/graphql?sdl", Browser);
        Assert.Contains(schema, await parameter.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using var file = await gateway.GetAsync("/graphql/schema.graphql", Browser);
        Assert.Contains(schema, await file.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Switched_off_browsers_get_what_everybody_gets()
    {
        await using var gateway = await GatewayUnderTest.StartAsync(["--Gateway:Ide=Off"]);
        using var graphql = await gateway.GetAsync("/graphql?query={hello}", Browser);
        Assert.Equal(FixedExecutor.Answer, await graphql.Content.ReadAsStringAsync());
        using var file = await gateway.GetAsync("/graphql/bcp-config.json");
        Assert.Equal(HttpStatusCode.NotFound, file.StatusCode);
    }

    [Fact]
    public async Task Nothing_beside_the_page_is_served()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        foreach (var path in new[] { "/graphql/none.js", "/graphql/../appsettings.json", "/graphql/..%2fappsettings.json", "/graphql/static/%2e%2e/%2e%2e/appsettings.json" })
        {
            using var answer = await gateway.GetAsync(path);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    [Fact]
    public void Without_the_bundle_the_page_is_a_small_one_of_our_own_that_says_how_to_get_the_IDE()
    {
        using var folder = new TemporaryFolder();
        foreach (var file in Directory.EnumerateFiles(Repository.PathOf("src/Gateway/Ide/Page")))
        {
            folder.Write($"ide-page/{Path.GetFileName(file)}", File.ReadAllText(file));
        }

        var files = new IdeFiles(folder.Path);
        Assert.False(files.IsBundle);
        Assert.Equal("text/javascript; charset=utf-8", files.Find("page.js")!.ContentType);
        Assert.Equal("text/css; charset=utf-8", files.Find("page.css")!.ContentType);
        var page = File.ReadAllText(files.Index.FullPath);
        Assert.Contains("<textarea id=\"query\"", page, StringComparison.Ordinal);
        Assert.Contains("where npm and a network are available, and the Banana Cake Pop IDE is served here", page, StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task The_bundle_is_served_with_its_types_its_policy_and_its_licence()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var page = await gateway.GetAsync("/graphql/", Browser);
        var html = await page.Content.ReadAsStringAsync();
        Assert.Contains("<title>Banana Cake Pop</title>", html, StringComparison.Ordinal);
        Assert.Equal(
            ["default-src 'self'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'"],
            page.Headers.GetValues("Content-Security-Policy"));
        Assert.True(page.Headers.CacheControl!.NoCache);

        var script = html.Split("src=\"").Skip(1).Select(text => text.Split('"')[0]).First();
        var types = new Dictionary<string, string>
        {
            [script] = "text/javascript; charset=utf-8",
            ["favicon.ico"] = "image/x-icon",
            ["favicon.svg"] = "image/svg+xml",
            ["apple-touch-icon.png"] = "image/png",
            ["manifest.webmanifest"] = "application/manifest+json; charset=utf-8",
            ["LICENSE"] = "text/plain; charset=utf-8",
        };
        foreach (var (file, type) in types)
        {
            using var answer = await gateway.GetAsync("/graphql/" + file);
            Assert.Equal((file, HttpStatusCode.OK, type), (file, answer.StatusCode, answer.Content.Headers.ContentType!.ToString()));
        }

        using var hashed = await gateway.GetAsync("/graphql/" + script);
        Assert.Contains("immutable", hashed.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
    }

    [NodeFact]
    public async Task The_configuration_of_the_IDE_leaves_the_endpoint_to_the_browser()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        Assert.Equal(
            """{"title":"GraphGateway","useBrowserUrlAsEndpoint":true,"includeCookies":false,"useGet":false,"disableTelemetry":true,"httpHeaders":{"GraphQL-Preflight":"1"},"graphQLDocument":"query { __typename }"}""",
            await gateway.Client.GetStringAsync("/graphql/bcp-config.json"));
    }

    [NodeFact]
    public async Task The_service_worker_keeps_nothing_in_the_browser()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var worker = await gateway.GetAsync("/graphql/service-worker.js");
        Assert.Equal("self.addEventListener('install', () => self.skipWaiting());\n", await worker.Content.ReadAsStringAsync());
        Assert.True(worker.Headers.CacheControl!.NoStore);
    }

    [NodeFact]
    public async Task A_file_that_the_browser_has_is_not_sent_again()
    {
        await using var gateway = await GatewayUnderTest.StartAsync();
        using var first = await gateway.GetAsync("/graphql/favicon.svg");
        using var request = new HttpRequestMessage(HttpMethod.Get, "/graphql/favicon.svg");
        request.Headers.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await gateway.Client.SendAsync(request);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
    }
}
