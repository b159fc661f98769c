return await GraphGateway.Gateway.GatewayHost.RunAsync(args, Console.Error);
