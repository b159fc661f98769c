using System.Diagnostics;

namespace GraphGateway.Demo;

/// <summary>Publishes the services' schemas to the demo's registry, as their teams would: by the command line, from the checkout.</summary>
internal static class SchemaPublication
{
    /// <summary>The graph in the registry.</summary>
    public const string Graph = "shop";

    /// <summary>Its stage, which is the environment of the settings in the checkout too.</summary>
    public const string Stage = "dev";

    /// <summary>Publishes what is not published yet.</summary>
    /// <param name="checkout">Has the schemas and the program.</param>
    /// <param name="store">The registry's file.</param>
    /// <param name="stop">Ends it; then nothing is published.</param>
    /// <returns>Whether the graph is live, and what the program has said.</returns>
    public static async Task<(bool IsLive, string Output)> RunAsync(Checkout checkout, string store, CancellationToken stop)
    {
        using var process = new Process
        {
            StartInfo = new ProcessStartInfo(
                RunningProgram.DotnetHost(),
                [checkout.CommandLine, "publish", checkout.Schemas, "--graph", Graph, "--stage", Stage, "--store", store, "--author", "demo"])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                UseShellExecute = false,
            },
        };
        process.Start();
        try
        {
            var (output, error) = (process.StandardOutput.ReadToEndAsync(stop), process.StandardError.ReadToEndAsync(stop));
            await process.WaitForExitAsync(stop);
            return (process.ExitCode == 0, $"{await error}{await output}".Trim());
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw;
        }
    }
}
