using GraphGateway.Gateway.Tests.Deduplication;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Http;
using Xunit;

namespace GraphGateway.Gateway.Tests.Upstream;

/// <summary>The time that is left goes along to the sources, and so does the end of a client's patience.</summary>
public sealed class DeadlineTests
{
    private const string Hello = """{"data":{"hello":"you"}}""";

    [Theory]
    [InlineData("", "30000")]
    [InlineData("--Gateway:Subgraphs:users:Timeout=1500ms", "1500")]
    [InlineData("--Gateway:RequestTimeout=20s", "20000")]
    [InlineData("--Gateway:RequestTimeout=20s --Gateway:Subgraphs:users:Timeout=5s", "5000")]
    [InlineData("--Gateway:Subgraphs:users:DeadlineHeader=Off", "")]
    [InlineData("--Gateway:Subgraphs:users:DeadlineHeader=Off --Gateway:Subgraphs:All:DeadlineHeader=X-Left", "")]
    [InlineData("--Gateway:Subgraphs:users:Headers:Insert:X-Request-Timeout-Ms=7", "30000")]
    public async Task A_source_is_told_the_smaller_of_its_time_and_what_is_left(string settings, string expected)
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(
            source, [.. settings.Split(' ', StringSplitOptions.RemoveEmptyEntries), "--Gateway:Health:Interval=1h"], new FakeTimeProvider());
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        Assert.Equal(expected, Assert.Single(source.Requests).Headers["X-Request-Timeout-Ms"].ToString());
    }

    [Fact]
    public async Task The_header_can_have_another_name()
    {
        await using var source = await FakeSource.AnswersAsync(Hello);
        await using var gateway = await RunningGateway.StartAsync(
            source, ["--Gateway:Subgraphs:All:DeadlineHeader=X-Envoy-Expected-Rq-Timeout-Ms", "--Gateway:Health:Interval=1h"], new FakeTimeProvider());
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        Assert.Equal("30000", Assert.Single(source.Requests).Headers["X-Envoy-Expected-Rq-Timeout-Ms"].ToString());
    }

    [Fact]
    public async Task What_one_step_has_used_the_next_one_does_not_have()
    {
        var clock = new FakeTimeProvider();
        await using var source = await FakeSource.StartAsync(context =>
        {
            clock.Advance(TimeSpan.FromMilliseconds(700));
            return context.Response.WriteAsync("""{"data":{"greet":"a","shout":"b"}}""");
        });
        var supergraph = RunningGateway.Supergraph.Replace(
            "  greet: String @gateway__field(in: USERS)",
            "  greet: String @gateway__field(in: USERS)\n  shout: String @gateway__field(in: OTHERS)", StringComparison.Ordinal)
            .Replace("dialect: COMPOSITE)", "dialect: COMPOSITE)\n  OTHERS @gateway__source(name: \"others\", dialect: COMPOSITE)", StringComparison.Ordinal)
            .Replace("type Mutation @gateway__type(in: USERS)", "type Mutation @gateway__type(in: [USERS, OTHERS])", StringComparison.Ordinal);
        await using var gateway = await RunningGateway.StartAsync(
            supergraph,
            [("users", $"{source.Url}/graphql"), ("others", $"{source.Url}/graphql")],
            ["--Gateway:RequestTimeout=2s", "--Gateway:Health:Interval=1h"],
            clock);
        await gateway.QueryAsync("mutation { greet shout }");
        Assert.Equal(["2000", "1300"], source.Requests.Select(request => request.Headers["X-Request-Timeout-Ms"].ToString()));
    }

    [Fact]
    public async Task A_source_sees_that_the_client_has_left()
    {
        var asked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var left = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var source = SocketSource.Start(async exchange =>
        {
            asked.TrySetResult();
            await exchange.LeftAsync();
            left.TrySetResult();
        });
        await using var gateway = await RunningGateway.StartAsync(source);
        using var client = new CancellationTokenSource();
        var answer = gateway.SendAsync("{ hello }", cancellationToken: client.Token);
        await asked.Task;
        await client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => answer);
        await left.Task;
    }

    [Fact]
    public async Task A_client_that_joined_late_is_not_answered_with_the_end_of_the_first_ones_time()
    {
        var clock = new FakeTimeProvider();
        await using var source = await HeldSource.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(source.Source, ["--Gateway:RequestTimeout=10s", "--Gateway:Health:Interval=1h"], clock);
        using var shared = new SharedRequests(gateway);
        var first = gateway.QueryAsync("{ hello }");
        var asked = await source.AskedAsync();
        clock.Advance(TimeSpan.FromSeconds(4));
        var second = gateway.QueryAsync("{ hello }");
        await shared.NextAsync();
        clock.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal(
            """{"errors":[{"message":"The request took longer than allowed.","path":["hello"],"extensions":{"code":"REQUEST_TIMEOUT"}}],"data":{"hello":null}}""",
            await first);

        // The source obeys the time that the first one had.
        clock.Advance(TimeSpan.FromMilliseconds(1));
        asked.Answer("""{"errors":[{"message":"out of time"}],"data":null}""");
        (await source.AskedAsync()).Answer(Hello);
        Assert.Equal(Hello, await second);
        Assert.Equal(["10000", "3999"], source.Source.Requests.Select(request => request.Headers["X-Request-Timeout-Ms"].ToString()));
    }
}
