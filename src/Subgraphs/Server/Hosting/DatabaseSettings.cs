using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Configuration;

namespace GraphGateway.Subgraphs.Server.Hosting;

/// <summary>The database systems that a service can keep its data in.</summary>
public enum DatabaseProvider
{
    Sqlite,
    PostgreSQL,
}

/// <summary>Where a service keeps its data: the section <c>Database</c> of its configuration, read and checked.</summary>
/// <param name="Provider">The database system; SQLite unless <c>Database:Provider</c> says <c>PostgreSQL</c>.</param>
/// <param name="ConnectionString">
/// For SQLite made of <c>Database:Path</c>, whose default is <c>data/SERVICE.db</c> beside the program; for PostgreSQL <c>Database:ConnectionString</c>.
/// </param>
/// <param name="Location">The same for people, without a password: a file's path, or <c>database at host</c>.</param>
public sealed record DatabaseSettings(DatabaseProvider Provider, string ConnectionString, string Location)
{
    private static readonly string[] KnownKeys = ["Provider", "Path", "ConnectionString"];

    /// <summary>Reads the section <c>Database</c>.</summary>
    /// <param name="configuration">The service's whole configuration.</param>
    /// <param name="service">The service's name; it names the default file.</param>
    /// <exception cref="SettingsException">A key is unknown, a value is not usable, or two values contradict each other.</exception>
    public static DatabaseSettings Read(IConfiguration configuration, string service)
    {
        var section = configuration.GetSection("Database");
        foreach (var child in section.GetChildren())
        {
            if (!KnownKeys.Contains(child.Key, StringComparer.OrdinalIgnoreCase))
            {
                throw new SettingsException($"The setting Database:{child.Key} is unknown. Known are {string.Join(", ", KnownKeys.Select(k => "Database:" + k))}.");
            }
        }

        var (provider, path, connectionString) = (section["Provider"], section["Path"], section["ConnectionString"]);
        if (string.IsNullOrEmpty(provider) || provider.Equals("SQLite", StringComparison.OrdinalIgnoreCase))
        {
            return string.IsNullOrEmpty(connectionString)
                ? Sqlite(string.IsNullOrEmpty(path) ? Path.Combine(AppContext.BaseDirectory, "data", service + ".db") : path)
                : throw new SettingsException("Database:ConnectionString is for PostgreSQL. Add Database:Provider=PostgreSQL, or name a file in Database:Path instead.");
        }

        if (!provider.Equals("PostgreSQL", StringComparison.OrdinalIgnoreCase))
        {
            throw new SettingsException($"Database:Provider is '{provider}'. Give SQLite or PostgreSQL.");
        }

        return string.IsNullOrEmpty(path)
            ? PostgreSql(connectionString)
            : throw new SettingsException("Database:Path is for SQLite. Leave it out with Database:Provider=PostgreSQL.");
    }

    /// <summary>Configures a context's options for this database.</summary>
    public void Configure(DbContextOptionsBuilder options)
    {
        if (Provider is DatabaseProvider.Sqlite)
        {
            options.UseSqlite(ConnectionString).AddInterceptors(CaseSensitiveLike.Instance);
        }
        else
        {
            options.UseNpgsql(ConnectionString);
        }
    }

    private static DatabaseSettings Sqlite(string path)
    {
        var full = Path.GetFullPath(path);
        // Foreign keys are off in SQLite unless each connection asks for them.
        var connection = new SqliteConnectionStringBuilder { DataSource = full, ForeignKeys = true };
        return new DatabaseSettings(DatabaseProvider.Sqlite, connection.ToString(), full);
    }

    private static DatabaseSettings PostgreSql(string? connectionString)
    {
        if (string.IsNullOrEmpty(connectionString))
        {
            throw new SettingsException("Database:Provider=PostgreSQL needs Database:ConnectionString, such as \"Host=localhost;Database=shop;Username=shop;Password=...\".");
        }

        try
        {
            var parts = new Npgsql.NpgsqlConnectionStringBuilder(connectionString);
            return new DatabaseSettings(DatabaseProvider.PostgreSQL, connectionString, $"{parts.Database ?? parts.Username} at {parts.Host}");
        }
        catch (ArgumentException e)
        {
            throw new SettingsException($"Database:ConnectionString cannot be read: {e.Message} Write it as \"Host=...;Database=...;Username=...;Password=...\".", e);
        }
    }
}
