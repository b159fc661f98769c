using System.Data.Common;
using System.Globalization;
using System.Text;

namespace GraphGateway.ControlPlane;

/// <summary>
/// What clients use, in the registry's tables: sums by day (in UTC), so that a stage has as many rows as its clients use different members, however many requests they
/// send.
/// </summary>
internal sealed class UsageTables(StoreDatabase database, UsageLimits limits)
{
    /// <summary>The tables: a step of <see cref="RegistryTables"/>.</summary>
    public static readonly string[] Step =
    [
        """
        CREATE TABLE graphgateway_registry_member_uses (
          graph TEXT NOT NULL, stage TEXT NOT NULL, coordinate TEXT NOT NULL, day BIGINT NOT NULL, client TEXT NOT NULL, requests BIGINT NOT NULL,
          PRIMARY KEY (graph, stage, coordinate, day, client))
        """,
        "CREATE INDEX graphgateway_registry_member_use_days ON graphgateway_registry_member_uses (graph, stage, day)",
        """
        CREATE TABLE graphgateway_registry_operation_uses (
          graph TEXT NOT NULL, stage TEXT NOT NULL, day BIGINT NOT NULL, client TEXT NOT NULL, hash TEXT NOT NULL, name TEXT NOT NULL, requests BIGINT NOT NULL,
          PRIMARY KEY (graph, stage, day, client, hash, name))
        """,
    ];

    /// <summary>The last report of each who reports: another step of <see cref="RegistryTables"/>.</summary>
    public static readonly string[] ReportStep =
    [
        """
        CREATE TABLE graphgateway_registry_usage_reporters (
          graph TEXT NOT NULL, stage TEXT NOT NULL, reporter TEXT NOT NULL, number BIGINT NOT NULL, reported BIGINT NOT NULL,
          PRIMARY KEY (graph, stage, reporter))
        """,
    ];

    private const int RowsOfStatement = 100;
    private const string Where = "graph = @graph AND stage = @stage AND day";
    private static readonly string[] MemberColumns = ["graph", "stage", "coordinate", "day", "client", "requests"];
    private static readonly string[] OperationColumns = ["graph", "stage", "day", "client", "hash", "name", "requests"];

    /// <summary>Adds to what is there, all in one transaction, and lets go of days that are too old. A report that is there already changes nothing.</summary>
    /// <returns>The database's own time, where it is on an earlier day than who counts: that day is counted for then; null otherwise.</returns>
    public async Task<DateTimeOffset?> AddAsync(string graph, string stage, UsageCounts counts, DateTimeOffset now, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);

        // Of many who count one can have a clock that is wrong: no day is counted for that is still to come.
        var earlier = await FindEarlierAsync(connection, transaction, now, cancellation);
        now = earlier ?? now;
        var day = UsageDays.DayOf(now);
        if (counts.Id is { } id && !await TakeAsync(connection, transaction, graph, stage, id, now, cancellation))
        {
            return earlier;
        }

        var known = await StoreDatabase.ReadAsync(
            connection, transaction, $"SELECT client, hash, name FROM graphgateway_registry_operation_uses WHERE {Where} = @day",
            static row => (Client: row.GetString(0), Hash: row.GetString(1), Name: row.GetString(2)), cancellation, ("graph", graph), ("stage", stage), ("day", day));
        var bounded = new UsageBound(limits, known).Apply(counts);

        // In one order, so that gateways that write at the same time wait for one another, and never each for the other.
        await WriteAsync("graphgateway_registry_operation_uses", OperationColumns, bounded.Operations
            .OrderBy(use => use.Client, StringComparer.Ordinal).ThenBy(use => use.Hash, StringComparer.Ordinal).ThenBy(use => use.Name, StringComparer.Ordinal)
            .Select(use => new object[] { graph, stage, day, use.Client, use.Hash, use.Name, use.Requests }));
        await WriteAsync("graphgateway_registry_member_uses", MemberColumns, bounded.Members
            .OrderBy(use => use.Coordinate, StringComparer.Ordinal).ThenBy(use => use.Client, StringComparer.Ordinal)
            .Select(use => new object[] { graph, stage, use.Coordinate, day, use.Client, use.Requests }));
        foreach (var table in new[] { "graphgateway_registry_operation_uses", "graphgateway_registry_member_uses" })
        {
            await StoreDatabase.ExecuteAsync(connection, transaction, ForgettingOf(table), cancellation, ("graph", graph), ("stage", stage), ("kept", (long)limits.Days));
        }

        await transaction.CommitAsync(cancellation);
        return earlier;

        async Task WriteAsync(string table, string[] columns, IEnumerable<object[]> rows)
        {
            foreach (var chunk in rows.Chunk(RowsOfStatement))
            {
                await StoreDatabase.ExecuteAsync(connection, transaction, StatementOf(table, columns, chunk.Length), cancellation,
                    [.. chunk.SelectMany((row, at) => row.Select((value, column) => (NameOf(at, column), (object?)value)))]);
            }
        }
    }

    /// <summary>The database's own time, where it is on an earlier day than a time; null otherwise.</summary>
    public static async Task<DateTimeOffset?> FindEarlierAsync(DbConnection connection, DbTransaction? transaction, DateTimeOffset now, CancellationToken cancellation) =>
        await StoreDatabase.NowAsync(connection, transaction, cancellation) is { } own && UsageDays.DayOf(own) < UsageDays.DayOf(now) ? own : null;

    // Who sends it once more while the first is written waits here for the end of that transaction.
    private async Task<bool> TakeAsync(
        DbConnection connection, DbTransaction transaction, string graph, string stage, UsageReportId id, DateTimeOffset now, CancellationToken cancellation)
    {
        var isNew = await StoreDatabase.ExecuteAsync(
            connection,
            transaction,
            """
            INSERT INTO graphgateway_registry_usage_reporters (graph, stage, reporter, number, reported) VALUES (@graph, @stage, @reporter, @number, @now)
            ON CONFLICT (graph, stage, reporter) DO UPDATE SET number = excluded.number, reported = excluded.reported
            WHERE graphgateway_registry_usage_reporters.number < excluded.number
            """,
            cancellation,
            ("graph", graph), ("stage", stage), ("reporter", id.Reporter), ("number", id.Number), ("now", now.ToUnixTimeMilliseconds())) > 0;
        if (isNew)
        {
            // Who invents names makes no table grow.
            await StoreDatabase.ExecuteAsync(
                connection,
                transaction,
                """
                DELETE FROM graphgateway_registry_usage_reporters WHERE graph = @graph AND stage = @stage AND reporter IN (
                  SELECT reporter FROM graphgateway_registry_usage_reporters WHERE graph = @graph AND stage = @stage ORDER BY reported DESC, reporter LIMIT 1000000 OFFSET @most)
                """,
                cancellation,
                ("graph", graph), ("stage", stage), ("most", (long)limits.Reporters));
        }

        return isNew;
    }

    /// <summary>How often members were used in the last days, by member and client; the most used clients of each member first.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="coordinates">Of these members; null: of all.</param>
    /// <param name="within">In these days.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<MemberUse>> MembersAsync(
        string graph, string stage, IReadOnlyCollection<string>? coordinates, UsageDays within, CancellationToken cancellation)
    {
        var found = new List<MemberUse>();
        foreach (var chunk in coordinates is null ? [null] : coordinates.Distinct(StringComparer.Ordinal).Chunk(RowsOfStatement).Select(string[]? (names) => names))
        {
            var only = chunk is null ? "" : $" AND coordinate IN ({string.Join(", ", chunk.Select((_, at) => "@" + NameOf(at, 0)))})";
            found.AddRange(await database.ReadAsync(
                $"SELECT coordinate, client, SUM(requests) FROM graphgateway_registry_member_uses WHERE {Where} BETWEEN @first AND @last{only} GROUP BY coordinate, client",
                static row => new MemberUse(row.GetString(0), row.GetString(1), NumberOf(row, 2)),
                cancellation,
                [("graph", graph), ("stage", stage), ("first", within.First), ("last", within.Last), .. (chunk ?? []).Select((name, at) => (NameOf(at, 0), (object?)name))]));
        }

        return [.. found.OrderBy(use => use.Coordinate, StringComparer.Ordinal).ThenByDescending(use => use.Requests).ThenBy(use => use.Client, StringComparer.Ordinal)];
    }

    /// <summary>How often operations were asked for in the last days, by client and operation; the most asked for first.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="stage">The stage.</param>
    /// <param name="within">In these days.</param>
    /// <param name="cancellation">Ends it.</param>
    public async Task<IReadOnlyList<OperationUse>> OperationsAsync(string graph, string stage, UsageDays within, CancellationToken cancellation) =>
    [
        .. (await database.ReadAsync(
            $"SELECT client, hash, name, SUM(requests) FROM graphgateway_registry_operation_uses WHERE {Where} BETWEEN @first AND @last GROUP BY client, hash, name HAVING SUM(requests) > 0",
            static row => new OperationUse(row.GetString(0), row.GetString(1), row.GetString(2), NumberOf(row, 3)),
            cancellation,
            ("graph", graph), ("stage", stage), ("first", within.First), ("last", within.Last)))
            .OrderByDescending(use => use.Requests).ThenBy(use => use.Client, StringComparer.Ordinal).ThenBy(use => use.Hash, StringComparer.Ordinal).ThenBy(use => use.Name, StringComparer.Ordinal),
    ];

    // By how many newer days there are, not by a clock: one that is ahead would let go of all that others have counted. Each of them is one look into the index.
    private static string ForgettingOf(string table) => $"""
        DELETE FROM {table} WHERE {Where} <= (
          WITH RECURSIVE newest(day, place) AS (
            SELECT MAX(day), 0 FROM {table} WHERE graph = @graph AND stage = @stage
            UNION ALL
            SELECT (SELECT MAX(older.day) FROM {table} older WHERE older.graph = @graph AND older.stage = @stage AND older.day < newest.day), place + 1 FROM newest
            WHERE place < @kept AND day IS NOT NULL)
          SELECT day FROM newest WHERE place = @kept)
        """;

    // A sum is a decimal number in PostgreSQL.
    private static long NumberOf(DbDataReader row, int column) => Convert.ToInt64(row.GetValue(column), CultureInfo.InvariantCulture);

    private static string NameOf(int row, int column) => string.Create(CultureInfo.InvariantCulture, $"v{row}x{column}");

    private static string StatementOf(string table, string[] columns, int rows)
    {
        var text = new StringBuilder($"INSERT INTO {table} ({string.Join(", ", columns)}) VALUES ");
        text.AppendJoin(", ", Enumerable.Range(0, rows).Select(row => $"({string.Join(", ", columns.Select((_, column) => "@" + NameOf(row, column)))})"));
        return text.Append($" ON CONFLICT ({string.Join(", ", columns[..^1])}) DO UPDATE SET requests = {table}.requests + excluded.requests").ToString();
    }
}
