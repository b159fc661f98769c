using GraphGateway.Subgraphs.Server;

namespace GraphGateway.Subgraphs.Orders.Data;

/// <summary>How far an order has come.</summary>
[GraphQLType("OrderStatus")]
public enum OrderStatus
{
    Placed,
    Shipped,
    Delivered,
    Cancelled,
}

/// <summary>What kind of thing a product is.</summary>
[GraphQLType("ProductCategory")]
public enum ProductCategory
{
    Books,
    Electronics,
    Garden,
    Home,
    Kitchen,
    Office,
    Sports,
    Toys,
}

/// <summary>An order as the database keeps it.</summary>
[GraphQLType("Order")]
public sealed class OrderRow
{
    public int Id { get; init; }

    /// <summary>Unique, such as <c>ORD-010001</c>; made of the id, which the database gives.</summary>
    public required string Number { get; set; }

    /// <summary>The id of a user of the users service.</summary>
    public int CustomerId { get; init; }

    public OrderStatus Status { get; init; }

    public DateTimeOffset PlacedAt { get; init; }

    /// <summary>The sum of the items, in euros.</summary>
    public decimal Total { get; init; }
}

/// <summary>One product of an order as the database keeps it.</summary>
[GraphQLType("OrderItem")]
public sealed class OrderItemRow
{
    public int Id { get; init; }

    public int OrderId { get; init; }

    public int ProductId { get; init; }

    public int Quantity { get; init; }

    /// <summary>The price of one piece when the order was placed, in euros.</summary>
    public decimal UnitPrice { get; init; }
}

/// <summary>A product as the database keeps it.</summary>
[GraphQLType("Product")]
public sealed class ProductRow
{
    public int Id { get; init; }

    /// <summary>The stock keeping unit, such as <c>LAMP-0042</c>; unique.</summary>
    public required string Sku { get; init; }

    public required string Name { get; init; }

    public ProductCategory Category { get; init; }

    /// <summary>In euros.</summary>
    public decimal Price { get; init; }

    /// <summary>How many pieces can be ordered now; never below zero.</summary>
    public int Stock { get; init; }
}
