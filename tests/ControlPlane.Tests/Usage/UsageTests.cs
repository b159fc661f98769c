using System.Globalization;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Usage;

/// <summary>What clients use, in a registry on SQLite and on PostgreSQL: the same tests.</summary>
public sealed class UsageTests : IDisposable
{
    // Long ago, as PostgreSQL has it, whose own clock runs.
    private static readonly DateTimeOffset Noon = new(2020, 11, 29, 12, 0, 0, TimeSpan.Zero);
    private static readonly RegistryLimits Small = new() { Usage = new UsageLimits { Clients = 2, Operations = 3, Days = 2, Reporters = 2 } };
    private readonly TemporaryFolder folder = new();

    private string SqlitePlace => Path.Combine(folder.Path, "registry.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public Task Counts_add_up_by_day_in_a_file() => AddUpAsync(SqlitePlace);

    [PostgresFact]
    public Task Counts_add_up_by_day_in_PostgreSQL() => PostgresDatabase.UseAsync(AddUpAsync);

    [Fact]
    public Task A_clock_that_is_ahead_lets_go_of_nothing_in_a_file() => AheadAsync(SqlitePlace);

    [PostgresFact]
    public Task A_clock_that_is_ahead_lets_go_of_nothing_in_PostgreSQL() => PostgresDatabase.UseAsync(AheadAsync);

    [PostgresFact]
    public Task No_day_is_counted_for_that_is_still_to_come_by_the_clock_of_PostgreSQL() => PostgresDatabase.UseAsync(async place =>
    {
        await using var registry = await OpenAsync(place);
        var before = TimeProvider.System.GetUtcNow();
        var told = await registry.CountUsageAsync("shop", "production", CountsOf(["web A.a 1", "web First 1"]), before.AddDays(200), default);
        var after = TimeProvider.System.GetUtcNow();
        Assert.InRange(told!.Value, before.AddMinutes(-1), after.AddMinutes(1));
        Assert.Equal(1, Assert.Single(await registry.MemberUsesAsync("shop", "production", null, UsageDays.Of(after.AddMinutes(1), 2), default)).Requests);
        Assert.Empty(await registry.MemberUsesAsync("shop", "production", null, UsageDays.Of(after.AddDays(200), 90), default));
        Assert.Null(await registry.CountUsageAsync("shop", "production", CountsOf(["web A.a 1"]), before.AddDays(-1), default));
        Assert.NotNull(await registry.FindClockAheadAsync(before.AddDays(200), default));
        Assert.Null(await registry.FindClockAheadAsync(before.AddDays(-1), default));
    });

    [Fact]
    public Task Names_that_clients_invent_do_not_grow_it_in_a_file() => InventAsync(SqlitePlace);

    [PostgresFact]
    public Task Names_that_clients_invent_do_not_grow_it_in_PostgreSQL() => PostgresDatabase.UseAsync(InventAsync);

    [Fact]
    public Task Clients_that_members_invent_do_not_grow_it_in_a_file() => InventInMembersAsync(SqlitePlace);

    [PostgresFact]
    public Task Clients_that_members_invent_do_not_grow_it_in_PostgreSQL() => PostgresDatabase.UseAsync(InventInMembersAsync);

    [Fact]
    public Task A_client_says_nothing_that_the_registry_says_in_a_file() => PretendAsync(SqlitePlace);

    [PostgresFact]
    public Task A_client_says_nothing_that_the_registry_says_in_PostgreSQL() => PostgresDatabase.UseAsync(PretendAsync);

    [Theory]
    [InlineData("web", "web")]
    [InlineData("", "")]
    [InlineData("web (old)", "web (old)")]
    [InlineData("(others)", "")]
    [InlineData(" (no name)", "")]
    [InlineData("a\0b\u001b[31m\u009f", "a\uFFFDb\uFFFD[31m\uFFFD")]
    [InlineData("\ud83d\ude00", "\ud83d\ude00")]
    public void A_name_is_one_that_a_store_takes(string name, string counted) => Assert.Equal(counted, UsageNames.Of(name));

    // Attributes hold no half of a character.
    [Fact]
    public void Half_a_character_is_none_and_a_long_name_is_cut_between_characters()
    {
        Assert.Equal("a\uFFFDb", UsageNames.Of($"a{'\ud800'}b"));
        Assert.Equal(new string('a', 127), UsageNames.Of(new string('a', 127) + "\ud83d\ude00"));
    }

    [Fact]
    public Task Gateways_that_count_at_the_same_time_lose_nothing_in_a_file() => CompeteAsync(SqlitePlace);

    [PostgresFact]
    public Task Gateways_that_count_at_the_same_time_lose_nothing_in_PostgreSQL() => PostgresDatabase.UseAsync(CompeteAsync);

    [Fact]
    public Task A_report_that_comes_once_more_counts_once_in_a_file() => RepeatAsync(SqlitePlace);

    [PostgresFact]
    public Task A_report_that_comes_once_more_counts_once_in_PostgreSQL() => PostgresDatabase.UseAsync(RepeatAsync);

    // A gateway that is newer than the commands of the teams must not lock them out.
    [Fact]
    public async Task Who_counts_does_not_bring_an_older_registry_up_to_date()
    {
        await using var registry = await OpenAsync(SqlitePlace);
        await using (var connection = new SqliteConnection($"Data Source={SqlitePlace}"))
        {
            await connection.OpenAsync();
            await using var older = connection.CreateCommand();
            older.CommandText = "UPDATE graphgateway_registry SET version = 1";
            await older.ExecuteNonQueryAsync();
        }

        var failure = await Assert.ThrowsAsync<InvalidDataException>(() => CountAsync(registry, Noon, "web A.a 1"));
        Assert.StartsWith("The registry's tables are at step 1, and this program knows ", failure.Message, StringComparison.Ordinal);
        Assert.EndsWith(": a command of its version that changes the registry, such as publish, brings them up to date.", failure.Message, StringComparison.Ordinal);
    }

    // A gateway goes on with what was live in a stage that is there no longer.
    [Fact]
    public async Task Nothing_is_counted_of_a_stage_that_is_not_there()
    {
        await using var registry = await OpenAsync(SqlitePlace);
        await CountAsync(registry, Noon, "web A.a 1");
        await registry.RemoveStageAsync("shop", "production", default);
        Assert.Equal("shop has no stage production.", (await Assert.ThrowsAsync<InvalidDataException>(() => CountAsync(registry, Noon, "web A.a 1"))).Message);
        Assert.Equal("", await MembersAsync(registry, Noon));
    }

    private static async Task AddUpAsync(string place)
    {
        await using var registry = await OpenAsync(place, Small);
        await CountAsync(registry, Noon.AddDays(-1), "web A.a 5", "web First 5");
        await CountAsync(registry, Noon, "web A.a 2", "web A.b 2", " A.a 40", "web First 2", " Second 40");
        await CountAsync(registry, Noon.AddHours(1), "web A.b 1", "web First 1");
        await registry.CountUsageAsync("shop", "dev", CountsOf(["web A.a 1000", "web First 1000"]), Noon, default);

        Assert.Equal("A.a  40; A.a web 7; A.b web 3", await MembersAsync(registry, Noon.AddDays(-1)));
        Assert.Equal("A.a  40; A.a web 2; A.b web 3", await MembersAsync(registry, Noon));
        Assert.Equal("A.b web 3", await MembersAsync(registry, Noon, "A.b", "B.c"));
        Assert.Equal(" Second hash-of-Second 40; web First hash-of-First 8", await OperationsAsync(registry, Noon.AddDays(-1)));

        // Of two days that are kept one is let go the day after.
        await CountAsync(registry, Noon.AddDays(1), "web A.a 1", "web First 1");
        Assert.Equal("A.a  40; A.a web 3; A.b web 3", await MembersAsync(registry, Noon.AddDays(-1)));
        Assert.Equal(" Second hash-of-Second 40; web First hash-of-First 4", await OperationsAsync(registry, Noon.AddDays(-1)));
    }

    // One gateway of many: neither does it let go of what the others have counted, nor is what it has counted in what is asked before that day has come.
    private static async Task AheadAsync(string place)
    {
        await using var registry = await OpenAsync(place);
        await CountAsync(registry, Noon.AddDays(-80), "web A.a 5", "web First 5");
        await CountAsync(registry, Noon, "web A.a 2", "web First 2");
        await CountAsync(registry, Noon.AddDays(200), "late A.a 1", "late First 1");
        foreach (var (days, members, clients) in new[] { (90, "A.a web 7", "web 7"), (30, "A.a web 2", "web 2") })
        {
            var within = UsageDays.Of(Noon, days);
            Assert.Equal(members, string.Join("; ", (await registry.MemberUsesAsync("shop", "production", null, within, default)).Select(use => $"{use.Coordinate} {use.Client} {use.Requests}")));
            Assert.Equal(clients, string.Join("; ", (await registry.OperationUsesAsync("shop", "production", within, default)).Select(use => $"{use.Client} {use.Requests}")));
            Assert.Equal(clients, string.Join("; ", (await registry.Listing.ClientsAsync("shop", "production", within, 9, default)).Select(use => $"{use.Name} {use.Requests}")));
        }

        Assert.Equal("A.a late 1", string.Join("; ", (await registry.MemberUsesAsync("shop", "production", null, UsageDays.Of(Noon.AddDays(200), 30), default)).Select(use => $"{use.Coordinate} {use.Client} {use.Requests}")));
    }

    private static async Task InventAsync(string place)
    {
        await using var registry = await OpenAsync(place, Small);
        await CountAsync(registry, Noon, "web A.a 9", "web First 9");

        // Who asks most gets the place that is left, and keeps it for the day.
        await CountAsync(registry, Noon, "x1 A.a 1", "x2 A.a 3", "x3 A.b 1", "x1 First 1", "x2 First 3", "x3 Second 1");
        await CountAsync(registry, Noon, "x4 A.a 50", "x2 A.a 1", "x4 Third 50", "x2 First 1", "web Fourth 1");
        Assert.Equal("A.a (others) 51; A.a web 9; A.a x2 4; A.b (others) 1", await MembersAsync(registry, Noon));
        Assert.Equal("(others)   51; web First hash-of-First 9; x2 First hash-of-First 4; (others) First hash-of-First 1; web   1", await OperationsAsync(registry, Noon));

        // Another day begins anew.
        await CountAsync(registry, Noon.AddDays(1), "x4 A.a 50", "x4 Third 50");
        Assert.Equal("A.a x4 50", await MembersAsync(registry, Noon.AddDays(1)));
    }

    // One report after the other, each with members alone.
    private static async Task InventInMembersAsync(string place)
    {
        await using var registry = await OpenAsync(place, Small);
        foreach (var client in new[] { "x1", "x2", "x3", "x4", "x1" })
        {
            await CountAsync(registry, Noon, $"{client} A.a 1");
        }

        Assert.Equal("A.a (others) 2; A.a x1 2; A.a x2 1", await MembersAsync(registry, Noon));
        Assert.Equal("", await OperationsAsync(registry, Noon));
        Assert.Empty(await registry.Listing.ClientsAsync("shop", "production", UsageDays.Of(Noon, 1), 10, default));
        Assert.Empty(await registry.Listing.OperationsAsync("shop", "production", UsageDays.Of(Noon, 1), null, 10, default));

        // What it asks for later is one operation.
        await CountAsync(registry, Noon, "x1 First 1");
        Assert.Equal(new RankedUse("x1", 1, 1), Assert.Single(await registry.Listing.ClientsAsync("shop", "production", UsageDays.Of(Noon, 1), 10, default)));
    }

    private static async Task PretendAsync(string place)
    {
        await using var registry = await OpenAsync(place);
        string[] names = ["", "(others)", "(no name)", "(unknown)", " (others)", "a\0b", $"c{'\ud800'}"];
        await registry.CountUsageAsync(
            "shop",
            "production",
            new UsageCounts([.. names.Select(name => new MemberUse("A.a", name, 1))], [.. names.Select(name => new OperationUse(name, "hash", "Q", 1))]),
            Noon,
            default);
        Assert.Equal("A.a  4; A.a (others) 1; A.a a\uFFFDb 1; A.a c\uFFFD 1", await MembersAsync(registry, Noon));
        Assert.Equal(" Q hash 4; (others) Q hash 1; a\uFFFDb Q hash 1; c\uFFFD Q hash 1", await OperationsAsync(registry, Noon));
    }

    private static async Task CompeteAsync(string place)
    {
        await using var registry = await OpenAsync(place);
        await Task.WhenAll(Enumerable.Range(0, 8).Select(gateway => Task.Run(async () =>
        {
            await using var own = SchemaRegistry.At(place);
            string[] counts = [.. Enumerable.Range(0, 250).Select(member => $"web A.f{member} 1"), "web First 1"];
            if (gateway % 2 == 1)
            {
                Array.Reverse(counts);
            }

            for (var round = 0; round < 5; round++)
            {
                await CountAsync(own, Noon, counts);
            }
        })));
        Assert.Equal(string.Join("; ", Enumerable.Range(0, 250).Select(member => $"A.f{member} web 40").Order(StringComparer.Ordinal)), await MembersAsync(registry, Noon));
        Assert.Equal("web First hash-of-First 40", await OperationsAsync(registry, Noon));
    }

    private static async Task<SchemaRegistry> OpenAsync(string place, RegistryLimits? limits = null)
    {
        var registry = SchemaRegistry.At(place, readOnly: false, limits);
        await registry.PrepareAsync(default);
        foreach (var stage in new[] { "production", "dev" })
        {
            await registry.PublishAsync("shop", stage, [new SourcePublication("a", "type Query { a: Int }")], new LaunchNote(null, null), Noon, default);
        }

        return registry;
    }

    private static async Task RepeatAsync(string place)
    {
        await using var registry = await OpenAsync(place);
        await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => ReportAsync(registry, "a", 1, "web A.a 1"))));
        await ReportAsync(registry, "a", 2, "web A.a 10");
        await ReportAsync(registry, "a", 1, "web A.a 100");
        await ReportAsync(registry, "b", 1, "web A.a 1000");
        Assert.Equal("A.a web 1011", await MembersAsync(registry, Noon));

        // Of more reporters than are remembered those are that have reported last.
        foreach (var (reporter, minute) in new[] { ("c", 1), ("b", 2), ("d", 3), ("b", 4) })
        {
            await ReportAsync(registry, reporter, minute, "web A.b 1", minute);
        }

        await ReportAsync(registry, "b", 4, "web A.b 100", 5);
        await ReportAsync(registry, "d", 3, "web A.b 100", 6);
        Assert.Equal("A.a web 1011; A.b web 4", await MembersAsync(registry, Noon));
    }

    private static Task ReportAsync(SchemaRegistry registry, string reporter, long number, string count, int minute = 0) => registry.CountUsageAsync(
        "shop", "production", CountsOf([count]) with { Id = new UsageReportId(reporter, number) }, Noon.AddMinutes(minute), default);

    private static Task CountAsync(SchemaRegistry registry, DateTimeOffset time, params string[] counts) =>
        registry.CountUsageAsync("shop", "production", CountsOf(counts), time, default);

    // "CLIENT MEMBER REQUESTS", where a member has a dot, and "CLIENT OPERATION REQUESTS".
    private static UsageCounts CountsOf(string[] counts)
    {
        var parts = counts.Select(count => count.Split(' ')).ToLookup(count => count[1].Contains('.', StringComparison.Ordinal));
        return new UsageCounts(
            [.. parts[true].Select(part => new MemberUse(part[1], part[0], long.Parse(part[2], CultureInfo.InvariantCulture)))],
            [.. parts[false].Select(part => new OperationUse(part[0], $"hash-of-{part[1]}", part[1], long.Parse(part[2], CultureInfo.InvariantCulture)))]);
    }

    private static async Task<string> MembersAsync(SchemaRegistry registry, DateTimeOffset since, params string[] coordinates) => string.Join(
        "; ",
        (await registry.MemberUsesAsync("shop", "production", coordinates.Length == 0 ? null : coordinates, new UsageDays(UsageDays.DayOf(since), UsageDays.DayOf(Noon) + 1_000), default))
            .Select(use => $"{use.Coordinate} {use.Client} {use.Requests}"));

    private static async Task<string> OperationsAsync(SchemaRegistry registry, DateTimeOffset since) => string.Join(
        "; ",
        (await registry.OperationUsesAsync("shop", "production", new UsageDays(UsageDays.DayOf(since), UsageDays.DayOf(Noon) + 1_000), default)).Select(use => $"{use.Client} {use.Name} {use.Hash} {use.Requests}"));
}
