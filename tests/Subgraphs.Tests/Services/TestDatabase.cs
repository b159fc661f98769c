using GraphGateway.Subgraphs.Server.Hosting;
using GraphGateway.TestKit;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace GraphGateway.Subgraphs.Tests.Services;

/// <summary>Databases of tests, each filled with the service's first data: files under one temporary folder, or databases of the tests' PostgreSQL.</summary>
internal static class TestDatabase
{
    /// <summary>The setting for tests that ask a service without a gateway.</summary>
    public const string OpenToAll = "--GatewayIdentity:Required=Off";

    private static readonly Lazy<string> Folder = new(CreateFolder);
    private static readonly Dictionary<string, Task<string>> Templates = [];

    public static string NewPath() => Path.Combine(Folder.Value, Guid.NewGuid().ToString("N") + ".db");

    /// <summary>Settings of a new SQLite file. The first data are written once a service and copied.</summary>
    public static async Task<string[]> SqliteAsync<TContext>(ServiceDefinition<TContext> service)
        where TContext : DbContext
    {
        Task<string> template;
        lock (Templates)
        {
            if (!Templates.TryGetValue(service.Name, out template!))
            {
                Templates.Add(service.Name, template = FillAsync(service));
            }
        }

        var path = NewPath();
        File.Copy(await template, path);
        return [$"--Database:Path={path}", OpenToAll];
    }

    /// <summary>Settings of a new PostgreSQL database, which the service is to create.</summary>
    public static string[] PostgreSql(string name) =>
        ["--Database:Provider=PostgreSQL", $"--Database:ConnectionString={new NpgsqlConnectionStringBuilder(Requirements.PostgresConnectionString) { Database = name }}", OpenToAll];

    public static async Task DropAsync(string name)
    {
        NpgsqlConnection.ClearAllPools();
        await using var connection = new NpgsqlConnection(Requirements.PostgresConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand($"DROP DATABASE IF EXISTS \"{name}\" WITH (FORCE)", connection);
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<string> FillAsync<TContext>(ServiceDefinition<TContext> service)
        where TContext : DbContext
    {
        var path = NewPath();
        await using (await service.CreateAsync([$"--Database:Path={path}", OpenToAll]))
        {
        }

        // The last connection writes the log into the file when it closes.
        SqliteConnection.ClearAllPools();
        return path;
    }

    private static string CreateFolder()
    {
        var folder = Directory.CreateTempSubdirectory("graphgateway-tests-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        };
        return folder;
    }
}
