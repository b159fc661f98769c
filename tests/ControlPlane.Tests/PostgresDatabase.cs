using GraphGateway.TestKit;
using Npgsql;

namespace GraphGateway.ControlPlane.Tests;

/// <summary>A database of its own for a test, on the tests' server.</summary>
internal static class PostgresDatabase
{
    public static async Task UseAsync(Func<string, Task> test)
    {
        var name = $"store_{Guid.NewGuid():N}";
        await RunAsync($"CREATE DATABASE {name}");
        try
        {
            await test(new NpgsqlConnectionStringBuilder(Requirements.PostgresConnectionString) { Database = name }.ConnectionString);
        }
        finally
        {
            NpgsqlConnection.ClearAllPools();
            await RunAsync($"DROP DATABASE {name} WITH (FORCE)");
        }
    }

    private static async Task RunAsync(string text)
    {
        await using var connection = new NpgsqlConnection(Requirements.PostgresConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(text, connection);
        await command.ExecuteNonQueryAsync();
    }
}
