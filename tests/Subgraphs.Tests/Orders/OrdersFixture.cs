using GraphGateway.Subgraphs.Tests.Services;
using GraphGateway.Subgraphs.Orders;
using GraphGateway.Subgraphs.Orders.Data;

namespace GraphGateway.Subgraphs.Tests.Orders;

/// <summary>A running orders service.</summary>
public sealed class OrdersFixture() : ServiceFixture<OrdersDb>(OrdersService.Definition);
