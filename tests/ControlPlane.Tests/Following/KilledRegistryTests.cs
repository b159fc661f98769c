using GraphGateway.TestKit;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;
using Xunit.Abstractions;

namespace GraphGateway.ControlPlane.Tests.Following;

/// <summary>
/// The registry's server, its database and the command are killed at random moments while two teams publish: what somebody was told to be there is there, what nobody was told of is there whole or
/// not at all. The random moments follow from the seed, which a failure prints.
/// </summary>
public sealed class KilledRegistryTests(ITestOutputHelper output) : IDisposable
{
    private const string Seeded = "seed {0}, kill {1} after {2} ms";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(1);

    private readonly TemporaryFolder folder = new();

    public void Dispose()
    {
        SqliteConnection.ClearAllPools();
        NpgsqlConnection.ClearAllPools();
        folder.Dispose();
    }

    [Fact]
    public async Task Of_a_server_on_SQLite_that_is_killed_no_publish_is_half_there()
    {
        var store = Path.Combine(folder.Path, "registry.db");
        await using var server = await RegistryProcess.StartAsync(store, folder);
        await KillAgainAndAgainAsync(store, server, Nightly.Cases(6, 200), server.KillAsync, server.StartAsync);
    }

    [PostgresServerFact]
    public async Task Of_a_database_that_is_killed_no_publish_is_half_there()
    {
        await using var database = await PostgresServer.StartAsync();
        await using var server = await RegistryProcess.StartAsync(database.ConnectionString, folder);
        await KillAgainAndAgainAsync(database.ConnectionString, server, Nightly.Cases(4, 100), database.KillAsync, database.StartAgainAsync);
    }

    [PostgresServerFact]
    public async Task Of_a_server_on_PostgreSQL_that_is_killed_no_publish_is_half_there()
    {
        await using var database = await PostgresServer.StartAsync();
        await using var server = await RegistryProcess.StartAsync(database.ConnectionString, folder);
        await KillAgainAndAgainAsync(database.ConnectionString, server, Nightly.Cases(2, 100), server.KillAsync, server.StartAsync);
    }

    [Fact]
    public async Task A_command_that_is_killed_has_published_all_or_nothing_and_one_that_ends_with_0_has_published()
    {
        var (store, schema) = (Path.Combine(folder.Path, "registry.db"), Path.Combine(folder.Path, "schema.graphqls"));
        var random = new Random(Seed.Value);
        TimeSpan? usual = null;
        var ended = 0;
        for (var i = 0; i < Nightly.Cases(4, 100); i++)
        {
            await File.WriteAllTextAsync(schema, $"type Query {{ field{i}: Int }}");
            var began = TimeProvider.System.GetTimestamp();
            await using var command = ChildProcess.StartDotnet(
                Repository.Output("src/Cli", "graphgateway.dll"), ["publish", "--store", store, "--graph", "shop", "--stage", "production", "--source", "a", "--schema", schema, "--tag", $"a-{i}"]);

            // The first shows how long one takes; most of it is the program's start, and it is the end that matters.
            var delay = usual is { } time ? time * (0.5 + (random.NextDouble() * 0.6)) : TimeSpan.FromMinutes(1);
            output.WriteLine(Seeded, Seed.Value, i, delay.TotalMilliseconds);
            var isOver = await Task.WhenAny(command.WaitForExitAsync(), Moments.PassAsync(delay)) is Task<ProcessResult>;
            usual ??= TimeProvider.System.GetElapsedTime(began);
            await command.SignalAsync("KILL");
            var result = await command.WaitForExitAsync();
            var launches = await WholeRegistry.ReadAsync(store, "shop", "production");
            var isThere = launches.Any(launch => launch.Note.Tag == $"a-{i}");
            Assert.True(result.ExitCode is 0 or 137, command.Everything);
            Assert.True(!isOver || result.ExitCode == 0, command.Everything);
            Assert.True(result.ExitCode != 0 || isThere, $"It ended with 0, and nothing is there.\n{command.Everything}");
            ended += result.ExitCode == 0 ? 1 : 0;
        }

        Assert.True(ended > 0);
    }

    private async Task KillAgainAndAgainAsync(string store, RegistryProcess server, int kills, Func<Task> kill, Func<Task> startAgain)
    {
        var random = new Random(Seed.Value);
        PublishingTeam[] teams = [new PublishingTeam("a"), new PublishingTeam("b")];
        for (var i = 0; i < kills; i++)
        {
            await using var registry = server.Connect();
            using var end = new CancellationTokenSource();
            var before = teams.Sum(team => team.Published);
            var publishing = teams.Select(team => Task.Run(() => team.PublishAsync(registry, end.Token))).ToArray();

            // When the server has got going: a moment of the hundreds of milliseconds after.
            var began = TimeProvider.System.GetTimestamp();
            while (teams.Sum(team => team.Published) == before)
            {
                Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, "Nobody can publish.");
                await Moments.PassAsync(Pause);
            }

            var delay = TimeSpan.FromMilliseconds(random.Next(300));
            output.WriteLine(Seeded, Seed.Value, i, delay.TotalMilliseconds);
            await Moments.PassAsync(delay);
            await kill();
            await end.CancelAsync();
            await Task.WhenAll(publishing);
            await startAgain();

            var launches = await WholeRegistry.ReadAsync(store, "shop", "production");
            Assert.All(teams, team => team.Check(launches));
        }
    }
}
