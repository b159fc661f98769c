using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace GraphGateway.ControlPlane;

/// <summary>
/// Where a store is: the name of a file for SQLite, or a connection string of PostgreSQL, which is what has a keyword of Npgsql's, such as <c>Host=</c> or <c>Server=</c>.
/// What is neither is refused: it can be a connection string with a password in another spelling, which is not to become the name of a file, nor to stand in a message.
/// </summary>
public static class StorePlace
{
    private const string Form = "Host=127.0.0.1;Database=graphgateway;Username=NAME;Password=...";

    // SQLite's own form of a file's name.
    private const string FileScheme = "file:";

    /// <summary>Whether a text is a place.</summary>
    /// <param name="place">What somebody has written.</param>
    public static bool IsPlace(string place) => FindProblem(place) is null;

    /// <summary>Why a text is no place, with what to do, without the text; null where it is one.</summary>
    /// <param name="place">What somebody has written.</param>
    public static string? FindProblem(string place)
    {
        ArgumentNullException.ThrowIfNull(place);
        if (string.IsNullOrWhiteSpace(place))
        {
            return "the place is empty. Give the name of a file (SQLite), or a connection string of PostgreSQL.";
        }

        if (IsFile(place))
        {
            return null;
        }

        if (place.Contains("://", StringComparison.Ordinal))
        {
            return $"the place is an address. Write a database of PostgreSQL as its connection string: {Form}";
        }

        try
        {
            return new NpgsqlConnectionStringBuilder(place).Host is { Length: > 0 } ? null : $"the place is a connection string without a host. Write it as {Form}";
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or OverflowException or InvalidCastException or KeyNotFoundException)
        {
            // The message can have a part of the text.
            return $"the place is no connection string of PostgreSQL that can be read. Write it as {Form}";
        }
    }

    /// <summary>
    /// Whether a database's failure means that what is at the place is no store that can be used: it is not there, no database or damaged, or lets nobody in. The same fails again until
    /// somebody mends that, other than where the database is busy or away.
    /// </summary>
    /// <param name="failure">What a store has thrown.</param>
    public static bool IsWrong(DbException failure) => failure switch
    {
        // https://sqlite.org/rescode.html: PERM, READONLY, CORRUPT, CANTOPEN, AUTH, NOTADB.
        SqliteException sqlite => sqlite.SqliteErrorCode is 3 or 8 or 11 or 14 or 23 or 26,
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.InvalidSchemaName
            or PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification or PostgresErrorCodes.InsufficientPrivilege,
        _ => false,
    };

    /// <summary>Whether a place is in PostgreSQL.</summary>
    internal static bool IsPostgres(string place) => !IsFile(place);

    private static bool IsFile(string place)
    {
        if (place.StartsWith(FileScheme, StringComparison.Ordinal))
        {
            return true;
        }

        if (place.Contains("://", StringComparison.Ordinal))
        {
            return false;
        }

        // A file can have "=" in its name: what has one pair and no keyword is one.
        return !place.Contains('=', StringComparison.Ordinal) || (!place.Contains(';', StringComparison.Ordinal) && !HasKeyword(place));
    }

    private static bool HasKeyword(string place)
    {
        try
        {
            var known = new NpgsqlConnectionStringBuilder();
            return new DbConnectionStringBuilder { ConnectionString = place }.Keys.Cast<string>().Any(known.ContainsKey);
        }
        catch (ArgumentException)
        {
            // As if there were one: what was meant is not known.
            return true;
        }
    }
}

/// <summary>A text is no <see cref="StorePlace"/>. The message says why, without the text.</summary>
/// <param name="reason">Why.</param>
public sealed class StorePlaceException(string reason) : ArgumentException(reason);
