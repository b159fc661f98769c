using System.CommandLine;

namespace GraphGateway.Cli.Tests;

/// <summary>Runs a command in this process, as a shell would.</summary>
internal static class Cli
{
    internal static async Task<(int Code, string Output, string Error)> Run(params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.Run(arguments, new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }
}
