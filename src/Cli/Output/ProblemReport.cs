using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GraphGateway.Composition;

namespace GraphGateway.Cli;

/// <summary>Shows problems to people (on standard error) or to machines (one JSON object on standard output).</summary>
internal sealed class ProblemReport(TextWriter output, TextWriter error, bool isJson)
{
    private static readonly JsonSerializerOptions Json = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    };

    /// <summary>All problems, and the exit code 1.</summary>
    internal int Fail(ImmutableArray<CompositionProblem> problems)
    {
        Show(problems, isSuccess: false);
        if (!isJson)
        {
            var errors = problems.Count(problem => problem.Severity == ProblemSeverity.Error);
            error.WriteLine($"{errors} problem{(errors == 1 ? "" : "s")}. \"graphgateway explain CODE\" tells more about a code.");
        }

        return 1;
    }

    /// <summary>Warnings, if any, the message, the supergraph when it goes to standard output, and the exit code 0.</summary>
    internal int Succeed(ImmutableArray<CompositionProblem> problems, string? message, string? supergraph = null)
    {
        Show(problems, isSuccess: true, supergraph);
        if (!isJson && supergraph is not null)
        {
            output.Write(supergraph);
        }

        if (!isJson && message is not null)
        {
            error.WriteLine(message);
        }

        return 0;
    }

    private void Show(ImmutableArray<CompositionProblem> problems, bool isSuccess, string? supergraph = null)
    {
        if (isJson)
        {
            output.WriteLine(JsonSerializer.Serialize(
                new
                {
                    Success = isSuccess,
                    Problems = problems.Select(problem => new
                    {
                        Code = problem.Code.ToWire(),
                        Severity = problem.Severity == ProblemSeverity.Error ? "error" : "warning",
                        problem.Message,
                        problem.Hint,
                        Places = problem.Places.Select(place => new { place.Source, place.File, place.Line, place.Column }),
                    }),
                    Supergraph = supergraph,
                },
                Json));
            return;
        }

        foreach (var problem in problems)
        {
            error.WriteLine(problem);
            error.WriteLine();
        }
    }
}
