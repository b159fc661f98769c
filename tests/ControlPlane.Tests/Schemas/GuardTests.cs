using GraphGateway.ControlPlane.Tests.Api;
using GraphGateway.ControlPlane.Tests.Pages;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Schemas;

/// <summary>Changes of a stage that are held against persisted operations: what is made all the same, what is published meanwhile, and what there is no time for.</summary>
public sealed class GuardTests : IDisposable
{
    private static readonly LaunchNote Ann = new("ann", null);
    private static readonly LaunchNote Consent = Ann with { AllowBreakingOperations = true };
    private const string AllTheSame = "With --allow-breaking-operations (\"allowBreakingOperations\" over HTTP) it is deleted all the same.";

    private readonly TemporaryFolder folder = new();
    private readonly SteppingClock clock = new();

    private string Place => Path.Combine(folder.Path, "registry.db");

    private string Operations => Path.Combine(folder.Path, "operations.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public Task A_launch_remembers_what_was_consented_to_and_by_whom_in_a_file() => ConsentAsync(Place);

    [PostgresFact]
    public Task A_launch_remembers_what_was_consented_to_and_by_whom_in_PostgreSQL() => PostgresDatabase.UseAsync(ConsentAsync);

    // The release comes between the two steps of a change, holding it and making it: neither waits for the other.
    [Fact]
    public async Task What_is_published_while_a_change_is_made_is_looked_at_when_it_is_made()
    {
        await using var registry = await OpenAsync(Place);
        await PublishOperationsAsync("1", ("orders", "query Orders { orders }"));
        clock.Once = () => PublishOperationsAsync("2", ("me", "query Me { me }"), ("both", "query Both { me orders }")).GetAwaiter().GetResult();
        var result = await registry.DeleteAsync("shop", "dev", "users", Ann, DateTimeOffset.UnixEpoch, default);
        Assert.Equal((LaunchOutcome.Launched, 3, "2 persisted operations that were published while it was made cannot be answered by it."), (result.Outcome, result.Live, result.BrokenSummary));
        Assert.Equal(
            "web, 2: both (Both) 1:14: Cannot query field \"me\" on type \"Query\".\nweb, 2: me (Me) 1:12: Cannot query field \"me\" on type \"Query\".", string.Join('\n', result.Broken));
        Assert.Null(result.Launch!.Consent);

        // What can be answered is not told of.
        clock.Once = () => PublishOperationsAsync("3", ("more", "query More { orders }")).GetAwaiter().GetResult();
        var second = await registry.RollbackAsync("shop", "dev", 2, Ann, DateTimeOffset.UnixEpoch, default);
        Assert.Equal((LaunchOutcome.Launched, null), (second.Outcome, second.BrokenSummary));
        Assert.Empty(second.Broken);
    }

    // Each look at the clock takes 30 seconds, of 60 that there are.
    [Fact]
    public async Task What_there_is_no_time_for_is_gone_on_with_by_the_same_change()
    {
        await using var registry = await OpenAsync(Place);
        await PublishOperationsAsync("1", [.. Enumerable.Range(1, 5).Select(static i => ($"{i}", $"query Orders{i} {{ orders }}"))]);
        clock.Step = TimeSpan.FromSeconds(30);
        var delete = () => registry.DeleteAsync("shop", "dev", "users", Ann, DateTimeOffset.UnixEpoch, default);
        Assert.Equal(
            $"Nothing is deleted: 5 persisted operations: none would break. There was no time to look at 3 of them. The same change once more goes on with these. {AllTheSame}",
            (await delete()).Refusal);
        Assert.Equal(
            $"Nothing is deleted: 5 persisted operations: none would break. There was no time to look at 1 of them. The same change once more goes on with these. {AllTheSame}",
            (await delete()).Refusal);
        Assert.Equal((null, 3), ((await delete()).Refusal, (await registry.StageAsync("shop", "dev", default))?.Live));

        // What another change comes to is not known by it.
        Assert.Contains("There was no time to look at 3 of them.", (await registry.RollbackAsync("shop", "dev", 2, Ann, DateTimeOffset.UnixEpoch, default)).Refusal, StringComparison.Ordinal);
        var consented = await registry.RollbackAsync("shop", "dev", 2, Consent, DateTimeOffset.UnixEpoch, default);
        Assert.Equal("It is rolled back all the same, as was consented to: 5 persisted operations: none would break. There was no time to look at 1 of them.", consented.BrokenSummary);
        Assert.Equal((0, false), (consented.Launch!.Consent!.Broken, consented.Launch.Consent.IsWhole));
    }

    // A database that was made anew, or lost its tables, has none.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Operations_that_were_there_and_are_gone_with_their_tables_are_not_taken_for_none(bool isRestarted)
    {
        await PublishOperationsAsync("1", ("me", "query Me { me }"));
        var registry = await OpenAsync(Place);
        if (!isRestarted)
        {
            Assert.NotNull((await registry.DeleteAsync("shop", "dev", "users", Ann, DateTimeOffset.UnixEpoch, default)).Refusal);
        }

        SqliteConnection.ClearAllPools();
        await File.WriteAllBytesAsync(Operations, []);
        var result = await registry.DeleteAsync("shop", "dev", "users", Ann, DateTimeOffset.UnixEpoch, default);
        Assert.Equal(
            "Nothing is deleted: the persisted operations of dev of shop cannot be read, and who would break is not known: "
                + $"There are no operations in it: nothing was published to it, or it was made anew. {AllTheSame}",
            result.Refusal);
        await registry.DisposeAsync();
    }

    [Fact]
    public async Task A_store_without_tables_to_which_nobody_has_published_holds_up_nothing()
    {
        await File.WriteAllBytesAsync(Operations, []);
        await using var registry = await OpenAsync(Place);
        Assert.Equal(3, (await registry.DeleteAsync("shop", "dev", "users", Ann, DateTimeOffset.UnixEpoch, default)).Live);
    }

    [Fact]
    public async Task A_server_s_log_and_its_page_tell_what_was_made_by_consent_and_the_log_what_is_held_against_nothing()
    {
        await using var api = await ApiUnderTest.StartAsync(
            Place, options => options with { Guarded = [new GuardedStage("shop", "dev", Operations, new OperationRules()), new GuardedStage("shop", "prodution", Operations, new OperationRules())] });
        var missing = $"There are no operations: {Operations} is not there. `graphgateway operations publish` makes it.";
        await api.SendAsync("POST", "/api/graphs/shop/stages/dev/publish", api.FirstKey, """{"sources":[{"source":"users","schema":"type Query { me: String you: String }","url":"http://users.internal/"}]}""");
        await PublishOperationsAsync("1", ("me", "query Me { me }"));
        var (status, _) = await api.SendAsync(
            "POST", "/api/graphs/shop/stages/dev/publish", api.FirstKey, """{"sources":[{"source":"users","schema":"type Query { you: String }"}],"allowBreakingOperations":true}""");
        Assert.Equal(200, status);
        using var browser = new Browser(api.Server.Address);
        await browser.SignInAsync(await api.KeyAsync("read"));
        var page = System.Net.WebUtility.HtmlDecode((await browser.GetAsync("/registry/graphs/shop/stages/dev/launches/2")).Body);
        Assert.Contains("first admin has consented to what it does: it breaks 1 persisted operation.", page, StringComparison.Ordinal);
        Assert.Contains("<p>web, 1: me (Me) 1:12: Cannot query field \"me\" on type \"Query\".</p>", page, StringComparison.Ordinal);
        Assert.Contains("publish users@2, breaks 1 persisted operation", (await browser.GetAsync("/registry/graphs/shop/stages/dev")).Body, StringComparison.Ordinal);
        Assert.Equal(
            [
                "There is no stage dev of shop yet. Is its name right? It is made by what is first published to it",
                $"Changes of dev of shop are held against persisted operations as soon as there are some. {missing}",
                "There is no stage prodution of shop yet. Is its name right? It is made by what is first published to it",
                $"Changes of prodution of shop are held against persisted operations as soon as there are some. {missing}",
                $"#1 of dev of shop was held against no persisted operations. {missing}",
                "first admin has made #2 of dev of shop by consent (allowBreakingOperations): 1 of 1 persisted operation would break.",
            ],
            api.Log.Where(static line => line.StartsWith("Warning: ", StringComparison.Ordinal)).Select(static line => line["Warning: ".Length..]));
    }

    private async Task ConsentAsync(string place)
    {
        await using var registry = await OpenAsync(place);
        await PublishOperationsAsync("1", [("orders", "query Orders { orders }"), .. Enumerable.Range(1, 25).Select(static i => ($"{i:00}", $"query Me{i:00} {{ me }}"))]);
        var result = await registry.DeleteAsync("shop", "dev", "users", Consent, DateTimeOffset.UnixEpoch, default);
        Assert.Equal("It is deleted all the same, as was consented to: 25 of 26 persisted operations would break.", result.BrokenSummary);
        Assert.Equal((25, "web, 1: 25 (Me25) 1:14: Cannot query field \"me\" on type \"Query\"."), (result.Broken.Length, result.Broken[^1]));

        // The first of them are kept.
        var kept = (await registry.LaunchAsync("shop", "dev", 3, default))!.Launch;
        Assert.Equal(("ann", 25, true, 20), (kept.Note.Author, kept.Consent!.Broken, kept.Consent.IsWhole, kept.Consent.Operations.Length));
        Assert.Equal("web, 1: 01 (Me01) 1:14: Cannot query field \"me\" on type \"Query\".", kept.Consent.Operations[0]);
        Assert.Equal([25, null, null], (await registry.LaunchesAsync("shop", "dev", 10, default)).Select(static launch => launch.Consent?.Broken));
        Assert.Equal(25, Assert.Single(await registry.ListStagesAsync("shop", default)).Launch!.Consent!.Broken);

        // Consent to what breaks nothing is none.
        var harmless = await registry.RollbackAsync("shop", "dev", 2, Consent, DateTimeOffset.UnixEpoch, default);
        Assert.Equal((LaunchOutcome.Launched, null, null), (harmless.Outcome, harmless.BrokenSummary, harmless.Launch!.Consent));
    }

    // #1 has orders, #2 users, too.
    private async Task<SchemaRegistry> OpenAsync(string place)
    {
        var registry = SchemaRegistry.At(place, guarded: [new GuardedStage("shop", "dev", Operations, new OperationRules())], clock: clock);
        await registry.PrepareAsync(default);
        foreach (var (source, field) in new[] { ("orders", "orders: Int"), ("users", "me: String") })
        {
            await registry.PublishAsync(
                "shop", "dev", [new SourcePublication(source, $"type Query {{ {field} }}") { Url = $"http://{source}.internal/" }], Consent, DateTimeOffset.UnixEpoch, default);
        }

        return registry;
    }

    private async Task PublishOperationsAsync(string tag, params (string Id, string Text)[] operations)
    {
        await using var store = OperationStore.At(Operations);
        await store.PrepareAsync(default);
        var result = await store.PublishAsync("web", tag, [.. operations.Select(static operation => new PublishedOperation(operation.Id, operation.Text))], DateTimeOffset.UnixEpoch, default);
        Assert.Null(result.Problem);
    }

    /// <summary>A clock that goes on by a step each time that somebody measures with it. Something can be done at the first time.</summary>
    private sealed class SteppingClock : TimeProvider
    {
        private long now;

        public TimeSpan Step { get; set; }

        public Action? Once { get; set; }

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp()
        {
            var once = Once;
            Once = null;
            once?.Invoke();
            return now += Step.Ticks;
        }
    }
}
