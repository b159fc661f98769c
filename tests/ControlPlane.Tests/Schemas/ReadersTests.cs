using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Schemas;

/// <summary>Who only reads a store: what it may not, and need not.</summary>
public sealed class ReadersTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    // A role that has SELECT and nothing else, as who looks at production has.
    [PostgresFact]
    public Task Each_command_that_reads_needs_no_more_than_SELECT() => PostgresDatabase.UseAsync(async place =>
    {
        var (role, schema, operations) = ($"reader_{Guid.NewGuid():N}", folder.Write("a.graphqls", "type Query { a: Int c: Int }"), folder.Write("a.json", """{"1":"{ a }"}"""));
        await using (var script = await RegistryScript.OpenAsync(place))
        {
            await script.PublishAsync("shop", "dev", RegistryScript.Root("a") with { Url = "http://127.0.0.1:1/" });
            await script.PublishAsync("shop", "dev", RegistryScript.Root("a", "a: Int b"));
        }

        await using (var keys = ApiKeyStore.OfRegistry(place))
        {
            await keys.PrepareAsync(default);
        }

        var supergraph = Path.Combine(folder.Path, "supergraph.graphql");
        Assert.Equal(0, await RunAsync("fetch", "--graph", "shop", "--stage", "dev", "--output", supergraph, "--store", place));
        Assert.Equal(0, await RunAsync("operations", "publish", operations, "--tag", "1", "--schema", supergraph, "--store", place));
        await ExecuteAsync(place, $"CREATE ROLE {role} LOGIN PASSWORD 'reads'", $"GRANT SELECT ON ALL TABLES IN SCHEMA public TO {role}");
        try
        {
            var reading = new NpgsqlConnectionStringBuilder(place) { Username = role, Password = "reads" }.ConnectionString;
            foreach (var command in new string[][]
            {
                ["list"], ["list", "--graph", "shop", "--stage", "dev"], ["history", "--graph", "shop", "--stage", "dev"], ["history", "--graph", "shop", "--source", "a"],
                ["history", "--graph", "shop", "--stage", "dev", "--launch", "1"], ["fetch", "--graph", "shop", "--stage", "dev"], ["diff", "--graph", "shop", "--stage", "dev"],
                ["check", "--graph", "shop", "--stage", "dev", "--source", "a", "--schema", schema, "--operations", reading], ["usage", "--graph", "shop", "--stage", "dev"],
                ["registry", "keys", "list"], ["operations", "list"], ["operations", "check", "--schema", supergraph],
            })
            {
                await using var program = ChildProcess.StartDotnet(Repository.Output("src/Cli", "graphgateway.dll"), [.. command, "--store", reading]);
                var ended = await program.WaitForExitAsync();
                var isBreaking = command[0] == "check";
                Assert.Equal((string.Join(' ', command), isBreaking ? 1 : 0), (string.Join(' ', command), ended.ExitCode));
                Assert.DoesNotContain("denied", ended.Output + ended.Error, StringComparison.Ordinal);
            }

            Assert.Equal(1, await RunAsync("publish", "--graph", "shop", "--stage", "dev", "--source", "a", "--schema", schema, "--store", reading));
        }
        finally
        {
            await ExecuteAsync(place, $"DROP OWNED BY {role}", $"DROP ROLE {role}");
        }
    });

    [PostgresFact]
    public Task Where_nothing_was_published_that_is_said_of_a_database() => PostgresDatabase.UseAsync(async place =>
    {
        await using var registry = SchemaRegistry.At(place, readOnly: true);
        Assert.Equal("There is no registry in this database: `graphgateway publish` makes one.", await registry.FindReadProblemAsync(default));
    });

    [Fact]
    public async Task Tables_of_another_step_are_left_as_they_are()
    {
        var place = Path.Combine(folder.Path, "registry.db");
        await using (await RegistryScript.OpenAsync(place))
        {
        }

        await using var registry = SchemaRegistry.At(place, readOnly: true);
        Assert.Null(await registry.FindReadProblemAsync(default));
        await SetStepAsync(3);
        Assert.Equal(
            "The registry's tables are at step 3, and this program knows 5: a command of its version that changes the registry, such as publish, brings them up to date.",
            await registry.FindReadProblemAsync(default));
        await SetStepAsync(9);
        Assert.Equal(
            "The registry was made by a newer version of GraphGateway (its tables are at step 9, this program knows 5).",
            (await Assert.ThrowsAsync<InvalidDataException>(() => registry.FindReadProblemAsync(default))).Message);

        async Task SetStepAsync(int step)
        {
            await using var connection = new SqliteConnection($"Data Source={place}");
            await connection.OpenAsync();
            await using var command = new SqliteCommand($"UPDATE graphgateway_registry SET version = {step}", connection);
            await command.ExecuteNonQueryAsync();
        }
    }

    // Keys' hashes, schemas and operations are nobody else's, whatever the umask of who makes the file.
    [Fact]
    public async Task A_file_is_made_for_its_owner_alone_and_one_that_is_there_keeps_its_mode()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        const UnixFileMode owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        foreach (var (name, prepare) in new (string, Func<string, Task>)[]
        {
            ("registry.db", async place => await (await RegistryScript.OpenAsync(place)).DisposeAsync()),
            ("keys.db", async place => { await using var keys = ApiKeyStore.At(place); await keys.PrepareAsync(default); }),
            ("operations.db", async place => { await using var operations = OperationStore.At(place); await operations.PrepareAsync(default); }),
        })
        {
            var place = Path.Combine(folder.Path, name);
            await prepare(place);
            Assert.Equal((name, owner), (name, File.GetUnixFileMode(place)));

            // What SQLite puts beside it while somebody writes has the same mode.
            await using (var connection = new SqliteConnection($"Data Source={place};Pooling=false"))
            {
                await connection.OpenAsync();
                foreach (var text in new[] { "PRAGMA journal_mode = wal", "CREATE TABLE more (a INTEGER)" })
                {
                    await using var command = new SqliteCommand(text, connection);
                    await command.ExecuteNonQueryAsync();
                }

                Assert.Equal((name, owner, owner), (name, File.GetUnixFileMode(place + "-wal"), File.GetUnixFileMode(place + "-shm")));
            }

            File.SetUnixFileMode(place, owner | UnixFileMode.GroupRead);
            await prepare(place);
            Assert.Equal((name, owner | UnixFileMode.GroupRead), (name, File.GetUnixFileMode(place)));
        }
    }

    private static async Task<int> RunAsync(params string[] command)
    {
        await using var program = ChildProcess.StartDotnet(Repository.Output("src/Cli", "graphgateway.dll"), command);
        return (await program.WaitForExitAsync()).ExitCode;
    }

    private static async Task ExecuteAsync(string place, params string[] statements)
    {
        await using var connection = new NpgsqlConnection(place);
        await connection.OpenAsync();
        foreach (var text in statements)
        {
            await using var command = new NpgsqlCommand(text, connection);
            await command.ExecuteNonQueryAsync();
        }
    }
}
