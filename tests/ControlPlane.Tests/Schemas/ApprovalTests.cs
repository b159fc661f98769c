using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Schemas;

/// <summary>What becomes of launches that wait while others go on, on SQLite and on PostgreSQL.</summary>
public sealed class ApprovalTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    private string SqlitePlace => Path.Combine(folder.Path, "registry.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public Task What_is_newer_is_not_put_back_by_an_approval_in_a_file() => LateAsync(SqlitePlace);

    [PostgresFact]
    public Task What_is_newer_is_not_put_back_by_an_approval_in_PostgreSQL() => PostgresDatabase.UseAsync(LateAsync);

    [Fact]
    public Task Of_several_that_wait_the_last_one_counts_in_a_file() => SeveralAsync(SqlitePlace);

    [PostgresFact]
    public Task Of_several_that_wait_the_last_one_counts_in_PostgreSQL() => PostgresDatabase.UseAsync(SeveralAsync);

    [Fact]
    public Task Sources_that_were_deleted_or_promoted_are_not_put_back_in_a_file() => DeletedAsync(SqlitePlace);

    [PostgresFact]
    public Task Sources_that_were_deleted_or_promoted_are_not_put_back_in_PostgreSQL() => PostgresDatabase.UseAsync(DeletedAsync);

    [Fact]
    public Task What_waits_is_rejected_and_its_history_says_so_in_a_file() => RejectAsync(SqlitePlace);

    [PostgresFact]
    public Task What_waits_is_rejected_and_its_history_says_so_in_PostgreSQL() => PostgresDatabase.UseAsync(RejectAsync);

    [Fact]
    public Task What_was_rejected_is_in_nothing_that_comes_later_in_a_file() => RejectWhereNothingIsLiveAsync(SqlitePlace);

    [PostgresFact]
    public Task What_was_rejected_is_in_nothing_that_comes_later_in_PostgreSQL() => PostgresDatabase.UseAsync(RejectWhereNothingIsLiveAsync);

    [Fact]
    public Task Who_decides_at_the_same_time_decides_once_in_a_file() => DecideTogetherAsync(SqlitePlace);

    [PostgresFact]
    public Task Who_decides_at_the_same_time_decides_once_in_PostgreSQL() => PostgresDatabase.UseAsync(DecideTogetherAsync);

    [Fact]
    public async Task An_approved_deletion_reads_as_one_and_what_waited_says_so()
    {
        await using var script = await RegistryScript.OpenAsync(SqlitePlace);
        Assert.Equal("#1 live: publish a@1, b@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("a"), RegistryScript.Root("b")));
        var deleted = await script.Registry.DeleteAsync("shop", "dev", "b", new LaunchNote("ann", null) { WaitForApproval = true }, script.Now, default);
        Assert.Equal((LaunchStatus.Awaiting, true), (deleted.Launch!.Status, deleted.Launch.Note.WaitForApproval));
        Assert.Equal("#3 awaiting: publish a@2", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("a", "a2")));
        Assert.Equal("#4 live: approve a@2", await script.ApproveAsync("shop", "dev", 3));
        Assert.Equal("#5 live: approve delete b", await script.ApproveAsync("shop", "dev", 2));
        Assert.Equal(
            [(5, false), (4, false), (3, true), (2, true), (1, false)],
            (await script.Registry.LaunchesAsync("shop", "dev", 9, default)).Select(launch => (launch.Number, launch.Note.WaitForApproval)));
    }

    [Fact]
    public async Task Of_what_was_made_on_a_rejected_launch_nothing_was_live_before()
    {
        await using var script = await RegistryScript.OpenAsync(SqlitePlace);
        Assert.Equal("#1 live: publish a@1", await script.PublishAsync("shop", "qa", RegistryScript.Root("a")));
        Assert.Equal("#1 awaiting: publish a@2", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("a", "a2")));
        Assert.Equal("#2 live: promote qa #1", await script.PromoteAsync("shop", "qa", "dev"));
        Assert.Equal("#1 rejected", await script.RejectAsync("shop", "dev", 1));
        Assert.Equal("refused: No launch was live before #2.", await script.RollbackAsync("shop", "dev"));
    }

    private static string Newer(string launch, string what) =>
        $"refused: {launch} of dev of shop would take the place of what is newer: {what}. Reject {launch}, and publish once more what is still wanted of it; "
        + "or approve it with --over-newer (\"overNewer\" over HTTP).";

    private static async Task LateAsync(string place)
    {
        await using var script = await RegistryScript.OpenAsync(place);
        Assert.Equal("#1 live: publish a@1, b@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("a"), RegistryScript.Root("b")));
        Assert.Equal("#2 awaiting: publish a@2, b@2", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("a", "a2"), RegistryScript.Root("b", "b2")));

        // What others have changed is in nobody's way.
        Assert.Equal("#3 live: publish c@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("c")));
        Assert.Equal("#4 live: publish a@3", await script.PublishAsync("shop", "dev", RegistryScript.Root("a", "a3")));
        Assert.Equal("#5 live: publish b@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("b") with { Url = "http://b.example/" }));
        Assert.Equal(
            Newer("#2", "a is a@3 since #4 (publish a@3 by ann), b is b@1 since #5 (publish b@1 by ann)"), await script.ApproveAsync("shop", "dev", 2));
        Assert.Equal("a@3, b@1, c@1", await LiveAsync(script));
        Assert.Equal(LaunchStatus.Awaiting, (await script.Registry.LaunchAsync("shop", "dev", 2, default))!.Launch.Status);

        // A rollback is newer, too, unless all is again as it was.
        Assert.Equal("#6 awaiting: publish a@4", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("a", "a4")));
        Assert.Equal("#7 live: rollback to #3", await script.RollbackAsync("shop", "dev", 3));
        Assert.Equal(Newer("#6", "a is a@1 since #7 (rollback to #3 by ann)"), await script.ApproveAsync("shop", "dev", 6));
        Assert.Equal("#8 live: approve a@2, b@2", await script.ApproveAsync("shop", "dev", 2));
        Assert.Equal("a@2, b@2, c@1", await LiveAsync(script));

        // Who says so puts it in the place of what is newer.
        Assert.Equal("#9 live: rollback to #5", await script.RollbackAsync("shop", "dev", 5));
        Assert.Equal("#10 live: approve a@4", await script.ApproveAsync("shop", "dev", 6, overNewer: true));
        Assert.Equal("a@4, b@1, c@1", await LiveAsync(script));
    }

    private static async Task SeveralAsync(string place)
    {
        await using var script = await RegistryScript.OpenAsync(place);
        Assert.Equal("#1 live: publish a@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("a")));
        for (var i = 2; i <= 4; i++)
        {
            Assert.Equal($"#{i} awaiting: publish a@{i}", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("a", $"a{i}")));
        }

        // In the order in which they were made each takes the place of the one before, although that became live later.
        Assert.Equal("#5 live: approve a@2", await script.ApproveAsync("shop", "dev", 2));
        Assert.Equal("#6 live: approve a@4", await script.ApproveAsync("shop", "dev", 4));
        Assert.Equal(Newer("#3", "a is a@4 since #6 (approve #4 by ann)"), await script.ApproveAsync("shop", "dev", 3));
        Assert.Equal("a@4", await LiveAsync(script));

        // The same where nothing is live yet.
        Assert.Equal("#1 awaiting: publish a@1", await script.PublishAsync("new", "dev", true, RegistryScript.Root("a")));
        Assert.Equal("#2 awaiting: publish a@2", await script.PublishAsync("new", "dev", true, RegistryScript.Root("a", "a2")));
        Assert.Equal("#3 live: approve a@2", await script.ApproveAsync("new", "dev", 2));
        Assert.Equal(Newer("#1", "a is a@2 since #3 (approve #2 by ann)").Replace("shop", "new", StringComparison.Ordinal), await script.ApproveAsync("new", "dev", 1));
    }

    private static async Task DeletedAsync(string place)
    {
        await using var script = await RegistryScript.OpenAsync(place);
        Assert.Equal("#1 live: publish a@1, b@1, c@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("a"), RegistryScript.Root("b"), RegistryScript.Root("c")));
        Assert.Equal("#1 live: promote dev #1", await script.PromoteAsync("shop", "dev", "qa"));
        Assert.Equal("#2 live: publish a@2, b@2", await script.PublishAsync("shop", "qa", RegistryScript.Root("a", "a2"), RegistryScript.Root("b", "b2")));
        Assert.Equal("#2 awaiting: promote qa #2", await script.PromoteAsync("shop", "qa", "dev", true));
        var note = new LaunchNote("bob", null) { WaitForApproval = true };
        Assert.Equal("#3 Awaiting delete c, base 1", RegistryScript.Show((await script.Registry.DeleteAsync("shop", "dev", "c", note, script.Now, default)).Launch!));
        Assert.Equal("#4 live: delete a", await script.DeleteAsync("shop", "dev", "a"));
        Assert.Equal("#5 live: publish c@2", await script.PublishAsync("shop", "dev", RegistryScript.Root("c", "c2")));
        Assert.Equal(Newer("#2", "a is gone since #4 (delete a by ann)"), await script.ApproveAsync("shop", "dev", 2));
        Assert.Equal(Newer("#3", "c is c@2 since #5 (publish c@2 by ann)"), await script.ApproveAsync("shop", "dev", 3));

        // What was promoted since is newer, too.
        Assert.Equal("#6 awaiting: publish b@3", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("b", "b3")));
        Assert.Equal("#7 live: promote qa #2", await script.PromoteAsync("shop", "qa", "dev"));
        Assert.Equal(Newer("#6", "b is b@2 since #7 (promote qa #2 by ann)"), await script.ApproveAsync("shop", "dev", 6));
        Assert.Equal("unchanged, #7", await script.ApproveAsync("shop", "dev", 2));
        Assert.Equal("#8 live: delete c", await script.DeleteAsync("shop", "dev", "c"));
        Assert.Equal("unchanged, #8", await script.ApproveAsync("shop", "dev", 3));
    }

    private static async Task RejectAsync(string place)
    {
        await using var script = await RegistryScript.OpenAsync(place, new RegistryLimits { Supergraphs = 1 });
        Assert.Equal("#1 live: publish a@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("a")));
        Assert.Equal("#2 awaiting: publish a@2", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("a", "a2")));
        Assert.Equal("#3 awaiting: publish b@1", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("b")));
        Assert.Equal("refused: #1 of dev of shop does not wait for approval.", await script.RejectAsync("shop", "dev", 1));
        Assert.Equal("refused: #9 of dev of shop does not wait for approval.", await script.RejectAsync("shop", "dev", 9));
        Assert.Equal("refused: #1 of qa of shop does not wait for approval.", await script.RejectAsync("shop", "qa", 1));
        Assert.Equal("refused: A reason has 1 to 1000 characters, none of them a control character.", await script.RejectAsync("shop", "dev", 2, " "));
        Assert.Equal("#2 rejected", await script.RejectAsync("shop", "dev", 2, "not yet"));
        Assert.Equal("refused: #2 of dev of shop does not wait for approval. It was rejected by eve: not yet", await script.RejectAsync("shop", "dev", 2));
        Assert.Equal("refused: #2 of dev of shop does not wait for approval. It was rejected by eve: not yet", await script.ApproveAsync("shop", "dev", 2));
        Assert.Equal("refused: #2 was never live in dev of shop.", await script.RollbackAsync("shop", "dev", 2));
        var launches = await script.Registry.LaunchesAsync("shop", "dev", 10, default);
        Assert.Equal("#3 Awaiting publish b@1, base 1\n#2 Rejected publish a@2, base 1\n#1 Live publish a@1", string.Join('\n', launches.Select(RegistryScript.Show)));
        Assert.Equal([null, new LaunchRejection("eve", new DateTimeOffset(2030, 1, 1, 0, 3, 0, TimeSpan.Zero), "not yet"), null], launches.Select(launch => launch.Rejection));

        // What others publish is not touched by it, and the next one that waits pushes out the supergraph of what was rejected.
        Assert.Equal("#4 live: approve b@1", await script.ApproveAsync("shop", "dev", 3));
        Assert.Equal("a@1, b@1", await LiveAsync(script));
        Assert.Null(await script.Registry.SupergraphAsync("shop", "dev", 2, default));
    }

    // Otherwise what somebody has rejected would be in what others publish.
    private static async Task RejectWhereNothingIsLiveAsync(string place)
    {
        await using var script = await RegistryScript.OpenAsync(place);
        Assert.Equal("#1 draft: publish o@1 [INVALID_GRAPHQL]", await script.PublishAsync("shop", "dev", new SourcePublication("o", "type Query { o: Nothing }")));
        Assert.Equal("#2 awaiting: publish o@2", await script.PublishAsync("shop", "dev", true, RegistryScript.Root("o")));
        Assert.Equal("#3 awaiting: publish a@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("a")));
        Assert.Equal("#4 draft: publish b@1 [INVALID_GRAPHQL]", await script.PublishAsync("shop", "dev", new SourcePublication("b", "type Query { b: Nothing }")));
        Assert.Equal("#1 live: publish p@1", await script.PublishAsync("shop", "qa", RegistryScript.Root("p")));
        Assert.Equal("#5 awaiting: promote qa #1", await script.PromoteAsync("shop", "qa", "dev", true));
        Assert.Equal("#6 awaiting: publish c@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("c")));
        Assert.Equal("#3 #4 rejected", await script.RejectAsync("shop", "dev", 3));
        Assert.Equal("It was made on #3, which was rejected.", (await script.Registry.LaunchAsync("shop", "dev", 4, default))!.Launch.Rejection!.Reason);
        Assert.Equal("#5 #6 rejected", await script.RejectAsync("shop", "dev", 5));
        Assert.Equal("#7 awaiting: publish d@1", await script.PublishAsync("shop", "dev", RegistryScript.Root("d")));
        Assert.Equal("d@1, o@2", string.Join(", ", (await script.Registry.LaunchAsync("shop", "dev", 7, default))!.Sources));
        Assert.Equal("#2 #7 rejected", await script.RejectAsync("shop", "dev", 2));

        // Nothing waits any longer: what composes is live, on what is left.
        Assert.Equal("#8 live: publish o@3", await script.PublishAsync("shop", "dev", RegistryScript.Root("o", "oo")));
        Assert.Equal(1, (await script.Registry.LaunchAsync("shop", "dev", 8, default))!.Launch.Base);
        Assert.Equal("o@3", await LiveAsync(script));
    }

    // One approves, one rejects and one publishes, where nothing is live: what is live then has in it nothing that was rejected.
    private static async Task DecideTogetherAsync(string place)
    {
        await using var script = await RegistryScript.OpenAsync(place);
        for (var round = 0; round < 8; round++)
        {
            var graph = $"g{round}";
            await script.PublishAsync(graph, "dev", true, RegistryScript.Root("a"));
            var note = new LaunchNote("ann", null);
            var (approved, rejected, published) = (
                Task.Run(() => script.Registry.ApproveAsync(graph, "dev", 1, false, note, script.Now, default)),
                Task.Run(() => script.Registry.RejectAsync(graph, "dev", 1, new LaunchRejection("eve", script.Now, null), default)),
                Task.Run(() => script.Registry.PublishAsync(graph, "dev", [RegistryScript.Root("b")], note, script.Now, default)));
            await Task.WhenAll(approved, rejected, published);
            var isRejected = (await rejected).Value is not null;
            Assert.Equal(isRejected, (await approved).Outcome == LaunchOutcome.Refused);
            Assert.Equal(isRejected ? LaunchStatus.Rejected : LaunchStatus.Approved, (await script.Registry.LaunchAsync(graph, "dev", 1, default))!.Launch.Status);
            if (isRejected && await script.Registry.LiveAsync(graph, "dev", default) is not null)
            {
                Assert.Equal("b@1", await LiveAsync(script, graph));
            }
        }
    }

    private static async Task<string> LiveAsync(RegistryScript script, string graph = "shop") =>
        string.Join(", ", (await script.Registry.LaunchAsync(graph, "dev", (await script.Registry.LiveAsync(graph, "dev", default))!.Launch, default))!.Sources);
}
