using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Schemas;

/// <summary>How many stages and launches there are, and how stages go, on SQLite and on PostgreSQL.</summary>
public sealed class StageTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string SqlitePlace => Path.Combine(folder.Path, "registry.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public Task A_stage_is_taken_away_with_all_that_is_its_own_in_a_file() => RemoveAsync(SqlitePlace);

    [PostgresFact]
    public Task A_stage_is_taken_away_with_all_that_is_its_own_in_PostgreSQL() => PostgresDatabase.UseAsync(RemoveAsync);

    [Fact]
    public Task What_never_was_live_fills_no_stage_in_a_file() => ForgetAsync(SqlitePlace);

    [PostgresFact]
    public Task What_never_was_live_fills_no_stage_in_PostgreSQL() => PostgresDatabase.UseAsync(ForgetAsync);

    [Fact]
    public async Task A_graph_has_so_many_stages_and_others_have_room()
    {
        await using var script = await RegistryScript.OpenAsync(SqlitePlace, new RegistryLimits { Stages = 3, StagesOfGraph = 2 });
        Assert.Equal("#1 live: publish a@1", await script.PublishAsync("shop", "s1", RegistryScript.Root("a")));
        Assert.Equal("#1 draft: publish a@2 [INVALID_GRAPHQL]", await script.PublishAsync("shop", "s2", new SourcePublication("a", "type Query { a: Nothing }")));
        Assert.Equal("refused: shop has 2 stages, and there is no room for more. `graphgateway registry stages remove` takes one away.", await script.PublishAsync("shop", "s3", RegistryScript.Root("a")));
        Assert.Equal("#2 live: publish a@1", await script.PublishAsync("shop", "s2", RegistryScript.Root("a")));
        Assert.Equal("#1 live: publish a@1", await script.PublishAsync("other", "s1", RegistryScript.Root("a")));
        Assert.Equal(
            "refused: The registry has 3 stages, and there is no room for more. `graphgateway registry stages remove` takes one away.", await script.PublishAsync("other", "s2", RegistryScript.Root("a")));
        Assert.NotNull(await script.Registry.RemoveStageAsync("shop", "s2", default));
        Assert.Equal("#1 live: publish a@1", await script.PublishAsync("other", "s2", RegistryScript.Root("a")));
    }

    [Fact]
    public async Task So_many_launches_wait_and_what_does_not_wait_has_room()
    {
        await using var script = await RegistryScript.OpenAsync(SqlitePlace, new RegistryLimits { Awaiting = 2 });
        Assert.Equal("#1 live: publish a@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("a")));
        Assert.Equal("#2 awaiting: publish a@2", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("a", "a2")));
        Assert.Equal("#3 awaiting: publish a@3", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("a", "a3")));
        Assert.Equal(
            "refused: 2 launches of dev of shop wait for approval, and there is no room for more: approve or reject some.", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("a", "a4")));
        Assert.Equal("#4 live: publish b@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("b")));
        Assert.Equal("#2 rejected", await script.RejectAsync("shop", "dev", 2));
        Assert.Equal("#5 awaiting: publish a@4", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("a", "a4")));
    }

    // The numbers are the same again, the stage is another one.
    [Fact]
    public async Task A_change_is_made_anew_where_its_stage_was_taken_away_and_made_anew_meanwhile()
    {
        await using var script = await RegistryScript.OpenAsync(SqlitePlace);
        Assert.Equal("#1 live: publish a@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("a")));
        await using var database = StoreDatabase.At(SqlitePlace, readOnly: false);
        var mark = await new RegistryReader(database, new RegistryLimits()).MarkAsync("shop", "dev", default);
        Assert.Equal((1, 1), (mark.Live, mark.Last));
        await script.Registry.RemoveStageAsync("shop", "dev", default);
        Assert.Equal("#1 live: publish b@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("b")));

        // As a change writes it that has read the stage before.
        await using var connection = await database.OpenAsync(default);
        await using var transaction = await connection.BeginTransactionAsync();
        var source = new ProposedSource("a", 1, null, RegistryScript.Root("a").Hash, new SourceContent(RegistryScript.Root("a").Schema, null));
        var writer = new LaunchWriter(connection, transaction, new StageState("shop", "dev", mark, [source]), new RegistryLimits(), script.Now, default);
        Assert.Null(await writer.WriteAsync(new Proposal(LaunchKind.Delete, [], []) { Subject = "a" }, new CompositionOutcome("x", [], 0), new LaunchNote(null, null)));
    }

    // Each question is a statement of its own, and the stage is there for the first of them. A sequence counts them: a view has its rows for so many.
    [PostgresFact]
    public Task What_is_read_while_its_stage_is_taken_away_is_not_there() => PostgresDatabase.UseAsync(async place =>
    {
        await using var script = await RegistryScript.OpenAsync(place);
        Assert.Equal("#1 live: publish a@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("a")));
        Assert.Equal("#1 awaiting: publish a@1", await script.PublishAsync("waits", "dev", true, RegistryScript.Root("a")));
        await using var database = StoreDatabase.At(place, readOnly: false);
        await using var connection = await database.OpenAsync(default);
        foreach (var table in new[] { "launches", "versions" })
        {
            await ExecuteAsync($"ALTER TABLE graphgateway_registry_{table} RENAME TO {table}_as_they_are");
            await ExecuteAsync($"CREATE SEQUENCE {table}_asked");
            await ExecuteAsync($"CREATE VIEW graphgateway_registry_{table} AS SELECT * FROM {table}_as_they_are WHERE graph = 'shop' AND nextval('{table}_asked') < 100");
        }

        var registry = script.Registry;
        await AfterAsync("launches", 1, async () => Assert.Null(await registry.LaunchAsync("shop", "dev", 1, default)));
        await AfterAsync("launches", 2, async () => Assert.Equal("dev of shop was taken away meanwhile.", (await registry.PreviewAsync("shop", "dev", new StageChange.Rollback(1), default)).Problem));
        await AfterAsync("versions", 1, async () => Assert.Null(await registry.DescribeLaunchAsync("shop", "dev", 1, default)));
        await AfterAsync("versions", 1, async () => Assert.Null(await registry.SourceTextAsync("shop", "dev", 1, "a", default)));
        await AfterAsync("versions", 1, async () => Assert.Equal("dev of shop was taken away meanwhile.", (await registry.DiffAsync("shop", "dev", 1, 1, default)).Problem));

        await ExecuteAsync("CREATE OR REPLACE VIEW graphgateway_registry_launches AS SELECT * FROM launches_as_they_are WHERE graph = 'waits' AND nextval('launches_asked') < 100");
        await ExecuteAsync("CREATE OR REPLACE VIEW graphgateway_registry_versions AS SELECT * FROM versions_as_they_are");
        await AfterAsync("launches", 4, async () => Assert.Equal(
            "dev of waits was taken away meanwhile.", (await registry.PreviewAsync("waits", "dev", new StageChange.Approve(1, OverNewer: false), default)).Problem));

        async Task AfterAsync(string table, int questions, Func<Task> ask)
        {
            await ExecuteAsync($"ALTER SEQUENCE launches_asked RESTART WITH 1");
            await ExecuteAsync($"ALTER SEQUENCE versions_asked RESTART WITH 1");
            await ExecuteAsync($"ALTER SEQUENCE {table}_asked RESTART WITH {100 - questions}");
            await ask();
        }

        Task ExecuteAsync(string text) => StoreDatabase.ExecuteAsync(connection, null, text, default);
    });

    private static async Task RemoveAsync(string place)
    {
        await using var script = await RegistryScript.OpenAsync(place);
        Assert.Equal("#1 live: publish a@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("a")));
        Assert.Equal("#2 live: publish a@2", await script.PublishAsync("shop", "dev", RegistryScript.Root("a", "a2")));
        Assert.Equal("#1 live: promote dev #2", await script.PromoteAsync("shop", "dev", "qa"));
        Assert.Equal("#1 live: publish a@1", await script.PublishAsync("other", "dev", RegistryScript.Root("a")));
        await script.Registry.CountUsageAsync("shop", "dev", new UsageCounts([new MemberUse("Query.a2", "web", 1)], [new OperationUse("web", "", "", 1)]), script.Now, default);

        Assert.Null(await script.Registry.RemoveStageAsync("shop", "next", default));
        Assert.Equal(new RemovedStage(new StageSummary("shop", "dev", 2, 2), false), await script.Registry.RemoveStageAsync("shop", "dev", default));
        Assert.Equal(["other/dev", "shop/qa"], (await script.Registry.StagesAsync(null, default)).Select(stage => $"{stage.Graph}/{stage.Stage}"));
        Assert.Null(await script.Registry.LaunchAsync("shop", "dev", 2, default));
        Assert.Null(await script.Registry.SupergraphAsync("shop", "dev", 2, default));
        Assert.Null(await script.Registry.LiveAsync("shop", "dev", default));
        Assert.Empty(await script.Registry.MemberUsesAsync("shop", "dev", null, UsageDays.Of(script.Now, 1), default));
        Assert.Empty(await script.Registry.OperationUsesAsync("shop", "dev", UsageDays.Of(script.Now, 1), default));

        // Other stages have what they had, and one of the same name begins anew.
        Assert.Equal([2, 1], (await script.Registry.VersionsAsync("shop", "a", 9, default)).Select(version => version.Version));
        Assert.Equal("unchanged, #1", await script.PublishAsync("shop", "qa", RegistryScript.Root("a", "a2")));
        Assert.Equal("#1 live: publish a@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("a")));

        // The graph goes with its last stage.
        await script.Registry.RemoveStageAsync("shop", "dev", default);
        Assert.Equal(new RemovedStage(new StageSummary("shop", "qa", 1, 1), true), await script.Registry.RemoveStageAsync("shop", "qa", default));
        Assert.Empty(await script.Registry.VersionsAsync("shop", "a", 9, default));
        Assert.Single(await script.Registry.VersionsAsync("other", "a", 9, default));
    }

    // One team's failing publishes, or what it publishes and takes back, must not keep the others from publishing.
    private static async Task ForgetAsync(string place)
    {
        await using var script = await RegistryScript.OpenAsync(place, new RegistryLimits { Launches = 6, NeverLive = 2 });
        Assert.Equal("#1 draft: publish a@1 [INVALID_GRAPHQL]", await script.PublishAsync("shop", "dev", new SourcePublication("a", "type Query { a: Nothing }")));
        Assert.Equal("#2 live: publish a@2", await script.PublishAsync("shop", "dev", RegistryScript.Root("a")));
        Assert.Equal("#3 awaiting: publish b@1", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("b")));
        for (var i = 4; i <= 20; i += 2)
        {
            Assert.StartsWith($"#{i} draft: publish a@1", await script.PublishAsync("shop", "dev", new SourcePublication("a", "type Query { a: Nothing }")), StringComparison.Ordinal);
            Assert.StartsWith($"#{i + 1} awaiting", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("a", "x")), StringComparison.Ordinal);
            Assert.Equal($"#{i + 1} rejected", await script.RejectAsync("shop", "dev", i + 1));
        }

        Assert.Equal(
            """
            #21 Rejected publish a@3, base 2
            #20 Draft publish a@1, base 2
            #19 Rejected publish a@3, base 2
            #3 Awaiting publish b@1, base 2
            #2 Live publish a@2, base 1
            """,
            string.Join('\n', (await script.Registry.LaunchesAsync("shop", "dev", 100, default)).Select(RegistryScript.Show)));
        Assert.Null(await script.Registry.LaunchAsync("shop", "dev", 4, default));
        Assert.Equal("#22 live: approve b@1", await script.ApproveAsync("shop", "dev", 3));
        Assert.Equal("refused: dev of shop has 6 launches, and there is no room for more.", await script.PublishAsync("shop", "dev", RegistryScript.Root("c")));
    }
}
