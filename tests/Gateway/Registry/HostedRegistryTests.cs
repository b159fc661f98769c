using System.Net;
using System.Net.Http.Headers;
using System.Text;
using GraphGateway.ControlPlane;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Gateway.Tests.Registry;

/// <summary>The registry's HTTP API in the gateway's own process.</summary>
public sealed class HostedRegistryTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly string pepper;

    public HostedRegistryTests()
    {
        pepper = folder.Write("pepper", "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef\n");
    }

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task The_first_graph_is_published_to_the_gateway_itself_which_starts_with_it()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        var (port, clients) = (FreePort.Next(), FreePort.Next());
        var console = new ConsoleLines();
        var building = GatewayHost.BuildAsync([.. Arguments($"http://127.0.0.1:{port}"), "--urls", $"http://127.0.0.1:{clients}"], console: console);
        var key = (await console.NextAsync())["The registry's first admin key, shown this once: ".Length..];
        Assert.Equal($"The gateway waits until something is published to dev of shop at http://127.0.0.1:{port}/", await console.NextAsync());

        using var api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);

        // Meanwhile it lives, is not ready, and says why.
        using (var early = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{clients}") })
        {
            Assert.Equal("""200 {"status":"live"}""", await AskAsync(early, "/health/live"));
            Assert.Equal("""503 {"status":"waiting"}""", await AskAsync(early, "/health/ready"));
            const string error = """503 {"errors":[{"message":"The gateway has no graph yet: it waits until something is published to dev of shop.","extensions":{"code":"NO_GRAPH"}}]}""";
            Assert.Equal(error, await AskAsync(early, "/graphql?query=%7Bhello%7D"));
        }

        using var body = new StringContent(
            $$"""{"sources":[{"source":"users","schema":"type Query { hello: String }","url":"{{source.Url}}"}]}""", Encoding.UTF8, "application/json");
        using var published = await api.PostAsync(new Uri("/api/graphs/shop/stages/dev/publish", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.OK, published.StatusCode);

        var build = await building;
        Assert.Empty(build.Problems);
        await using (var application = build.Application!)
        {
            Assert.Null(await GatewayHost.StartAsync(application));
            using var client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
            using var query = new StringContent("""{"query":"{ hello }"}""", Encoding.UTF8, "application/json");
            using var answer = await client.PostAsync(new Uri("/graphql", UriKind.Relative), query);
            Assert.Equal("""{"data":{"hello":"you"}}""", await answer.Content.ReadAsStringAsync());

            // Nothing of the registry is at the port of clients.
            client.DefaultRequestHeaders.Authorization = api.DefaultRequestHeaders.Authorization;
            using var other = await client.GetAsync(new Uri("/api/stages", UriKind.Relative));
            Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        }

        // It has ended with the gateway.
        await Assert.ThrowsAsync<HttpRequestException>(() => api.GetAsync(new Uri("/api/stages", UriKind.Relative)));
    }

    // A mistake that is published first can be mended where it was made: the registry would be gone with the gateway.
    [Fact]
    public async Task What_is_live_and_cannot_be_run_is_waited_out()
    {
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        var (port, clients) = (FreePort.Next(), FreePort.Next());
        await using (var registry = SchemaRegistry.At(Path.Combine(folder.Path, "registry.db")))
        {
            await registry.PrepareAsync(default);
            await registry.PublishAsync("shop", "dev", [new SourcePublication("users", "type Query { hello: String }")], new LaunchNote("ann", null), DateTimeOffset.UnixEpoch, default);
        }

        var console = new ConsoleLines();
        var building = GatewayHost.BuildAsync([.. Arguments($"http://127.0.0.1:{port}"), "--urls", $"http://127.0.0.1:{clients}"], console: console);
        using var api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await console.NextAsync())["The registry's first admin key, shown this once: ".Length..]);
        Assert.Equal(
            $"The gateway waits until something that it can run is live in dev of shop at http://127.0.0.1:{port}/: Gateway:Subgraphs:users:Url: is missing, and the supergraph does not tell where users answers. Set it: --Gateway:Subgraphs:users:Url=http://... Set Gateway:Registry:File, and the gateway starts with what it had last.",
            await console.NextAsync());
        using (var early = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{clients}") })
        {
            Assert.Equal("""503 {"status":"waiting"}""", await AskAsync(early, "/health/ready"));
            const string error = """503 {"errors":[{"message":"The gateway has no graph: it cannot run what is live in dev of shop. Its log says why.","extensions":{"code":"NO_GRAPH"}}]}""";
            Assert.Equal(error, await AskAsync(early, "/graphql?query=%7Bhello%7D"));
        }

        using var body = new StringContent($$"""{"sources":[{"source":"users","schema":"type Query { hello: String }","url":"{{source.Url}}"}]}""", Encoding.UTF8, "application/json");
        using var published = await api.PostAsync(new Uri("/api/graphs/shop/stages/dev/publish", UriKind.Relative), body);
        Assert.Equal(HttpStatusCode.OK, published.StatusCode);
        var build = await building;
        Assert.Empty(build.Problems);
        await using var application = build.Application!;
        Assert.Null(await GatewayHost.StartAsync(application));
        using var client = new HttpClient { BaseAddress = new Uri(application.Urls.Single()) };
        Assert.Equal("""200 {"data":{"hello":"you"}}""", await AskAsync(client, "/graphql?query=%7Bhello%7D"));
    }

    // No setting is needed for that: the gateway knows the stage and the operations.
    [Fact]
    public async Task Nothing_is_published_to_the_gateway_s_own_stage_by_which_its_published_operations_would_break()
    {
        var operations = Path.Combine(folder.Path, "operations.db");
        await using (var store = OperationStore.At(operations))
        {
            await store.PrepareAsync(default);
            await store.PublishAsync("web", "1", [new PublishedOperation("1", "query Hello { hello }")], DateTimeOffset.UnixEpoch, default);
        }

        await using (var registry = SchemaRegistry.At(Path.Combine(folder.Path, "registry.db")))
        {
            await registry.PrepareAsync(default);
            await registry.PublishAsync("shop", "dev", [new SourcePublication("users", "type Query { hello: String }") { Url = "http://127.0.0.1:1/" }], new LaunchNote("ann", null), DateTimeOffset.UnixEpoch, default);
        }

        var (port, console) = (FreePort.Next(), new ConsoleLines());
        var build = await GatewayHost.BuildAsync([.. Arguments($"http://127.0.0.1:{port}"), $"--Gateway:PersistedOperations:Store={operations}", "--urls", "http://127.0.0.1:0"], console: console);
        Assert.Empty(build.Problems);
        await using var application = build.Application!;
        using var api = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        api.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await console.NextAsync())["The registry's first admin key, shown this once: ".Length..]);
        Assert.Equal(
            """409 {"type":"urn:graphgateway:registry:change-refused","title":"change refused","status":409,"detail":"Nothing is published: 1 of 1 persisted operation would break. With --allow-breaking-operations (\"allowBreakingOperations\" over HTTP) it is published all the same.","code":"CHANGE_REFUSED","advice":"Nothing was stored. Mend what is said here, and send it again.","broken":["web, 1: 1 (Hello) 1:15: Cannot query field \"hello\" on type \"Query\"."]}""",
            await PublishAsync(api, "dev", ""));
        Assert.StartsWith("""200 {"success":true,"outcome":"launched","live":1,""", await PublishAsync(api, "qa", ""), StringComparison.Ordinal);
        Assert.StartsWith("""200 {"success":true,"outcome":"launched","live":2,""", await PublishAsync(api, "dev", ",\"allowBreakingOperations\":true"), StringComparison.Ordinal);
    }

    private static async Task<string> PublishAsync(HttpClient api, string stage, string more)
    {
        var text = $$"""{"sources":[{"source":"users","schema":"type Query { other: String }","url":"http://127.0.0.1:1/"}]{{more}}}""";
        using var body = new StringContent(text, Encoding.UTF8, "application/json");
        using var answer = await api.PostAsync(new Uri($"/api/graphs/shop/stages/{stage}/publish", UriKind.Relative), body);
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }

    [Fact]
    public async Task A_port_that_something_else_of_the_gateway_has_is_refused()
    {
        Assert.Equal(
            ["Gateway:Registry:Api:Url: has port 4000, as the address of clients has: each needs one of its own."],
            await ProblemsAsync([.. Arguments("http://0.0.0.0:4000"), "--urls", "http://127.0.0.1:0;http://*:4000"]));
        Assert.Equal(
            ["Gateway:Registry:Api:Url: has port 5000, as the address of clients has: each needs one of its own."],
            await ProblemsAsync(Arguments("http://127.0.0.1:5000")));
        Assert.Equal(
            [
                "Gateway:Registry:Api:Url: has port 9464, as Gateway:Telemetry:PrometheusUrl has: each needs one of its own.",
            ],
            await ProblemsAsync([.. Arguments("http://127.0.0.1:9464"), "--Gateway:Telemetry:Prometheus=On"]));
        Assert.Equal(
            ["Gateway:Registry:Api:Url: has port 9465, as Gateway:ResponseCache:Invalidation has: each needs one of its own."],
            await ProblemsAsync([.. Arguments("http://127.0.0.1:9465"), "--Gateway:ResponseCache:Invalidation:Key=0123456789abcdef"]));
    }

    [Fact]
    public async Task What_is_wrong_with_its_settings_is_told()
    {
        Assert.Equal(
            ["Gateway:Registry:Api:Url: 'https://127.0.0.1:4100/api' is no address such as http://127.0.0.1:4100/: http and without a path. Let a proxy end TLS."],
            await ProblemsAsync(Arguments("https://127.0.0.1:4100/api")));
        Assert.Equal(
            ["Gateway:Registry:Api:PepperFile: is missing: what are the registry's keys hashed with? `graphgateway keys pepper > FILE` makes one."],
            await ProblemsAsync([.. Arguments("http://127.0.0.1:4100").Where(argument => !argument.Contains("Pepper", StringComparison.Ordinal))]));
        Assert.Equal(
            ["Gateway:Registry:Store: is missing, or Url: the other settings of Gateway:Registry say nothing without one of them."],
            await ProblemsAsync([$"--Gateway:Registry:Api:PepperFile={pepper}", $"--Gateway:Supergraph={folder.Write("graph.graphql", GatewayUnderTest.Supergraph)}"]));
    }

    private static async Task<string> AskAsync(HttpClient client, string path)
    {
        using var answer = await client.GetAsync(new Uri(path, UriKind.Relative));
        return $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}";
    }

    // Before somebody waits for a publish that would be in vain.
    [Fact]
    public async Task Where_the_port_of_clients_is_taken_it_does_not_wait()
    {
        var (port, clients) = (FreePort.Next(), new System.Net.Sockets.TcpListener(IPAddress.Loopback, 0));
        clients.Start();
        var taken = ((IPEndPoint)clients.LocalEndpoint).Port;
        Assert.Equal(
            [$"Port {taken} is in use by another program. Stop that one, or choose another port: --urls http://127.0.0.1:PORT"],
            await ProblemsAsync([.. Arguments($"http://127.0.0.1:{port}"), "--urls", $"http://127.0.0.1:{taken}"]));
        clients.Dispose();
    }

    private static async Task<IEnumerable<string>> ProblemsAsync(string[] arguments) => (await GatewayHost.BuildAsync(arguments)).Problems;

    private string[] Arguments(string url) =>
    [
        $"--Gateway:Registry:Store={Path.Combine(folder.Path, "registry.db")}", "--Gateway:Registry:Graph=shop", "--Gateway:Registry:Stage=dev", "--Gateway:Registry:Interval=10ms",
        $"--Gateway:Registry:Api:Url={url}", $"--Gateway:Registry:Api:PepperFile={pepper}", "--Logging:LogLevel:Default=None",
    ];

    private sealed class ConsoleLines : StringWriter
    {
        private readonly System.Threading.Channels.Channel<string> lines = System.Threading.Channels.Channel.CreateUnbounded<string>();

        public override Task WriteLineAsync(string? value)
        {
            lines.Writer.TryWrite(value!);
            return Task.CompletedTask;
        }

        public async Task<string> NextAsync()
        {
            using var limit = new CancellationTokenSource(TestPatience.Limit);
            return await lines.Reader.ReadAsync(limit.Token);
        }
    }
}
