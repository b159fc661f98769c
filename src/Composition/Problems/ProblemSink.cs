using System.Collections.Immutable;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// Where the rules put what they find. Sources are anybody's texts, and each line of them can be wrong: of more than somebody reads it is counted how many there are, so that
/// what is told of a text never takes many times its memory.
/// </summary>
internal sealed class ProblemSink
{
    /// <summary>So many errors are told, and as many warnings.</summary>
    internal const int Most = 1_000;

    /// <summary>At so many places each.</summary>
    internal const int MostPlaces = 100;

    private readonly List<CompositionProblem> problems = [];
    private readonly HashSet<string> concerned = new(StringComparer.Ordinal);
    private int errors;
    private int warnings;

    internal bool HasErrors => errors > 0;

    internal ImmutableArray<CompositionProblem> Problems => [.. problems];

    /// <summary>How many more there are than are told.</summary>
    internal int More => errors + warnings - problems.Count;

    /// <summary>True when an error has a place in the source.</summary>
    internal bool Concerns(string sourceName) => concerned.Contains(sourceName);

    /// <summary>Looks at each item on whatever core is free. The problems come in the order of the items all the same.</summary>
    /// <param name="items">What nothing but the action itself changes meanwhile.</param>
    /// <param name="action">Takes the item, its index, and where its problems go.</param>
    /// <param name="problems">Where all of them go in the end.</param>
    internal static void ForEach<T>(ImmutableArray<T> items, Action<T, int, ProblemSink> action, ProblemSink problems)
    {
        var sinks = new ProblemSink[items.Length];
        Parallel.For(0, items.Length, i => action(items[i], i, sinks[i] = new ProblemSink()));
        foreach (var sink in sinks)
        {
            problems.AddAll(sink);
        }
    }

    /// <summary>Adds what another one has.</summary>
    internal void AddAll(ProblemSink other)
    {
        foreach (var problem in other.problems)
        {
            Add(problem);
        }

        errors += Math.Max(0, other.errors - Most);
        warnings += Math.Max(0, other.warnings - Most);
        concerned.UnionWith(other.concerned);
    }

    /// <summary>What composition comes to, with what is here.</summary>
    internal CompositionResult ResultOf(Supergraph? supergraph) => new(supergraph, Problems) { MoreProblems = More };

    internal void Error(ProblemCode code, string message, string hint, params IEnumerable<Place> places) =>
        Add(ProblemSeverity.Error, code, message, hint, places);

    internal void Warning(ProblemCode code, string message, string hint, params IEnumerable<Place> places) =>
        Add(ProblemSeverity.Warning, code, message, hint, places);

    internal void Add(CompositionProblem problem)
    {
        var isError = problem.Severity == ProblemSeverity.Error;
        if (isError)
        {
            concerned.UnionWith(problem.Places.Select(place => place.Source));
        }

        if ((isError ? errors++ : warnings++) < Most)
        {
            problems.Add(problem with
            {
                Message = Words.Shortened(problem.Message),
                Hint = Words.Shortened(problem.Hint),
                Places = problem.Places.Length > MostPlaces ? problem.Places[..MostPlaces] : problem.Places,
                MorePlaces = problem.MorePlaces + Math.Max(0, problem.Places.Length - MostPlaces),
            });
        }
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
