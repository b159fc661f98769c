using GraphGateway.Subgraphs.Orders.Data;
using GraphGateway.Subgraphs.Server;
using GraphGateway.Subgraphs.Server.Common;
using Microsoft.EntityFrameworkCore;

namespace GraphGateway.Subgraphs.Orders;

/// <summary><c>Mutation.cancelOrder</c>.</summary>
[GraphQLType("Mutation")]
public static class CancelOrder
{
    /// <summary>Cancels the order and gives its pieces back to the stock, in one transaction; of two at the same time one succeeds.</summary>
    public static async Task<CancelOrderPayload?> CancelOrderAsync(CancelOrderInput input, IDbContextFactory<OrdersDb> contexts, CancellationToken cancellation)
    {
        if (Ids.Parse(input.OrderId) is not { } id)
        {
            return new CancelOrderPayload(null, [new OrderNotFoundError(input.OrderId)]);
        }

        await using var db = await contexts.CreateDbContextAsync(cancellation);
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        var changed = await db.Orders.Where(order => order.Id == id && order.Status == OrderStatus.Placed)
            .ExecuteUpdateAsync(set => set.SetProperty(order => order.Status, OrderStatus.Cancelled), cancellation);
        var order = await db.Orders.SingleOrDefaultAsync(order => order.Id == id, cancellation);
        if (order is null)
        {
            return new CancelOrderPayload(null, [new OrderNotFoundError(input.OrderId)]);
        }

        if (changed == 0)
        {
            return new CancelOrderPayload(null, [new OrderNotCancellableError(order.Status)]);
        }

        // In the order of products, as PlaceOrder takes them.
        foreach (var item in await db.Items.Where(item => item.OrderId == id).OrderBy(item => item.ProductId).ToListAsync(cancellation))
        {
            await db.Products.Where(product => product.Id == item.ProductId)
                .ExecuteUpdateAsync(set => set.SetProperty(product => product.Stock, product => product.Stock + item.Quantity), cancellation);
        }

        await transaction.CommitAsync(cancellation);
        return new CancelOrderPayload(order, []);
    }
}
