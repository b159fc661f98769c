using System.Runtime.CompilerServices;
using System.Text;
using GraphGateway.TestKit;
using Xunit;

namespace GraphGateway.Http.Tests;

/// <summary>Answers as server-sent events, in graphql-sse's distinct connections mode.</summary>
public sealed class EventStreamTests
{
    private static readonly GraphQLHttpOptions Streams = new() { AllowEventStreams = true, AllowRequestBatching = true, AllowVariableBatching = true };

    [Fact]
    public async Task A_query_is_one_next_and_complete()
    {
        await using var endpoint = await TestEndpoint.StartAsync(Streams);
        Assert.Equal(
            """
            200 text/event-stream; charset=utf-8
            event: next
            data: {"said":"a|||"}

            event: complete
            data: 


            """,
            await endpoint.PostAsync("""{"query":"a"}""", accept: "text/event-stream"));
    }

    [Fact]
    public async Task A_request_error_comes_as_an_event_because_the_client_takes_nothing_else()
    {
        await using var endpoint = await TestEndpoint.StartAsync(Streams);
        Assert.Equal(
            """
            200 text/event-stream; charset=utf-8
            event: next
            data: {"errors":[{"message":"It is broken.","extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}

            event: complete
            data: 


            """,
            await endpoint.PostAsync("""{"query":"broken"}""", accept: "text/event-stream"));
    }

    [Fact]
    public async Task What_is_refused_before_it_is_graphql_has_its_status()
    {
        await using var endpoint = await TestEndpoint.StartAsync(Streams);
        Assert.StartsWith("400 application/json", await endpoint.PostAsync("""{"query":""", accept: "text/event-stream"), StringComparison.Ordinal);
        Assert.StartsWith("405 application/json; charset=utf-8 Allow: POST", await endpoint.GetAsync("?query=mutation", accept: "text/event-stream"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_streams_are_not_allowed_the_media_type_is_not_known()
    {
        await using var endpoint = await TestEndpoint.StartAsync();
        Assert.StartsWith("406 ", await endpoint.PostAsync("""{"query":"a"}""", accept: "text/event-stream"), StringComparison.Ordinal);
        Assert.StartsWith("200 application/json", await endpoint.PostAsync("""{"query":"a"}""", accept: "text/event-stream, application/json;q=0.1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_that_takes_json_first_gets_json_for_a_query_and_events_for_a_subscription()
    {
        await using var endpoint = await TestEndpoint.StartAsync(Streams, Numbers(2));
        const string Accept = "application/graphql-response+json, text/event-stream";
        Assert.StartsWith("200 application/graphql-response+json", await endpoint.PostAsync("""{"query":"a"}""", Accept), StringComparison.Ordinal);
        Assert.Equal(
            """
            200 text/event-stream; charset=utf-8
            :

            event: next
            data: {"said":"1"}

            event: next
            data: {"said":"2"}

            event: complete
            data: 


            """,
            await endpoint.PostAsync("""{"query":"subscription"}""", Accept));
    }

    [Fact]
    public async Task Batches_are_one_next_for_each_response()
    {
        await using var endpoint = await TestEndpoint.StartAsync(Streams);
        Assert.Equal(
            """
            200 text/event-stream; charset=utf-8
            event: next
            data: {"requestIndex":0,"said":"a|||"}

            event: next
            data: {"requestIndex":1,"variableIndex":0,"said":"{'x':1}"}

            event: next
            data: {"requestIndex":1,"variableIndex":1,"said":"{}"}

            event: complete
            data: 


            """,
            await endpoint.PostAsync("""[{"query":"a"},{"query":"b","variables":[{"x":1},{}]}]""", accept: "text/event-stream"));
    }

    [Fact]
    public async Task Silence_is_broken_by_comments()
    {
        var clock = new FakeTimeProvider(DateTimeOffset.UnixEpoch);
        var goOn = new TaskCompletionSource();
        await using var endpoint = await TestEndpoint.StartAsync(Streams with { TimeProvider = clock, EventStreamKeepAlive = TimeSpan.FromSeconds(5) }, After(goOn.Task));
        using var response = await endpoint.OpenAsync("""{"query":"subscription"}""");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());

        Assert.Equal(":", await reader.ReadLineAsync());
        Assert.Equal("", await reader.ReadLineAsync());
        for (var i = 0; i < 2; i++)
        {
            for (var spins = 0; clock.WaitingTimers == 0; spins++)
            {
                Assert.True(spins < 10_000_000, $"No timer waits, round {i}.");
                await Task.Yield();
            }

            clock.Advance(TimeSpan.FromSeconds(5));
            Assert.Equal(":", await reader.ReadLineAsync().WaitAsync(TestPatience.Limit));
            Assert.Equal("", await reader.ReadLineAsync().WaitAsync(TestPatience.Limit));
        }

        goOn.SetResult();
        Assert.Equal("event: next\ndata: {\"said\":\"late\"}\n\nevent: complete\ndata: \n\n", await reader.ReadToEndAsync().WaitAsync(TestPatience.Limit));
    }

    [Fact]
    public async Task A_client_that_leaves_ends_the_source()
    {
        var ended = new TaskCompletionSource();
        await using var endpoint = await TestEndpoint.StartAsync(Streams, Endless(ended));
        var response = await endpoint.OpenAsync("""{"query":"subscription"}""");
        using (var reader = new StreamReader(await response.Content.ReadAsStreamAsync()))
        {
            Assert.Equal(":", await reader.ReadLineAsync());
            Assert.Equal("", await reader.ReadLineAsync());
            Assert.Equal("event: next", await reader.ReadLineAsync());
        }

        response.Dispose();
        await ended.Task.WaitAsync(TestPatience.Limit);
    }

    [Fact]
    public async Task A_server_that_stops_ends_its_streams_and_does_not_call_them_complete()
    {
        var ended = new TaskCompletionSource();
        await using var endpoint = await TestEndpoint.StartAsync(Streams, Endless(ended));
        using var response = await endpoint.OpenAsync("""{"query":"subscription"}""");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        for (var line = ""; line?.StartsWith("data", StringComparison.Ordinal) == false;)
        {
            line = await reader.ReadLineAsync();
        }

        await endpoint.StopAsync();
        await ended.Task.WaitAsync(TestPatience.Limit);
        Assert.Equal("\n", await reader.ReadToEndAsync().WaitAsync(TestPatience.Limit));
    }

    [Fact]
    public async Task A_slow_client_slows_its_source()
    {
        var asked = 0;
        await using var endpoint = await TestEndpoint.StartAsync(Streams, Large(() => asked++));
        using var response = await endpoint.OpenAsync("""{"query":"subscription"}""");
        using var reader = new StreamReader(await response.Content.ReadAsStreamAsync());
        Assert.Equal(":", await reader.ReadLineAsync());
        Assert.Equal("", await reader.ReadLineAsync());
        Assert.Equal("event: next", await reader.ReadLineAsync());

        // The rest of the 64 MB waits in the source: buffers on the way hold a part of it.
        Assert.InRange(asked, 1, 63);
    }

    private static async IAsyncEnumerable<string> Numbers(int count)
    {
        for (var i = 1; i <= count; i++)
        {
            await Task.Yield();
            yield return $"{i}";
        }
    }

    private static async IAsyncEnumerable<string> After(Task goOn)
    {
        await goOn;
        yield return "late";
    }

    private static async IAsyncEnumerable<string> Endless(TaskCompletionSource ended, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        try
        {
            yield return "one";
            await new TaskCompletionSource().Task.WaitAsync(cancellationToken);
        }
        finally
        {
            ended.SetResult();
        }
    }

    private static async IAsyncEnumerable<string> Large(Action ask)
    {
        var text = new StringBuilder().Append('x', 1_000_000).ToString();
        for (var i = 0; i < 64; i++)
        {
            ask();
            await Task.Yield();
            yield return text;
        }
    }
}
