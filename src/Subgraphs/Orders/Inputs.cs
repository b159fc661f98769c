using GraphGateway.Subgraphs.Orders.Data;
using GraphGateway.Subgraphs.Server;
using GraphGateway.Subgraphs.Server.Common;

namespace GraphGateway.Subgraphs.Orders;

/// <summary>What a user orders.</summary>
[GraphQLType("PlaceOrderInput")]
public sealed record PlaceOrderInput(string CustomerId, IReadOnlyList<OrderLineInput> Lines);

/// <summary>So many pieces of a product.</summary>
[GraphQLType("OrderLineInput")]
public sealed record OrderLineInput(string ProductId, int Quantity);

/// <summary>Which order to cancel.</summary>
[GraphQLType("CancelOrderInput")]
public sealed record CancelOrderInput(string OrderId);

/// <summary>What came of placing an order.</summary>
[GraphQLType("PlaceOrderPayload")]
public sealed record PlaceOrderPayload(OrderRow? Order, IReadOnlyList<IError> Errors);

/// <summary>What came of cancelling an order.</summary>
[GraphQLType("CancelOrderPayload")]
public sealed record CancelOrderPayload(OrderRow? Order, IReadOnlyList<IError> Errors);

/// <summary>There is no product with the id.</summary>
[GraphQLType("ProductNotFoundError")]
public sealed record ProductNotFoundError(string ProductId) : IError
{
    public string Message => $"There is no product with the id {ProductId}.";
}

/// <summary>Fewer pieces are left than were ordered.</summary>
[GraphQLType("OutOfStockError")]
public sealed record OutOfStockError(ProductRow Product, int Available) : IError
{
    public string Message => Available == 0 ? $"{Product.Name} is out of stock." : $"Of {Product.Name} only {Available} are left.";
}

/// <summary>There is no order with the id.</summary>
[GraphQLType("OrderNotFoundError")]
public sealed record OrderNotFoundError(string OrderId) : IError
{
    public string Message => $"There is no order with the id {OrderId}.";
}

/// <summary>The order has come too far to be cancelled.</summary>
[GraphQLType("OrderNotCancellableError")]
public sealed record OrderNotCancellableError(OrderStatus Status) : IError
{
    public string Message => $"An order that is {Status.ToString().ToLowerInvariant()} cannot be cancelled.";
}
