using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Schemas;

/// <summary>Long lists, a part at a time, on SQLite and on PostgreSQL: the same test.</summary>
public sealed class RegistryListingTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public Task Lists_come_in_parts_from_a_file() => ListAsync(Path.Combine(folder.Path, "registry.db"));

    [PostgresFact]
    public Task Lists_come_in_parts_from_PostgreSQL() => PostgresDatabase.UseAsync(ListAsync);

    private static async Task ListAsync(string place)
    {
        await using var script = await RegistryScript.OpenAsync(place);
        var listing = script.Registry.Listing;
        for (var version = 1; version <= 5; version++)
        {
            await script.PublishAsync("shop", "dev", version == 3, RegistryScript.Root("users", $"f{version}"));
        }

        await script.PublishAsync("shop", "dev", RegistryScript.Root("orders"));
        Assert.Equal([6, 5, 4], (await listing.LaunchesAsync("shop", "dev", null, null, 3, default)).Select(launch => launch.Number));
        Assert.Equal([3, 2], (await listing.LaunchesAsync("shop", "dev", 4, null, 2, default)).Select(launch => launch.Number));
        Assert.Equal([3], (await listing.LaunchesAsync("shop", "dev", null, LaunchStatus.Awaiting, 9, default)).Select(launch => launch.Number));
        Assert.Equal([2, 1], (await listing.VersionsAsync("shop", "users", 3, 9, default)).Select(version => version.Version));
        Assert.Equal<SourceSummary>([new SourceSummary("orders", 1), new SourceSummary("users", 5)], await listing.SourcesAsync("shop", 9, default));
        Assert.Equal(
            [("orders", 1, "t6"), ("users", 5, "t5")],
            (await listing.VersionsOfAsync("shop", "dev", 6, default)).Values.OrderBy(version => version.Source).Select(version => (version.Source, version.Version, version.Note.Tag!)));

        // Long ago, as PostgreSQL has it, whose own clock runs.
        var now = new DateTimeOffset(2020, 1, 2, 0, 0, 0, TimeSpan.Zero);
        var both = UsageDays.Of(now, 2);
        await script.Registry.CountUsageAsync("shop", "dev", Counts(("A.a_b", "web", 5), ("A.axb", "", 2), ("B.a", "web", 1)), now.AddDays(-1), default);
        await script.Registry.CountUsageAsync("shop", "dev", Counts(("A.a_b", "", 1), ("b.A", "phone", 9)), now, default);
        Assert.Equal("b.A 9 1; A.a_b 6 2; A.axb 2 1; B.a 1 1", Show(await listing.MembersAsync("shop", "dev", both, null, null, 9, default)));
        Assert.Equal("b.A 9 1; A.a_b 1 1", Show(await listing.MembersAsync("shop", "dev", UsageDays.Of(now, 1), null, null, 9, default)));
        Assert.Equal("b.A 9 1", Show(await listing.MembersAsync("shop", "dev", both, null, null, 1, default)));
        Assert.Equal("A.a_b 5 1; B.a 1 1", Show(await listing.MembersAsync("shop", "dev", both, null, "web", 9, default)));
        Assert.Equal("A.axb 2 1; A.a_b 1 1", Show(await listing.MembersAsync("shop", "dev", both, null, "", 9, default)));

        // Neither upper and lower case, nor what databases take for any character.
        Assert.Equal("b.A 9 1; B.a 1 1", Show(await listing.MembersAsync("shop", "dev", both, "B.a", null, 9, default)));
        Assert.Equal("A.a_b 6 2", Show(await listing.MembersAsync("shop", "dev", both, "A_", null, 9, default)));
        Assert.Equal("", Show(await listing.MembersAsync("shop", "dev", both, "%", null, 9, default)));
        Assert.Equal("", Show(await listing.MembersAsync("shop", "dev", both, "' OR 1=1 --", null, 9, default)));
        Assert.Equal("phone 9 1; web 6 2;  3 2", Show(await listing.ClientsAsync("shop", "dev", both, 9, default)));
        Assert.Equal("web A.a_b 5; web B.a 1", string.Join("; ", (await listing.OperationsAsync("shop", "dev", both, "web", 9, default)).Select(use => $"{use.Client} {use.Name} {use.Requests}")));
    }

    private static string Show(IEnumerable<RankedUse> uses) => string.Join("; ", uses.Select(use => $"{use.Name} {use.Requests} {use.Others}"));

    // Each member by an operation of its own.
    private static UsageCounts Counts(params (string Member, string Client, long Requests)[] uses) => new(
        [.. uses.Select(use => new MemberUse(use.Member, use.Client, use.Requests))],
        [.. uses.Select(use => new OperationUse(use.Client, PublishedOperation.HashOf(use.Member), use.Member, use.Requests))]);
}
