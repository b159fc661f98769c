using System.Collections.Immutable;
using System.Data.Common;
using System.Globalization;
using System.Text;

namespace GraphGateway.ControlPlane;

/// <summary>The publishing of one release, in a transaction that somebody else commits.</summary>
internal sealed class Publication(
    DbConnection connection, DbTransaction transaction, string client, string tag, OperationStoreLimits limits, CancellationToken cancellation)
{
    // Both databases take more values in a statement, and larger statements gain nothing.
    private const int RowsAtATime = 25;

    /// <summary>
    /// Waits for whoever changes the store now, and says that it changes: in PostgreSQL the row is locked until the transaction ends, in SQLite the
    /// transaction itself is.
    /// </summary>
    public static async Task LockAsync(DbConnection connection, DbTransaction transaction, CancellationToken cancellation) =>
        await StoreDatabase.ExecuteAsync(connection, transaction, "UPDATE graphgateway_operation_revision SET revision = revision + 1 WHERE one = 1", cancellation);

    /// <summary>1. Wait for others. 2. Is the tag taken? 3. Is an identifier? 4. Is there room? 5. Write.</summary>
    public async Task<PublishResult> RunAsync(IReadOnlyCollection<PublishedOperation> operations, DateTimeOffset now)
    {
        var wanted = operations.DistinctBy(operation => operation.Id).ToDictionary(operation => operation.Id, StringComparer.Ordinal);

        // 1.
        await LockAsync(connection, transaction, cancellation);

        // 2.
        var known = await PairsAsync("SELECT id, hash FROM graphgateway_operations WHERE client = @client");
        if (await IsTakenAsync())
        {
            return await CompareAsync(wanted, known);
        }

        // 3.
        var others = wanted.Values.Where(operation => known.TryGetValue(operation.Id, out var hash) && hash != operation.Hash).ToList();
        if (others.Count > 0)
        {
            return PublishResult.Refused("The client has published other texts by these identifiers.", ReleaseCheck.Ids(others));
        }

        // 4.
        var fresh = wanted.Values.Where(operation => !known.ContainsKey(operation.Id)).ToList();
        if (await FindFullAsync(fresh) is { } full)
        {
            return full;
        }

        // 5.
        await StoreDatabase.ExecuteAsync(
            connection,
            transaction,
            "INSERT INTO graphgateway_operation_releases (client, tag, operations, published) VALUES (@client, @tag, @operations, @published)",
            cancellation,
            ("client", client), ("tag", tag), ("operations", (long)wanted.Count), ("published", now.ToUnixTimeMilliseconds()));
        await InsertAsync("graphgateway_operations (client, id, hash, bytes, document)", fresh, operation => [client, operation.Id, operation.Hash, (long)operation.Bytes, operation.Text]);
        await InsertAsync("graphgateway_operation_members (client, id, tag)", wanted.Values, operation => [client, operation.Id, tag]);
        return new PublishResult(true, fresh.Count, null, []);
    }

    private async Task<bool> IsTakenAsync() =>
        await NumberAsync("SELECT COUNT(*) FROM graphgateway_operation_releases WHERE client = @client AND tag = @tag") > 0;

    private async Task<PublishResult> CompareAsync(Dictionary<string, PublishedOperation> wanted, Dictionary<string, string> known)
    {
        var members = await PairsAsync("SELECT id, tag FROM graphgateway_operation_members WHERE client = @client AND tag = @tag");
        var different = wanted.Values.Where(operation => !members.ContainsKey(operation.Id) || known.GetValueOrDefault(operation.Id) != operation.Hash)
            .Select(operation => operation.Id).Concat(members.Keys.Where(id => !wanted.ContainsKey(id))).ToList();
        return different.Count == 0
            ? new PublishResult(true, 0, null, []) { WasThere = true }
            : PublishResult.Refused("The tag is published with other operations; these differ. Choose another tag, or retire this one first.", ReleaseCheck.Ids(different));
    }

    private async Task<PublishResult?> FindFullAsync(List<PublishedOperation> fresh)
    {
        if (await NumberAsync("SELECT COUNT(*) FROM graphgateway_operations") + fresh.Count > limits.Operations)
        {
            return PublishResult.Refused($"The store would have more than {limits.Operations} operations. Retire releases that nobody uses.");
        }

        if (await NumberAsync("SELECT CAST(COALESCE(SUM(bytes), 0) AS BIGINT) FROM graphgateway_operations") + fresh.Sum(operation => (long)operation.Bytes) > limits.Bytes)
        {
            return PublishResult.Refused($"The store would have more than {limits.Bytes} bytes of documents. Retire releases that nobody uses.");
        }

        return await NumberAsync("SELECT COUNT(*) FROM graphgateway_operation_releases") >= limits.Releases
            ? PublishResult.Refused($"The store would have more than {limits.Releases} releases. Retire those that nobody uses.")
            : null;
    }

    private async Task<long> NumberAsync(string text) => (await ReadAsync(text, static row => StoreDatabase.NumberOf(row, 0))).Single();

    private async Task<Dictionary<string, string>> PairsAsync(string text)
    {
        var pairs = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (key, value) in await ReadAsync(text, static row => (row.GetString(0), row.GetString(1))))
        {
            pairs.Add(key, value);
        }

        return pairs;
    }

    private Task<ImmutableArray<T>> ReadAsync<T>(string text, Func<DbDataReader, T> read) => StoreDatabase.ReadAsync(
        connection, transaction, text, read, cancellation, text.Contains("@tag", StringComparison.Ordinal) ? [("client", client), ("tag", tag)]
        : text.Contains("@client", StringComparison.Ordinal) ? [("client", client)] : []);

    private async Task InsertAsync(string table, IEnumerable<PublishedOperation> operations, Func<PublishedOperation, object[]> valuesOf)
    {
        foreach (var rows in operations.Chunk(RowsAtATime))
        {
            var text = new StringBuilder($"INSERT INTO {table} VALUES ");
            var values = new List<(string, object?)>();
            foreach (var row in rows)
            {
                text.Append(values.Count == 0 ? "(" : ", (");
                var separator = "";
                foreach (var value in valuesOf(row))
                {
                    text.Append(CultureInfo.InvariantCulture, $"{separator}@p{values.Count}");
                    values.Add(($"p{values.Count}", value));
                    separator = ", ";
                }

                text.Append(')');
            }

            await StoreDatabase.ExecuteAsync(connection, transaction, text.ToString(), cancellation, [.. values]);
        }
    }
}
