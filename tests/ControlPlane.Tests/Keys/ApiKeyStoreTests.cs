using System.Text;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Keys;

/// <summary>The store on SQLite and on PostgreSQL: the same tests.</summary>
public sealed class ApiKeyStoreTests : IDisposable
{
    private static readonly byte[] Pepper = Encoding.ASCII.GetBytes("a pepper of a test, 32 bytes long");
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly ApiKeyGrant Grant = new("web", "gold", ["read", "write"], Now.AddDays(90));

    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public Task A_key_is_made_rotated_and_revoked_in_a_file() => LiveAsync(SqlitePlace);

    [PostgresFact]
    public Task A_key_is_made_rotated_and_revoked_in_PostgreSQL() => PostgresDatabase.UseAsync(LiveAsync);

    [Fact]
    public Task Many_at_the_same_time_lose_nothing_in_a_file() => CompeteAsync(SqlitePlace);

    [PostgresFact]
    public Task Many_at_the_same_time_lose_nothing_in_PostgreSQL() => PostgresDatabase.UseAsync(CompeteAsync);

    [Fact]
    public async Task The_store_has_neither_the_key_nor_its_secret()
    {
        await using (var store = await OpenAsync(SqlitePlace))
        {
            var made = await store.CreateAsync(Grant, Pepper, Now, default);
            SqliteConnection.ClearAllPools();
            var bytes = Encoding.Latin1.GetString(await File.ReadAllBytesAsync(SqlitePlace));
            Assert.Contains(made.Key.Id, bytes, StringComparison.Ordinal);
            Assert.Contains(Convert.ToHexStringLower(ApiKeyText.HashOf(made.Text, Pepper)), bytes, StringComparison.Ordinal);
            Assert.DoesNotContain(made.Text[21..], bytes, StringComparison.Ordinal);
            Assert.DoesNotContain(made.Text[21..85], bytes, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Who_only_reads_makes_no_file_and_finds_no_keys_where_there_is_no_table()
    {
        await using (var none = ApiKeyStore.At(SqlitePlace, readOnly: true))
        {
            await Assert.ThrowsAsync<SqliteException>(() => none.ListAsync(default));
            Assert.False(File.Exists(SqlitePlace));
        }

        await File.WriteAllBytesAsync(SqlitePlace, []);
        await using var empty = ApiKeyStore.At(SqlitePlace, readOnly: true);
        Assert.Empty(await empty.ListAsync(default));
    }

    [Fact]
    public async Task A_pepper_that_is_too_short_is_refused()
    {
        await using var store = await OpenAsync(SqlitePlace);
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => store.CreateAsync(Grant, new byte[31], Now, default));
        Assert.Empty(await store.ListAsync(default));
    }

    private string SqlitePlace => Path.Combine(folder.Path, "keys.db");

    private static async Task<ApiKeyStore> OpenAsync(string place)
    {
        var store = ApiKeyStore.At(place);
        await store.PrepareAsync(default);
        return store;
    }

    private static async Task LiveAsync(string place)
    {
        await using var store = await OpenAsync(place);
        var first = await store.CreateAsync(Grant, Pepper, Now, default);
        var second = await store.CreateAsync(new ApiKeyGrant("o'brien; DROP TABLE", null, [], null), Pepper, Now.AddSeconds(1), default);
        await store.PrepareAsync(default);
        Assert.Equal(
            [
                $"{first.Key.Id} web gold read,write 2030-04-01 - -",
                $"{second.Key.Id} o'brien; DROP TABLE   - - -",
            ],
            await LinesAsync(store));
        Assert.Equal(Convert.ToHexString(ApiKeyText.HashOf(first.Text, Pepper)), Convert.ToHexString((await store.ListAsync(default))[0].Hash.AsSpan()));

        var third = await store.RotateAsync(first.Key.Id, TimeSpan.FromDays(1), Now.AddDays(30), Pepper, Now.AddSeconds(2), default);
        Assert.Null(await store.RotateAsync(first.Key.Id, TimeSpan.FromDays(1), null, Pepper, Now.AddSeconds(3), default));
        Assert.True(await store.RevokeAsync(second.Key.Id, Now.AddDays(2), default));
        Assert.False(await store.RevokeAsync(second.Key.Id, Now.AddDays(3), default));
        Assert.False(await store.RevokeAsync("0000000000000000", Now, default));
        Assert.Null(await store.RotateAsync(second.Key.Id, TimeSpan.Zero, null, Pepper, Now, default));
        Assert.Null(await store.RotateAsync("0000000000000000", TimeSpan.Zero, null, Pepper, Now, default));
        Assert.Equal(
            [
                $"{first.Key.Id} web gold read,write 2030-01-02 - {third!.Key.Id}",
                $"{second.Key.Id} o'brien; DROP TABLE   - 2030-01-03 -",
                $"{third.Key.Id} web gold read,write 2030-01-31 - -",
            ],
            await LinesAsync(store));
        Assert.Null(await store.RotateAsync(third.Key.Id, TimeSpan.Zero, null, Pepper, Now.AddDays(31), default));
    }

    // Several processes, each with a store of its own.
    private static async Task CompeteAsync(string place)
    {
        var stores = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => OpenAsync(place)));
        var made = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => Task.Run(() => stores[i % 4].CreateAsync(Grant, Pepper, Now, default))));
        Assert.Equal(40, (await stores[0].ListAsync(default)).Select(key => key.Id).Intersect(made.Select(key => key.Key.Id)).Count());

        var id = made[0].Key.Id;
        var rotated = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => stores[i % 4].RotateAsync(id, TimeSpan.FromDays(1), null, Pepper, Now, default))));
        var winner = Assert.Single(rotated, result => result is not null)!;
        var all = await stores[0].ListAsync(default);
        Assert.Equal((41, winner.Key.Id), (all.Length, all.Single(key => key.Id == id).ReplacedBy));

        var revoked = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => Task.Run(() => stores[i % 4].RevokeAsync(id, Now, default))));
        Assert.Single(revoked, wasRevoked => wasRevoked);
        foreach (var store in stores)
        {
            await store.DisposeAsync();
        }
    }

    private static async Task<IEnumerable<string>> LinesAsync(ApiKeyStore store) => (await store.ListAsync(default)).Select(key =>
        $"{key.Id} {key.Grant.Consumer} {key.Grant.Plan} {string.Join(',', key.Grant.Scopes)} {key.Grant.Expires?.ToString("yyyy-MM-dd") ?? "-"} "
        + $"{key.Revoked?.ToString("yyyy-MM-dd") ?? "-"} {key.ReplacedBy ?? "-"}");
}
