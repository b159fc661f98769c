using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Storage;

namespace GraphGateway.Subgraphs.Server.Hosting;

/// <summary>
/// Creates and fills a service's database on its first start. Tables, first data and the mark that they are complete are one
/// transaction: a crash half way leaves an empty database, which the next start fills.
/// </summary>
public static class ServiceDatabase
{
    // Before, the mark held the version alone.
    private const int FirstVersionWithService = 2;

    /// <summary>Does nothing when the database is complete already.</summary>
    /// <param name="contexts">Makes the service's contexts, whose model calls <see cref="ServiceModel.Configure"/>.</param>
    /// <param name="settings">Where the database is.</param>
    /// <param name="service">The service's name.</param>
    /// <param name="version">The version of tables and first data that this program reads.</param>
    /// <param name="seed">Writes the first data through the context, inside the transaction.</param>
    /// <param name="cancellation">Stops the preparation; nothing stays of it.</param>
    /// <returns>True when the database was filled by this call.</returns>
    /// <exception cref="SettingsException">The database cannot be reached or opened, or another service or version made it.</exception>
    public static async Task<bool> PrepareAsync<TContext>(
        IDbContextFactory<TContext> contexts, DatabaseSettings settings, string service, int version,
        Func<TContext, CancellationToken, Task> seed, CancellationToken cancellation)
        where TContext : DbContext
    {
        try
        {
            await using var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
            await CreateEmptyAsync(db, settings, cancellation).ConfigureAwait(false);
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation).ConfigureAwait(false);
            if (settings.Provider is DatabaseProvider.PostgreSQL)
            {
                // Two processes that start at once take turns; SQLite's write transaction does the same by itself.
                await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtext({"graphgateway." + service}))", cancellation).ConfigureAwait(false);
            }

            if (await HasMarkAsync(db, settings, service, cancellation).ConfigureAwait(false))
            {
                await CheckMarkAsync(db, settings, service, version, cancellation).ConfigureAwait(false);
                return false;
            }

            await db.Database.ExecuteSqlRawAsync(db.Database.GenerateCreateScript(), cancellation).ConfigureAwait(false);
            await seed(db, cancellation).ConfigureAwait(false);
            db.Add(new DatabaseMark { Version = version, Service = service });
            await db.SaveChangesAsync(cancellation).ConfigureAwait(false);
            await transaction.CommitAsync(cancellation).ConfigureAwait(false);
            return true;
        }
        // EF wraps what it takes for a passing failure, such as a refused connection, into InvalidOperationException.
        catch (Exception e) when (DatabaseFailure(e) is { } failure)
        {
            throw new SettingsException(Explain(settings, failure), e);
        }
    }

    /// <summary>True when the database answers.</summary>
    public static async Task<bool> AnswersAsync<TContext>(IDbContextFactory<TContext> contexts, CancellationToken cancellation)
        where TContext : DbContext
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation).ConfigureAwait(false);
        return await db.Database.CanConnectAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>True when a change was refused because a value that must be unique is there already.</summary>
    public static bool IsUniqueViolation(DbUpdateException exception) => exception.InnerException switch
    {
        // SQLITE_CONSTRAINT_UNIQUE and SQLITE_CONSTRAINT_PRIMARYKEY: https://www.sqlite.org/rescode.html
        Microsoft.Data.Sqlite.SqliteException { SqliteExtendedErrorCode: 2067 or 1555 } => true,
        Npgsql.PostgresException { SqlState: Npgsql.PostgresErrorCodes.UniqueViolation } => true,
        _ => false,
    };

    private static async Task CreateEmptyAsync(DbContext db, DatabaseSettings settings, CancellationToken cancellation)
    {
        if (settings.Provider is DatabaseProvider.Sqlite)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(settings.Location)!);
        }

        var creator = db.GetService<IRelationalDatabaseCreator>();
        if (!await creator.ExistsAsync(cancellation).ConfigureAwait(false))
        {
            await creator.CreateAsync(cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<bool> HasMarkAsync(DbContext db, DatabaseSettings settings, string service, CancellationToken cancellation)
    {
        FormattableString sqlite = $"SELECT COUNT(*) AS \"Value\" FROM sqlite_master WHERE type = 'table' AND name = {nameof(DatabaseMark)}";
        FormattableString postgreSql = $"""
            SELECT COUNT(*)::int AS "Value" FROM information_schema.tables
            WHERE table_schema = {service} AND table_name = {nameof(DatabaseMark)}
            """;
        var sql = settings.Provider is DatabaseProvider.Sqlite ? sqlite : postgreSql;
        return await db.Database.SqlQuery<int>(sql).SingleAsync(cancellation).ConfigureAwait(false) > 0;
    }

    private static async Task CheckMarkAsync(DbContext db, DatabaseSettings settings, string service, int version, CancellationToken cancellation)
    {
        var found = await db.Set<DatabaseMark>().Select(mark => mark.Version).SingleAsync(cancellation).ConfigureAwait(false);
        if (found >= FirstVersionWithService)
        {
            var owner = await db.Set<DatabaseMark>().Select(mark => mark.Service).SingleAsync(cancellation).ConfigureAwait(false);
            if (owner != service)
            {
                throw new SettingsException($"The database {settings.Location} belongs to the service {owner}. Name another one for {service}.");
            }
        }

        if (found != version)
        {
            throw new SettingsException(
                $"The database {settings.Location} has version {found} of its tables; this program reads version {version}. Delete it or name another one.");
        }
    }

    private static Exception? DatabaseFailure(Exception? e) => e switch
    {
        null or SettingsException => null,
        DbException or IOException or UnauthorizedAccessException => e,
        _ => DatabaseFailure(e.InnerException),
    };

    private static string Explain(DatabaseSettings settings, Exception failure) => settings.Provider is DatabaseProvider.Sqlite
        ? $"The database file {settings.Location} cannot be used: {failure.Message.TrimEnd('.')}. Name another file in Database:Path, or delete this one."
        : $"The PostgreSQL database {settings.Location} cannot be used: {failure.Message.TrimEnd('.')}. Check Database:ConnectionString and that the server is up.";
}
