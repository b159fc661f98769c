using System.Runtime.CompilerServices;
using GraphGateway.Gateway.Tests.Pipeline;
using Microsoft.AspNetCore.Http;
using Microsoft.Data.Sqlite;
using Xunit;

namespace GraphGateway.Gateway.Tests.Registry;

/// <summary>A real gateway follows a registry to which teams publish.</summary>
public sealed class RegistryTests
{
    private const string Both = """{"data":{"hello":"you","other":"me"}}""";
    private const string Hello = """{"data":{"hello":"you"}}""";
    private const string NoOther = """{"errors":[{"message":"Cannot query field \"other\" on type \"Query\".","locations":[{"line":1,"column":3}],"extensions":{"code":"GRAPHQL_VALIDATION_FAILED"}}]}""";

    [Fact]
    public async Task What_is_published_and_rolled_back_is_served_without_a_restart()
    {
        await using var source = await FakeSource.AnswersAsync(Both);
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", source.Url, "hello");
        Assert.Empty(await gateway.StartAsync($"--Gateway:Registry:File={gateway.Copy}"));
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        Assert.Equal(NoOther, await gateway.QueryAsync("{ other }"));

        // A field, and the copy on disk with it.
        await gateway.SeenAsync(await gateway.PublishAsync("users", null, "hello", "other"));
        Assert.Equal("""{"data":{"other":"me"}}""", await gateway.QueryAsync("{ other }"));
        Assert.Contains("\n  other: String\n", await gateway.Client.GetStringAsync(new Uri("/graphql/schema.graphql", UriKind.Relative)), StringComparison.Ordinal);

        // Another source, at another address, that is watched as well.
        await using var stock = await FakeSource.AnswersAsync("""{"data":{"stock":"7"}}""");
        await gateway.SeenAsync(await gateway.PublishAsync("stock", stock.Url, "stock"));
        Assert.Equal("""{"data":{"hello":"you","stock":"7"}}""", await gateway.QueryAsync("{ hello stock }"));
        Assert.Equal(
            """{"status":"healthy","sources":{"stock":{"status":"up"},"users":{"status":"up"}}}""", await gateway.Client.GetStringAsync(new Uri("/health", UriKind.Relative)));

        await gateway.SeenAsync(await gateway.RollbackAsync());
        await gateway.SeenAsync(await gateway.RollbackAsync());
        Assert.Equal(NoOther, await gateway.QueryAsync("{ other }"));
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
    }

    [Fact]
    public async Task Operations_that_clients_send_are_ready_before_the_next_graph_is_served()
    {
        await using var source = await FakeSource.AnswersAsync(Both);
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", source.Url, "hello", "other");
        Assert.Empty(await gateway.StartAsync());
        foreach (var operation in new[] { "{ hello }", "{ other }", "{ hello }", "{ other }" })
        {
            await gateway.QueryAsync(operation);
        }

        var launch = await gateway.PublishAsync("users", null, "hello", "third");
        await gateway.Log.SeenStartAsync("Warm-up: 1 operation was planned in ");
        await gateway.Log.SeenAsync($"#{launch} of dev of shop is served");
        Assert.Equal((1, 0), (gateway.Current.Graph.Cache.Count, gateway.Current.Graph.Cache.Misses));
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        Assert.Equal(0, gateway.Current.Graph.Cache.Misses);
    }

    [Fact]
    public async Task A_request_that_is_on_its_way_ends_in_the_graph_that_it_began_in()
    {
        var arrived = new TaskCompletionSource();
        var answer = new TaskCompletionSource();
        await using var slow = await FakeSource.StartAsync(async context =>
        {
            arrived.TrySetResult();
            await answer.Task;
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(Both);
        });
        await using var fast = await FakeSource.AnswersAsync("""{"data":{"hello":"new"}}""");
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", slow.Url, "hello", "other");
        Assert.Empty(await gateway.StartAsync());
        var before = gateway.Current.Graph.Uses;
        var waiting = gateway.QueryAsync("{ hello other }");
        await arrived.Task;
        Assert.False(before.AreOver);

        // The source moves, and loses a field: who asks now gets the one, who asked before the other.
        await gateway.SeenAsync(await gateway.PublishAsync("users", fast.Url, "hello"));
        Assert.Equal("""{"data":{"hello":"new"}}""", await gateway.QueryAsync("{ hello }"));
        Assert.False(waiting.IsCompleted);
        answer.SetResult();
        Assert.Equal(Both, await waiting);
        Assert.True(before.AreOver);
    }

    [Fact]
    public async Task Under_load_many_publishes_cost_no_request()
    {
        await using var source = await FakeSource.AnswersAsync(Both);
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", source.Url, "hello");
        Assert.Empty(await gateway.StartAsync());
        using var enough = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 4).Select(async _ =>
        {
            var count = 0;
            while (!enough.IsCancellationRequested)
            {
                Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
                count++;
            }

            return count;
        }).ToList();
        for (var i = 1; i <= 10; i++)
        {
            await gateway.SeenAsync(await gateway.PublishAsync("users", null, "hello", $"f{i}"));
        }

        for (var i = 1; i <= 5; i++)
        {
            await gateway.SeenAsync(await gateway.RollbackAsync());
        }

        await enough.CancelAsync();
        Assert.All(await Task.WhenAll(clients), count => Assert.True(count > 0));
    }

    [Fact]
    public async Task What_the_gateway_cannot_run_is_told_once_and_what_is_served_stays()
    {
        await using var source = await FakeSource.AnswersAsync(Both);
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", source.Url, "hello");
        Assert.Empty(await gateway.StartAsync());
        var launch = await gateway.PublishAsync("stock", null, "stock");
        await gateway.Log.SeenAsync(
            $"#{launch} of dev of shop cannot be run, and what is served stays: Gateway:Subgraphs:stock:Url: is missing, and the supergraph does not tell where stock answers. "
            + "Set it: --Gateway:Subgraphs:stock:Url=http://...");
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        await gateway.SeenAsync(await gateway.PublishAsync("stock", source.Url, "stock"));
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
    }

    [Fact]
    public async Task Without_the_registry_it_goes_on_and_starts_with_what_it_had_last()
    {
        await using var source = await FakeSource.AnswersAsync(Both);
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", source.Url, "hello");
        Assert.Empty(await gateway.StartAsync($"--Gateway:Registry:File={gateway.Copy}"));
        var away = gateway.Place + ".away";
        File.Move(gateway.Place, away);
        SqliteConnection.ClearAllPools();
        await gateway.Log.SeenStartAsync("The registry cannot be followed, and what is served stays: SQLite Error 14");
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
        await gateway.StopAsync();

        // Away at the start as well.
        Assert.Equal(
            ["Gateway:Registry: the registry cannot be read: SQLite Error 14: 'unable to open database file'.", "Set Gateway:Registry:File, and the gateway starts with what it had last."],
            await gateway.StartAsync());
        Assert.Empty(await gateway.StartAsync($"--Gateway:Registry:File={gateway.Copy}"));
        await gateway.Log.SeenAsync(
            $"Gateway:Registry: the registry cannot be read: SQLite Error 14: 'unable to open database file'. The gateway starts with the last good one, {gateway.Copy}.");
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));

        // It comes back, with something new.
        File.Move(away, gateway.Place);
        await gateway.SeenAsync(await gateway.PublishAsync("users", null, "hello", "other"));
        Assert.Equal(Both, await gateway.QueryAsync("{ hello other }"));

        // Who stops the gateway waits for what it does just now.
        await gateway.StopAsync();
        Assert.Contains("other: String", await File.ReadAllTextAsync(gateway.Copy), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_nothing_is_live_it_does_not_start_and_says_why()
    {
        await using var gateway = new FollowingGateway();
        await File.WriteAllBytesAsync(gateway.Place, []);
        Assert.Equal(
            [
                "Gateway:Registry: nothing is live in dev of shop. `graphgateway publish --graph shop --stage dev ...` publishes a source.",
                $"There is no copy in {gateway.Copy}. Start where the registry can be reached, or bring one: `graphgateway fetch --graph shop --stage dev --output {gateway.Copy}`.",
            ],
            await gateway.StartAsync($"--Gateway:Registry:File={gateway.Copy}"));
    }

    [Fact]
    public async Task A_supergraph_that_is_not_what_was_published_is_not_run()
    {
        await using var source = await FakeSource.AnswersAsync(Both);
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", source.Url, "hello");
        Assert.Empty(await gateway.StartAsync());
        await using (var connection = new SqliteConnection($"Data Source={gateway.Place}"))
        {
            await connection.OpenAsync();
            await using var command = new SqliteCommand(
                "UPDATE graphgateway_registry_launches SET hash = 'other'; UPDATE graphgateway_registry_supergraphs SET document = 'type Query { evil: Int }'", connection);
            await command.ExecuteNonQueryAsync();
        }

        await gateway.Log.SeenStartAsync("The registry cannot be followed, and what is served stays: The supergraph of #1 of dev of shop is not what was published");
        Assert.Equal(Hello, await gateway.QueryAsync("{ hello }"));
    }

    [Fact]
    public async Task The_memory_of_a_graph_that_is_no_longer_served_is_freed()
    {
        await using var source = await FakeSource.AnswersAsync(Both);
        await using var gateway = new FollowingGateway();
        await gateway.PublishAsync("users", source.Url, "hello");
        Assert.Empty(await gateway.StartAsync());
        await gateway.QueryAsync("{ hello }");
        var before = CurrentOf(gateway);
        await gateway.SeenAsync(await gateway.PublishAsync("users", null, "hello", "other"));

        // The one after it lets go of what the last look held.
        await gateway.SeenAsync(await gateway.PublishAsync("users", null, "hello", "other", "third"));
        await gateway.QueryAsync("{ hello }");
        for (var i = 0; i < 10 && before.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.False(before.IsAlive);
    }

    [Theory]
    [InlineData("Gateway:Registry:Store: is missing, or Url: the other settings of Gateway:Registry say nothing without one of them.", "--Gateway:Registry:Store=", "--Gateway:Supergraph=FILE")]
    [InlineData("Gateway:Registry:Stage: is missing. Name the stage whose live supergraph is to be run.", "--Gateway:Registry:Stage=")]
    [InlineData("Gateway:Registry:Graph: 'a b' is no name. The name of a graph has 1 to 128 letters, digits, \"-\", \"_\" and \".\", and begins with a letter or a digit.", "--Gateway:Registry:Graph=a b")]
    [InlineData("Gateway:Registry:Store: is neither the name of a file nor a connection string of PostgreSQL such as Host=127.0.0.1;Database=graphgateway.", "--Gateway:Registry:Store=Host=x;Passwort=secret")]
    [InlineData("Gateway:Supergraph: and Gateway:Registry:Store are both given: the graph comes from one of them. Gateway:Registry:File keeps the last good one.", "--Gateway:Supergraph=FILE")]
    public async Task Wrong_settings_are_told(string expected, params string[] arguments)
    {
        await using var gateway = new FollowingGateway();
        await File.WriteAllTextAsync(gateway.Copy, "");
        Assert.Equal([expected], await gateway.StartAsync([.. arguments.Select(argument => argument.Replace("FILE", gateway.Copy, StringComparison.Ordinal))]));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference CurrentOf(FollowingGateway gateway) => new(gateway.Current.Graph);
}
