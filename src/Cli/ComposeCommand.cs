using System.CommandLine;
using GraphGateway.Composition;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Cli;

/// <summary><c>graphgateway compose FOLDER --output FILE</c>.</summary>
internal static class ComposeCommand
{
    internal static Command Create()
    {
        var folder = new Argument<string>("FOLDER")
        {
            Description = "Holds a folder for each source schema, with schema.graphqls and schema-settings.json in it.",
        };
        var output = new Option<string?>("--output", "-o") { HelpName = "FILE", Description = "Where to write the supergraph; left out, or -: standard output." };
        var environment = new Option<string?>("--environment", "-e")
        {
            HelpName = "NAME",
            Description = "Which of the settings' environments fills in {{VARIABLES}}; left out: the only one.",
        };
        var json = new Option<bool>("--json") { Description = "Report problems as one JSON object, for machines." };
        var command = new Command("compose", "Composes source schemas of either dialect into one supergraph.") { folder, output, environment, json };
        command.SetAction(parsed =>
        {
            var invocation = parsed.InvocationConfiguration;
            return Run(
                parsed.GetRequiredValue(folder),
                parsed.GetValue(output),
                parsed.GetValue(environment),
                new ProblemReport(invocation.Output, invocation.Error, parsed.GetValue(json)));
        });
        return command;
    }

    private static int Run(string folder, string? output, string? environment, ProblemReport report)
    {
        var read = SourceFolder.Read(folder, environment);
        var result = read.Compose();
        if (result.Supergraph is null)
        {
            return report.Fail(result.Problems);
        }

        var text = SupergraphWriter.Write(result.Supergraph);
        if (output is null or "-")
        {
            return report.Succeed(result.Problems, message: null, supergraph: text);
        }

        try
        {
            File.WriteAllText(output, text);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            return report.Fail(
            [
                new CompositionProblem
                {
                    Code = ProblemCode.OutputNotWritable,
                    Message = $"{output} cannot be written: {exception.Message}",
                    Hint = "Give --output a file in a folder that exists and that you may write to.",
                },
            ]);
        }

        var count = read.Sources.Length;
        return report.Succeed(result.Problems, $"Composed {count} source{(count == 1 ? "" : "s")} into {output}.");
    }
}
