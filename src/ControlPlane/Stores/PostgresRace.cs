using Npgsql;

namespace GraphGateway.ControlPlane;

/// <summary>
/// What PostgreSQL answers to <c>CREATE TABLE IF NOT EXISTS</c> where another connection makes the same table in the same moment: which of the table's parts
/// the two meet at, its name, its row type or its index, is chance, and each has a code of its own.
/// </summary>
public static class PostgresRace
{
    /// <summary>True where another one has just made what was to be made.</summary>
    /// <param name="exception">The answer.</param>
    public static bool IsMadeByAnother(PostgresException exception)
    {
        ArgumentNullException.ThrowIfNull(exception);
        return exception.SqlState is PostgresErrorCodes.UniqueViolation or PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateObject;
    }
}
