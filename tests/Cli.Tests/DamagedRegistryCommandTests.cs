using System.Net;
using System.Text;
using GraphGateway.ControlPlane;
using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Cli.Tests;

/// <summary>What no registry answers, and what is damaged in a store, is a line that says so, whatever the command.</summary>
public sealed class DamagedRegistryCommandTests : IDisposable
{
    private const string Problem = "application/problem+json";
    private const string Json = "application/json";
    private const string Advice = ". Is it the address of a registry of this version, as `graphgateway registry serve` shows it?\n";

    private static readonly string[] Values =
        Environment.GetEnvironmentVariable("GRAPHGATEWAY_TEST_NIGHTLY") == "1" ? ["NULL", "-1", "99999999999", "9223372036854775807", "''", "'x'", "x'00ff'", "'2020-01-01'"] : ["NULL", "99999999999", "'x'"];

    private readonly TemporaryFolder folder = new();

    private string Store => Path.Combine(folder.Path, "registry.db");

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        folder.Dispose();
    }

    [Theory]
    [InlineData(500, Problem, "null")]
    [InlineData(409, Problem, """{"detail":null,"advice":"x","code":"CHANGE_REFUSED"}""")]
    [InlineData(404, Problem, "[]")]
    [InlineData(200, Json, "null")]
    [InlineData(200, Json, "[null]")]
    [InlineData(200, Json, "{}")]
    [InlineData(200, Json, "[{}]")]
    [InlineData(200, Json, """{"stage":null,"launch":null}""")]
    [InlineData(200, Json, """{"success":true,"outcome":"launched","live":1,"launch":null,"sources":[null],"problems":[null]}""")]
    [InlineData(200, Json, "")]
    [InlineData(204, Json, "")]
    public async Task What_a_registry_answers_is_told_in_a_line(int status, string type, string body)
    {
        var url = $"http://127.0.0.1:{FreePort.Next()}/";
        using var listener = new HttpListener { Prefixes = { url } };
        listener.Start();
        var answering = AnswerAsync(listener, status, type, body);
        var (schema, key) = (folder.Write("users.graphqls", "type Query { me: String }"), folder.Write("key", ApiKeyText.Make()));
        string[] stage = ["--graph", "shop", "--stage", "dev"];
        foreach (var command in new string[][]
        {
            ["list"], ["list", .. stage], ["history", .. stage], ["history", "--graph", "shop", "--source", "users"], ["history", .. stage, "--launch", "1"],
            ["fetch", .. stage], ["fetch", .. stage, "--launch", "1", "--source", "users"], ["diff", .. stage], ["usage", .. stage],
            ["publish", .. stage, "--source", "users", "--schema", schema], ["check", .. stage, "--source", "users", "--schema", schema],
            ["delete", .. stage, "--source", "users"], ["promote", "--graph", "shop", "--from", "dev", "--to", "prod"], ["rollback", .. stage], ["approve", .. stage, "--launch", "1"],
            ["reject", .. stage, "--launch", "1"], ["registry", "stages", "remove", .. stage], ["registry", "stages", "remove", .. stage, "--yes"],
        })
        {
            var (code, output, error) = await Cli.Run([.. command, "--registry", url, "--key-file", key]);

            // A check tells problems in a form of its own.
            var said = command[0] == "check" ? error.Trim().Split('\n')[0][(status == 500 ? "REGISTRY_UNAVAILABLE " : "REGISTRY_NOT_USABLE ").Length..] + "\n" : error;
            var isTold = said.StartsWith($"{url}: It answers ", StringComparison.Ordinal) && said.EndsWith(Advice, StringComparison.Ordinal) && said.Count(letter => letter == '\n') == 1;
            Assert.True((code, output, isTold) == (1, "", true), $"{string.Join(' ', command)}: {code}\n{output}\n{error}");
        }

        listener.Stop();
        await answering;
    }

    [Theory]
    [InlineData("_launches SET hash = NULL", "The supergraph of #1 is not what was published: the registry is damaged. Publish the versions of its sources again.")]
    [InlineData("_supergraphs SET document = 'garbage'", "The supergraph of #1 is not what was published: the registry is damaged. Publish the versions of its sources again.")]
    [InlineData("_launches SET status = 7", "The registry cannot be used: The registry has something of a newer version of GraphGateway: LaunchStatus 7.")]
    [InlineData("_launches SET problems = 'null'", "The registry cannot be used: The registry is damaged: problems are null.")]
    [InlineData("_launches SET problems = '[null]'", "The registry cannot be used: The registry is damaged: a problem is null.")]
    [InlineData("_launches SET created = 'x'", "The registry cannot be used: The store is damaged: a row cannot be read (created is no number). A backup has it as it was.")]
    [InlineData("_stages SET live = 99999999999999", "The registry cannot be used: The store is damaged: a row cannot be read (live is 99999999999999). A backup has it as it was.")]
    [InlineData(" SET version = 'x'", "The registry cannot be used: The store is damaged: a row cannot be read (version is no number). A backup has it as it was.")]
    [InlineData(" SET version = -1", "The registry cannot be used: The registry is damaged: graphgateway_registry does not say at which step its tables are. A backup does.")]
    public async Task What_is_damaged_in_a_store_is_told_in_a_line(string damage, string problem)
    {
        var schema = folder.Write("users.graphqls", "type Query { me: String }");
        string[] stage = ["--graph", "shop", "--stage", "dev", "--store", Store];
        Assert.Equal(0, (await Cli.Run(["publish", .. stage, "--source", "users", "--schema", schema, "--url", "http://127.0.0.1:1/"])).Code);
        await using (var connection = new SqliteConnection($"Data Source={Store};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = $"UPDATE graphgateway_registry{damage}";
            Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
        }

        var file = Path.Combine(folder.Path, "supergraph.graphql");
        Assert.Equal((1, "", problem + "\n"), await Cli.Run(["fetch", .. stage, "--output", file]));
        Assert.False(File.Exists(file));
    }

    // Each column of each table, with what no program of ours writes there.
    [Fact]
    public async Task Whatever_stands_in_a_column_ends_no_command()
    {
        var users = folder.Write("users.graphqls", "type Query { me: String }");
        var other = folder.Write("other.graphqls", "type Query { me: String you: String }");
        string[] stage = ["--graph", "shop", "--stage", "dev", "--store", Store];
        Assert.Equal(0, (await Cli.Run(["publish", .. stage, "--source", "users", "--schema", users, "--url", "http://127.0.0.1:1/", "--tag", "t1"])).Code);
        Assert.Equal(0, (await Cli.Run(["publish", .. stage, "--source", "users", "--schema", other, "--tag", "t2"])).Code);
        Assert.Equal(0, (await Cli.Run(["publish", .. stage, "--source", "users", "--schema", users, "--wait-for-approval"])).Code);
        SqliteConnection.ClearAllPools();
        var whole = await File.ReadAllBytesAsync(Store);
        var failures = new List<string>();
        foreach (var (table, column) in await ColumnsAsync())
        {
            foreach (var value in Values)
            {
                foreach (var command in new string[][]
                {
                    ["list", "--store", Store], ["list", .. stage], ["history", .. stage], ["history", "--graph", "shop", "--source", "users", "--store", Store], ["history", .. stage, "--launch", "3"],
                    ["fetch", .. stage], ["fetch", .. stage, "--source", "users"], ["diff", .. stage], ["usage", .. stage], ["check", .. stage, "--source", "users", "--schema", users],
                    ["publish", .. stage, "--source", "users", "--schema", users], ["rollback", .. stage], ["approve", .. stage, "--launch", "3"], ["reject", .. stage, "--launch", "3"],
                })
                {
                    await File.WriteAllBytesAsync(Store, whole);
                    if (!await TrySetAsync(table, column, value))
                    {
                        break;
                    }

                    var (code, output, error) = await Cli.Run(command);
                    SqliteConnection.ClearAllPools();
                    if (code is not (0 or 1) || (output + error).Contains("nhandled", StringComparison.Ordinal))
                    {
                        failures.Add($"{command[0]} with {table}.{column} = {value}: {code} {(output + error)[..Math.Min(300, (output + error).Length)]}");
                    }
                }
            }
        }

        Assert.True(failures.Count == 0, $"{failures.Count}:\n{string.Join('\n', failures.Take(60))}");
    }

    private async Task<IReadOnlyList<(string Table, string Column)>> ColumnsAsync()
    {
        await using var connection = new SqliteConnection($"Data Source={Store};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "SELECT t.name, c.name FROM sqlite_master t JOIN pragma_table_info(t.name) c WHERE t.type = 'table' AND t.name LIKE 'graphgateway%'";
        await using var reader = await command.ExecuteReaderAsync();
        var found = new List<(string, string)>();
        while (await reader.ReadAsync())
        {
            found.Add((reader.GetString(0), reader.GetString(1)));
        }

        return found;
    }

    // Of a column that takes no such value nothing is to be found out.
    private async Task<bool> TrySetAsync(string table, string column, string value)
    {
        await using var connection = new SqliteConnection($"Data Source={Store};Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = $"UPDATE OR REPLACE {table} SET {column} = {value}";
        try
        {
            return await command.ExecuteNonQueryAsync() > 0;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private static async Task AnswerAsync(HttpListener listener, int status, string type, string body)
    {
        while (listener.IsListening)
        {
            try
            {
                var context = await listener.GetContextAsync();
                context.Response.StatusCode = status;
                context.Response.ContentType = type;
                if (status != 204)
                {
                    await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes(body));
                }

                context.Response.Close();
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                // The test is over.
            }
        }
    }
}
