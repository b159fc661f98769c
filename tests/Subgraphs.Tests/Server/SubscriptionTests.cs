using System.Runtime.CompilerServices;
using System.Threading.Channels;
using GraphGateway.Subgraphs.Server;
using GraphGateway.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Subgraphs.Tests;

/// <summary>Subscriptions as streams (Spec §6.2.3): what the source does, what the reader does, and what goes wrong on the way.</summary>
public sealed class SubscriptionTests
{
    private const string Sdl =
        """
        type Query { ok: Boolean }
        type Subscription { tick(from: Int! = 1, to: Int!): Tick never: Tick wrong: Int plain: Int! later: Int }
        type Tick { number: Int! square: Int }
        """;

    private readonly TickSource source = new();

    private ServerHarness Create() => ServerHarness.Create(
        Sdl,
        server => server.AddTypes(typeof(TickQuery), typeof(TickSubscription), typeof(Tick), typeof(TickResolvers)),
        services => services.AddSingleton(source).AddScoped<TickScope>());

    [Fact]
    public async Task Each_event_is_an_execution_of_its_own()
    {
        await using var server = Create();
        Assert.Equal(
            [
                """{"data":{"t":{"number":1,"square":1}}}""",
                """{"errors":[{"message":"Thirteen.","locations":[{"line":1,"column":40}],"path":["t","square"]}],"data":{"t":{"number":2,"square":null}}}""",
                """{"data":{"t":{"number":3,"square":9}}}""",
            ],
            await ReadAsync(server, "subscription { t: tick(to: 3) { number square } }"));
        Assert.Equal(["opened", "closed"], source.Log);
    }

    [Fact]
    public async Task Variables_and_arguments_are_coerced_before_the_stream()
    {
        await using var server = Create();
        Assert.Equal(
            ["""{"errors":[{"message":"Variable \"$to\" of required type \"Int!\" was not provided.","locations":[{"line":1,"column":15}],"extensions":{"code":"BAD_USER_INPUT"}}]}"""],
            await ReadAsync(server, "subscription ($to: Int!) { tick(to: $to) { number } }"));
        Assert.Empty(source.Log);
    }

    [Theory]
    [InlineData("subscription { tick(from: -1, to: 1) { number } }", """{"errors":[{"message":"From must not be negative.","locations":[{"line":1,"column":16}],"path":["tick"],"extensions":{"code":"BAD_USER_INPUT"}}]}""")]
    [InlineData("subscription { wrong }", """{"errors":[{"message":"Internal server error","locations":[{"line":1,"column":16}],"path":["wrong"],"extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}""")]
    [InlineData("{ ok }", """{"data":{"ok":true}}""")]
    public async Task A_resolver_that_gives_no_stream_is_a_request_error(string document, string expected)
    {
        await using var server = Create();
        Assert.Equal([expected], await ReadAsync(server, document));
    }

    [Fact]
    public async Task A_null_event_where_the_field_cannot_be_null_is_that_events_error()
    {
        await using var server = ServerHarness.Create(
            "type Query { ok: Boolean } type Subscription { plain: Int! text: Int }",
            builder => builder
                .Resolve("Query", "ok", _ => new(true))
                .Resolve("Subscription", "plain", _ => new(Values(1, null, 3)))
                .Resolve("Subscription", "text", _ => new("no stream")));
        Assert.Equal(
            [
                """{"data":{"plain":1}}""",
                """{"errors":[{"message":"Cannot return null for non-nullable field Subscription.plain.","locations":[{"line":1,"column":16}],"path":["plain"],"extensions":{"code":"NON_NULL_VIOLATION"}}],"data":null}""",
                """{"data":{"plain":3}}""",
            ],
            await ReadAsync(server, "subscription { plain }"));
        Assert.Equal(
            ["""{"errors":[{"message":"Subscription field must return Async Iterable. Received: \"no stream\".","locations":[{"line":1,"column":16}],"path":["text"]}]}"""],
            await ReadAsync(server, "subscription { text }"));
    }

    [Fact]
    public async Task A_source_that_fails_ends_the_responses_with_the_error()
    {
        await using var server = Create();
        Assert.Equal(
            ["""{"data":{"plain":7}}""", """{"errors":[{"message":"Internal server error","locations":[{"line":1,"column":1}],"extensions":{"code":"INTERNAL_SERVER_ERROR"}}]}"""],
            await ReadAsync(server, "subscription { plain }"));
        Assert.Equal(
            ["""{"errors":[{"message":"The shop is closed.","locations":[{"line":1,"column":1}]}]}"""],
            await ReadAsync(server, "subscription { later }"));
    }

    [Fact]
    public async Task Leaving_the_stream_cancels_the_source()
    {
        await using var server = Create();
        await foreach (var _ in server.Server.SubscribeAsync("subscription { tick(to: 1000000) { number } }", server.Services))
        {
            break;
        }

        Assert.Equal(["opened", "closed"], source.Log);
    }

    [Fact]
    public async Task The_token_ends_a_stream_that_waits_for_an_event()
    {
        await using var server = Create();
        using var left = new CancellationTokenSource();
        var reading = ReadAsync(server, "subscription { never { number } }", left.Token);
        await source.Waiting.Task;
        await left.CancelAsync();

        Assert.Empty(await reading);
        await source.Closed.Task.WaitAsync(TestPatience.Limit);
        Assert.Equal(["opened", "closed"], source.Log);
    }

    [Fact]
    public async Task The_next_event_is_asked_for_when_the_response_before_was_taken()
    {
        await using var server = Create();
        await using var responses = server.Server.SubscribeAsync("subscription { tick(to: 1000000) { number } }", server.Services).GetAsyncEnumerator();
        for (var i = 1; i <= 3; i++)
        {
            Assert.True(await responses.MoveNextAsync());
            Assert.Equal(i, source.Asked);
        }
    }

    [Fact]
    public void A_resolver_of_a_subscription_must_give_a_stream_and_cannot_gather_keys()
    {
        var result = ServerHarness.Bind("type Query { ok: Boolean! } type Subscription { one: Int keyed: Int! }", server => server.AddTypes(typeof(TickQuery), typeof(NoStreams)));
        Assert.Equal(
            [
                "NoStreams.One, the resolver of Subscription.one, must return an IAsyncEnumerable: a subscription is a stream of events.",
                "NoStreams.Keyed, the resolver of Subscription.keyed, takes a loader, loader: a stream outlives the request that would load the keys. The events' own fields can have loaders.",
            ],
            result.Problems.Order(StringComparer.Ordinal).Reverse());
    }

    private static async Task<List<string>> ReadAsync(ServerHarness server, string document, CancellationToken cancellationToken = default)
    {
        var responses = new List<string>();
        await foreach (var response in server.Server.SubscribeAsync(document, server.Services, cancellationToken: cancellationToken))
        {
            responses.Add(response);
        }

        return responses;
    }

    private static async IAsyncEnumerable<int?> Values(params int?[] values)
    {
        foreach (var value in values)
        {
            await Task.Yield();
            yield return value;
        }
    }
}

/// <summary>What the source of the events has seen.</summary>
public sealed class TickSource
{
    public List<string> Log { get; } = [];

    public int Asked { get; set; }

    public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public TaskCompletionSource Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
}

/// <summary>A service of the subscription's own scope, which must live as long as the stream.</summary>
public sealed class TickScope(TickSource source) : IDisposable
{
    public bool IsDisposed { get; private set; }

    public TickSource Source => IsDisposed ? throw new ObjectDisposedException(nameof(TickScope)) : source;

    public void Dispose() => IsDisposed = true;
}

[GraphQLType("Tick")]
public sealed record Tick(int Number);

[GraphQLType("Tick")]
public static class TickResolvers
{
    public static async Task<int?> SquareAsync([Parent] Tick tick)
    {
        await Task.Yield();
        return tick.Number == 2 ? throw new GraphQLException("Thirteen.") : tick.Number * tick.Number;
    }
}

[GraphQLType("Query")]
public static class TickQuery
{
    public static bool Ok() => true;
}

[GraphQLType("Subscription")]
public static class TickSubscription
{
    public static async Task<IAsyncEnumerable<Tick>> TickAsync(int from, int to, TickScope scope, CancellationToken cancellationToken)
    {
        await Task.Yield();
        return from < 0 ? throw new GraphQLException("From must not be negative.", GraphGateway.Language.ErrorCode.BadUserInput) : Count(from, to, scope, cancellationToken);
    }

    public static async IAsyncEnumerable<Tick> Never(TickScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        scope.Source.Log.Add("opened");
        try
        {
            scope.Source.Waiting.SetResult();
            await foreach (var tick in Channel.CreateUnbounded<Tick>().Reader.ReadAllAsync(cancellationToken))
            {
                yield return tick;
            }
        }
        finally
        {
            scope.Source.Log.Add("closed");
            scope.Source.Closed.SetResult();
        }
    }

    public static IAsyncEnumerable<int> Wrong() => throw new InvalidOperationException("a secret");

    public static async IAsyncEnumerable<int> Plain()
    {
        yield return 7;
        await Task.Yield();
        throw new InvalidOperationException("a secret");
    }

    public static async IAsyncEnumerable<int> Later()
    {
        await Task.Yield();
        if (TickQuery.Ok())
        {
            throw new GraphQLException("The shop is closed.");
        }

        yield return 1;
    }

    private static async IAsyncEnumerable<Tick> Count(int from, int to, TickScope scope, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        scope.Source.Log.Add("opened");
        try
        {
            for (var i = from; i <= to && !cancellationToken.IsCancellationRequested; i++)
            {
                await Task.Yield();
                scope.Source.Asked++;
                yield return new Tick(i);
            }
        }
        finally
        {
            scope.Source.Log.Add("closed");
        }
    }
}

[GraphQLType("Subscription")]
public static class NoStreams
{
    public static int? One() => 1;

    public static async IAsyncEnumerable<int> Keyed(NumberLoader loader)
    {
        await loader.LoadAsync(1);
        yield return 1;
    }
}

public sealed class NumberLoader : BatchLoader<int, int>
{
    protected override Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyDictionary<int, int>>(keys.ToDictionary(key => key));
}
