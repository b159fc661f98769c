using System.CommandLine;
using GraphGateway.Composition;
using GraphGateway.TypeSystem;

namespace GraphGateway.Cli;

/// <summary><c>graphgateway explain CODE</c>.</summary>
internal static class ExplainCommand
{
    internal static Command Create()
    {
        var code = new Argument<string?>("CODE")
        {
            Description = "A code as compose reports it, such as INVALID_FIELD_SHARING; left out: all codes are listed.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var command = new Command("explain", "Tells what a code means, with an example and its mend.") { code };
        command.SetAction(parsed => Run(
            parsed.GetValue(code), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string? code, TextWriter output, TextWriter error)
    {
        if (code is null)
        {
            foreach (var known in ProblemCodes.All)
            {
                output.WriteLine(known);
            }

            return 0;
        }

        if (ProblemCodes.Parse(code) is { } parsed)
        {
            output.WriteLine(ProblemExplanations.Of(parsed));
            return 0;
        }

        error.WriteLine($"There is no code {code}.{Suggestions.DidYouMean(code.ToUpperInvariant(), ProblemCodes.All)}");
        error.WriteLine("\"graphgateway explain\" lists all codes.");
        return 1;
    }
}
