using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using GraphGateway.Composition;

namespace GraphGateway.ControlPlane;

/// <summary>The problems of a launch as they are kept: JSON.</summary>
internal static class LaunchProblems
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    };

    /// <summary>Writes problems; of more than so many the first, errors before warnings.</summary>
    public static string Write(ImmutableArray<CompositionProblem> problems, int max) => JsonSerializer.Serialize(
        problems.OrderBy(problem => problem.Severity).Take(max).Select(problem => new Kept(
            problem.Code.ToWire(), problem.Severity == ProblemSeverity.Warning, problem.Message, problem.Hint, problem.Places)),
        Options);

    /// <summary>Reads them.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of a newer program.</exception>
    public static ImmutableArray<CompositionProblem> Read(string json)
    {
        try
        {
            return [.. (JsonSerializer.Deserialize<Kept[]>(json, Options) ?? throw new JsonException("problems are null.")).Select(static kept => kept ?? throw new JsonException("a problem is null.")).Select(kept => new CompositionProblem
            {
                Code = ProblemCodes.Parse(kept.Code) ?? throw new InvalidDataException($"The registry has a problem of a newer version of GraphGateway: {kept.Code}."),
                Severity = kept.IsWarning ? ProblemSeverity.Warning : ProblemSeverity.Error,
                Message = kept.Message,
                Hint = kept.Hint,
                Places = kept.Places.IsDefault ? [] : kept.Places,
            })];
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The registry is damaged: {exception.Message}", exception);
        }
    }

    private sealed record Kept(string Code, bool IsWarning, string Message, string Hint, ImmutableArray<ProblemPlace> Places);
}
