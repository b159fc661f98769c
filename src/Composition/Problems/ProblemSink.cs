using System.Collections.Immutable;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Composition;

/// <summary>
/// Where the rules put what they find. Sources are anybody's texts, and each line of them can be wrong: of more than somebody reads it is counted how many there are, so that
/// what is told of a text never takes many times its memory.
/// </summary>
/// <param name="cancellation">Ends looking for them, with an <see cref="OperationCanceledException"/>.</param>
internal sealed class ProblemSink(CancellationToken cancellation = default)
{
    /// <summary>So many errors are told, and as many warnings.</summary>
    internal const int Most = 1_000;

    /// <summary>At so many places each.</summary>
    internal const int MostPlaces = 100;

    /// <summary>When there are so many errors nobody looks for more of them: each rule can be broken by each member of one source for each of another.</summary>
    internal const int MostErrors = 100_000;

    // Of all parts together; null where there is no such bound.
    private Counter? all;

    private readonly List<CompositionProblem> problems = [];
    private readonly HashSet<string> concerned = new(StringComparer.Ordinal);
    private int errors;
    private int warnings;

    /// <summary>Asked between the parts of all that is done with sources: whoever sent them may be gone.</summary>
    internal CancellationToken Cancellation { get; } = cancellation;

    internal bool HasErrors => errors > 0;

    internal ImmutableArray<CompositionProblem> Problems => [.. problems];

    /// <summary>How many more there are than are told.</summary>
    internal int More => errors + warnings - problems.Count;

    /// <summary>One that ends looking for errors where there are <see cref="MostErrors"/>, with a <see cref="TooManyErrorsException"/>: what was found by then is in it.</summary>
    internal static ProblemSink Bounded(CancellationToken cancellation) => new(cancellation) { all = new Counter() };

    /// <summary>Where a part of the work puts what it finds, until it is added (<see cref="AddAll"/>).</summary>
    internal ProblemSink Part() => new(Cancellation) { all = all };

    /// <summary>True when an error has a place in the source.</summary>
    internal bool Concerns(string sourceName) => concerned.Contains(sourceName);

    /// <summary>Looks at each item on whatever core is free. The problems come in the order of the items all the same.</summary>
    /// <param name="items">What nothing but the action itself changes meanwhile.</param>
    /// <param name="action">Takes the item, its index, and where its problems go.</param>
    /// <param name="problems">Where all of them go in the end.</param>
    internal static void ForEach<T>(ImmutableArray<T> items, Action<T, int, ProblemSink> action, ProblemSink problems)
    {
        var sinks = new ProblemSink[items.Length];
        Parallel.For(
            0, items.Length, new ParallelOptions { CancellationToken = problems.Cancellation }, i =>
            {
                sinks[i] = problems.Part();
                try
                {
                    action(items[i], i, sinks[i]);
                }
                catch (TooManyErrorsException)
                {
                    // What the others have found is told with it.
                }
            });
        foreach (var sink in sinks)
        {
            problems.AddAll(sink);
        }

        problems.all?.Check();
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

    private void Add(ProblemSeverity severity, ProblemCode code, string message, string hint, IEnumerable<Place> places)
    {
        Cancellation.ThrowIfCancellationRequested();
        Add(new()
        {
            Code = code,
            Severity = severity,
            Message = message,
            Hint = hint,
            Places = [.. places.Select(place => place.ToProblemPlace()).Distinct()],
        });
        if (severity == ProblemSeverity.Error)
        {
            all?.Count();
        }
    }

    private sealed class Counter
    {
        private int count;

        public void Count()
        {
            Interlocked.Increment(ref count);
            Check();
        }

        public void Check()
        {
            if (Volatile.Read(ref count) >= MostErrors)
            {
                throw new TooManyErrorsException();
            }
        }
    }
}

/// <summary>There are so many errors that nobody looks for more; never leaves composition.</summary>
internal sealed class TooManyErrorsException : Exception;
