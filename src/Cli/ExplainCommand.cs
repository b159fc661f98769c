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
        var json = new Option<bool>("--json") { Description = "Tell it as one JSON object, for machines." };
        var command = new Command("explain", "Tells what a code means, with an example and its mend.") { code, json };
        command.SetAction(parsed => Run(
            parsed.GetValue(code), parsed.GetValue(json), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error));
        return command;
    }

    private static int Run(string? code, bool isJson, TextWriter output, TextWriter error)
    {
        if (code is null)
        {
            output.WriteLine(isJson ? JsonText.Of(new { Codes = ProblemCodes.All }) : string.Join(output.NewLine, ProblemCodes.All));
            return 0;
        }

        if (ProblemCodes.Parse(code) is { } parsed)
        {
            var explanation = ProblemExplanations.Of(parsed);
            output.WriteLine(isJson ? JsonText.Of(new { Code = parsed.ToWire(), Explanation = explanation }) : explanation);
            return 0;
        }

        // Whoever knows how it begins sees all that do.
        var upper = code.ToUpperInvariant();
        string[] begun = upper.Length < 3 ? [] : [.. ProblemCodes.All.Where(known => known.StartsWith(upper, StringComparison.Ordinal))];
        var near = begun.Length is > 0 and <= 5 ? begun : Suggestions.Near(upper, ProblemCodes.All);
        if (isJson)
        {
            output.WriteLine(JsonText.Of(new { Error = $"There is no code {code}.", Suggestions = near }));
            return 1;
        }

        error.WriteLine($"There is no code {code}.{Suggestions.Message("", near)}");
        error.WriteLine("\"graphgateway explain\" lists all codes.");
        return 1;
    }
}
