using GraphGateway.Subgraphs.Orders;

return await OrdersService.Definition.RunAsync(args);
