using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Hosting;

namespace GraphGateway.Subgraphs.Server;

/// <summary>Runs a service's program: what its user can mend is one clear message and exit code 1, without a stack trace.</summary>
public static class GraphQLServiceHost
{
    /// <summary>Builds the application and runs it until it is stopped. Returns the program's exit code.</summary>
    public static async Task<int> RunAsync(Func<Task<WebApplication>> build)
    {
        try
        {
            await using var app = await build();
            await app.StartAsync();
            await app.WaitForShutdownAsync();
            return 0;
        }
        catch (GraphQLConfigurationException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return 1;
        }
        catch (IOException exception) when (exception.Message.Contains("address already in use", StringComparison.OrdinalIgnoreCase))
        {
            await Console.Error.WriteLineAsync($"{exception.Message} Choose another with --urls http://127.0.0.1:PORT.");
            return 1;
        }
    }
}
