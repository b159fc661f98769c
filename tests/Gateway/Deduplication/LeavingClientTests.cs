using System.Text;
using GraphGateway.Execution;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.Gateway.Tests.Upstream;
using GraphGateway.Language;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem.Supergraphs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.Deduplication;

/// <summary>
/// The client that came first has left before the request to the source is sent, and others wait for its answer. The server has the headers of its
/// connection's next request by then, in the same object.
/// </summary>
public sealed class LeavingClientTests
{
    private const string Propagate = "--Gateway:Subgraphs:All:Headers:Propagate=x-user";
    private const string Hello = """{"data":{"hello":"you"}}""";

    [Fact]
    public async Task What_waited_for_its_turn_is_sent_with_the_headers_of_those_who_wait()
    {
        await using var source = await HeldSource.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(source.Source, [Propagate, "--Gateway:Subgraphs:All:Connections:Max=1"]);
        var before = SendAsync(gateway, "{ other }", User("carl"));
        var askedBefore = await source.AskedAsync();
        using var leaving = new CancellationTokenSource();
        var headers = User("anna");
        var first = SendAsync(gateway, "{ hello }", headers, cancellationToken: leaving.Token);
        var second = SendAsync(gateway, "{ hello }", User("anna"));
        await leaving.CancelAsync();
        Assert.Equal(SubgraphOutcome.Cancelled, (await first).Outcome);
        headers["x-user"] = "bert";
        askedBefore.Answer("{}");
        (await source.AskedAsync()).Answer(Hello);
        using var answer = await second;
        Assert.Equal(Hello, Encoding.UTF8.GetString(answer.Body));
        Assert.Equal(["carl", "anna"], source.Source.Requests.Select(request => request.Headers["x-user"].ToString()));
        (await before).Dispose();
    }

    [Fact]
    public async Task What_is_sent_again_is_sent_with_the_headers_of_those_who_wait()
    {
        var clock = new FakeTimeProvider();
        var users = new List<string>();
        var failed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var breaks = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var source = SocketSource.Start(async exchange =>
        {
            users.Add(exchange.Request.Split("\r\n").Single(line => line.StartsWith("x-user", StringComparison.OrdinalIgnoreCase)).Split(' ')[1]);
            if (users.Count > 1)
            {
                await exchange.SendAsync(SocketSource.Response(Hello));
                return;
            }

            failed.SetResult();
            await breaks.Task;
            exchange.Close();
        });
        await using var gateway = await RunningGateway.StartAsync(source, [Propagate, "--Gateway:Subgraphs:All:Retries=1", "--Gateway:Health:Interval=1h"], clock);
        using var leaving = new CancellationTokenSource();
        var headers = User("anna");
        var first = SendAsync(gateway, "{ hello }", headers, cancellationToken: leaving.Token);
        var second = SendAsync(gateway, "{ hello }", User("anna"));
        await failed.Task;
        await leaving.CancelAsync();
        Assert.Equal(SubgraphOutcome.Cancelled, (await first).Outcome);
        headers["x-user"] = "bert";
        breaks.SetResult();
        using var answer = await second;
        Assert.Equal(Hello, Encoding.UTF8.GetString(answer.Body));
        Assert.Equal(["anna", "anna"], users);
    }

    [Fact]
    public async Task An_error_after_the_sources_time_for_the_first_one_is_not_for_those_who_have_more()
    {
        var clock = new FakeTimeProvider();
        await using var source = await HeldSource.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(source.Source, ["--Gateway:Subgraphs:All:Timeout=3s", "--Gateway:Health:Interval=1h"], clock);
        var first = SendAsync(gateway, "{ hello }", User("anna"));
        var asked = await source.AskedAsync();
        clock.Advance(TimeSpan.FromSeconds(2));
        var second = SendAsync(gateway, "{ hello }", User("anna"));
        clock.Advance(TimeSpan.FromSeconds(1) + TimeSpan.FromMilliseconds(1));
        Assert.Equal(SubgraphOutcome.TimedOut, (await first).Outcome);
        asked.Answer("""{"errors":[{"message":"I gave up"}],"data":null}""");
        var again = source.AskedAsync();
        await Task.WhenAny(again, second);
        Assert.False(second.IsCompleted);
        (await again).Answer(Hello);
        using var answer = await second;
        Assert.Equal(Hello, Encoding.UTF8.GetString(answer.Body));
        Assert.Equal(["3000", "1999"], source.Source.Requests.Select(request => request.Headers["X-Request-Timeout-Ms"].ToString()));
    }

    [Fact]
    public async Task A_source_whose_time_is_over_for_the_first_client_is_asked_again_for_one_who_came_later()
    {
        var clock = new FakeTimeProvider();
        await using var source = await HeldSource.StartAsync();
        await using var gateway = await RunningGateway.StartAsync(
            source.Source,
            ["--Gateway:Deduplication:ClientRequests=On", "--Gateway:Deduplication:SourceRequests=Off", "--Gateway:Subgraphs:All:Timeout=3s", "--Gateway:Health:Interval=1h"],
            clock);
        using var shared = new SharedRequests(gateway);
        var first = gateway.QueryAsync("{ hello }");
        await source.AskedAsync();
        var second = gateway.QueryAsync("{ hello }");
        Assert.Equal("client ", await shared.NextAsync());
        clock.Advance(TimeSpan.FromSeconds(3) + TimeSpan.FromMilliseconds(1));
        Assert.Contains("GATEWAY_TIMEOUT", await first, StringComparison.Ordinal);
        (await source.AskedAsync()).Answer(Hello);
        Assert.Equal(Hello, await second);
    }

    private static SourceSchema Users { get; } = SupergraphReader.Read(new SourceText(RunningGateway.Supergraph)).Supergraph!.Sources.Single();

    private static HeaderDictionary User(string name) => new() { ["x-user"] = name };

    private static Task<SubgraphResponse> SendAsync(
        RunningGateway gateway, string query, HeaderDictionary headers, CancellationToken cancellationToken = default)
    {
        var request = new SubgraphRequest
        {
            Source = Users,
            Body = Encoding.UTF8.GetBytes($$"""{"query":"{{query}}"}"""),
            Operation = OperationType.Query,
            Context = new UpstreamContext(headers, null, long.MaxValue, CancellationToken.None),
        };
        return gateway.Services.GetRequiredService<CurrentGraph>().Graph.Transport.SendAsync(request, cancellationToken).AsTask();
    }
}
