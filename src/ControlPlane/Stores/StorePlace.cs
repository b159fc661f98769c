using Npgsql;

namespace GraphGateway.ControlPlane;

/// <summary>Where a store is: the name of a file for SQLite, or a connection string of PostgreSQL, which has <c>Host=</c>.</summary>
public static class StorePlace
{
    /// <summary>Whether a text is a place.</summary>
    /// <param name="place">What somebody has written.</param>
    public static bool IsPlace(string place)
    {
        ArgumentNullException.ThrowIfNull(place);
        try
        {
            _ = string.IsNullOrWhiteSpace(place) || !IsPostgres(place) ? "" : new NpgsqlConnectionStringBuilder(place).ConnectionString;
            return !string.IsNullOrWhiteSpace(place);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException)
        {
            return false;
        }
    }

    internal static bool IsPostgres(string place) => place.Contains("Host=", StringComparison.OrdinalIgnoreCase);
}
