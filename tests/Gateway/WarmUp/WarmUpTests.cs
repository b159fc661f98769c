using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Net;
using System.Text;
using GraphGateway.ControlPlane;
using GraphGateway.Gateway.Tests.Authentication;
using GraphGateway.Gateway.Tests.Pipeline;
using GraphGateway.Planning;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Gateway.Tests.WarmUp;

/// <summary>What is planned before a gateway says that it is ready, and that nothing of it can keep it from that.</summary>
public sealed class WarmUpTests : IAsyncLifetime, IDisposable
{
    private const string Hot = "query Hot($a: Boolean!) { hello again: hello @include(if: $a) }";
    private const string HotFile =
        """{"graphgatewayWarmUp":1,"operations":[{"document":"query Hot($a: Boolean!) { hello again: hello @include(if: $a) }","operationName":null,"outcomes":["0"]}]}""";

    private static readonly string Newer = RunningGateway.Supergraph.Replace(
        "type Query @gateway__type(in: USERS) {", "type Query @gateway__type(in: USERS) {\n  more: String @gateway__field(in: USERS)", StringComparison.Ordinal);

    private readonly TemporaryFolder folder = new();
    private readonly FakeTimeProvider clock = new();
    private readonly WholeLog log = new();
    private FakeSource source = null!;

    private string File => Path.Combine(folder.Path, "hot.json");

    private string Store => Path.Combine(folder.Path, "operations.db");

    public async Task InitializeAsync() => source = await FakeSource.AnswersAsync("""{"data":{"hello":"you","again":"you","more":"more"}}""");

    public async Task DisposeAsync() => await source.DisposeAsync();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
        log.Dispose();
    }

    // That router had planned nothing when it started, though it knew its persisted operations.
    [Fact]
    public async Task Router_5334_published_operations_find_their_plans_at_the_first_request_whether_they_are_named_or_not()
    {
        await PublishAsync(("a", "query A { hello }"), ("two", "query B { hello } query C { hello }"), ("broken", "{ nothing }"));
        await using var gateway = await StartAsync($"--Gateway:PersistedOperations:Store={Store}");
        await OverAsync(gateway);
        Assert.Contains("Warm-up: 3 operations were planned in 0.0 s, 1 cannot be answered by this graph, for 0 there was no time", log.Text, StringComparison.Ordinal);
        Assert.Contains("1 published operation cannot be answered by this graph, by client and identifier: all clients broken", log.Text, StringComparison.Ordinal);
        using var lookups = new Lookups(gateway);
        string[] bodies =
        [
            """{"documentId":"a"}""", """{"documentId":"a","operationName":"A"}""", """{"query":"query A { hello }"}""", """{"documentId":"two","operationName":"C"}""",
        ];
        foreach (var body in bodies)
        {
            Assert.Equal("""{"data":{"hello":"you"}}""", await PostAsync(gateway, body));
        }

        Assert.Equal("hit 4, prepared 0", lookups.Text);
    }

    [Fact]
    public async Task What_was_hot_is_hot_in_the_next_gateway_that_has_another_graph()
    {
        await using (var first = await StartAsync($"--Gateway:WarmUp:File={File}"))
        {
            await first.QueryAsync(Hot, """{"a":false}""");
            await first.QueryAsync(Hot, """{"a":false}""");
            await first.QueryAsync("{ hello }");
            await first.StopAsync();
        }

        // What came once, and was planned at once, is not in it.
        Assert.Equal(HotFile, await System.IO.File.ReadAllTextAsync(File));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, System.IO.File.GetUnixFileMode(File));
        }

        await using var second = await RunningGateway.StartAsync(Newer, [("users", $"{source.Url}/graphql")], [$"--Gateway:WarmUp:File={File}"], clock, log);
        await OverAsync(second);
        using var lookups = new Lookups(second);
        Assert.Equal("""{"data":{"hello":"you"}}""", await second.QueryAsync(Hot, """{"a":false}"""));
        Assert.Equal("hit 1, prepared 0", lookups.Text);
        Assert.Equal("""{"data":{"hello":"you","again":"you"}}""", await second.QueryAsync(Hot, """{"a":true}"""));
        Assert.Equal("hit 2, prepared 1", lookups.Text);
        Assert.Equal("""{"data":{"more":"more"}}""", await second.QueryAsync("{ more }"));
    }

    // With a new schema that router planned everything anew while all waited. Here the graph that is served goes on answering until the next one has its plans.
    [Fact]
    public async Task Router_2308_what_clients_send_is_planned_before_another_graph_takes_traffic()
    {
        using var planning = new SemaphoreSlim(0);
        using var mayEnd = new ManualResetEventSlim(initialState: true);
        ImmutableArray<string> Verify(QueryPlan plan, ImmutableHashSet<string>? labels)
        {
            planning.Release();
            mayEnd.Wait();
            return [];
        }

        await using var gateway = await RunningGateway.StartAsync(
            RunningGateway.Supergraph, [("users", $"{source.Url}/graphql")], ["--Gateway:FollowSupergraph=On", "--Gateway:VerifyPlans=On"], clock, log,
            services => services.AddSingleton<Func<QueryPlan, ImmutableHashSet<string>?, ImmutableArray<string>>>(Verify));
        for (var i = 0; i < 2; i++)
        {
            Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync(Hot, """{"a":false}"""));
        }

        await planning.WaitAsync();
        mayEnd.Reset();
        var current = gateway.Services.GetRequiredService<CurrentGraph>();
        var before = current.Graph;
        var taking = Task.Run(() => gateway.Services.GetRequiredService<GraphChange>().TakeAsync(Encoding.UTF8.GetBytes(Newer), "another graph", default));
        await Task.WhenAny(taking, planning.WaitAsync());
        using var lookups = new Lookups(gateway);
        Assert.Same(before, current.Graph);
        Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync(Hot, """{"a":false}"""));
        Assert.Equal("hit 1, prepared 0", lookups.Text);

        mayEnd.Set();
        Assert.Null(await taking);
        Assert.NotSame(before, current.Graph);
        Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync(Hot, """{"a":false}"""));
        Assert.Equal("hit 2, prepared 0", lookups.Text);
        Assert.Equal("""{"data":{"more":"more"}}""", await gateway.QueryAsync("{ more }"));
    }

    [Fact]
    public async Task What_the_first_request_would_find_out_of_a_plan_is_there_before_it()
    {
        await System.IO.File.WriteAllTextAsync(File, HotFile);
        await using var gateway = await StartAsync($"--Gateway:WarmUp:File={File}", "--Gateway:Cost:Mode=Enforce");
        await OverAsync(gateway);
        var hot = Assert.Single(Assert.Single(gateway.Services.GetRequiredService<CurrentGraph>().Graph.Cache.Operations).Plans);
        Assert.NotNull(hot.Costs);
        Assert.Null(hot.Plan!.Root.Charges);
    }

    // Whoever reads the gateway's page of metrics wants to know of each answer.
    [Fact]
    public async Task What_counts_an_answer_is_made_ahead_where_answers_are_counted()
    {
        await System.IO.File.WriteAllTextAsync(File, HotFile);
        await using var gateway = await StartAsync($"--Gateway:WarmUp:File={File}", "--Gateway:Telemetry:Prometheus=On", "--Gateway:Telemetry:PrometheusUrl=http://127.0.0.1:0");
        await OverAsync(gateway);
        Assert.NotNull(Assert.Single(Assert.Single(gateway.Services.GetRequiredService<CurrentGraph>().Graph.Cache.Operations).Plans).Plan!.Root.Charges);
    }

    [Fact]
    public async Task What_is_hot_is_noted_every_minute_and_what_was_hot_before_stays_behind_it()
    {
        await System.IO.File.WriteAllTextAsync(File, HotFile);
        await using var gateway = await StartAsync($"--Gateway:WarmUp:File={File}");
        await OverAsync(gateway);
        await gateway.QueryAsync("{ hello }");
        await gateway.QueryAsync("{ hello }");
        var noted = new TaskCompletionSource();
        gateway.Services.GetRequiredService<WarmUpService>().Noted += noted.SetResult;
        clock.Advance(WarmUpService.Interval);
        await noted.Task;
        Assert.Equal(
            HotFile.Replace("""[{"document":""", """[{"document":"{ hello }","operationName":null,"outcomes":[""]},{"document":""", StringComparison.Ordinal),
            await System.IO.File.ReadAllTextAsync(File));
    }

    [Fact]
    public async Task It_is_not_ready_before_and_ready_when_the_time_is_over_though_planning_goes_on()
    {
        await PublishAsync(("a", "query A { hello }"), ("b", "query B { hello }"));
        using var planning = new SemaphoreSlim(0);
        using var mayEnd = new ManualResetEventSlim();
        ImmutableArray<string> Verify(QueryPlan plan, ImmutableHashSet<string>? labels)
        {
            planning.Release();
            mayEnd.Wait();
            return [];
        }

        await using var gateway = await RunningGateway.StartAsync(
            source,
            [$"--Gateway:PersistedOperations:Store={Store}", "--Gateway:WarmUp:Time=5s", "--Gateway:VerifyPlans=On"],
            clock,
            log,
            services => services.AddSingleton<Func<QueryPlan, ImmutableHashSet<string>?, ImmutableArray<string>>>(Verify));
        await planning.WaitAsync();
        Assert.Equal("""503 {"status":"warming"}""", await ReadyAsync(gateway));
        Assert.Equal("""{"data":{"__typename":"Query"}}""", await Task.Run(async () =>
        {
            // Who asks meanwhile is answered; its own plan is held up by the test, as all are.
            var answer = gateway.QueryAsync("{ __typename }");
            await planning.WaitAsync();
            clock.Advance(TimeSpan.FromSeconds(5));
            await OverAsync(gateway);
            mayEnd.Set();
            return await answer;
        }));
        Assert.Equal("""200 {"status":"ready"}""", await ReadyAsync(gateway));
        Assert.Contains("Warm-up: 0 operations were planned in 5.0 s, 0 cannot be answered by this graph, for 2 there was no time", log.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{", "it is no list of operations: ")]
    [InlineData("[]", "it is no list of operations: ")]
    [InlineData("""{"graphgatewayWarmUp":2,"operations":[]}""", "it is no list of operations of this version.")]
    [InlineData("""{"graphgatewayWarmUp":1,"operations":[{"document":null,"operationName":null,"outcomes":[]}]}""", "it is no list of operations: ")]
    [InlineData("""{"graphgatewayWarmUp":1,"operations":[7]}""", "it is no list of operations: ")]
    public async Task A_file_that_is_none_of_ours_is_told_and_not_used(string content, string reason)
    {
        await System.IO.File.WriteAllTextAsync(File, content);
        await using var gateway = await StartAsync($"--Gateway:WarmUp:File={File}");
        await OverAsync(gateway);
        Assert.Contains($"Gateway:WarmUp:File is not used, and will be written anew: {reason}", log.Text, StringComparison.Ordinal);
        Assert.Equal("""200 {"status":"ready"}""", await ReadyAsync(gateway));
        await gateway.QueryAsync(Hot, """{"a":false}""");
        await gateway.QueryAsync(Hot, """{"a":false}""");
        await gateway.StopAsync();
        Assert.Equal(HotFile, await System.IO.File.ReadAllTextAsync(File));
    }

    [Fact]
    public async Task No_more_are_planned_than_the_settings_say_and_with_none_nothing_is_read()
    {
        await PublishAsync([.. Enumerable.Range(0, 20).Select(i => ($"o{i}", $"query O{i} {{ hello }}"))]);
        await using (var gateway = await StartAsync($"--Gateway:PersistedOperations:Store={Store}", "--Gateway:WarmUp:Operations=7"))
        {
            await OverAsync(gateway);
            Assert.Contains("Warm-up: 7 operations were planned", log.Text, StringComparison.Ordinal);
        }

        await System.IO.File.WriteAllTextAsync(File, HotFile);
        await using var none = await StartAsync($"--Gateway:PersistedOperations:Store={Store}", "--Gateway:WarmUp:Operations=0", $"--Gateway:WarmUp:File={File}");
        await OverAsync(none);
        Assert.Equal(0, none.Cache.Count);
    }

    [Fact]
    public async Task A_store_that_cannot_be_read_holds_nothing_up()
    {
        await System.IO.File.WriteAllTextAsync(Store, "no database, and longer than the head of one would be: " + new string('.', 200));
        await using var gateway = await StartAsync($"--Gateway:PersistedOperations:Store={Store}");
        await OverAsync(gateway);
        Assert.Equal("""200 {"status":"ready"}""", await ReadyAsync(gateway));
        Assert.Equal("""{"data":{"hello":"you"}}""", await gateway.QueryAsync("{ hello }"));
    }

    [Fact]
    public async Task A_fault_while_planning_is_told_and_holds_nothing_up()
    {
        await PublishAsync(("a", "query A { hello }"));
        static ImmutableArray<string> Verify(QueryPlan plan, ImmutableHashSet<string>? labels) => throw new InvalidOperationException("a fault");
        await using var gateway = await RunningGateway.StartAsync(
            source,
            [$"--Gateway:PersistedOperations:Store={Store}", "--Gateway:VerifyPlans=On"],
            clock,
            log,
            services => services.AddSingleton<Func<QueryPlan, ImmutableHashSet<string>?, ImmutableArray<string>>>(Verify));
        await OverAsync(gateway);
        Assert.Equal("""200 {"status":"ready"}""", await ReadyAsync(gateway));
        Assert.Contains($"An operation could not be planned ahead: sha256:{OperationIdentity.HashOf("query A { hello }"u8)}", log.Text, StringComparison.Ordinal);
        Assert.Contains("Warm-up: 0 operations were planned in 0.0 s, 1 cannot be answered by this graph, for 0 there was no time", log.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Texts_that_come_once_do_not_push_out_what_was_planned_ahead()
    {
        await PublishAsync(("a", "query A { hello }"));
        await using var gateway = await StartAsync($"--Gateway:PersistedOperations:Store={Store}", "--Gateway:Limits:OperationCacheBytes=400000");
        await OverAsync(gateway);
        for (var i = 0; i < 200; i++)
        {
            await gateway.QueryAsync($"query Once{i} {{ hello }}");
        }

        using var lookups = new Lookups(gateway);
        Assert.Equal("""{"data":{"hello":"you"}}""", await PostAsync(gateway, """{"documentId":"a"}"""));
        Assert.Equal("hit 1, prepared 0", lookups.Text);
    }

    private Task<RunningGateway> StartAsync(params string[] arguments) => RunningGateway.StartAsync(source, arguments, clock, log);

    private static Task OverAsync(RunningGateway gateway) => gateway.Services.GetRequiredService<WarmUpService>().Over;

    private static async Task<string> ReadyAsync(RunningGateway gateway)
    {
        using var response = await gateway.Client.GetAsync("/health/ready");
        return $"{(response.StatusCode == HttpStatusCode.OK ? 200 : 503)} {await response.Content.ReadAsStringAsync()}";
    }

    private static async Task<string> PostAsync(RunningGateway gateway, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await gateway.Client.PostAsync("/graphql", content);
        return await response.Content.ReadAsStringAsync();
    }

    private async Task PublishAsync(params (string Id, string Text)[] operations)
    {
        await using var store = OperationStore.At(Store);
        await store.PrepareAsync(default);
        var result = await store.PublishAsync(null, "1", [.. operations.Select(operation => new PublishedOperation(operation.Id, operation.Text))], clock.GetUtcNow(), default);
        Assert.Null(result.Problem);
    }

    /// <summary>What the gateway's own metrics say of operations that were looked up, and of what had to be parsed, validated or planned.</summary>
    private sealed class Lookups : IDisposable
    {
        private readonly MeterListener listener = new();
        private long hits;
        private long others;
        private long prepared;

        public Lookups(RunningGateway gateway)
        {
            var ours = gateway.Services.GetRequiredService<IMeterFactory>().Create(GatewayTelemetry.Name);
            listener.InstrumentPublished = (instrument, listening) =>
            {
                if (instrument.Meter == ours && instrument.Name is "graphgateway.plan_cache.requests" or "graphgateway.operation.preparation.duration")
                {
                    listening.EnableMeasurementEvents(instrument);
                }
            };
            listener.SetMeasurementEventCallback<long>((_, value, tags, _) => Interlocked.Add(ref (string)tags[0].Value! == "hit" ? ref hits : ref others, value));
            listener.SetMeasurementEventCallback<double>((_, _, _, _) => Interlocked.Increment(ref prepared));
            listener.Start();
        }

        public string Text => $"hit {hits}{(others == 0 ? "" : $", miss {others}")}, prepared {prepared}";

        public void Dispose() => listener.Dispose();
    }
}
