using System.Collections.Immutable;
using System.Net;
using GraphGateway.Planning;
using GraphGateway.TestKit;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.Pipeline;

/// <summary>Planning belongs to all who wait for it.</summary>
public sealed class PlanFlightsTests
{
    private static readonly PlanResolution Made = new(null, []);

    [Fact]
    public async Task Who_leaves_takes_the_plan_from_nobody_even_the_first_one()
    {
        var flights = new PlanFlights(bound: 4);
        var go = new TaskCompletionSource();
        var made = 0;
        using var first = new CancellationTokenSource();
        var leaving = flights.GetAsync("a", Make, first.Token);
        var staying = flights.GetAsync("a", Make, CancellationToken.None);

        await first.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => leaving);
        go.SetResult();

        Assert.Same(Made, await staying);
        Assert.Same(Made, flights.Find("a"));
        Assert.Same(Made, await flights.GetAsync("a", Make, CancellationToken.None));
        Assert.Equal(1, made);

        PlanResolution Make(CancellationToken abandoned)
        {
            Interlocked.Increment(ref made);
            go.Task.Wait(abandoned);
            return Made;
        }
    }

    // What a gateway that has just started was not told to plan ahead is planned once for all who ask, and nobody with a plan waits for another one's.
    [Fact]
    public async Task A_crowd_that_finds_no_plans_waits_for_one_planning_each()
    {
        var flights = new PlanFlights(bound: 100);
        var go = new TaskCompletionSource();
        var made = 0;
        await flights.GetAsync("known", _ => Made, CancellationToken.None);
        var crowd = Enumerable.Range(0, 60).Select(number => flights.GetAsync(number % 2 == 0 ? "even" : "odd", Make, CancellationToken.None)).ToList();

        Assert.Same(Made, await flights.GetAsync("known", _ => throw new InvalidOperationException("It is planned twice."), CancellationToken.None));
        Assert.DoesNotContain(crowd, waiting => waiting.IsCompleted);
        go.SetResult();
        Assert.All(await Task.WhenAll(crowd), plan => Assert.Same(Made, plan));
        Assert.Equal(2, made);

        PlanResolution Make(CancellationToken abandoned)
        {
            Interlocked.Increment(ref made);
            go.Task.Wait(abandoned);
            return Made;
        }
    }

    [Fact]
    public async Task When_the_last_one_leaves_planning_ends_and_the_next_one_plans_anew()
    {
        var flights = new PlanFlights(bound: 4);
        var ended = new TaskCompletionSource();
        using var client = new CancellationTokenSource();
        var waiting = new[] { flights.GetAsync("a", Stall, client.Token), flights.GetAsync("a", Stall, client.Token) };

        await client.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting[0]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting[1]);
        await ended.Task;

        Assert.Null(flights.Find("a"));
        Assert.Empty(flights.Plans);
        Assert.Same(Made, await flights.GetAsync("a", _ => Made, CancellationToken.None));

        PlanResolution Stall(CancellationToken abandoned)
        {
            abandoned.WaitHandle.WaitOne();
            ended.SetResult();
            abandoned.ThrowIfCancellationRequested();
            return Made;
        }
    }

    [Fact]
    public async Task What_fails_is_not_kept()
    {
        var flights = new PlanFlights(bound: 4);

        await Assert.ThrowsAsync<InvalidOperationException>(() => flights.GetAsync("a", _ => throw new InvalidOperationException("no"), CancellationToken.None));

        Assert.Same(Made, await flights.GetAsync("a", _ => Made, CancellationToken.None));
    }

    [Fact]
    public async Task What_was_made_elsewhere_is_kept_unless_one_is_there_or_is_waited_for()
    {
        var flights = new PlanFlights(bound: 4);
        var ahead = new PlanResolution(null, []);
        Assert.Same(ahead, flights.Put("a", ahead));
        Assert.Same(ahead, await flights.GetAsync("a", _ => Made, CancellationToken.None));
        Assert.Same(ahead, flights.Put("a", Made));

        var go = new TaskCompletionSource();
        var waiting = flights.GetAsync("b", abandoned =>
        {
            go.Task.Wait(abandoned);
            return Made;
        }, CancellationToken.None);
        Assert.Same(ahead, flights.Put("b", ahead));
        Assert.Null(flights.Find("b"));
        go.SetResult();
        Assert.Same(Made, await waiting);
        Assert.Same(Made, flights.Find("b"));
    }

    [Fact]
    public async Task No_more_are_kept_than_the_bound()
    {
        var flights = new PlanFlights(bound: 2);
        foreach (var key in new[] { "a", "b", "c" })
        {
            await flights.GetAsync(key, _ => Made, CancellationToken.None);
        }

        Assert.Single(flights.Plans);
    }

    [Fact]
    public async Task No_more_bytes_are_kept_than_the_bound_and_one_plan()
    {
        var flights = new PlanFlights(bound: 100, maxBytes: (2 * Made.Bytes) + 1);
        var kept = new List<int>();
        foreach (var key in new[] { "a", "b", "c", "d" })
        {
            await flights.GetAsync(key, _ => Made, CancellationToken.None);
            kept.Add(flights.Plans.Count());
        }

        Assert.Equal([1, 2, 3, 1], kept);
    }

    [Fact]
    public async Task Who_waits_for_a_plan_beyond_the_time_of_the_request_is_told_so_and_nothing_is_asked()
    {
        using var planning = new SemaphoreSlim(0);
        using var go = new ManualResetEventSlim();
        var clock = new FakeTimeProvider();
        await using var source = await FakeSource.AnswersAsync("""{"data":{"hello":"Hi"}}""");
        await using var gateway = await RunningGateway.StartAsync(
            source, ["--Gateway:VerifyPlans=On", "--Gateway:RequestTimeout=2s", "--Gateway:Health:Interval=1h"], clock, services: services =>
                services.AddSingleton<Func<QueryPlan, ImmutableHashSet<string>?, ImmutableArray<string>>>(Stall));

        var asking = gateway.SendAsync("{ hello }");
        await planning.WaitAsync();
        clock.Advance(TimeSpan.FromSeconds(2));
        using var answer = await asking;
        go.Set();

        Assert.Equal(HttpStatusCode.GatewayTimeout, answer.StatusCode);
        Assert.Equal(
            """{"errors":[{"message":"The request took longer than allowed: it could not be planned in its time.","extensions":{"code":"REQUEST_TIMEOUT"}}]}""",
            await answer.Content.ReadAsStringAsync());
        Assert.Equal("""{"data":{"hello":"Hi"}}""", await gateway.QueryAsync("{ hello }"));
        Assert.Single(source.Requests);

        ImmutableArray<string> Stall(QueryPlan plan, ImmutableHashSet<string>? labels)
        {
            planning.Release();
            go.Wait();
            return [];
        }
    }
}
