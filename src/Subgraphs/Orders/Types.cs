using GraphGateway.Subgraphs.Orders.Data;
using GraphGateway.Subgraphs.Server;
using GraphGateway.Subgraphs.Server.Common;

namespace GraphGateway.Subgraphs.Orders;

/// <summary>A user, of whom this service keeps the id alone.</summary>
[GraphQLType("User")]
public sealed record Customer(int Id);

/// <summary>The fields that this service adds to <c>User</c>.</summary>
[GraphQLType("User")]
public static class User
{
    /// <summary>A page of the user's orders; equal pages of many users are one statement.</summary>
    public static async Task<Connection<OrderRow>?> OrdersAsync([Parent] Customer user, PageRequest<OrderRow> page, OrdersByUserLoader orders) =>
        await orders.LoadAsync(new OrdersOfUser(user.Id, page));

    /// <summary>The total of all orders of the user that were not cancelled; those of many users are one statement.</summary>
    public static async Task<Money?> LifetimeSpendAsync([Parent] Customer user, SpendByUserLoader spend) => Money.Euros(await spend.LoadAsync(user.Id));
}

/// <summary>The fields of <c>Order</c> that are more than a column.</summary>
[GraphQLType("Order")]
public static class Order
{
    /// <summary>The sum of the items.</summary>
    public static Money Total([Parent, Requires(nameof(OrderRow.Total))] OrderRow order) => Money.Euros(order.Total);

    /// <summary>Who ordered.</summary>
    public static Customer? Customer([Parent, Requires(nameof(OrderRow.CustomerId))] OrderRow order) => new(order.CustomerId);

    /// <summary>What was ordered; the items of many orders are one statement.</summary>
    public static Task<IReadOnlyList<OrderItemRow>> ItemsAsync(
        [Parent, Requires(nameof(OrderRow.Id))] OrderRow order, Projection<OrderItemRow> columns, ItemsByOrderLoader items) =>
        items.LoadAsync(new(order.Id, columns));
}

/// <summary>The fields of <c>OrderItem</c> that are more than a column.</summary>
[GraphQLType("OrderItem")]
public static class OrderItem
{
    /// <summary>The product; those of many items are one statement.</summary>
    public static async Task<ProductRow> ProductAsync(
        [Parent, Requires(nameof(OrderItemRow.ProductId))] OrderItemRow item, Projection<ProductRow> columns, ProductByIdLoader products) =>
        // A foreign key: there is no item without its product.
        (await products.LoadAsync(new(item.ProductId, columns)))!;

    /// <summary>The price of one piece when the order was placed.</summary>
    public static Money UnitPrice([Parent, Requires(nameof(OrderItemRow.UnitPrice))] OrderItemRow item) => Money.Euros(item.UnitPrice);

    /// <summary>Quantity times unit price.</summary>
    public static Money Total([Parent, Requires(nameof(OrderItemRow.UnitPrice), nameof(OrderItemRow.Quantity))] OrderItemRow item) =>
        Money.Euros(item.Quantity * item.UnitPrice);
}

/// <summary>The fields of <c>Product</c> that are more than a column.</summary>
[GraphQLType("Product")]
public static class Product
{
    /// <summary>What one piece costs now.</summary>
    public static Money Price([Parent, Requires(nameof(ProductRow.Price))] ProductRow product) => Money.Euros(product.Price);
}
