using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using GraphGateway.Subgraphs.Orders;
using GraphGateway.Subgraphs.Orders.Data;
using GraphGateway.Subgraphs.Payments;
using GraphGateway.Subgraphs.Payments.Data;
using GraphGateway.Subgraphs.Server.Hosting;
using GraphGateway.Subgraphs.Server.Seeding;
using GraphGateway.Subgraphs.Users;
using GraphGateway.Subgraphs.Users.Data;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace GraphGateway.Subgraphs.Tests.Services;

public sealed class StartTests
{
    [Fact]
    public async Task A_first_start_writes_the_same_first_data_everywhere()
    {
        await using var users = await RunningService.StartAsync(UsersService.Definition);
        await using var orders = await RunningService.StartAsync(OrdersService.Definition);
        await using var payments = await RunningService.StartAsync(PaymentsService.Definition);
        JsonText.Check(
            """
            1000 of UserRow: 7174ac058578b4c1
            1597 of AddressRow: 304cc9d19f3502f0
            500 of ProductRow: ac1d32265a278d07
            10000 of OrderRow: 30986e7cb3404508
            25281 of OrderItemRow: e419409e66bf68f3
            12246 of PaymentRow: 1992aa7331b46ba4
            """,
            string.Join('\n',
                await DigestAsync<UsersDb, UserRow>(users, row => row.Id),
                await DigestAsync<UsersDb, AddressRow>(users, row => row.Id),
                await DigestAsync<OrdersDb, ProductRow>(orders, row => row.Id),
                await DigestAsync<OrdersDb, OrderRow>(orders, row => row.Id),
                await DigestAsync<OrdersDb, OrderItemRow>(orders, row => row.Id),
                await DigestAsync<PaymentsDb, PaymentRow>(payments, row => row.Id)));
    }

    [Fact]
    public void Payments_match_orders_and_orders_match_users()
    {
        var orders = Shop.Orders.ToDictionary(order => order.Id);
        Assert.All(orders.Values, order => Assert.True(Shop.MemberSince(order.CustomerId) < order.PlacedAt && order.PlacedAt < Shop.Today));
        Assert.All(PaymentsSeed.Payments(), payment => Assert.Equal(orders[payment.OrderId].CustomerId, payment.PayerId));
        Assert.All(
            PaymentsSeed.Payments().Where(payment => payment.Status is PaymentStatus.Captured).GroupBy(payment => payment.OrderId),
            captured => Assert.True(captured.Sum(payment => payment.Amount) <= orders[captured.Key].Total));
    }

    [Fact]
    public async Task A_second_start_keeps_the_data()
    {
        var settings = await TestDatabase.SqliteAsync(UsersService.Definition);
        await using (var first = await UsersService.Definition.CreateAsync(settings))
        {
            await using var db = await Contexts<UsersDb>(first.Services).CreateDbContextAsync();
            await db.Users.Where(user => user.Id == 1).ExecuteUpdateAsync(set => set.SetProperty(user => user.Name, "Changed"));
        }

        await using var second = await UsersService.Definition.CreateAsync(settings);
        await using var again = await Contexts<UsersDb>(second.Services).CreateDbContextAsync();
        Assert.Equal("Changed", (await again.Users.SingleAsync(user => user.Id == 1)).Name);
        Assert.Equal(1_000, await again.Users.CountAsync());
    }

    [Fact]
    public async Task A_crash_half_way_leaves_nothing_and_the_next_start_begins_anew()
    {
        var path = TestDatabase.NewPath();
        var crashing = UsersService.Definition with
        {
            Seed = async (db, cancellation) =>
            {
                await BulkInsert.InsertAsync(db, UsersSeed.Users(), cancellation);
                throw new InvalidTimeZoneException("the crash");
            },
        };
        await Assert.ThrowsAsync<InvalidTimeZoneException>(() => crashing.CreateAsync([$"--Database:Path={path}", TestDatabase.OpenToAll]));

        await using var app = await UsersService.Definition.CreateAsync([$"--Database:Path={path}", TestDatabase.OpenToAll]);
        await using var db = await Contexts<UsersDb>(app.Services).CreateDbContextAsync();
        Assert.Equal(1_000, await db.Users.CountAsync());
    }

    [Fact]
    public async Task Two_first_starts_at_once_fill_the_database_once()
    {
        var path = TestDatabase.NewPath();
        var apps = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() => UsersService.Definition.CreateAsync([$"--Database:Path={path}", TestDatabase.OpenToAll]))));
        await using var db = await Contexts<UsersDb>(apps[0].Services).CreateDbContextAsync();
        Assert.Equal(1_000, await db.Users.CountAsync());
        foreach (var app in apps)
        {
            await app.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_database_of_another_version_is_refused()
    {
        var path = TestDatabase.NewPath();
        await using (await (UsersService.Definition with { Seed = (_, _) => Task.CompletedTask }).CreateAsync([$"--Database:Path={path}", TestDatabase.OpenToAll]))
        {
        }

        var error = await Assert.ThrowsAsync<SettingsException>(() => (UsersService.Definition with { DatabaseVersion = 7 }).CreateAsync([$"--Database:Path={path}", TestDatabase.OpenToAll]));
        Assert.Equal($"The database {path} has version 2 of its tables; this program reads version 7. Delete it or name another one.", error.Message);
    }

    [Fact]
    public async Task A_database_from_before_marks_had_a_service_is_refused()
    {
        var path = TestDatabase.NewPath();
        await using (var connection = new SqliteConnection($"Data Source={path};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE DatabaseMark (Version INTEGER PRIMARY KEY); INSERT INTO DatabaseMark VALUES (1)";
            await command.ExecuteNonQueryAsync();
        }

        var error = await Assert.ThrowsAsync<SettingsException>(() => UsersService.Definition.CreateAsync([$"--Database:Path={path}", TestDatabase.OpenToAll]));
        Assert.Equal($"The database {path} has version 1 of its tables; this program reads version 2. Delete it or name another one.", error.Message);
    }

    [Fact]
    public async Task Is_alive_and_ready_once_it_listens()
    {
        await using var service = await RunningService.StartAsync(UsersService.Definition);
        Assert.Equal("Healthy", await service.Client.GetStringAsync("/health/live"));
        Assert.Equal("Healthy", await service.Client.GetStringAsync("/health/ready"));
    }

    private static IDbContextFactory<TContext> Contexts<TContext>(IServiceProvider services)
        where TContext : DbContext => services.GetRequiredService<IDbContextFactory<TContext>>();

    private static async Task<string> DigestAsync<TContext, TRow>(RunningService<TContext> service, System.Linq.Expressions.Expression<Func<TRow, int>> id)
        where TContext : DbContext
        where TRow : class
    {
        await using var db = await Contexts<TContext>(service.Services).CreateDbContextAsync();
        var rows = await db.Set<TRow>().OrderBy(id).ToListAsync();
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(rows)));
        return $"{rows.Count} of {typeof(TRow).Name}: {Convert.ToHexStringLower(digest)[..16]}";
    }
}
