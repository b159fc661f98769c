using GraphGateway.ControlPlane;
using Npgsql;

namespace GraphGateway.Gateway;

/// <summary>
/// Keeps the replicas' buckets in PostgreSQL: a row a bucket, in a table that is made on first use where it is missing and the user may. Each step is one
/// statement, and no row stays locked between two. Rows that are over, because their bucket would be full, are deleted now and then.
/// </summary>
internal sealed class PostgreSqlStore : ISharedStore
{
    /// <summary>Makes the table.</summary>
    public const string CreateTable =
        """
        CREATE TABLE IF NOT EXISTS graphgateway_budgets (key text PRIMARY KEY, bucket bytea NOT NULL, expires bigint NOT NULL);
        CREATE INDEX IF NOT EXISTS graphgateway_budgets_expires ON graphgateway_budgets (expires)
        """;

    private const string Clock = "(extract(epoch from clock_timestamp()) * 1000)::bigint";

    // The time is told even where there is no row.
    private const string Select = $"SELECT {Clock}, (SELECT bucket FROM graphgateway_budgets WHERE key = $1)";

    private const string Insert =
        $"INSERT INTO graphgateway_budgets (key, bucket, expires) VALUES ($1, $2, {Clock} + $3) ON CONFLICT (key) DO NOTHING";

    // Where another replica is writing the row this waits for it, and compares with what that one has written.
    private const string Update = $"UPDATE graphgateway_budgets SET bucket = $2, expires = {Clock} + $3 WHERE key = $1 AND bucket = $4";

    // A bounded number at a time, none that somebody is using.
    private const string Delete =
        $"""
        DELETE FROM graphgateway_budgets WHERE key IN
          (SELECT key FROM graphgateway_budgets WHERE expires < {Clock} LIMIT 1000 FOR UPDATE SKIP LOCKED)
        """;

    private const int SwapsBetweenDeletes = 1000;

    // Replicas are many, and a step takes the server about a millisecond.
    private const int MaxConnections = 10;

    private readonly NpgsqlDataSource source;
    private int swaps;

    /// <summary>A store in this database; its own settings of time-outs give way to the token of each call.</summary>
    /// <param name="connectionString">As Npgsql reads it.</param>
    /// <exception cref="ArgumentException">It is no connection string.</exception>
    public PostgreSqlStore(string connectionString)
    {
        // A server that hangs is not asked to cancel, and not waited for: the connection is dropped.
        var settings = new NpgsqlConnectionStringBuilder(connectionString) { CancellationTimeout = -1, ApplicationName = "GraphGateway budgets" };
        settings.MaxPoolSize = Math.Min(settings.MaxPoolSize, MaxConnections);
        settings.MinPoolSize = Math.Min(settings.MinPoolSize, settings.MaxPoolSize);
        source = NpgsqlDataSource.Create(settings);
        Name = $"postgresql://{settings.Host}:{settings.Port}/{settings.Database}";
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>What is wrong with a connection string, said without it; null where it can be tried.</summary>
    public static string? ProblemOf(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString).Host is { Length: > 0 } ? null : "names no host. Write for example Host=db;Database=gateway;Username=gateway;Password=...";
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or KeyNotFoundException)
        {
            return "is no connection string of PostgreSQL such as Host=db;Database=gateway;Username=gateway;Password=...";
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoredText> ReadAsync(string key, CancellationToken cancellationToken)
    {
        try
        {
            try
            {
                return await SelectAsync(key, cancellationToken);
            }
            catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UndefinedTable)
            {
                await CreateAsync(cancellationToken);
                return await SelectAsync(key, cancellationToken);
            }
        }
        catch (NpgsqlException exception) when (IsBroken(exception))
        {
            throw new IOException(exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    public async ValueTask<StoredText> SwapAsync(string key, byte[]? expected, byte[] text, long life, CancellationToken cancellationToken)
    {
        try
        {
            await using var command = source.CreateCommand(expected is null ? Insert : Update);
            command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
            command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = text });
            command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = life });
            if (expected is not null)
            {
                command.Parameters.Add(new NpgsqlParameter<byte[]> { TypedValue = expected });
            }

            var isSwapped = await command.ExecuteNonQueryAsync(cancellationToken) == 1;
            if (Interlocked.Increment(ref swaps) % SwapsBetweenDeletes == 0)
            {
                await using var delete = source.CreateCommand(Delete);
                await delete.ExecuteNonQueryAsync(cancellationToken);
            }

            return isSwapped ? new StoredText(IsSwapped: true, text, 0) : await SelectAsync(key, cancellationToken);
        }
        catch (NpgsqlException exception) when (IsBroken(exception))
        {
            throw new IOException(exception.Message, exception);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();

    private async Task<StoredText> SelectAsync(string key, CancellationToken cancellationToken)
    {
        await using var command = source.CreateCommand(Select);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = key });
        await using var reader = await command.ExecuteReaderAsync(cancellationToken);
        await reader.ReadAsync(cancellationToken);
        return new StoredText(IsSwapped: false, reader.IsDBNull(1) ? null : reader.GetFieldValue<byte[]>(1), reader.GetInt64(0));
    }

    private async Task CreateAsync(CancellationToken cancellationToken)
    {
        try
        {
            await using var command = source.CreateCommand(CreateTable);
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch (PostgresException exception) when (PostgresRace.IsMadeByAnother(exception))
        {
            // Another replica has made it in the same moment.
        }
    }

    // A connection that broke, or that the server has ended; what else the server says is no reason to ask it again.
    private static bool IsBroken(NpgsqlException exception) => exception is PostgresException answer
        ? answer.SqlState is PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown
        : exception.InnerException is IOException or System.Net.Sockets.SocketException;
}
