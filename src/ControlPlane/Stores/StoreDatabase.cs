using System.Collections.Immutable;
using System.Data;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace GraphGateway.ControlPlane;

/// <summary>
/// The database of a store: a SQLite file, or a PostgreSQL database that several gateways share. What is said to it are statements that both know.
/// Throws
/// <see cref="DbException"/> where it cannot be used, and <see cref="InvalidDataException"/> where what is in it cannot be read: it is damaged, or of another program.
/// </summary>
internal sealed class StoreDatabase : IAsyncDisposable
{
    // Who only reads has other work: a file that somebody has locked is not waited for as long as SQLite would. In seconds.
    private const int ReadersPatience = 5;
    private const int UsualPatience = 30;

    private readonly DbDataSource source;
    private readonly string? file;
    private readonly bool readOnly;

    private StoreDatabase(DbDataSource source, string? file, bool readOnly)
    {
        (this.source, this.file, this.readOnly) = (source, file, readOnly);
    }

    /// <summary>The file that it is in, where that is not there; null where it is, and in PostgreSQL.</summary>
    public string? MissingFile => file is not null && !File.Exists(file) ? file : null;

    /// <summary>Where it is, for messages: a connection string has a password.</summary>
    public string Where => file is not null ? $"at {file}" : "in this database";

    /// <summary>The database at a place. Nothing is opened yet.</summary>
    /// <param name="place">A <see cref="StorePlace"/>.</param>
    /// <param name="readOnly">True for who only reads: a file that is not there is not made.</param>
    /// <exception cref="StorePlaceException">It is no place.</exception>
    /// <exception cref="InvalidDataException">It is a folder.</exception>
    public static StoreDatabase At(string place, bool readOnly)
    {
        if (StorePlace.FindProblem(place) is { } problem)
        {
            throw new StorePlaceException(problem);
        }

        var isPostgres = StorePlace.IsPostgres(place);
        if (!isPostgres && Directory.Exists(place))
        {
            throw new InvalidDataException("The place is a folder: give the name of a file in it.");
        }

        return new StoreDatabase(
            isPostgres
                // A server that hangs is not asked to cancel, and not waited for: the connection is dropped.
                ? NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(place) { CancellationTimeout = -1 })
                : SqliteFactory.Instance.CreateDataSource(new SqliteConnectionStringBuilder
                {
                    DataSource = place,

                    // Who reads takes back what somebody who was killed has left half done: that is a write. A file that may not be written is read all
                    // the same.
                    Mode = readOnly ? SqliteOpenMode.ReadWrite : SqliteOpenMode.ReadWriteCreate,
                    DefaultTimeout = readOnly ? ReadersPatience : UsualPatience,
                }.ConnectionString),
            isPostgres || place == ":memory:" || place.StartsWith("file:", StringComparison.Ordinal) ? null : place,
            readOnly);
    }

    public ValueTask<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        if (!readOnly && MissingFile is { } missing)
        {
            MakeFile(missing);
        }

        return source.OpenConnectionAsync(cancellation);
    }

    /// <summary>Whether a table is there.</summary>
    public async Task<bool> HasAsync(string table, CancellationToken cancellation)
    {
        if (readOnly && MissingFile is not null)
        {
            return false;
        }

        await using var connection = await OpenAsync(cancellation);
        try
        {
            await ReadAsync(connection, null, $"SELECT 1 FROM {table} LIMIT 1", static _ => true, cancellation);
            return true;
        }
        catch (DbException exception) when (IsTableMissing(exception))
        {
            return false;
        }
    }

    /// <summary>Makes tables where there are none; each text is one statement.</summary>
    public async Task PrepareAsync(IEnumerable<string> statements, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(cancellation);
        foreach (var statement in statements)
        {
            try
            {
                await ExecuteAsync(connection, null, statement, cancellation);
            }
            catch (PostgresException exception) when (PostgresRace.IsMadeByAnother(exception))
            {
                // It is there.
            }
        }
    }

    // For its owner alone; what SQLite puts beside it has the same mode. An empty file is an empty database.
    private static void MakeFile(string file)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        try
        {
            new FileStream(file, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite }).Dispose();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another process has just made it, or SQLite will say what is wrong with it.
        }
    }

    // Nobody has made the store's tables yet.
    private static bool IsTableMissing(DbException exception) => exception is PostgresException { SqlState: PostgresErrorCodes.UndefinedTable }
        || (exception is SqliteException { SqliteErrorCode: 1 } && exception.Message.Contains("no such table", StringComparison.Ordinal));

    /// <summary>The time of the database's own clock; null where it has none: a file is asked by whoever has it open.</summary>
    public static async Task<DateTimeOffset?> NowAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellation) => connection is not NpgsqlConnection ? null
        : DateTimeOffset.FromUnixTimeMilliseconds((await ReadAsync(
            connection, transaction, "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)", static row => row.GetInt64(0), cancellation)).Single());

    /// <summary>Runs a statement; how many rows it has changed.</summary>
    public static async Task<int> ExecuteAsync(
        DbConnection connection, DbTransaction? transaction, string text, CancellationToken cancellation, params (string Name, object? Value)[] values)
    {
        await using var command = CommandOf(connection, transaction, text, values);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>All rows that a statement gives; none where nobody has made the store's tables yet.</summary>
    public async Task<ImmutableArray<T>> ReadAsync<T>(
        string text, Func<DbDataReader, T> read, CancellationToken cancellation, params (string Name, object? Value)[] values)
    {
        await using var connection = await OpenAsync(cancellation);
        try
        {
            return await ReadAsync(connection, null, text, read, cancellation, values);
        }
        catch (DbException exception) when (IsTableMissing(exception))
        {
            return [];
        }
    }

    /// <summary>All rows that a statement gives, in a transaction or on a connection of the caller's.</summary>
    public static async Task<ImmutableArray<T>> ReadAsync<T>(
        DbConnection connection, DbTransaction? transaction, string text, Func<DbDataReader, T> read, CancellationToken cancellation, params (string Name, object? Value)[] values)
    {
        await using var command = CommandOf(connection, transaction, text, values);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = ImmutableArray.CreateBuilder<T>();
        while (await reader.ReadAsync(cancellation))
        {
            rows.Add(ReadRow(reader, read));
        }

        return rows.ToImmutable();
    }

    /// <summary>A whole number of a row.</summary>
    /// <exception cref="InvalidDataException">There is something else, such as nothing: SQLite takes any value in any column.</exception>
    public static long NumberOf(DbDataReader row, int column) => row.GetValue(column) is long number ? number : throw Damaged($"{row.GetName(column)} is no number");

    /// <summary>One that fits into 32 bits.</summary>
    /// <exception cref="InvalidDataException">It is none, or does not.</exception>
    public static int SmallNumberOf(DbDataReader row, int column)
    {
        var number = NumberOf(row, column);
        return number is >= int.MinValue and <= int.MaxValue ? (int)number : throw Damaged($"{row.GetName(column)} is {number}");
    }

    /// <summary>A text of a row in UTF-8, as both have it.</summary>
    public static byte[] BytesOf(DbDataReader row, int column)
    {
        if (row is SqliteDataReader)
        {
            return row.GetFieldValue<byte[]>(column);
        }

        using var stream = row.GetStream(column);
        var bytes = GC.AllocateUninitializedArray<byte>((int)stream.Length);
        stream.ReadExactly(bytes);
        return bytes;
    }

    // Whatever a row has that no program of ours writes, one thing is wrong: nobody who reads need know each way in which that shows.
    private static T ReadRow<T>(DbDataReader row, Func<DbDataReader, T> read)
    {
        try
        {
            return read(row);
        }
        catch (Exception exception) when (exception is InvalidOperationException or InvalidCastException or FormatException or OverflowException or ArgumentException)
        {
            throw Damaged(exception.Message, exception);
        }
    }

    private static InvalidDataException Damaged(string how, Exception? exception = null) => new($"The store is damaged: a row cannot be read ({how.ReplaceLineEndings(" ").TrimEnd('.')}). A backup has it as it was.", exception);

    /// <summary>A statement with its values: texts, whole numbers and nulls.</summary>
    public static DbCommand CommandOf(DbConnection connection, DbTransaction? transaction, string text, params (string Name, object? Value)[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        command.Transaction = transaction;
        foreach (var (name, value) in values)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            if (value is not null)
            {
                // A null is of whatever type the column has.
                parameter.DbType = value is string ? DbType.String : DbType.Int64;
            }

            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }

        return command;
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => source.DisposeAsync();
}
