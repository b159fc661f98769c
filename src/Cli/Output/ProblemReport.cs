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
    /// <param name="problems">The problems.</param>
    /// <param name="more">How many more there are than are told.</param>
    internal int Fail(ImmutableArray<CompositionProblem> problems, int more = 0)
    {
        if (isJson)
        {
            Write(problems, more, isSuccess: false, supergraph: null);
            return 1;
        }

        Show(problems, more);
        var errors = more + problems.Count(problem => problem.Severity == ProblemSeverity.Error);
        error.WriteLine($"{errors} problem{(errors == 1 ? "" : "s")}. \"graphgateway explain CODE\" tells more about a code.");
        return 1;
    }

    /// <summary>Warnings, if any, the message, the supergraph when it goes to standard output, and the exit code 0.</summary>
    internal int Succeed(ImmutableArray<CompositionProblem> problems, int more, string? message, string? supergraph = null)
    {
        if (isJson)
        {
            Write(problems, more, isSuccess: true, supergraph);
            return 0;
        }

        Show(problems, more);
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
    internal void Show(ImmutableArray<CompositionProblem> problems, int more = 0)
    {
        foreach (var problem in problems)
        {
            error.WriteLine(problem);
            error.WriteLine();
        }

        if (more > 0)
        {
            error.WriteLine($"There {(more == 1 ? "is 1 more problem" : $"are {more} more problems")}, left out here.");
        }
    }

    private void Write(ImmutableArray<CompositionProblem> problems, int more, bool isSuccess, string? supergraph) =>
        output.WriteLine(JsonText.Of(
            new { Success = isSuccess, Problems = problems.Select(JsonText.Problem), MoreProblems = JsonText.More(more), Supergraph = supergraph }, isOneLine));
}
