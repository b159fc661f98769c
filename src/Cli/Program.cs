using System.CommandLine;
using GraphGateway.Cli;

return await CommandLine.Run(args, new InvocationConfiguration());
