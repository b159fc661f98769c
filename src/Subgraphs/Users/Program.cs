using GraphGateway.Subgraphs.Users;

return await UsersService.Definition.RunAsync(args);
