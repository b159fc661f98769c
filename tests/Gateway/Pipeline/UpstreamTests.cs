using System.Globalization;
using GraphGateway.Gateway.Tests.Health;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace GraphGateway.Gateway.Tests.Pipeline;

/// <summary>What goes wrong between the gateway and a source.</summary>
public sealed class UpstreamTests
{
    [Fact]
    public async Task A_source_that_stalls_is_given_up_after_its_own_time()
    {
        var clock = new FakeTimeProvider();
        await using var stalling = await Stalling.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(
            stalling.Source, ["--Gateway:Subgraphs:users:Timeout=3s", "--Gateway:Health:Interval=1h"], clock);
        var answer = gateway.QueryAsync("{ hello }");
        await stalling.Asked;
        clock.Advance(TimeSpan.FromSeconds(3));
        Assert.Equal(Failed("A source did not answer in time.", "GATEWAY_TIMEOUT"), await answer);
        await stalling.Left;
        Assert.Equal(
            """{"status":"degraded","sources":{"users":{"status":"down","reason":"no answer within 3 s"}}}""",
            await gateway.Client.GetStringAsync(new Uri("/health", UriKind.Relative)));
    }

    [Theory]
    [InlineData(503, "text/html", "<p>Down for repair: password", "status 503 with no GraphQL response (text/html, 28 bytes)")]
    [InlineData(500, "application/json", """{"errors":[{"message":"secret"}]}""", "status 500 with a GraphQL response (application/json, 33 bytes)")]
    [InlineData(200, "text/plain", "secret", "status 200 with no GraphQL response (text/plain, 6 bytes)")]
    [InlineData(200, "application/json", """{"message":{"data":1}}""", "status 200 with no GraphQL response (application/json, 22 bytes)")]
    [InlineData(200, "application/json", """{"data":{"hello":""", "status 200 with no GraphQL response (application/json, 17 bytes)")]
    public async Task What_a_source_answers_amiss_is_logged_once_in_a_while_without_its_body(int status, string type, string body, string problem)
    {
        var clock = new FakeTimeProvider();
        var log = new LogWatch();
        await using var source = await FakeSource.StartAsync(context =>
        {
            context.Response.StatusCode = status;
            context.Response.ContentType = type;
            context.Response.ContentLength = body.Length;
            return context.Response.WriteAsync(body);
        });
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Health:Interval=1h"], clock, log);
        var line = $"A request to source users at {source.Url}/graphql failed: {problem}";
        await gateway.QueryAsync("{ hello }");
        await log.SeenAsync(line);
        await gateway.QueryAsync("{ hello }");
        await gateway.QueryAsync("{ hello }");
        clock.Advance(TimeSpan.FromSeconds(10));
        await gateway.QueryAsync("{ hello }");
        await log.SeenAsync($"{line} (2 more like it since the last line)");
    }

    [Fact]
    public async Task A_source_that_cuts_connections_is_down_until_it_answers()
    {
        var clock = new FakeTimeProvider();
        var log = new LogWatch();
        var isBroken = true;
        await using var source = await FakeSource.StartAsync(context =>
        {
            if (isBroken)
            {
                context.Abort();
                return Task.CompletedTask;
            }

            return context.Response.WriteAsync("""{"data":{"hello":"you"}}""");
        });
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Health:Interval=1h"], clock, log);
        await gateway.QueryAsync("{ hello }");
        await log.SeenStartAsync($"A request to source users at {source.Url}/graphql failed: the connection broke: ");
        await log.SeenStartAsync($"Source users at {source.Url}/graphql is down: the connection broke: ");
        isBroken = false;
        await gateway.QueryAsync("{ hello }");
        await log.SeenAsync("Source users is up again");
    }

    [Fact]
    public async Task A_request_that_takes_too_long_is_ended_with_what_there_is()
    {
        var clock = new FakeTimeProvider();
        await using var stalling = await Stalling.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(
            stalling.Source, ["--Gateway:RequestTimeout=2s", "--Gateway:Health:Interval=1h"], clock);
        var answer = gateway.QueryAsync("{ hello }");
        await stalling.Asked;
        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal(Failed("The request took longer than allowed.", "REQUEST_TIMEOUT"), await answer);
        await stalling.Left;
    }

    [Fact]
    public async Task The_clients_trace_goes_on_to_the_source()
    {
        // Trace Context, 3.3: who takes no part in a trace passes it on unmodified.
        const string parent = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Health:Interval=1h"]);
        gateway.Client.DefaultRequestHeaders.Add("traceparent", parent);
        gateway.Client.DefaultRequestHeaders.Add("tracestate", "vendor=1");
        await gateway.QueryAsync("{ hello }");
        var headers = source.Requests.Single(request => request.Body.Contains("hello", StringComparison.Ordinal)).Headers;
        Assert.Equal((parent, "vendor=1"), (headers.TraceParent.ToString(), headers.TraceState.ToString()));
    }

    [Theory]
    [InlineData("traceparent", "\u00e9")]
    [InlineData("traceparent", "00-1")]
    [InlineData("traceparent", "00-00000000000000000000000000000000-00f067aa0ba902b7-01")]
    [InlineData("tracestate", "\u00e9")]
    public async Task A_trace_that_is_none_does_not_go_along_and_fails_nobody(string name, string value)
    {
        const string answer = """{"data":{"hello":"you"}}""";
        await using var source = await FakeSource.AnswersAsync(answer);
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Health:Interval=1h"]);
        using var client = new System.Net.Sockets.TcpClient();
        await client.ConnectAsync(gateway.Client.BaseAddress!.Host, gateway.Client.BaseAddress.Port);
        const string body = """{"query":"{ hello }"}""";
        var request = $"POST /graphql HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n{name}: {value}\r\nContent-Length: {body.Length}\r\n\r\n{body}";
        await client.GetStream().WriteAsync(System.Text.Encoding.UTF8.GetBytes(request));
        using var reader = new StreamReader(client.GetStream());
        Assert.Contains(answer, await reader.ReadToEndAsync(), StringComparison.Ordinal);
        Assert.Equal("", Assert.Single(source.Requests).Headers[name].ToString());
    }

    [Fact]
    public async Task A_client_that_leaves_takes_its_request_to_the_source_along()
    {
        await using var stalling = await Stalling.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(stalling.Source);
        using var client = new CancellationTokenSource();
        var answer = gateway.SendAsync("{ hello }", cancellationToken: client.Token);
        await stalling.Asked;
        await client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await stalling.Left;
    }

    [Fact]
    public async Task A_source_that_refuses_connections_is_an_error()
    {
        var source = await FakeSource.AnswersAsync("""{"data":{"hello":"you"}}""");
        await using var gateway = await RunningGateway.StartAsync(source);
        Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync("{ hello }"));
        await source.DisposeAsync();
        Assert.Equal(Failed("A source could not be reached.", "SUBREQUEST_HTTP_ERROR"), await gateway.QueryAsync("{ hello }"));
    }

    [Fact]
    public async Task A_connection_that_breaks_half_way_is_an_error()
    {
        await using var source = await FakeSource.StartAsync(async context =>
        {
            context.Response.ContentLength = 1000;
            await context.Response.WriteAsync("""{"data":{"hel""");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });
        await using var gateway = await RunningGateway.StartAsync(source);
        Assert.Equal(Failed("A source could not be reached.", "SUBREQUEST_HTTP_ERROR"), await gateway.QueryAsync("{ hello }"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_beyond_the_limit_is_not_read_to_its_end(bool tellsLength)
    {
        var body = $$$"""{"data":{"hello":"{{{new string('x', 100_000)}}}"}}""";
        await using var source = await FakeSource.StartAsync(context =>
        {
            context.Response.ContentLength = tellsLength ? body.Length : null;
            return context.Response.WriteAsync(body);
        });
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Subgraphs:All:ResponseBytes=50000"]);
        Assert.Equal(Failed("A source's answer is larger than allowed.", "SUBREQUEST_MALFORMED_RESPONSE"), await gateway.QueryAsync("{ hello }"));
    }

    [Theory]
    [InlineData(16384, true)]
    [InlineData(16384, false)]
    [InlineData(50000, true)]
    [InlineData(50000, false)]
    public async Task An_answer_as_large_as_the_limit_is_read(int limit, bool tellsLength)
    {
        var body = $$$"""{"data":{"hello":"{{{new string('x', limit - 21)}}}"}}""";
        Assert.Equal(limit, body.Length);
        await using var source = await FakeSource.StartAsync(context =>
        {
            context.Response.ContentLength = tellsLength ? body.Length : null;
            return context.Response.WriteAsync(body);
        });
        await using var gateway = await RunningGateway.StartAsync(source, [$"--Gateway:Subgraphs:All:ResponseBytes={limit}"]);
        Assert.Equal(body, await gateway.QueryAsync("{ hello }"));
        await using var narrow = await RunningGateway.StartAsync(source, [$"--Gateway:Subgraphs:All:ResponseBytes={limit - 1}"]);
        Assert.Equal(Failed("A source's answer is larger than allowed.", "SUBREQUEST_MALFORMED_RESPONSE"), await narrow.QueryAsync("{ hello }"));
    }

    [Fact]
    public async Task An_answer_in_many_chunks_is_read_whole()
    {
        var text = new string('x', 300_000);
        await using var source = await FakeSource.StartAsync(async context =>
        {
            await context.Response.WriteAsync("""{"data":{"hello":" """);
            foreach (var chunk in text.Chunk(7_001))
            {
                await context.Response.WriteAsync(new string(chunk));
                await context.Response.Body.FlushAsync();
            }

            await context.Response.WriteAsync("\"}}");
        });
        await using var gateway = await RunningGateway.StartAsync(source);
        Assert.Equal($$$"""{"data":{"hello":" {{{text}}}"}}""", await gateway.QueryAsync("{ hello }"));
    }

    [Fact]
    public async Task A_redirect_is_not_followed()
    {
        await using var source = await FakeSource.StartAsync(context =>
        {
            context.Response.Redirect("/elsewhere");
            return Task.CompletedTask;
        });
        await using var gateway = await RunningGateway.StartAsync(source);
        Assert.Equal(Failed("A source answered with an error status.", "SUBREQUEST_HTTP_ERROR"), await gateway.QueryAsync("{ hello }"));
        Assert.Single(source.Requests);
    }

    private static string Failed(string message, string code) => string.Create(
        CultureInfo.InvariantCulture,
        $$$"""{"errors":[{"message":"{{{message}}}","path":["hello"],"extensions":{"code":"{{{code}}}"}}],"data":{"hello":null}}""");

    /// <summary>A source that never answers.</summary>
    private sealed class Stalling : IAsyncDisposable
    {
        private readonly TaskCompletionSource asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly TaskCompletionSource left = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public required FakeSource Source { get; init; }

        public Task Asked => asked.Task;

        public Task Left => left.Task;

        public static async Task<Stalling> StartAsync()
        {
            Stalling? self = null;
            var source = await FakeSource.StartAsync(async context =>
            {
                self!.asked.TrySetResult();
                var gone = new TaskCompletionSource();
                await using var registration = context.RequestAborted.Register(gone.SetResult);
                await gone.Task;
                self.left.TrySetResult();
            });
            return self = new Stalling { Source = source };
        }

        public ValueTask DisposeAsync() => Source.DisposeAsync();
    }
}
