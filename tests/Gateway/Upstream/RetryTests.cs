using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Gateway.Tests.Upstream;

/// <summary>Queries that surely were not answered are sent again, where a setting says so.</summary>
public sealed class RetryTests
{
    private const string Hello = """{"data":{"hello":"you"}}""";

    [Theory]
    [InlineData("{ hello }", 3, Hello)]
    [InlineData("mutation { greet }", 2, """{"errors":[{"message":"A source could not be reached.","path":["greet"],"extensions":{"code":"SUBREQUEST_HTTP_ERROR"}}],"data":{"greet":null}}""")]
    public async Task A_query_on_a_kept_connection_that_breaks_is_sent_again_at_once_and_a_mutation_is_not(string query, int requests, string answer)
    {
        var seen = 0;
        await using var source = SocketSource.Start(async exchange =>
        {
            if (Interlocked.Increment(ref seen) == 2)
            {
                exchange.Close();
                return;
            }

            await exchange.SendAsync(SocketSource.Response(Hello));
        });
        await using var gateway = await StartAsync(source, 1);
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        Assert.Equal(answer, await gateway.QueryAsync(query));
        Assert.Equal(requests, seen);
    }

    [Theory]
    [InlineData(2, 3)]
    [InlineData(5, 6)]
    public async Task Later_ones_wait_and_end_at_the_setting(int retries, int requests)
    {
        var seen = 0;
        await using var source = SocketSource.Start(exchange =>
        {
            Interlocked.Increment(ref seen);
            exchange.Reset();
            return Task.CompletedTask;
        });
        var clock = new FakeTimeProvider();
        await using var gateway = await StartAsync(source, retries, clock);
        var answer = gateway.QueryAsync("{ hello }");
        while (!answer.IsCompleted)
        {
            // The second one comes by itself, the others not before their time; a request of another kind between two ticks lets them come in.
            clock.Advance(TimeSpan.FromMilliseconds(50));
            await gateway.Client.GetStringAsync(new Uri("/health/live", UriKind.Relative));
        }

        Assert.Equal(Unreachable, await answer);
        Assert.Equal(requests, seen);
    }

    [Fact]
    public async Task Where_no_time_is_left_for_the_pause_the_error_comes_at_once()
    {
        var seen = 0;
        await using var source = SocketSource.Start(exchange =>
        {
            Interlocked.Increment(ref seen);
            exchange.Close();
            return Task.CompletedTask;
        });
        await using var gateway = await StartAsync(source, 5, new FakeTimeProvider(), "--Gateway:Subgraphs:users:Timeout=50ms");
        Assert.Equal(Unreachable, await gateway.QueryAsync("{ hello }"));
        Assert.Equal(2, seen);
    }

    [Fact]
    public async Task A_source_that_refuses_connections_is_asked_as_often_as_allowed()
    {
        var gone = SocketSource.Start(_ => Task.CompletedTask);
        var url = gone.Url;
        await gone.DisposeAsync();
        await using var gateway = await RunningGateway.StartAsync(
            RunningGateway.Supergraph, [("users", url)], ["--Gateway:Subgraphs:users:Retries=1", "--Gateway:Health:Interval=1h"], new FakeTimeProvider());
        Assert.Equal(Unreachable, await gateway.QueryAsync("{ hello }"));
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"data\":")]
    [InlineData("HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n\r\n")]
    public async Task What_was_answered_in_any_way_is_not_sent_again(string sent)
    {
        var seen = 0;
        await using var source = SocketSource.Start(async exchange =>
        {
            Interlocked.Increment(ref seen);
            await exchange.SendAsync(sent);
            exchange.Close();
        });
        await using var gateway = await StartAsync(source, 5, new FakeTimeProvider());
        Assert.Contains("SUBREQUEST_HTTP_ERROR", await gateway.QueryAsync("{ hello }"), StringComparison.Ordinal);
        Assert.Equal(1, seen);
    }

    private const string Unreachable =
        """{"errors":[{"message":"A source could not be reached.","path":["hello"],"extensions":{"code":"SUBREQUEST_HTTP_ERROR"}}],"data":{"hello":null}}""";

    private static Task<RunningGateway> StartAsync(SocketSource source, int retries, TimeProvider? clock = null, params string[] arguments) =>
        RunningGateway.StartAsync(source, [$"--Gateway:Subgraphs:users:Retries={retries}", "--Gateway:Health:Interval=1h", .. arguments], clock);
}
