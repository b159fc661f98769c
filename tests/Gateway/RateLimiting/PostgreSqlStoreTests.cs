using GraphGateway.Gateway.Tests.Health;
using GraphGateway.Subgraphs.Tests.Services;
using GraphGateway.TestKit;
using Npgsql;
using Xunit;

namespace GraphGateway.Gateway.Tests.RateLimiting;

/// <summary>Buckets in PostgreSQL, in a database of the test's own, and what becomes of requests when the server does not answer.</summary>
public sealed class PostgreSqlStoreTests : IAsyncLifetime
{
    private readonly string database = $"budgets_{Guid.NewGuid():N}";
    private readonly FakeTimeProvider clock = new();
    private readonly Budget budget = BudgetScript.Budget("1000/1000");

    private string ConnectionString => new NpgsqlConnectionStringBuilder(Requirements.PostgresConnectionString) { Database = database }.ConnectionString;

    public Task InitializeAsync() => Requirements.PostgresConnectionString is { } server ? ExecuteAsync(server, $"CREATE DATABASE {database}") : Task.CompletedTask;

    public Task DisposeAsync() => Requirements.PostgresConnectionString is null ? Task.CompletedTask : TestDatabase.DropAsync(database);

    [PostgresFact]
    public async Task A_text_is_replaced_only_where_it_is_the_one_that_was_read()
    {
        await using var store = new PostgreSqlStore(ConnectionString);
        await SharedStoreContract.A_text_is_replaced_only_where_it_is_the_one_that_was_read(store);
    }

    [PostgresFact]
    public Task Of_several_that_write_at_once_one_succeeds() => SharedStoreContract.Of_several_that_write_at_once_one_succeeds(Connect);

    [PostgresFact]
    public Task Replicas_admit_the_budget_and_not_one_unit_more() => SharedStoreContract.Replicas_admit_the_budget_and_not_one_unit_more(Connect);

    [PostgresFact]
    public async Task Replicas_that_come_first_at_the_same_time_make_the_table_once()
    {
        var found = await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            await using var store = Connect();
            return (await store.ReadAsync("key", default)).Text;
        }));
        Assert.All(found, Assert.Null);
    }

    [PostgresFact]
    public async Task Rows_that_are_over_go()
    {
        await using var store = Connect();
        for (var i = 0; i < 1000; i++)
        {
            await store.ReadAsync("x", default);
            await store.SwapAsync($"key {i}", null, [1], i % 2 == 0 ? -1 : 600_000, default);
        }

        Assert.Equal(500L, await ScalarAsync("SELECT count(*) FROM graphgateway_budgets"));
    }

    [PostgresFact]
    public async Task A_user_who_may_not_make_the_table_is_told_so()
    {
        await ExecuteAsync(ConnectionString, $"REVOKE CREATE ON SCHEMA public FROM PUBLIC; CREATE ROLE {database} LOGIN");
        try
        {
            var log = new LogWatch();
            await using var replica = SharedStoreContract.Replica(
                new PostgreSqlStore(new NpgsqlConnectionStringBuilder(ConnectionString) { Username = database, Pooling = false }.ConnectionString), clock, log: log);
            Assert.Equal("StoreUnavailable", await SharedStoreContract.AskAsync(replica, budget, "me"));
            await log.SeenStartAsync($"The budgets' store {Shown(ConnectionString)} cannot be asked: 42501: permission denied for schema public");
        }
        finally
        {
            await ExecuteAsync(ConnectionString, $"DROP ROLE {database}");
        }
    }

    [PostgresFact]
    public async Task A_connection_that_the_server_has_ended_is_replaced_without_anybody_noticing()
    {
        await using var replica = SharedStoreContract.Replica(Connect(), clock);
        Assert.Equal("Admitted", await SharedStoreContract.AskAsync(replica, budget, "me"));
        await ExecuteAsync(
            Requirements.PostgresConnectionString!, $"SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = '{database}'");
        Assert.Equal("Admitted", await SharedStoreContract.AskAsync(replica, budget, "another"));
    }

    [PostgresFact]
    public async Task A_server_that_hangs_costs_the_time_out_and_comes_back_by_itself()
    {
        await using var proxy = Proxy(out var through);
        await using var replica = SharedStoreContract.Replica(new PostgreSqlStore(through), clock);
        Assert.Equal("Admitted", await SharedStoreContract.AskAsync(replica, budget, "me"));

        proxy.Freeze();
        Assert.Equal("StoreUnavailable", await SharedStoreContract.AskInVainAsync(replica, budget, "second", clock));
        Assert.Equal("StoreUnavailable", await SharedStoreContract.AskAsync(replica, budget, "second"));

        proxy.Thaw();
        clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal("Admitted", await SharedStoreContract.AskAsync(replica, budget, "second"));
    }

    [PostgresFact]
    public async Task A_server_that_goes_and_comes_back_is_asked_again_after_the_pause()
    {
        await using var proxy = Proxy(out var through);
        await using var replica = SharedStoreContract.Replica(new PostgreSqlStore(through), clock, StoreFailure.Open);
        Assert.Equal("Admitted", await SharedStoreContract.AskAsync(replica, budget, "me"));
        proxy.Refuse();
        Assert.Equal("AdmittedUncounted", await SharedStoreContract.AskAsync(replica, budget, "second"));
        proxy.Serve();
        Assert.Equal("AdmittedUncounted", await SharedStoreContract.AskAsync(replica, budget, "second"));
        clock.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal("Admitted", await SharedStoreContract.AskAsync(replica, budget, "second"));
    }

    [Fact]
    public async Task What_answers_something_else_is_no_store()
    {
        await using var server = new BluntServer("HTTP/1.1 400 Bad Request\r\n\r\n");
        var log = new LogWatch();
        var text = $"Host=127.0.0.1;Port={server.Port};Username=me;Password=s3cret;Database=x;SSL Mode=Disable";
        await using var replica = SharedStoreContract.Replica(new PostgreSqlStore(text), clock, log: log);
        Assert.Equal("StoreUnavailable", await SharedStoreContract.AskAsync(replica, budget, "me"));
        await log.SeenStartAsync($"The budgets' store {Shown(text)} cannot be asked: ");
    }

    private static string Shown(string text)
    {
        var settings = new NpgsqlConnectionStringBuilder(text);
        return $"postgresql://{settings.Host}:{settings.Port}/{settings.Database}";
    }

    private PostgreSqlStore Connect() => new(ConnectionString);

    private TcpProxy Proxy(out string through)
    {
        var settings = new NpgsqlConnectionStringBuilder(ConnectionString);
        var proxy = new TcpProxy(settings.Host!, settings.Port);
        (settings.Host, settings.Port) = ("127.0.0.1", proxy.Port);
        through = settings.ConnectionString;
        return proxy;
    }

    private async Task<object?> ScalarAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    private static async Task ExecuteAsync(string server, string sql)
    {
        await using var connection = new NpgsqlConnection(server);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
