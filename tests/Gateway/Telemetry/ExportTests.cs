using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;
using GraphGateway.ControlPlane;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace GraphGateway.Gateway.Tests.Telemetry;

/// <summary>Exporters listen to all gateways of the process: these tests run alone.</summary>
[CollectionDefinition(nameof(ExportTests), DisableParallelization = true)]
public sealed class ExportTestsAlone;

/// <summary>What leaves the process: to a collector over OTLP, and on Prometheus' page.</summary>
[Collection(nameof(ExportTests))]
public sealed class ExportTests
{
    private const string Hello = """{"data":{"hello":"you"}}""";
    private const string Query = "query Exported($n: String) { hello(name: $n) }";

    [Fact]
    public async Task A_collector_gets_spans_metrics_and_log_and_no_secret() => await CollectAsync(
        isGrpc: false, "/v1/logs", "/v1/metrics", "/v1/traces");

    // https://opentelemetry.io/docs/specs/otlp/#otlpgrpc, the services of opentelemetry-proto.
    [Fact]
    public async Task A_collector_gets_the_same_over_gRPC() => await CollectAsync(
        isGrpc: true,
        "/opentelemetry.proto.collector.logs.v1.LogsService/Export",
        "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export",
        "/opentelemetry.proto.collector.trace.v1.TraceService/Export");

    private static async Task CollectAsync(bool isGrpc, string logPath, string metricsPath, string tracesPath)
    {
        await using var collector = await Collector.StartAsync(stalls: false, isGrpc);
        await using var source = await FakeSource.AnswersAsync("not json: secret-answer");
        await using (var gateway = await RunningGateway.StartAsync(
            source,
            [
                $"--Gateway:Telemetry:Otlp:Endpoint={collector.Url}", $"--Gateway:Telemetry:Otlp:Protocol={(isGrpc ? "grpc" : "http/protobuf")}", "--Gateway:Telemetry:Otlp:Headers=x-key=k1",
                "--Logging:LogLevel:GraphGateway=Information",
            ]))
        {
            await gateway.QueryAsync(Query, """{"n":"secret-variable"}""", ("Authorization", "Bearer secret-token"));
        }

        // Stopping sends what waits.
        Assert.Equal([logPath, metricsPath, tracesPath], collector.Received.Select(request => request.Path).Distinct().Order());
        Assert.All(collector.Received, request => Assert.Equal("k1", request.Key));
        var traces = Text(tracesPath);
        Assert.Contains("fetch users", traces, StringComparison.Ordinal);
        Assert.Contains("Exported", traces, StringComparison.Ordinal);
        Assert.Contains("graphgateway.fetch.duration", Text(metricsPath), StringComparison.Ordinal);
        Assert.Contains(OperationIdentity.HashOf(Encoding.UTF8.GetBytes(Query)), Text(logPath), StringComparison.Ordinal);
        Assert.All(collector.Received, request => Assert.DoesNotContain("secret", request.Body, StringComparison.Ordinal));

        string Text(string path) => string.Concat(collector.Received.Where(request => request.Path == path).Select(request => request.Body));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_collector_that_is_down_or_stalls_delays_no_request(bool stalls)
    {
        await using var collector = stalls ? await Collector.StartAsync(stalls: true) : null;
        var url = collector?.Url ?? $"http://127.0.0.1:{FreePort()}";
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source, [$"--Gateway:Telemetry:Otlp:Endpoint={url}", "--Gateway:Deduplication:SourceRequests=Off"]);
        using var limit = new CancellationTokenSource(TestPatience.Limit);

        // Three spans each: more than may wait.
        for (var i = 0; i < 2 * BoundedSpanProcessor.MaxWaiting / 3; i += 20)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ =>
            {
                using var response = await gateway.SendAsync("query Exported { hello }", cancellationToken: limit.Token);
                Assert.Equal(Hello, await response.Content.ReadAsStringAsync(limit.Token));
            }));
        }
    }

    // All three signals have something to send, and some of it is on its way. The SDK would wait for more than ten seconds.
    [Theory]
    [InlineData("http/protobuf")]
    [InlineData("grpc")]
    public async Task A_collector_that_takes_and_never_answers_does_not_hold_up_the_end(string protocol)
    {
        await using var collector = await Collector.StartAsync(stalls: true, isGrpc: protocol == "grpc");
        await using var source = await FakeSource.AnswersAsync("no JSON");
        using var log = new Health.LogWatch();
        var gateway = await RunningGateway.StartAsync(
            source,
            [
                $"--Gateway:Telemetry:Otlp:Endpoint={collector.Url}", $"--Gateway:Telemetry:Otlp:Protocol={protocol}", "--Gateway:Telemetry:ShutdownTimeout=300ms",
                "--Logging:LogLevel:GraphGateway=Information",
            ],
            log: log);
        await gateway.QueryAsync("query Exported { hello }");
        var begun = TimeProvider.System.GetTimestamp();
        await gateway.StopAsync();
        await gateway.DisposeAsync();
        Assert.InRange(TimeProvider.System.GetElapsedTime(begun).TotalSeconds, 0, 4);
        await log.SeenAsync("Stopping: the collector did not take all of traces, metrics, log within 0.3 s; the rest is lost");
    }

    // Over 140,000 requests a minute planning took 7.8 s at p99 with an exporter, and 12.6 ms without.
    [Fact]
    public async Task Router_4669_new_operations_are_planned_while_more_spans_wait_than_may()
    {
        await using var collector = await Collector.StartAsync(stalls: true);
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(source, [$"--Gateway:Telemetry:Otlp:Endpoint={collector.Url}"]);
        using var limit = new CancellationTokenSource(TestPatience.Limit);
        var dropped = 0L;
        using var listener = new MeterListener();
        var ours = gateway.Services.GetRequiredService<IMeterFactory>().Create(GatewayTelemetry.Name);
        listener.InstrumentPublished = (instrument, listening) =>
        {
            if (instrument.Meter == ours && instrument.Name == "graphgateway.telemetry.spans")
            {
                listening.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Interlocked.Add(ref dropped, (string)tags[0].Value! == "dropped" ? value : 0));
        listener.Start();

        // Six spans each: three times as many as may wait.
        for (var i = 0; i < BoundedSpanProcessor.MaxWaiting / 2; i += 20)
        {
            await Task.WhenAll(Enumerable.Range(i, 20).Select(async number =>
            {
                using var response = await gateway.SendAsync($"query New{number.ToString(CultureInfo.InvariantCulture)} {{ hello }}", cancellationToken: limit.Token);
                Assert.Equal(Hello, await response.Content.ReadAsStringAsync(limit.Token));
            }));
        }

        // What is too much is not kept until there is room.
        Assert.NotEqual(0, Interlocked.Read(ref dropped));
    }

    [Fact]
    public async Task The_page_for_Prometheus_is_at_its_own_port_alone_and_has_what_happened()
    {
        var port = FreePort();
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(
            source,
            ["--Gateway:Telemetry:Prometheus=On", string.Create(CultureInfo.InvariantCulture, $"--Gateway:Telemetry:PrometheusUrl=http://127.0.0.1:{port}"), "--Gateway:Telemetry:Operations=1"]);
        await gateway.QueryAsync("query Scraped { hello }");
        await gateway.QueryAsync("query Scraped { hello }");
        for (var i = 0; i < 20; i++)
        {
            await gateway.QueryAsync(string.Create(CultureInfo.InvariantCulture, $"query Invented{i} {{ hello }}"));
        }

        using var client = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) };
        var page = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative));
        var samples = page.Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToArray();
        Assert.Equal("2", Value("graphgateway_operation_duration_seconds_count", "graphql_operation_name=\"Scraped\""));
        Assert.Equal("20", Value("graphgateway_operation_duration_seconds_count", "graphql_operation_name=\"other\""));
        Assert.Equal("22", Value("graphgateway_fetch_duration_seconds_count", "source=\"users\""));
        Assert.Equal("1", Value("graphgateway_plan_cache_requests_total", "result=\"hit\""));
        Assert.Equal("21", Value("graphgateway_plan_cache_size", ""));
        Assert.DoesNotContain("Invented", page, StringComparison.Ordinal);
        Assert.Contains("dotnet_gc_collections", page, StringComparison.Ordinal);
        Assert.Contains("http_server_request_duration_seconds_count", page, StringComparison.Ordinal);

        // The other way round nothing is served.
        Assert.Equal(HttpStatusCode.NotFound, (await client.GetAsync(new Uri("/graphql?query={hello}", UriKind.Relative))).StatusCode);
        using var spoofed = new HttpRequestMessage(HttpMethod.Get, "/metrics");
        spoofed.Headers.Host = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{port}");
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Client.SendAsync(spoofed)).StatusCode);

        string? Value(string name, string label) =>
            samples.SingleOrDefault(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(label, StringComparison.Ordinal))?.Split(' ')[1];
    }

    [Fact]
    public async Task What_the_documents_say_to_watch_is_on_the_page()
    {
        var asked = 0;
        var release = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var collector = await Collector.StartAsync(stalls: false);
        await using var source = await FakeSource.StartAsync(async context =>
        {
            // Once a connection that breaks, once no GraphQL, then an answer that several wait for.
            switch (Interlocked.Increment(ref asked))
            {
                case 1:
                    context.Abort();
                    break;
                case 2:
                    await context.Response.WriteAsync("no JSON");
                    break;
                default:
                    await release.Task;
                    await context.Response.WriteAsync(Hello);
                    break;
            }
        });
        using var identity = new Identity.IdentityKeyFile();
        using var folder = new TemporaryFolder();
        var operations = Path.Combine(folder.Path, "operations.db");
        await using (var store = OperationStore.At(operations))
        {
            await store.PrepareAsync(CancellationToken.None);
            await store.PublishAsync(null, "1", [new PublishedOperation("ahead", "query Ahead { hello }")], DateTimeOffset.UnixEpoch, CancellationToken.None);
        }

        var port = FreePort();
        await using var gateway = await RunningGateway.StartAsync(
            source,
            [
                "--Gateway:Telemetry:Prometheus=On", string.Create(CultureInfo.InvariantCulture, $"--Gateway:Telemetry:PrometheusUrl=http://127.0.0.1:{port}"),
                $"--Gateway:PersistedOperations:Store={operations}", $"--Gateway:WarmUp:Plans={folder.Path}",
                $"--Gateway:Telemetry:Otlp:Endpoint={collector.Url}", "--Gateway:Subgraphs:users:Retries=1", "--Gateway:Limits:RootFields:Max=1", "--Gateway:Limits:RootFields:Mode=Measure",
                "--Gateway:RateLimits:Plans:bronze:PerSecond=1000", "--Gateway:RateLimits:DefaultPlan=bronze", .. identity.Settings,
            ]);
        await gateway.Services.GetRequiredService<WarmUpService>().Over;
        await gateway.QueryAsync("{ hello other }");
        Assert.Equal(HttpStatusCode.NotFound, (await gateway.Client.GetAsync(new Uri("/graphql?documentId=unknown", UriKind.Relative))).StatusCode);
        Task<string>[] answers = [gateway.QueryAsync(Query), gateway.QueryAsync(Query)];
        using var client = new HttpClient { BaseAddress = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}")) };
        using var limit = new CancellationTokenSource(TestPatience.Limit);
        await PageWithAsync("graphgateway_requests_shared_total{");
        release.SetResult();
        Assert.All(await Task.WhenAll(answers), answer => Assert.Equal(Hello, answer));
        var pages = await PageWithAsync("graphgateway_telemetry_spans_total{") + "\n" + await PageOfCachedAsync() + "\n" + await PageOfEntitiesAsync();
        var samples = pages.Split('\n').Where(line => line.Length > 0 && line[0] != '#').ToArray();

        // A name that is no label of any sample is a metric's.
        var rows = WatchedRows();
        Assert.InRange(rows.Length, 10, 30);
        foreach (var row in rows)
        {
            var metrics = Regex.Matches(row, @"\b(graphgateway|http_server|dotnet)_\w+").Select(match => match.Value).Where(name => !samples.Any(line => line.Contains($"{name}=\"", StringComparison.Ordinal))).ToArray();
            var own = samples.Where(line => metrics.Any(metric => line.StartsWith(metric, StringComparison.Ordinal))).ToArray();
            Assert.All(metrics, metric => Assert.Contains(own, line => line.StartsWith(metric, StringComparison.Ordinal)));
            // What an alert asks for has no other name on the page: Prometheus would find nothing.
            var alerted = Regex.Matches(row.Split(" | ", 2)[1], @"\b(graphgateway|http_server|dotnet)_\w+").Select(match => match.Value).Intersect(metrics);
            Assert.All(alerted, metric => Assert.Contains(own, line => line.StartsWith($"{metric}{{", StringComparison.Ordinal)));
            // Values of a label stand in parentheses behind it.
            var named = Regex.Replace(row, @" \((`\w+`(, )?)+\)", "");
            var labels = Regex.Matches(named, @"(?:\{|\bby \(|\bby `|`, `)(\w+)(?=[=!~`)])").Select(match => match.Groups[1].Value).Except(metrics).Distinct();
            Assert.All(labels, label => Assert.True(own.Any(line => line.Contains($"{label}=\"", StringComparison.Ordinal)), $"{label} is no label in: {row}"));
        }

        async Task<string> PageWithAsync(string text)
        {
            while (true)
            {
                var page = await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), limit.Token);
                if (page.Contains(text, StringComparison.Ordinal))
                {
                    return page;
                }
            }
        }
    }

    // Of a gateway that keeps entities, and has forgotten some.
    private static async Task<string> PageOfEntitiesAsync()
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}");
        var other = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}/invalidation");
        await using var graph = await ResponseCache.EntityGraph.StartAsync(
            "--Gateway:Telemetry:Prometheus=On", $"--Gateway:Telemetry:PrometheusUrl={url}", "--Gateway:ResponseCache:Invalidation:Key=a-key-of-its-own", $"--Gateway:ResponseCache:Invalidation:Url={other}");
        await graph.AskAsync();
        using var client = new HttpClient();
        using var forget = new HttpRequestMessage(HttpMethod.Post, other) { Content = new StringContent("""{"kind":"subgraph","subgraph":"details"}""") };
        forget.Headers.TryAddWithoutValidation("Authorization", "a-key-of-its-own");
        using var forgotten = await client.SendAsync(forget);
        Assert.Equal("""{"count":3}""", await forgotten.Content.ReadAsStringAsync());
        string page;
        do
        {
            page = await client.GetStringAsync(new Uri($"{url}/metrics"));
        }
        while (!page.Contains("graphgateway_entity_cache_entities_total{", StringComparison.Ordinal) || !page.Contains("graphgateway_cache_invalidated_total{", StringComparison.Ordinal));
        return page;
    }

    // Of a gateway that keeps answers, and has made one of them anew.
    private static async Task<string> PageOfCachedAsync()
    {
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePort()}");
        await using var cached = await ResponseCache.CachedSource.StartAsync(
            "max-age=10, stale-while-revalidate=50", "--Gateway:Telemetry:Prometheus=On", $"--Gateway:Telemetry:PrometheusUrl={url}");
        await cached.AskAsync("{ hello }");
        cached.Clock.Advance(TimeSpan.FromSeconds(15));
        while ((await cached.AskAsync("{ hello }")).Contains("stale;", StringComparison.Ordinal))
        {
            // The new one is on its way.
        }

        using var client = new HttpClient();
        string page;
        do
        {
            page = await client.GetStringAsync(new Uri($"{url}/metrics"));
        }
        while (!page.Contains("graphgateway_response_cache_refreshes_total{", StringComparison.Ordinal));
        return page;
    }

    // The rows of the table of docs/operations.md that says what to watch, without its head.
    private static string[] WatchedRows()
    {
        var text = File.ReadAllText(Repository.PathOf("docs/operations.md"));
        var section = text[text.IndexOf("### What to watch", StringComparison.Ordinal)..];
        return [.. section[..section.IndexOf("### Log", StringComparison.Ordinal)].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)];
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    private sealed class Collector(WebApplication application) : IAsyncDisposable
    {
        private readonly CancellationTokenSource end = new();

        public ConcurrentQueue<(string Path, string Key, string Body)> Received { get; } = [];

        public string Url => application.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();

        public static async Task<Collector> StartAsync(bool stalls, bool isGrpc = false)
        {
            var builder = WebApplication.CreateSlimBuilder(["--urls", "http://127.0.0.1:0"]);
            builder.Logging.ClearProviders();
            builder.WebHost.ConfigureKestrel(kestrel => kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Protocols = isGrpc ? HttpProtocols.Http2 : HttpProtocols.Http1));
            var application = builder.Build();
            var collector = new Collector(application);
            application.Run(async context =>
            {
                using var body = new MemoryStream();
                await context.Request.Body.CopyToAsync(body);
                collector.Received.Enqueue((context.Request.Path.Value!, context.Request.Headers["x-key"].ToString(), Encoding.Latin1.GetString(body.ToArray())));
                if (stalls)
                {
                    var never = new TaskCompletionSource();
                    await using var left = context.RequestAborted.Register(() => never.TrySetResult());
                    await using var ended = collector.end.Token.Register(() => never.TrySetResult());
                    await never.Task;
                }

                context.Response.ContentType = isGrpc ? "application/grpc" : "application/x-protobuf";
                if (isGrpc)
                {
                    // An empty message, and that all went well.
                    await context.Response.Body.WriteAsync(new byte[5]);
                    context.Response.AppendTrailer("grpc-status", "0");
                }
            });
            await application.StartAsync();
            return collector;
        }

        public async ValueTask DisposeAsync()
        {
            await end.CancelAsync();
            await application.DisposeAsync();
            end.Dispose();
        }
    }
}
