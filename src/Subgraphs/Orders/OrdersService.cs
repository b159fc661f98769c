using GraphGateway.Subgraphs.Orders.Data;
using GraphGateway.Subgraphs.Server.Hosting;
using GraphGateway.Subgraphs.Server.Seeding;

namespace GraphGateway.Subgraphs.Orders;

/// <summary>The service that owns orders and products: who ordered what, and what is in stock.</summary>
public static class OrdersService
{
    /// <summary>The service as its program and its tests start it.</summary>
    public static ServiceDefinition<OrdersDb> Definition { get; } = new("orders", 5102, OrdersDb.Version, typeof(OrdersService).Assembly, SeedAsync);

    private static async Task SeedAsync(OrdersDb db, CancellationToken cancellation)
    {
        await BulkInsert.InsertAsync(db, OrdersSeed.Products(), cancellation);
        await BulkInsert.InsertAsync(db, OrdersSeed.Orders(), cancellation);
        await BulkInsert.InsertAsync(db, OrdersSeed.Items(), cancellation);
    }
}
