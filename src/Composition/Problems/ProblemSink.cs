using System.Collections.Immutable;

namespace GraphGateway.Composition;

/// <summary>Where the rules put what they find.</summary>
internal sealed class ProblemSink
{
    private readonly List<CompositionProblem> problems = [];

    internal bool HasErrors { get; private set; }

    internal ImmutableArray<CompositionProblem> Problems => [.. problems];

    /// <summary>True when an error has a place in the source.</summary>
    internal bool Concerns(string sourceName) => problems.Exists(problem =>
        problem.Severity == ProblemSeverity.Error && problem.Places.Any(place => place.Source == sourceName));

    internal void Error(ProblemCode code, string message, string hint, params IEnumerable<Place> places) =>
        Add(ProblemSeverity.Error, code, message, hint, places);

    internal void Warning(ProblemCode code, string message, string hint, params IEnumerable<Place> places) =>
        Add(ProblemSeverity.Warning, code, message, hint, places);

    internal void Add(CompositionProblem problem)
    {
        HasErrors |= problem.Severity == ProblemSeverity.Error;
        problems.Add(problem);
    }

    private void Add(ProblemSeverity severity, ProblemCode code, string message, string hint, IEnumerable<Place> places) => Add(new()
    {
        Code = code,
        Severity = severity,
        Message = message,
        Hint = hint,
        Places = [.. places.Select(place => place.ToProblemPlace()).Distinct()],
    });
}
