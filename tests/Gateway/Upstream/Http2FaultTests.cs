using GraphGateway.Gateway.Tests.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Xunit;

namespace GraphGateway.Gateway.Tests.Upstream;

/// <summary>Streams of HTTP/2 that a source resets (RFC 9113, 6.4 and 7): they cost their own request, and no other one on their connection.</summary>
public sealed class Http2FaultTests
{
    private const string Hello = """{"data":{"hello":"you"}}""";

    private static readonly string[] Settings =
        ["--Gateway:Subgraphs:users:Protocol=Http2", "--Gateway:Deduplication:SourceRequests=Off", "--Gateway:Subgraphs:users:Retries=0", "--Gateway:Health:Interval=1h"];

    /// <summary>RFC 9113, 7.</summary>
    public static TheoryData<string, int> Codes { get; } = new()
    {
        { "NO_ERROR", 0x0 },
        { "PROTOCOL_ERROR", 0x1 },
        { "INTERNAL_ERROR", 0x2 },
        { "CANCEL", 0x8 },
        { "ENHANCE_YOUR_CALM", 0xb },
        { "HTTP_1_1_REQUIRED", 0xd },
    };

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task A_stream_that_is_reset_before_its_answer_or_half_way_is_an_error_of_its_request_alone(string name, int code)
    {
        var connections = new HashSet<string>();
        var other = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var otherAsked = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        FakeSource? source = null;
        await using var started = source = await FakeSource.StartAsync(
            async context =>
            {
                lock (connections)
                {
                    connections.Add(context.Connection.Id);
                }

                var body = source!.Requests.Last().Body;
                if (body.Contains("half", StringComparison.Ordinal))
                {
                    await context.Response.WriteAsync("""{"data":{"hel""");
                    await context.Response.Body.FlushAsync();
                    Reset();
                }
                else if (body.Contains("none", StringComparison.Ordinal))
                {
                    Reset();
                }
                else
                {
                    otherAsked.TrySetResult();
                    await other.Task;
                    await context.Response.WriteAsync(Hello);
                }

                void Reset() => context.Features.Get<IHttpResetFeature>()!.Reset(code);
            },
            HttpProtocols.Http2);
        await using var gateway = await RunningGateway.StartAsync(source, Settings);
        var waits = gateway.QueryAsync("{ hello }");
        await otherAsked.Task;
        foreach (var when in (string[])["none", "half"])
        {
            Assert.Equal(
                (name, """{"errors":[{"message":"A source could not be reached.","path":["hello"],"extensions":{"code":"SUBREQUEST_HTTP_ERROR"}}],"data":{"hello":null}}"""),
                (name, await gateway.QueryAsync("query($name: String) { hello(name: $name) }", $$"""{"name":"{{when}}"}""")));
        }

        other.SetResult();
        Assert.Equal(Hello, await waits);
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        Assert.Single(connections);
    }

    // A connection that ends with requests on it; nothing of an answer has come.
    [Theory]
    [InlineData(0x0)]
    [InlineData(0x8)]
    public async Task A_stream_that_ends_before_its_answer_is_sent_again_where_retries_say_so(int code)
    {
        var asked = 0;
        await using var source = await FakeSource.StartAsync(
            context =>
            {
                if (Interlocked.Increment(ref asked) == 1)
                {
                    context.Features.Get<IHttpResetFeature>()!.Reset(code);
                    return Task.CompletedTask;
                }

                return context.Response.WriteAsync(Hello);
            },
            HttpProtocols.Http2);
        await using var gateway = await RunningGateway.StartAsync(source, [.. Settings, "--Gateway:Subgraphs:users:Retries=1"]);
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        Assert.Equal(2, asked);
    }

    // RFC 9113, 8.7: what was refused was not looked at, and can be sent again.
    [Fact]
    public async Task A_stream_that_is_refused_is_sent_again()
    {
        var asked = 0;
        await using var source = await FakeSource.StartAsync(
            context =>
            {
                if (Interlocked.Increment(ref asked) == 1)
                {
                    context.Features.Get<IHttpResetFeature>()!.Reset(0x7);
                    return Task.CompletedTask;
                }

                return context.Response.WriteAsync(Hello);
            },
            HttpProtocols.Http2);
        await using var gateway = await RunningGateway.StartAsync(source, Settings);
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        Assert.Equal(2, asked);
    }
}
