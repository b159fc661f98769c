using GraphGateway.Subgraphs.Payments;

return await PaymentsService.Definition.RunAsync(args);
