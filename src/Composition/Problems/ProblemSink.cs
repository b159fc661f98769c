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

    /// <summary>Looks at each item on whatever core is free. The problems come in the order of the items all the same.</summary>
    /// <param name="items">What nothing but the action itself changes meanwhile.</param>
    /// <param name="action">Takes the item, its index, and where its problems go.</param>
    /// <param name="problems">Where all of them go in the end.</param>
    internal static void ForEach<T>(ImmutableArray<T> items, Action<T, int, ProblemSink> action, ProblemSink problems)
    {
        var sinks = new ProblemSink[items.Length];
        Parallel.For(0, items.Length, i => action(items[i], i, sinks[i] = new ProblemSink()));
        foreach (var problem in sinks.SelectMany(sink => sink.problems))
        {
            problems.Add(problem);
        }
    }

    internal void Error(ProblemCode code, string message, string hint, params IEnumerable<Place> places) =>
        Add(ProblemSeverity.Error, code, message, hint, places);

    internal void Warning(ProblemCode code, string message, string hint, params IEnumerable<Place> places) =>
        Add(ProblemSeverity.Warning, code, message, hint, places);

    internal void Add(CompositionProblem problem)
    {
        HasErrors |= problem.Severity == ProblemSeverity.Error;
        problems.Add(problem with { Message = Words.Shortened(problem.Message), Hint = Words.Shortened(problem.Hint) });
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
