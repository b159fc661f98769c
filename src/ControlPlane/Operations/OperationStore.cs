using System.Collections.Immutable;
using System.Data.Common;

namespace GraphGateway.ControlPlane;

/// <summary>
/// Where published operations are kept: releases of clients, each of which is there whole or not at all. Publishing and retiring is one transaction,
/// one at a time; several processes may do it at once. Throws <see cref="DbException"/> where the database cannot be used.
/// </summary>
/// <remarks>
/// A client's identifier means one document as long as a release has it, so that what a gateway has looked up cannot change. "" in the database is
/// all clients.
/// </remarks>
public sealed class OperationStore : IAsyncDisposable
{
    private static readonly ImmutableArray<string> Tables =
    [
        "CREATE TABLE IF NOT EXISTS graphgateway_operation_revision (one INTEGER PRIMARY KEY, store TEXT NOT NULL, revision BIGINT NOT NULL)",
        """
        CREATE TABLE IF NOT EXISTS graphgateway_operations (
          client TEXT NOT NULL, id TEXT NOT NULL, hash TEXT NOT NULL, bytes BIGINT NOT NULL, document TEXT NOT NULL, PRIMARY KEY (client, id))
        """,
        """
        CREATE TABLE IF NOT EXISTS graphgateway_operation_releases (
          client TEXT NOT NULL, tag TEXT NOT NULL, operations BIGINT NOT NULL, published BIGINT NOT NULL, PRIMARY KEY (client, tag))
        """,
        "CREATE TABLE IF NOT EXISTS graphgateway_operation_members (client TEXT NOT NULL, id TEXT NOT NULL, tag TEXT NOT NULL, PRIMARY KEY (client, id, tag))",
    ];

    private readonly StoreDatabase database;
    private readonly OperationStoreLimits limits;

    private OperationStore(StoreDatabase database, OperationStoreLimits limits)
    {
        this.database = database;
        this.limits = limits;
    }

    /// <summary>The store at a place. Nothing is opened yet.</summary>
    /// <param name="place">A <see cref="StorePlace"/>.</param>
    /// <param name="readOnly">True for who only reads: a file that is not there is not made.</param>
    /// <param name="limits">How much it takes; the usual where null.</param>
    /// <exception cref="StorePlaceException">It is no place.</exception>
    public static OperationStore At(string place, bool readOnly = false, OperationStoreLimits? limits = null) =>
        new(StoreDatabase.At(place, readOnly), limits ?? new OperationStoreLimits());

    /// <summary>Makes the tables where there are none.</summary>
    /// <param name="cancellation">Ends it.</param>
    public Task PrepareAsync(CancellationToken cancellation) => database.PrepareAsync(
        [.. Tables, $"INSERT INTO graphgateway_operation_revision (one, store, revision) VALUES (1, '{Guid.NewGuid():N}', 0) ON CONFLICT DO NOTHING"], cancellation);

    /// <summary>Why it cannot be read, for who makes no tables and only reads; null where it can. Without tables it has no operations.</summary>
    public string? FindReadProblem() => database.MissingFile is { } file ? $"There are no operations: {file} is not there. `graphgateway operations publish` makes it." : null;

    /// <summary>
    /// Publishes a release: all of it, or nothing. The same release once more changes nothing. Refused where the tag has other operations, where an
    /// identifier of the client means another text, and beyond the limits.
    /// </summary>
    /// <param name="client">Whose; null for all clients.</param>
    /// <param name="tag">The release's name.</param>
    /// <param name="operations">Its operations.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellation">Ends it; then nothing is stored.</param>
    public async Task<PublishResult> PublishAsync(
        string? client, string tag, IReadOnlyCollection<PublishedOperation> operations, DateTimeOffset now, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tag);
        ArgumentNullException.ThrowIfNull(operations);
        if (ReleaseCheck.Find(operations, limits) is { } refusal)
        {
            return refusal;
        }

        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);

        // It is rolled back wherever it is not committed.
        var result = await new Publication(connection, transaction, client ?? "", tag, limits, cancellation).RunAsync(operations, now);
        if (result is { IsStored: true, WasThere: false })
        {
            await transaction.CommitAsync(cancellation);
        }

        return result;
    }

    /// <summary>
    /// Takes a release away, with the documents that no other release of its client has. Null where there is none; else how many documents went.
    /// </summary>
    /// <param name="client">Whose; null for all clients.</param>
    /// <param name="tag">The release's name.</param>
    /// <param name="cancellation">Ends it; then nothing has happened.</param>
    public async Task<int?> RetireAsync(string? client, string tag, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Publication.LockAsync(connection, transaction, cancellation);
        (string, object?)[] release = [("client", client ?? ""), ("tag", tag)];
        if (await StoreDatabase.ExecuteAsync(connection, transaction, "DELETE FROM graphgateway_operation_releases WHERE client = @client AND tag = @tag", cancellation, release) == 0)
        {
            return null;
        }

        await StoreDatabase.ExecuteAsync(connection, transaction, "DELETE FROM graphgateway_operation_members WHERE client = @client AND tag = @tag", cancellation, release);
        var gone = await StoreDatabase.ExecuteAsync(
            connection,
            transaction,
            """
            DELETE FROM graphgateway_operations WHERE client = @client AND NOT EXISTS (
              SELECT 1 FROM graphgateway_operation_members m WHERE m.client = graphgateway_operations.client AND m.id = graphgateway_operations.id)
            """,
            cancellation,
            ("client", client ?? ""));
        await transaction.CommitAsync(cancellation);
        return gone;
    }

    /// <summary>The releases, by client and then in the order in which they were published.</summary>
    /// <param name="cancellation">Ends it.</param>
    public Task<ImmutableArray<OperationRelease>> ListAsync(CancellationToken cancellation) => database.ReadAsync(
        "SELECT client, tag, operations, published FROM graphgateway_operation_releases ORDER BY client, published, tag",
        row => new OperationRelease(ClientOf(row), row.GetString(1), StoreDatabase.SmallNumberOf(row, 2), DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(3))),
        cancellation);

    /// <summary>Which state the store is in: a small question, to ask before <see cref="ReadAsync(CancellationToken)"/>.</summary>
    /// <param name="cancellation">Ends it.</param>
    public async Task<StoreRevision> RevisionAsync(CancellationToken cancellation) =>
        await database.ReadAsync("SELECT store, revision FROM graphgateway_operation_revision", row => new StoreRevision(row.GetString(0), row.GetInt64(1)), cancellation) is [var revision, ..]
            ? revision
            : StoreRevision.None;

    /// <summary>All documents of all releases, by client and identifier.</summary>
    /// <param name="cancellation">Ends it.</param>
    /// <exception cref="InvalidDataException">There are more than the limits allow.</exception>
    public Task<ImmutableArray<StoredOperation>> ReadAsync(CancellationToken cancellation)
    {
        var (count, bytes) = (0, 0L);
        return database.ReadAsync(
            "SELECT client, id, document, hash FROM graphgateway_operations ORDER BY client, id",
            row =>
            {
                var operation = new StoredOperation(ClientOf(row), row.GetString(1), row.GetString(2), row.GetString(3));
                bytes += operation.Text.Length;
                return ++count <= limits.Operations && bytes <= limits.Bytes
                    ? operation
                    : throw new InvalidDataException($"The store has more than {limits.Operations} operations, or more than {limits.Bytes} bytes of them.");
            },
            cancellation);
    }

    /// <summary>The tags of the releases that have an operation, in order.</summary>
    /// <param name="operation">The operation.</param>
    /// <param name="cancellation">Ends it.</param>
    public Task<ImmutableArray<string>> TagsAsync(StoredOperation operation, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return database.ReadAsync(
            "SELECT tag FROM graphgateway_operation_members WHERE client = @client AND id = @id ORDER BY tag",
            row => row.GetString(0),
            cancellation,
            ("client", operation.Client ?? ""), ("id", operation.Id));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => database.DisposeAsync();

    private static string? ClientOf(DbDataReader row) => row.GetString(0) is { Length: > 0 } client ? client : null;
}
