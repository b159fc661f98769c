using System.Diagnostics;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.ControlPlane.Tests.Operations;

/// <summary>The store on SQLite and on PostgreSQL: the same tests.</summary>
public sealed class OperationStoreTests(ITestOutputHelper output) : IDisposable
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    private string SqlitePlace => Path.Combine(folder.Path, "operations.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public Task Releases_are_published_and_retired_in_a_file() => LiveAsync(SqlitePlace);

    [PostgresFact]
    public Task Releases_are_published_and_retired_in_PostgreSQL() => PostgresDatabase.UseAsync(LiveAsync);

    [Fact]
    public Task Of_many_at_the_same_time_each_is_whole_or_refused_in_a_file() => CompeteAsync(SqlitePlace);

    [PostgresFact]
    public Task Of_many_at_the_same_time_each_is_whole_or_refused_in_PostgreSQL() => PostgresDatabase.UseAsync(CompeteAsync);

    // Which part of a table two connections meet at is chance: many of them, some times, meet at all.
    [PostgresFact]
    public async Task Many_who_prepare_a_store_at_the_same_time_all_have_it()
    {
        for (var round = 0; round < 8; round++)
        {
            await PostgresDatabase.UseAsync(async place =>
            {
                var stores = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Task.Run(() => OpenAsync(place))));
                var revisions = await Task.WhenAll(stores.Select(store => store.RevisionAsync(default)));
                Assert.Single(revisions.Distinct());
                await Task.WhenAll(stores.Select(store => store.DisposeAsync().AsTask()));
            });
        }
    }

    [Fact]
    public Task A_hundred_thousand_operations_are_published_in_a_file() => ManyAsync(SqlitePlace);

    [PostgresFact]
    public Task A_hundred_thousand_operations_are_published_in_PostgreSQL() => PostgresDatabase.UseAsync(ManyAsync);

    [Theory]
    [InlineData("There is no operation in it. []")]
    [InlineData("An identifier has 1 to 512 characters, none of them a control character. []", "", "{a}")]
    [InlineData("An identifier has 1 to 512 characters, none of them a control character. [a\tb]", "a\tb", "{a}")]
    [InlineData("The identifier says by \"sha256:\" that it is the text's hash, which is 9dfcd65b5cc0c59cb9eabb1b4fa5738c9a59b3b64e5b5ce5da3d4b3ae3a6a6b5. [00]", "sha256:00", "{a}")]
    [InlineData("Documents may have 10 bytes; these have more. [long]", "short", "{a}", "long", "{aaaaaaaaaaa}")]
    [InlineData("An identifier stands for one text; these come with several. [one]", "one", "{a}", "two", "{a}", "one", "{b}")]
    [InlineData("It has 5 operations; a release may have 4. []", "1", "{a}", "2", "{a}", "3", "{a}", "4", "{a}", "5", "{a}")]
    [InlineData("The store would have more than 3 operations. Retire releases that nobody uses. []", "1", "{a}", "2", "{a}", "3", "{a}", "4", "{a}")]
    [InlineData("The store would have more than 20 bytes of documents. Retire releases that nobody uses. []", "1", "{aaaaaaa}", "2", "{aaaaaaa}", "3", "{a}")]
    public async Task What_cannot_be_stored_is_refused_and_nothing_is(string expected, params string[] idsAndTexts)
    {
        var limits = new OperationStoreLimits { DocumentBytes = 10, ReleaseOperations = 4, Operations = 3, Bytes = 20 };
        await using var store = OperationStore.At(SqlitePlace, limits: limits);
        await store.PrepareAsync(default);
        var operations = idsAndTexts.Chunk(2).Select(pair => new PublishedOperation(pair[0], pair[1])).ToList();
        var result = await store.PublishAsync("web", "1", operations, Now, default);
        Assert.Equal((expected.Replace("9dfcd65b5cc0c59cb9eabb1b4fa5738c9a59b3b64e5b5ce5da3d4b3ae3a6a6b5", PublishedOperation.HashOf("{a}"), StringComparison.Ordinal), false), (Show(result), result.IsStored));
        Assert.Equal((0, 0), ((await store.ListAsync(default)).Length, (await store.ReadAsync(default)).Length));
    }

    [Fact]
    public async Task Who_only_reads_makes_no_file_and_finds_nothing_where_nothing_was_published()
    {
        await using (var none = OperationStore.At(SqlitePlace, readOnly: true))
        {
            await Assert.ThrowsAsync<SqliteException>(() => none.RevisionAsync(default));
            Assert.False(File.Exists(SqlitePlace));
        }

        await File.WriteAllBytesAsync(SqlitePlace, []);
        await using var empty = OperationStore.At(SqlitePlace, readOnly: true);
        Assert.Equal(StoreRevision.None, await empty.RevisionAsync(default));
        Assert.Empty(await empty.ReadAsync(default));
    }

    [Fact]
    public async Task A_publisher_that_is_killed_leaves_nothing_behind_even_for_who_only_reads()
    {
        await using (var store = await OpenAsync(SqlitePlace))
        {
            await store.PublishAsync("web", "1", [new PublishedOperation("a", "{a}")], Now, default);
        }

        // As the machine would find the files: half of the rows are written over, and the journal has what was there before.
        var place = Path.Combine(folder.Path, "killed.db");
        await using (var connection = new SqliteConnection($"Data Source={SqlitePlace};Pooling=false"))
        {
            await connection.OpenAsync();
            foreach (var text in new[] { "PRAGMA cache_size = 5", "BEGIN IMMEDIATE", "UPDATE graphgateway_operation_revision SET revision = 2" }.Concat(Enumerable.Range(0, 500).Select(
                i => $"INSERT INTO graphgateway_operations VALUES ('web', 'id{i}', 'hash', 2000, '{new string('x', 2000)}')")))
            {
                await using var command = new SqliteCommand(text, connection);
                await command.ExecuteNonQueryAsync();
            }

            File.Copy(SqlitePlace, place);
            File.Copy(SqlitePlace + "-journal", place + "-journal");
        }

        Assert.True(new FileInfo(place).Length > 500_000);
        await using var after = OperationStore.At(place, readOnly: true);
        Assert.Equal(1, (await after.RevisionAsync(default)).Number);
        Assert.Equal(["web a {a}"], (await after.ReadAsync(default)).Select(operation => $"{operation.Client} {operation.Id} {operation.Text}"));
    }

    private static async Task LiveAsync(string place)
    {
        await using var store = await OpenAsync(place);
        await store.PrepareAsync(default);
        var first = await store.RevisionAsync(default);
        var (a, b, c) = (new PublishedOperation("a", "{ a }"), new PublishedOperation("o'brien; DROP", "{ b }"), new PublishedOperation($"sha256:{PublishedOperation.HashOf("{ c }")}", "{ c }"));

        Assert.Equal("2 added", Show(await store.PublishAsync("web", "1.0", [a, b], Now, default)));
        Assert.Equal("1 added", Show(await store.PublishAsync("web", "1.1", [c, b, b], Now.AddDays(1), default)));
        Assert.Equal("1 added", Show(await store.PublishAsync(null, "health", [new PublishedOperation("a", "{ other }")], Now, default)));
        Assert.Equal(3, (await store.RevisionAsync(default)).Number);

        // The same once more is no change; the order does not count.
        Assert.Equal("was there", Show(await store.PublishAsync("web", "1.0", [b, a], Now.AddDays(5), default)));
        Assert.Equal(
            "The client has published other texts by these identifiers. [a]", Show(await store.PublishAsync("web", "1.2", [new PublishedOperation("a", "{ a b }"), c], Now, default)));
        Assert.Equal(
            $"The tag is published with other operations; these differ. Choose another tag, or retire this one first. [{c.Id}, o'brien; DROP]",
            Show(await store.PublishAsync("web", "1.0", [a, c], Now, default)));
        Assert.Equal(first with { Number = 3 }, await store.RevisionAsync(default));
        Assert.Equal(
            ["- health 1 2030-01-01", "web 1.0 2 2030-01-01", "web 1.1 2 2030-01-02"],
            (await store.ListAsync(default)).Select(release => $"{release.Client ?? "-"} {release.Tag} {release.Operations} {release.Published:yyyy-MM-dd}"));
        Assert.Equal([$"- a {{ other }}", "web a { a }", $"web {c.Id} {{ c }}", "web o'brien; DROP { b }"], await LinesAsync(store));
        Assert.Equal("1.0 1.1", string.Join(' ', await store.TagsAsync(new StoredOperation("web", b.Id, b.Text, b.Hash), default)));

        Assert.Null(await store.RetireAsync("web", "9", default));
        Assert.Null(await store.RetireAsync(null, "1.0", default));
        Assert.Equal(1, await store.RetireAsync("web", "1.0", default));
        Assert.Equal([$"- a {{ other }}", $"web {c.Id} {{ c }}", "web o'brien; DROP { b }"], await LinesAsync(store));
        Assert.Equal("1 added", Show(await store.PublishAsync("web", "2.0", [new PublishedOperation("a", "{ a b }")], Now, default)));
        Assert.Equal(2, await store.RetireAsync("web", "1.1", default));
        Assert.Equal(first with { Number = 6 }, await store.RevisionAsync(default));
    }

    // Several processes, each with a store of its own: those of one tag with other operations, and one with its own.
    private static async Task CompeteAsync(string place)
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync(place)));
        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => stores[i % 4].PublishAsync(
            "web", i < 6 ? "1" : $"own{i}", [.. Enumerable.Range(0, 250).Select(n => new PublishedOperation(i < 6 ? $"{n}" : $"{i}/{n}", $"{{ f{i}n{n} }}"))], Now, default))));
        var winner = Assert.Single(results.Take(6), result => result.IsStored);
        Assert.All(results.Take(6).Where(result => result != winner), result => Assert.StartsWith("The tag is published with other operations", Show(result), StringComparison.Ordinal));
        Assert.All(results.Skip(6), result => Assert.Equal("250 added", Show(result)));
        var stored = await stores[0].ReadAsync(default);
        var index = Array.IndexOf(results, winner);
        Assert.Equal((750, 250), (stored.Length, stored.Count(operation => operation.Text.StartsWith($"{{ f{index}n", StringComparison.Ordinal))));
        Assert.Equal(3, (await stores[0].RevisionAsync(default)).Number);
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    private async Task ManyAsync(string place)
    {
        const int count = 100_000;
        await using var store = await OpenAsync(place);
        PublishedOperation[] operations = [.. Enumerable.Range(0, count).Select(i => $"query Operation{i} {{ users(first: {i}) {{ nodes {{ id name email orders {{ nodes {{ id total }} }} }} }} }}")
            .Select(text => new PublishedOperation(PublishedOperation.HashOf(text), text))];
        var watch = Stopwatch.StartNew();
        Assert.Equal($"{count} added", Show(await store.PublishAsync("web", "1", operations, Now, default)));
        output.WriteLine($"published in {watch.ElapsedMilliseconds} ms");
        watch.Restart();
        Assert.Equal("was there", Show(await store.PublishAsync("web", "1", operations, Now, default)));
        output.WriteLine($"once more in {watch.ElapsedMilliseconds} ms");
        watch.Restart();
        Assert.Equal(count, (await store.ReadAsync(default)).Length);
        output.WriteLine($"read in {watch.ElapsedMilliseconds} ms");
        watch.Restart();
        Assert.Equal(count, await store.RetireAsync("web", "1", default));
        output.WriteLine($"retired in {watch.ElapsedMilliseconds} ms");
    }

    private static async Task<OperationStore> OpenAsync(string place)
    {
        var store = OperationStore.At(place);
        await store.PrepareAsync(default);
        return store;
    }

    private static string Show(PublishResult result) =>
        result.Problem is { } problem ? $"{problem} [{string.Join(", ", result.Ids)}]" : result.WasThere ? "was there" : $"{result.Added} added";

    private static async Task<IEnumerable<string>> LinesAsync(OperationStore store) =>
        (await store.ReadAsync(default)).Select(operation => $"{operation.Client ?? "-"} {operation.Id} {operation.Text}").Order(StringComparer.Ordinal);
}
