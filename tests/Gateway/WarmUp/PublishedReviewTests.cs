using System.Collections.Immutable;
using System.Text;
using System.Text.RegularExpressions;
using GraphGateway.ControlPlane;
using GraphGateway.Gateway.Tests.Authentication;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.Planning;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.WarmUp;

/// <summary>Releases and graphs that come at the same time: what the graph cannot answer is named, whichever comes last.</summary>
public sealed class PublishedReviewTests : IAsyncLifetime, IDisposable
{
    private const string Named = "1 published operation cannot be answered by this graph, by client and identifier: web more";

    private static readonly string WithMore = RunningGateway.Supergraph.Replace(
        "type Query @gateway__type(in: USERS) {", "type Query @gateway__type(in: USERS) {\n  more: String @gateway__field(in: USERS)", StringComparison.Ordinal);

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new();
    private readonly WholeLog log = new();
    private FakeSource source = null!;

    private string Store => Path.Combine(folder.Path, "operations.db");

    public async Task InitializeAsync()
    {
        source = await FakeSource.AnswersAsync("""{"data":{"hello":"you","more":"more"}}""");
        await PublishAsync("1", ("hello", "query Hello { hello }"));
    }

    public async Task DisposeAsync() => await source.DisposeAsync();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
        log.Dispose();
    }

    [Fact]
    public async Task What_is_published_later_is_planned_when_it_is_read_and_what_cannot_be_answered_is_named()
    {
        await using var gateway = await StartAsync(RunningGateway.Supergraph);
        await PublishAsync("2", ("again", "query Again { again: hello }"), ("more", "query More { more }"));
        var plans = gateway.Cache.Count;
        await ReadAsync(gateway, 3);
        Assert.Contains(Named, log.Text, StringComparison.Ordinal);
        Assert.Matches("Warm-up: 1 operation was planned in [0-9.]+ s, 1 cannot be answered by this graph, for 0 there was no time", log.Text);
        Assert.True(gateway.Cache.Count > plans);
    }

    [Fact]
    public async Task What_was_published_just_before_a_graph_is_held_against_it()
    {
        await using var gateway = await StartAsync(WithMore);
        await PublishAsync("2", ("more", "query More { more }"));
        clock.Advance(TimeSpan.FromSeconds(1));
        await TakeAsync(gateway, RunningGateway.Supergraph);
        Assert.Contains(Named, log.Text, StringComparison.Ordinal);
    }

    // It is read when the next graph's operations are planned already, and comes after them: it is held against the one that was served when it was read, which can answer it, and against the next one.
    [Fact]
    public async Task What_is_read_while_another_graph_is_planned_is_held_against_that()
    {
        using var planning = new SemaphoreSlim(0);
        using var mayGoOn = new ManualResetEventSlim(initialState: true);
        ImmutableArray<string> Verify(QueryPlan plan, ImmutableHashSet<string>? labels)
        {
            if (!mayGoOn.IsSet)
            {
                planning.Release();
                mayGoOn.Wait();
            }

            return [];
        }

        await using var gateway = await StartAsync(WithMore, Verifies(Verify), "--Gateway:VerifyPlans=On");
        var current = gateway.Services.GetRequiredService<CurrentGraph>();
        var before = current.Graph;
        mayGoOn.Reset();
        var taking = TakeAsync(gateway, RunningGateway.Supergraph);
        await planning.WaitAsync();
        await PublishAsync("2", ("more", "query More { more }"));
        await HaveReadAsync(gateway);
        Assert.Same(before, current.Graph);
        mayGoOn.Set();
        await WhileTimeGoesOnAsync(taking);
        await UntilNamedAsync();
        Assert.Single(Regex.Matches(log.Text, Named));
        Assert.NotSame(before, current.Graph);
    }

    // What is planned ahead has a low priority, which is no reason to wait.
    [Fact]
    public async Task Who_asks_for_what_is_being_planned_ahead_is_answered_meanwhile()
    {
        using var planning = new SemaphoreSlim(0);
        using var mayGoOn = new ManualResetEventSlim();
        ImmutableArray<string> Verify(QueryPlan plan, ImmutableHashSet<string>? labels)
        {
            if (Thread.CurrentThread.Name == GraphThreads.Maker)
            {
                planning.Release();
                mayGoOn.Wait();
            }

            return [];
        }

        await using var gateway = await StartAsync(WithMore, Verifies(Verify), "--Gateway:VerifyPlans=On");
        await PublishAsync("2", ("more", "query More { more }"));
        var reviewed = ReviewedAsync(gateway, 2);
        await HaveReadAsync(gateway);
        await planning.WaitAsync();
        Assert.Equal("""{"data":{"more":"more"}}""", await PostAsync(gateway, """{"documentId":"more"}"""));
        Assert.False(reviewed.IsCompleted);
        mayGoOn.Set();
        await WhileTimeGoesOnAsync(reviewed);
        Assert.Equal("""{"data":{"more":"more"}}""", await PostAsync(gateway, """{"documentId":"more"}"""));
    }

    // Clients have sent it by its name, and it is published without one: that is one operation.
    [Fact]
    public async Task An_operation_that_clients_name_is_counted_once()
    {
        await using var gateway = await StartAsync(WithMore);
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("""{"data":{"more":"more"}}""", await PostAsync(gateway, """{"query":"query More { more }","operationName":"More"}"""));
        }

        await PublishAsync("2", ("more", "query More { more }"));
        clock.Advance(TimeSpan.FromSeconds(1));
        await TakeAsync(gateway, RunningGateway.Supergraph);
        Assert.Contains(Named, log.Text, StringComparison.Ordinal);
    }

    private async Task<RunningGateway> StartAsync(string supergraph, Action<IServiceCollection>? configure = null, params string[] arguments)
    {
        var gateway = await RunningGateway.StartAsync(
            supergraph, [("users", $"{source.Url}/graphql")], [$"--Gateway:PersistedOperations:Store={Store}", "--Gateway:FollowSupergraph=On", "--Gateway:WarmUp:Time=1h", .. arguments], clock, log, configure);
        await gateway.Services.GetRequiredService<WarmUpService>().Over;
        return gateway;
    }

    private static async Task TakeAsync(RunningGateway gateway, string supergraph) =>
        Assert.Null(await gateway.Services.GetRequiredService<GraphChange>().TakeAsync(Encoding.UTF8.GetBytes(supergraph), "another graph", default));

    private static Action<IServiceCollection> Verifies(Func<QueryPlan, ImmutableHashSet<string>?, ImmutableArray<string>> verify) => services => services.AddSingleton(verify);

    private async Task ReadAsync(RunningGateway gateway, int count)
    {
        var reviewed = ReviewedAsync(gateway, count);
        await HaveReadAsync(gateway);
        await WhileTimeGoesOnAsync(reviewed);
    }

    // Who asks has the store read, and does not wait for it.
    private async Task HaveReadAsync(RunningGateway gateway)
    {
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Services.GetRequiredService<PublishedDocumentSource>().Read += _ => read.TrySetResult();
        clock.Advance(PublishedDocumentSource.Times.Interval);
        Assert.Equal("""{"data":{"hello":"you"}}""", await PostAsync(gateway, """{"documentId":"hello"}"""));
        await read.Task;

        // Who plans it has heard of it.
        await gateway.Services.GetRequiredService<GraphThreads>().FollowAsync(static () => Task.CompletedTask);
    }

    private async Task UntilNamedAsync()
    {
        for (var begun = TimeProvider.System.GetTimestamp(); !log.Text.Contains(Named, StringComparison.Ordinal); await Task.Yield())
        {
            Assert.InRange(TimeProvider.System.GetElapsedTime(begun), TimeSpan.Zero, TimeSpan.FromMinutes(1));
            clock.Advance(TimeSpan.FromMilliseconds(1));
        }
    }

    private static Task ReviewedAsync(RunningGateway gateway, int count)
    {
        var reviewed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        gateway.Services.GetRequiredService<PublishedReview>().Reviewed += documents =>
        {
            if (documents.Count == count)
            {
                reviewed.TrySetResult();
            }
        };
        return reviewed.Task;
    }

    // Garbage is collected in steps, with time for requests between them.
    private async Task WhileTimeGoesOnAsync(Task task)
    {
        var start = clock.GetTimestamp();
        while (!task.IsCompleted)
        {
            Assert.InRange(clock.GetElapsedTime(start), TimeSpan.Zero, TimeSpan.FromHours(1));
            clock.Advance(TimeSpan.FromMilliseconds(1));
            await Task.Yield();
        }

        await task;
    }

    private static async Task<string> PostAsync(RunningGateway gateway, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Add("graphql-client-name", "web");
        using var response = await gateway.Client.SendAsync(request);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task PublishAsync(string tag, params (string Id, string Text)[] operations)
    {
        await using var store = OperationStore.At(Store);
        await store.PrepareAsync(default);
        var result = await store.PublishAsync("web", tag, [.. operations.Select(static operation => new PublishedOperation(operation.Id, operation.Text))], clock.GetUtcNow(), default);
        Assert.Null(result.Problem);
    }
}
