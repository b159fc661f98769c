using System.Globalization;
using System.Net;
using System.Net.Sockets;
using GraphGateway.Gateway.Tests.Health;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Xunit;

namespace GraphGateway.Gateway.Tests.Upstream;

/// <summary>Connections to a source: how many, how long, in which protocol.</summary>
public sealed class ConnectionTests
{
    private const string Hello = """{"data":{"hello":"you"}}""";
    private const string Unreachable = """{"errors":[{"message":"A source could not be reached.","path":["hello"],"extensions":{"code":"SUBREQUEST_HTTP_ERROR"}}],"data":{"hello":null}}""";
    private const string Full =
        """{"errors":[{"message":"Too many requests wait for a source. Send the request again later.","path":["hello"],"extensions":{"code":"SUBGRAPH_QUEUE_FULL"}}],"data":{"hello":null}}""";

    [Fact]
    public async Task Requests_beyond_the_limit_wait_and_beyond_the_queue_are_refused()
    {
        var clock = new FakeTimeProvider();
        var log = new LogWatch();
        var asked = new SemaphoreSlim(0);
        var answer = new SemaphoreSlim(0);
        await using var source = SocketSource.Start(async exchange =>
        {
            asked.Release();
            await answer.WaitAsync();
            await exchange.SendAsync(SocketSource.Response(Hello));
        });
        await using var gateway = await RunningGateway.StartAsync(
            source,
            ["--Gateway:Deduplication:SourceRequests=Off", "--Gateway:Subgraphs:users:Connections:Max=2", "--Gateway:Subgraphs:users:Connections:Queue=1", "--Gateway:Health:Interval=1h"],
            clock,
            log);
        var first = gateway.QueryAsync("{ hello }");
        var second = gateway.QueryAsync("{ hello }");
        await asked.WaitAsync();
        await asked.WaitAsync();

        // Of two more, one waits and the other one is refused, whichever comes first.
        var more = new List<Task<string>> { gateway.QueryAsync("{ hello }"), gateway.QueryAsync("{ hello }") };
        var refused = await Task.WhenAny(more);
        Assert.Equal(Full, await refused);
        await log.SeenAsync($"A request to source users at {source.Url} failed: 2 requests are on the way and 1 wait");
        more.Remove(refused);
        answer.Release(3);
        Assert.Equal([Hello, Hello, Hello], [await first, await second, await more.Single()]);
        Assert.Equal(1, asked.CurrentCount);
        Assert.Equal(2, source.Connections);

        // Nothing of it is left over.
        answer.Release(3);
        Assert.Equal([Hello, Hello, Hello], await Task.WhenAll(gateway.QueryAsync("{ hello }"), gateway.QueryAsync("{ hello }"), gateway.QueryAsync("{ hello }")));
        Assert.Equal(2, source.Connections);
    }

    [Fact]
    public async Task Waiting_for_a_turn_counts_as_the_sources_time_and_gives_the_turn_to_others()
    {
        var clock = new FakeTimeProvider();
        var asked = new SemaphoreSlim(0);
        var answers = false;
        await using var source = SocketSource.Start(async exchange =>
        {
            asked.Release();
            if (!answers)
            {
                await exchange.LeftAsync();
                return;
            }

            await exchange.SendAsync(SocketSource.Response(Hello));
        });
        await using var gateway = await RunningGateway.StartAsync(
            source,
            ["--Gateway:Deduplication:SourceRequests=Off", "--Gateway:Subgraphs:users:Connections:Max=1", "--Gateway:Subgraphs:users:Timeout=3s", "--Gateway:RequestTimeout=24h", "--Gateway:Health:Interval=24h"],
            clock);
        var waiting = new[] { gateway.QueryAsync("{ hello }"), gateway.QueryAsync("{ hello }"), gateway.QueryAsync("{ hello }") };
        await asked.WaitAsync();
        while (!waiting.All(task => task.IsCompleted))
        {
            // Those whose time begins later see a later tick; a request of another kind between two ticks lets them come in.
            clock.Advance(TimeSpan.FromSeconds(3));
            await gateway.Client.GetStringAsync(new Uri("/health/live", UriKind.Relative));
        }

        const string late = """{"errors":[{"message":"A source did not answer in time.","path":["hello"],"extensions":{"code":"GATEWAY_TIMEOUT"}}],"data":{"hello":null}}""";
        Assert.All(waiting, task => Assert.Equal(late, task.Result));
        answers = true;
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
    }

    [Fact]
    public async Task A_source_that_accepts_no_connection_is_given_up_after_the_time_for_connecting()
    {
        // Nobody accepts, and one connection fills the queue: the system answers no further ones.
        using var silent = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        silent.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        silent.Listen(0);
        using var filling = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await filling.ConnectAsync(silent.LocalEndPoint!);
        var log = new LogWatch();
        var url = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{((IPEndPoint)silent.LocalEndPoint!).Port}/graphql");
        await using var gateway = await RunningGateway.StartAsync(
            RunningGateway.Supergraph, [("users", url)], ["--Gateway:Subgraphs:users:ConnectTimeout=300ms", "--Gateway:Health:Interval=1h"], new FakeTimeProvider(), log);
        Assert.Equal(Unreachable, await gateway.QueryAsync("{ hello }"));
        await log.SeenAsync($"A request to source users at {url} failed: no connection within 0.3 s");
    }

    [Theory]
    [InlineData("Http2", HttpProtocols.Http2, "HTTP/2")]
    [InlineData("Http1", HttpProtocols.Http1AndHttp2, "HTTP/1.1")]
    public async Task The_protocol_is_the_one_that_is_set(string setting, HttpProtocols spoken, string seen)
    {
        await using var source = await FakeSource.StartAsync(
            context => context.Response.WriteAsync($$$"""{"data":{"hello":"{{{context.Request.Protocol}}}"}}"""), spoken);
        await using var gateway = await RunningGateway.StartAsync(source, [$"--Gateway:Subgraphs:users:Protocol={setting}"]);
        Assert.Equal($$$"""{"data":{"hello":"{{{seen}}}"}}""", await gateway.QueryAsync("{ hello }"));
    }

    [Fact]
    public async Task A_source_that_does_not_speak_the_protocol_is_an_error()
    {
        await using var source = await FakeSource.StartAsync(context => context.Response.WriteAsync(Hello), HttpProtocols.Http1);
        await using var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Subgraphs:users:Protocol=Http2"]);
        Assert.Equal(Unreachable, await gateway.QueryAsync("{ hello }"));
    }

    [Fact]
    public async Task A_connection_is_used_again_until_it_is_too_old()
    {
        await using var source = SocketSource.Start(exchange => exchange.SendAsync(SocketSource.Response(Hello)));
        await using (var gateway = await RunningGateway.StartAsync(source))
        {
            for (var i = 0; i < 3; i++)
            {
                Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
            }
        }

        Assert.Equal(1, source.Connections);
        await using (var gateway = await RunningGateway.StartAsync(source, ["--Gateway:Subgraphs:users:Connections:Lifetime=1ms"]))
        {
            // A millisecond passes sooner or later.
            while (source.Connections < 3)
            {
                Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
            }
        }
    }

    [Theory]
    [InlineData("{ hello }", "hello")]
    [InlineData("mutation { greet }", "greet")]
    public async Task A_request_on_a_kept_connection_that_breaks_is_not_sent_again(string query, string field)
    {
        var requests = 0;
        await using var source = SocketSource.Start(async exchange =>
        {
            if (Interlocked.Increment(ref requests) == 1)
            {
                await exchange.SendAsync(SocketSource.Response(Hello));
                return;
            }

            exchange.Close();
        });
        await using var gateway = await RunningGateway.StartAsync(source);
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        Assert.Equal(Unreachable.Replace("hello", field, StringComparison.Ordinal), await gateway.QueryAsync(query));
        Assert.Equal(2, requests);
    }

    [Fact]
    public async Task A_request_that_is_too_large_is_not_sent()
    {
        var log = new LogWatch();
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(
            source, ["--Gateway:Subgraphs:users:RequestBytes=100", "--Gateway:Health:Interval=1h"], new FakeTimeProvider(), log);
        const string query = "query($name: String) { hello(name: $name) }";
        Assert.Equal(Hello, await gateway.QueryAsync(query, """{"name":"Anna"}"""));
        Assert.Equal(
            """{"errors":[{"message":"The request to a source is larger than allowed.","path":["hello"],"extensions":{"code":"SUBREQUEST_TOO_LARGE"}}],"data":{"hello":null}}""",
            await gateway.QueryAsync(query, $$"""{"name":"{{new string('x', 100)}}"}"""));
        Assert.Single(source.Requests);
        await log.SeenStartAsync($"A request to source users at {source.Url}/graphql failed: a request of ");
    }
}
