using GraphGateway.Cli;

return await CommandLine.Root().Parse(args).InvokeAsync();
