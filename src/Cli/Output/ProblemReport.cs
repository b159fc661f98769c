using System.Collections.Immutable;
using GraphGateway.Composition;

namespace GraphGateway.Cli;

/// <summary>Shows problems to people (on standard error) or to machines (one JSON object on standard output).</summary>
internal sealed class ProblemReport(TextWriter output, TextWriter error, bool isJson, bool isOneLine = false)
{
    /// <summary>True when a JSON object is all that standard output gets.</summary>
    internal bool IsJson => isJson;

    /// <summary>Standard output.</summary>
    internal TextWriter Output => output;

    /// <summary>All problems, and the exit code 1.</summary>
    internal int Fail(ImmutableArray<CompositionProblem> problems)
    {
        if (isJson)
        {
            Write(problems, isSuccess: false, supergraph: null);
            return 1;
        }

        Show(problems);
        var errors = problems.Count(problem => problem.Severity == ProblemSeverity.Error);
        error.WriteLine($"{errors} problem{(errors == 1 ? "" : "s")}. \"graphgateway explain CODE\" tells more about a code.");
        return 1;
    }

    /// <summary>Warnings, if any, the message, the supergraph when it goes to standard output, and the exit code 0.</summary>
    internal int Succeed(ImmutableArray<CompositionProblem> problems, string? message, string? supergraph = null)
    {
        if (isJson)
        {
            Write(problems, isSuccess: true, supergraph);
            return 0;
        }

        Show(problems);
        if (supergraph is not null)
        {
            PeopleWriter.AsItIs(output).Write(supergraph);
        }

        if (message is not null)
        {
            error.WriteLine(message);
        }

        return 0;
    }

    /// <summary>Problems for people.</summary>
    internal void Show(ImmutableArray<CompositionProblem> problems)
    {
        foreach (var problem in problems)
        {
            error.WriteLine(problem);
            error.WriteLine();
        }
    }

    private void Write(ImmutableArray<CompositionProblem> problems, bool isSuccess, string? supergraph) =>
        output.WriteLine(JsonText.Of(
            new { Success = isSuccess, Problems = problems.Select(JsonText.Problem), Supergraph = supergraph }, isOneLine));
}
