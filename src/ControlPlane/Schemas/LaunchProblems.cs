using System.Collections.Immutable;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using GraphGateway.Composition;

namespace GraphGateway.ControlPlane;

/// <summary>The problems of a launch as they are kept: JSON.</summary>
internal static class LaunchProblems
{
    private static readonly JsonSerializerOptions Options = new(JsonSerializerDefaults.Web)
    {
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true,
    };

    /// <summary>Writes problems; of more than so many the first, errors before warnings, and how many more there are.</summary>
    public static string Write(ImmutableArray<CompositionProblem> problems, int more, int max)
    {
        var (told, left) = AnswerBounds.Of(problems, more);
        var kept = told.OrderBy(problem => problem.Severity).Take(max).Select(problem => new Kept(
            problem.Code.ToWire(), problem.Severity == ProblemSeverity.Warning, problem.Message, problem.Hint, problem.Places, problem.MorePlaces > 0 ? problem.MorePlaces : null)).ToArray();

        // With the last one: an older program passes over it.
        left += told.Length - kept.Length;
        if (left > 0 && kept.Length > 0)
        {
            kept[^1] = kept[^1] with { More = left };
        }

        return JsonSerializer.Serialize(kept, Options);
    }

    /// <summary>Reads them, and how many more there were.</summary>
    /// <exception cref="InvalidDataException">It is damaged, or of a newer program.</exception>
    public static (ImmutableArray<CompositionProblem> Problems, int More) Read(string json)
    {
        try
        {
            var all = JsonSerializer.Deserialize<Kept[]>(json, Options) ?? throw new JsonException("problems are null.");
            ImmutableArray<CompositionProblem> problems = [.. all.Select(static kept => kept ?? throw new JsonException("a problem is null.")).Select(static kept => new CompositionProblem
            {
                Code = ProblemCodes.Parse(kept.Code) ?? throw new InvalidDataException($"The registry has a problem of a newer version of GraphGateway: {kept.Code}."),
                Severity = kept.IsWarning ? ProblemSeverity.Warning : ProblemSeverity.Error,
                Message = kept.Message,
                Hint = kept.Hint,

                // An older program took names of any length.
                Places = kept.Places.IsDefault ? [] : [.. kept.Places.Select(static place => place with { File = RegistryLimits.TextNameOf(place.File) })],
                MorePlaces = kept.MorePlaces ?? 0,
            })];
            return (problems, all is [.., { More: { } more }] ? more : 0);
        }
        catch (JsonException exception)
        {
            throw new InvalidDataException($"The registry is damaged: {exception.Message}", exception);
        }
    }

    private sealed record Kept(string Code, bool IsWarning, string Message, string Hint, ImmutableArray<ProblemPlace> Places, int? MorePlaces = null, int? More = null);
}
