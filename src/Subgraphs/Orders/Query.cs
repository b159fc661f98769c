using GraphGateway.Subgraphs.Orders.Data;
using GraphGateway.Subgraphs.Server;
using GraphGateway.Subgraphs.Server.Common;
using Microsoft.EntityFrameworkCore;

namespace GraphGateway.Subgraphs.Orders;

/// <summary>The fields of <c>Query</c>. Lookups of one request become one statement, however many they are.</summary>
[GraphQLType("Query")]
public static class Query
{
    /// <summary>A lookup.</summary>
    public static async Task<OrderRow?> OrderByIdAsync(string id, OrderByIdLoader orders, Projection<OrderRow> columns) =>
        Ids.Parse(id) is { } key ? await orders.LoadAsync(new(key, columns)) : null;

    /// <summary>A lookup.</summary>
    public static Task<OrderRow?> OrderByNumberAsync(string orderNumber, OrderByNumberLoader orders, Projection<OrderRow> columns) =>
        orders.LoadAsync(new(orderNumber, columns));

    /// <summary>A page of orders.</summary>
    public static async Task<Connection<OrderRow>?> OrdersAsync(PageRequest<OrderRow> page, IDbContextFactory<OrdersDb> contexts, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Orders.ToConnectionAsync(page, order => order.Id, cancellationToken: cancellation);
    }

    /// <summary>A lookup.</summary>
    public static async Task<ProductRow?> ProductByIdAsync(string id, ProductByIdLoader products, Projection<ProductRow> columns) =>
        Ids.Parse(id) is { } key ? await products.LoadAsync(new(key, columns)) : null;

    /// <summary>A lookup.</summary>
    public static Task<ProductRow?> ProductBySkuAsync(string sku, ProductBySkuLoader products, Projection<ProductRow> columns) =>
        products.LoadAsync(new(sku, columns));

    /// <summary>A page of products.</summary>
    public static async Task<Connection<ProductRow>?> ProductsAsync(
        PageRequest<ProductRow> page, IDbContextFactory<OrdersDb> contexts, CancellationToken cancellation)
    {
        await using var db = await contexts.CreateDbContextAsync(cancellation);
        return await db.Products.ToConnectionAsync(page, product => product.Id, cancellationToken: cancellation);
    }

    /// <summary>A lookup. This service keeps no users: it cannot say that there is none.</summary>
    public static Customer? UserById(string id) => Ids.Parse(id) is { } key ? new Customer(key) : null;
}
