using GraphGateway.Subgraphs.Orders.Data;
using GraphGateway.Subgraphs.Server;
using Microsoft.EntityFrameworkCore;

namespace GraphGateway.Subgraphs.Orders;

/// <summary>Orders by id.</summary>
public sealed class OrderByIdLoader(OrdersDb db) : BatchLoader<RowKey<OrderRow, int>, OrderRow>
{
    protected override Task<IReadOnlyDictionary<RowKey<OrderRow, int>, OrderRow>> LoadBatchAsync(
        IReadOnlyList<RowKey<OrderRow, int>> keys, CancellationToken cancellationToken) =>
        db.Orders.FindByKeyAsync(keys, order => order.Id, cancellationToken);
}

/// <summary>Orders by number.</summary>
public sealed class OrderByNumberLoader(OrdersDb db) : BatchLoader<RowKey<OrderRow, string>, OrderRow>
{
    protected override Task<IReadOnlyDictionary<RowKey<OrderRow, string>, OrderRow>> LoadBatchAsync(
        IReadOnlyList<RowKey<OrderRow, string>> keys, CancellationToken cancellationToken) =>
        db.Orders.FindByKeyAsync(keys, order => order.Number, cancellationToken);
}

/// <summary>Products by id.</summary>
public sealed class ProductByIdLoader(OrdersDb db) : BatchLoader<RowKey<ProductRow, int>, ProductRow>
{
    protected override Task<IReadOnlyDictionary<RowKey<ProductRow, int>, ProductRow>> LoadBatchAsync(
        IReadOnlyList<RowKey<ProductRow, int>> keys, CancellationToken cancellationToken) =>
        db.Products.FindByKeyAsync(keys, product => product.Id, cancellationToken);
}

/// <summary>Products by stock keeping unit.</summary>
public sealed class ProductBySkuLoader(OrdersDb db) : BatchLoader<RowKey<ProductRow, string>, ProductRow>
{
    protected override Task<IReadOnlyDictionary<RowKey<ProductRow, string>, ProductRow>> LoadBatchAsync(
        IReadOnlyList<RowKey<ProductRow, string>> keys, CancellationToken cancellationToken) =>
        db.Products.FindByKeyAsync(keys, product => product.Sku, cancellationToken);
}

/// <summary>Items by order.</summary>
public sealed class ItemsByOrderLoader(OrdersDb db) : GroupLoader<RowKey<OrderItemRow, int>, OrderItemRow>
{
    protected override Task<ILookup<RowKey<OrderItemRow, int>, OrderItemRow>> LoadBatchAsync(
        IReadOnlyList<RowKey<OrderItemRow, int>> keys, CancellationToken cancellationToken) =>
        db.Items.GroupByKeyAsync(keys, item => item.OrderId, item => item.Id, cancellationToken);
}

/// <summary>A user, and which of the user's orders.</summary>
public sealed record OrdersOfUser(int UserId, PageRequest<OrderRow> Page);

/// <summary>Pages of users' orders: users who are asked the same share a statement.</summary>
public sealed class OrdersByUserLoader(OrdersDb db) : BatchLoader<OrdersOfUser, Connection<OrderRow>>
{
    private static readonly Sort<OrderRow> NewestFirst = Sort<OrderRow>.By(order => order.PlacedAt, descending: true).ThenBy(order => order.Id, descending: true);

    protected override async Task<IReadOnlyDictionary<OrdersOfUser, Connection<OrderRow>>> LoadBatchAsync(
        IReadOnlyList<OrdersOfUser> keys, CancellationToken cancellationToken)
    {
        var pages = new Dictionary<OrdersOfUser, Connection<OrderRow>>();
        foreach (var group in keys.GroupBy(key => key.Page, key => key.UserId))
        {
            var found = await db.Orders.ToConnectionsAsync(
                group.ToArray(), order => order.CustomerId, group.Key, order => order.Id, NewestFirst, cancellationToken);
            foreach (var (user, page) in found)
            {
                pages.Add(new OrdersOfUser(user, group.Key), page);
            }
        }

        return pages;
    }
}

/// <summary>What users spent, in euros: the sum of their orders that were not cancelled.</summary>
public sealed class SpendByUserLoader(OrdersDb db) : BatchLoader<int, decimal>
{
    protected override async Task<IReadOnlyDictionary<int, decimal>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken cancellationToken)
    {
        var users = keys.ToList();
        var sums = db.Orders.Where(order => users.Contains(order.CustomerId) && order.Status != OrderStatus.Cancelled)
            .GroupBy(order => order.CustomerId)
            .Select(orders => new { User = orders.Key, Spend = orders.Sum(order => order.Total) });
        return await sums.ToDictionaryAsync(sum => sum.User, sum => sum.Spend, cancellationToken);
    }
}
