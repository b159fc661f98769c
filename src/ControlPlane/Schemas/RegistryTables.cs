using System.Collections.Immutable;
using System.Data.Common;

namespace GraphGateway.ControlPlane;

/// <summary>The registry's tables. Each change of them is a step with a number; a store tells how far it is.</summary>
/// <remarks>
/// Rows of versions and launches are written once. What changes later is the status of a launch, and which one a stage has live.
/// </remarks>
internal static class RegistryTables
{
    private const string Root = "CREATE TABLE IF NOT EXISTS graphgateway_registry (one INTEGER PRIMARY KEY, version BIGINT NOT NULL, revision BIGINT NOT NULL)";

    // Step 1 is the first of these, and so on; a step that was published never changes.
    private static readonly ImmutableArray<ImmutableArray<string>> Steps =
    [
        [
            """
            CREATE TABLE graphgateway_registry_versions (
              graph TEXT NOT NULL, source TEXT NOT NULL, version BIGINT NOT NULL, hash TEXT NOT NULL, schema_text TEXT NOT NULL, settings TEXT,
              author TEXT, tag TEXT, published BIGINT NOT NULL, PRIMARY KEY (graph, source, version))
            """,
            "CREATE UNIQUE INDEX graphgateway_registry_version_hashes ON graphgateway_registry_versions (graph, source, hash)",
            """
            CREATE TABLE graphgateway_registry_stages (
              graph TEXT NOT NULL, stage TEXT NOT NULL, live BIGINT, last BIGINT NOT NULL, PRIMARY KEY (graph, stage))
            """,
            """
            CREATE TABLE graphgateway_registry_launches (
              graph TEXT NOT NULL, stage TEXT NOT NULL, launch BIGINT NOT NULL, kind TEXT NOT NULL, status TEXT NOT NULL, subject TEXT NOT NULL,
              base BIGINT, target BIGINT, author TEXT, tag TEXT, approver TEXT, created BIGINT NOT NULL, hash TEXT, problems TEXT NOT NULL,
              PRIMARY KEY (graph, stage, launch))
            """,
            """
            CREATE TABLE graphgateway_registry_supergraphs (
              graph TEXT NOT NULL, stage TEXT NOT NULL, launch BIGINT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (graph, stage, launch))
            """,
            """
            CREATE TABLE graphgateway_registry_sources (
              graph TEXT NOT NULL, stage TEXT NOT NULL, launch BIGINT NOT NULL, source TEXT NOT NULL, version BIGINT NOT NULL, url TEXT,
              PRIMARY KEY (graph, stage, launch, source))
            """,
        ],
        [.. UsageTables.Step],
        [.. UsageTables.ReportStep],
        [
            "ALTER TABLE graphgateway_registry_launches ADD COLUMN rejected BIGINT",
            "ALTER TABLE graphgateway_registry_launches ADD COLUMN rejecter TEXT",
            "ALTER TABLE graphgateway_registry_launches ADD COLUMN reason TEXT",
        ],
        ["ALTER TABLE graphgateway_registry_launches ADD COLUMN consent TEXT"],
    ];

    /// <summary>Makes the tables, or brings them to the newest step, in one transaction: all or nothing.</summary>
    /// <exception cref="InvalidDataException">A newer program has made them, or they are damaged.</exception>
    public static async Task PrepareAsync(StoreDatabase database, CancellationToken cancellation)
    {
        await database.PrepareAsync([Root, "INSERT INTO graphgateway_registry (one, version, revision) VALUES (1, 0, 0) ON CONFLICT DO NOTHING"], cancellation);
        await using var connection = await database.OpenAsync(cancellation);
        if (await VersionAsync(connection, null, cancellation) == Steps.Length)
        {
            return;
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await LockAsync(connection, transaction, cancellation);
        for (var step = await VersionAsync(connection, transaction, cancellation); step < Steps.Length; step++)
        {
            foreach (var statement in Steps[step])
            {
                await StoreDatabase.ExecuteAsync(connection, transaction, statement, cancellation);
            }
        }

        await StoreDatabase.ExecuteAsync(
            connection, transaction, "UPDATE graphgateway_registry SET version = @version WHERE one = 1", cancellation, ("version", (long)Steps.Length));
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Waits for whoever changes the registry now: in PostgreSQL the row is locked until the transaction ends, in SQLite the transaction itself is.</summary>
    public static Task LockAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation) =>
        StoreDatabase.ExecuteAsync(connection, transaction, "UPDATE graphgateway_registry SET revision = revision + 1 WHERE one = 1", cancellation);

    /// <summary>
    /// Why the tables cannot be used as they are; null where they can: they are not there yet, or an older program has made them. Who only reads or counts makes none, and
    /// brings no registry up to date under the feet of those who publish.
    /// </summary>
    /// <exception cref="InvalidDataException">A newer program has made them, or they are damaged.</exception>
    public static async Task<string?> FindProblemAsync(StoreDatabase database, CancellationToken cancellation)
    {
        if (!await database.HasAsync("graphgateway_registry", cancellation))
        {
            return $"There is no registry {database.Where}: `graphgateway publish` makes one.";
        }

        await using var connection = await database.OpenAsync(cancellation);
        return await VersionAsync(connection, null, cancellation) is var step && step < Steps.Length
            ? $"The registry's tables are at step {step}, and this program knows {Steps.Length}: a command of its version that changes the registry, such as publish, brings them up to date."
            : null;
    }

    private static async Task<int> VersionAsync(DbConnection connection, DbTransaction? transaction, CancellationToken cancellation)
    {
        var rows = await StoreDatabase.ReadAsync(
            connection, transaction, "SELECT version FROM graphgateway_registry WHERE one = 1", static row => StoreDatabase.SmallNumberOf(row, 0), cancellation);
        return rows is [] ? 0
            : rows is not [>= 0 and var version] ? throw new InvalidDataException("The registry is damaged: graphgateway_registry does not say at which step its tables are. A backup does.")
            : version <= Steps.Length ? version
            : throw new InvalidDataException($"The registry was made by a newer version of GraphGateway (its tables are at step {version}, this program knows {Steps.Length}).");
    }
}
