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
            Newer("#2", "a is a@3 since #4 (publish a@3 by ann), b has another URL since #5 (publish b@1 by ann)"), await script.ApproveAsync("shop", "dev", 2));
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

    private static async Task<string> LiveAsync(RegistryScript script, string graph = "shop") =>
        string.Join(", ", (await script.Registry.LaunchAsync(graph, "dev", (await script.Registry.LiveAsync(graph, "dev", default))!.Launch, default))!.Sources);
}
