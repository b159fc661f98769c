using System.Collections.Immutable;
using System.Data.Common;

namespace GraphGateway.ControlPlane;

/// <summary>
/// Where API keys are kept: a SQLite file, or a PostgreSQL database that several gateways share. The statements are those that both know. Several processes may
/// use it at the same time: each change is one statement or one transaction. Throws <see cref="DbException"/> where the database cannot be used.
/// </summary>
public sealed class ApiKeyStore : IAsyncDisposable
{
    private const string Columns = "id, hash, consumer, plan, scopes, created, expires, revoked, replaced_by";

    private readonly StoreDatabase database;
    private readonly string table;

    private ApiKeyStore(StoreDatabase database, string table)
    {
        (this.database, this.table) = (database, table);
    }

    /// <summary>The store at a place. Nothing is opened yet.</summary>
    /// <param name="place">The name of a file for SQLite, or a connection string of PostgreSQL, which has <c>Host=</c>.</param>
    /// <param name="readOnly">True for who only reads: a file that is not there is not made.</param>
    /// <exception cref="ArgumentException">It is neither.</exception>
    public static ApiKeyStore At(string place, bool readOnly = false) => new(StoreDatabase.At(place, readOnly), "graphgateway_api_keys");

    /// <summary>The keys of a registry, which are in the registry's own database: none of them is a client's, and no client's key is one of them.</summary>
    /// <param name="place">Where the registry is.</param>
    /// <param name="readOnly">True for who only reads.</param>
    /// <exception cref="StorePlaceException">It is no place.</exception>
    public static ApiKeyStore OfRegistry(string place, bool readOnly = false) => new(StoreDatabase.At(place, readOnly), "graphgateway_registry_keys");

    /// <summary>Makes the tables where there are none.</summary>
    /// <param name="cancellation">Ends it.</param>
    public Task PrepareAsync(CancellationToken cancellation) => database.PrepareAsync(
        [
            $"""
            CREATE TABLE IF NOT EXISTS {table} (
              id TEXT PRIMARY KEY, hash TEXT NOT NULL, consumer TEXT NOT NULL, plan TEXT, scopes TEXT NOT NULL,
              created BIGINT NOT NULL, expires BIGINT, revoked BIGINT, replaced_by TEXT)
            """,
            $"CREATE TABLE IF NOT EXISTS {table}_first (one INTEGER PRIMARY KEY, id TEXT NOT NULL)",
        ],
        cancellation);

    /// <summary>Why it cannot be read, for who makes no tables and only reads; null where it can. Without tables it has no keys.</summary>
    public string? FindReadProblem() => database.MissingFile is { } file ? $"There are no keys: {file} is not there. `keys create` makes it." : null;

    /// <summary>A key; null where there is none of that name.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<ApiKey?> FindAsync(string id, CancellationToken cancellation) =>
        (await database.ReadAsync($"SELECT {Columns} FROM {table} WHERE id = @id", KeyOf, cancellation, ("id", id))).SingleOrDefault();

    /// <summary>All keys, those that are no longer valid too, in the order in which they were made.</summary>
    /// <param name="cancellation">Ends it.</param>
    public Task<ImmutableArray<ApiKey>> ListAsync(CancellationToken cancellation) =>
        database.ReadAsync($"SELECT {Columns} FROM {table} ORDER BY created, id", KeyOf, cancellation);

    /// <summary>Makes a key.</summary>
    /// <param name="grant">What it is for.</param>
    /// <param name="pepper">The server's secret.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<MadeApiKey> CreateAsync(ApiKeyGrant grant, byte[] pepper, DateTimeOffset now, CancellationToken cancellation)
    {
        var made = Make(grant, pepper, now);
        await using var connection = await database.OpenAsync(cancellation);
        await InsertAsync(connection, null, made.Key, cancellation);
        return made;
    }

    /// <summary>
    /// Makes a key where there never was one; null where there was. Of several who do this at the same time, in other processes too, one makes it.
    /// </summary>
    /// <param name="grant">What it is for.</param>
    /// <param name="pepper">The server's secret.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<MadeApiKey?> CreateFirstAsync(ApiKeyGrant grant, byte[] pepper, DateTimeOffset now, CancellationToken cancellation)
    {
        var made = Make(grant, pepper, now);
        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);

        // Who comes second waits here for the end of the first one's transaction, and then changes nothing.
        var isFirst = await StoreDatabase.ExecuteAsync(
            connection, transaction, $"INSERT INTO {table}_first (one, id) VALUES (1, @id) ON CONFLICT DO NOTHING", cancellation, ("id", made.Key.Id)) > 0;
        if (!isFirst || !(await StoreDatabase.ReadAsync(connection, transaction, $"SELECT id FROM {table} LIMIT 1", row => row.GetString(0), cancellation)).IsEmpty)
        {
            return null;
        }

        await InsertAsync(connection, transaction, made.Key, cancellation);
        await transaction.CommitAsync(cancellation);
        return made;
    }

    /// <summary>
    /// Makes a key in the place of another one, which stays valid for a while so that its owner can change over. Null where there is no such key, or it is
    /// revoked, expired or replaced already; then nothing has happened.
    /// </summary>
    /// <param name="id">The key that is replaced.</param>
    /// <param name="grace">How long it stays valid.</param>
    /// <param name="expires">When the new one is no longer valid; null where it does not expire.</param>
    /// <param name="pepper">The server's secret.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<MadeApiKey?> RotateAsync(string id, TimeSpan grace, DateTimeOffset? expires, byte[] pepper, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        var select = $"SELECT {Columns} FROM {table} WHERE id = @id";
        if (await StoreDatabase.ReadAsync(connection, transaction, select, KeyOf, cancellation, ("id", id)) is not [var old])
        {
            return null;
        }

        // The old one's own end, where that comes first, stays. Of two who do this at the same time one changes nothing.
        var made = Make(old.Grant with { Expires = expires }, pepper, now);
        var changed = await StoreDatabase.ExecuteAsync(
            connection,
            transaction,
            $"""
            UPDATE {table} SET replaced_by = @by, expires = CASE WHEN expires < @end THEN expires ELSE @end END
            WHERE id = @id AND replaced_by IS NULL AND revoked IS NULL AND (expires IS NULL OR expires > @now)
            """,
            cancellation,
            ("by", made.Key.Id), ("end", (now + grace).ToUnixTimeMilliseconds()), ("id", id), ("now", now.ToUnixTimeMilliseconds()));
        if (changed == 0)
        {
            return null;
        }

        await InsertAsync(connection, transaction, made.Key, cancellation);
        await transaction.CommitAsync(cancellation);
        return made;
    }

    /// <summary>Ends a key at once and for good. False where there is no such key that was not revoked.</summary>
    /// <param name="id">The key.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<bool> RevokeAsync(string id, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await StoreDatabase.ExecuteAsync(
            connection,
            null,
            $"UPDATE {table} SET revoked = @now WHERE id = @id AND revoked IS NULL",
            cancellation,
            ("now", now.ToUnixTimeMilliseconds()), ("id", id)) > 0;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static MadeApiKey Make(ApiKeyGrant grant, byte[] pepper, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(pepper);
        ArgumentOutOfRangeException.ThrowIfLessThan(pepper.Length, ApiKeyText.MinPepperBytes);
        var text = ApiKeyText.Make();
        return new MadeApiKey(new ApiKey(ApiKeyText.IdOf(text)!, [.. ApiKeyText.HashOf(text, pepper)], grant, now, null, null), text);
    }

    private Task<int> InsertAsync(DbConnection connection, DbTransaction? transaction, ApiKey key, CancellationToken cancellation) => StoreDatabase.ExecuteAsync(
        connection,
        transaction,
        $"INSERT INTO {table} ({Columns}) VALUES (@id, @hash, @consumer, @plan, @scopes, @created, @expires, NULL, NULL)",
        cancellation,
        ("id", key.Id), ("hash", Convert.ToHexStringLower(key.Hash.AsSpan())), ("consumer", key.Grant.Consumer), ("plan", key.Grant.Plan),
        ("scopes", string.Join(' ', key.Grant.Scopes)), ("created", key.Created.ToUnixTimeMilliseconds()), ("expires", key.Grant.Expires?.ToUnixTimeMilliseconds()));

    private static ApiKey KeyOf(DbDataReader row) => new(
        row.GetString(0),
        [.. Convert.FromHexString(row.GetString(1))],
        new ApiKeyGrant(row.GetString(2), TextOf(row, 3), [.. row.GetString(4).Split(' ', StringSplitOptions.RemoveEmptyEntries)], TimeOf(row, 6)),
        TimeOf(row, 5)!.Value,
        TimeOf(row, 7),
        TextOf(row, 8));

    private static string? TextOf(DbDataReader reader, int column) => reader.IsDBNull(column) ? null : reader.GetString(column);

    private static DateTimeOffset? TimeOf(DbDataReader reader, int column) =>
        reader.IsDBNull(column) ? null : DateTimeOffset.FromUnixTimeMilliseconds(reader.GetInt64(column));
}
