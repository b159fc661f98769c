using System.Data.Common;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace GraphGateway.Subgraphs.Server.Hosting;

/// <summary>
/// SQLite's LIKE takes <c>a</c> for <c>A</c>, PostgreSQL's does not. With this a filter by <c>startsWith</c> finds the same in both
/// (<see href="https://www.sqlite.org/pragma.html#pragma_case_sensitive_like"/>).
/// </summary>
internal sealed class CaseSensitiveLike : DbConnectionInterceptor
{
    public static CaseSensitiveLike Instance { get; } = new();

    public override void ConnectionOpened(DbConnection connection, ConnectionEndEventData eventData)
    {
        using var command = Command(connection);
        command.ExecuteNonQuery();
    }

    public override async Task ConnectionOpenedAsync(DbConnection connection, ConnectionEndEventData eventData, CancellationToken cancellationToken = default)
    {
        await using var command = Command(connection);
        await command.ExecuteNonQueryAsync(cancellationToken).ConfigureAwait(false);
    }

    private static DbCommand Command(DbConnection connection)
    {
        var command = connection.CreateCommand();
        command.CommandText = "PRAGMA case_sensitive_like = ON";
        return command;
    }
}
