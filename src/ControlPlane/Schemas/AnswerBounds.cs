using System.Collections.Immutable;
using GraphGateway.Composition;

namespace GraphGateway.ControlPlane;

/// <summary>
/// How much is said of a text that somebody has published. Each line of it can be wrong, or other than it was, and what is said of a line repeats names and places: so that
/// no answer takes many times the memory of what it is about, it has the first, and tells how many more there are.
/// </summary>
internal static class AnswerBounds
{
    /// <summary>Problems of composition: errors come first where there are more.</summary>
    public const int Problems = 1_000;

    /// <summary>Changes of each severity.</summary>
    public const int Changes = 2_000;

    /// <summary>Places of a problem or a change.</summary>
    public const int Places = 20;

    /// <summary>Clients that have used what a change is about, those with the most requests.</summary>
    public const int Clients = 50;

    /// <summary>Characters of all problems together, and of all changes.</summary>
    public const int Characters = 4 * 1024 * 1024;

    // What JSON has around them, and numbers.
    private const int CharactersAround = 100;

    /// <summary>Of problems as many as an answer has, and how many more there are.</summary>
    /// <param name="problems">The problems.</param>
    /// <param name="more">How many more there are already.</param>
    public static (ImmutableArray<CompositionProblem> Told, int More) Of(ImmutableArray<CompositionProblem> problems, int more)
    {
        ImmutableArray<CompositionProblem> shortened = [.. problems.Select(problem => problem.Places.Length <= Places ? problem : problem with
        {
            Places = problem.Places[..Places], MorePlaces = problem.MorePlaces + problem.Places.Length - Places,
        })];
        var told = Fitting(shortened, Problems, SizeOf);
        if (told.Length < problems.Length)
        {
            told = Fitting(shortened.OrderBy(problem => problem.Severity), Problems, SizeOf);
        }

        return (told, more + problems.Length - told.Length);
    }

    /// <summary>Of changes as many as an answer has, the most severe first, each with the first of its places and clients.</summary>
    /// <param name="changes">The changes, the most severe first.</param>
    /// <param name="more">How many more there are already.</param>
    public static (ImmutableArray<ApiSchemaChange> Told, MoreChanges? More) Of(ImmutableArray<ApiSchemaChange> changes, MoreChanges more)
    {
        var told = Fitting(changes.Select(Shortened), int.MaxValue, SizeOf);
        var left = changes[told.Length..];
        int Left(ChangeSeverity severity) => left.Count(change => change.Severity == severity);
        var all = new MoreChanges(more.Breaking + Left(ChangeSeverity.Breaking), more.Dangerous + Left(ChangeSeverity.Dangerous), more.Safe + Left(ChangeSeverity.Safe));
        return (told, all == MoreChanges.None ? null : all);
    }

    /// <summary>What is told of a change, as JSON, with less of its sources, of what breaks and of its problems, in this order, until it is short. What is left out of sources and problems is counted.</summary>
    /// <param name="answer">All of it.</param>
    /// <param name="most">So many bytes are short.</param>
    public static byte[] Short(ChangeAnswer answer, int most)
    {
        var bytes = ApiJson.Of(answer);
        while (bytes.Length > most && Halved(answer) is { } half)
        {
            (answer, bytes) = (half, ApiJson.Of(half));
        }

        return bytes;
    }

    private static ChangeAnswer? Halved(ChangeAnswer answer)
    {
        static ImmutableArray<T> Half<T>(ImmutableArray<T> all) => all[..(all.Length / 2)];
        var (sources, problems, consent) = (Half(answer.Sources), Half(answer.Problems), answer.Launch.Consent);
        return answer switch
        {
            { Sources.IsEmpty: false } => answer with { Sources = sources, MoreSources = (answer.MoreSources ?? 0) + answer.Sources.Length - sources.Length },
            { Broken: { IsEmpty: false } broken } => answer with { Broken = Half(broken) },
            { Launch.Consent.Operations.IsEmpty: false } => answer with { Launch = answer.Launch with { Consent = consent! with { Operations = Half(consent.Operations) } } },
            { Problems.IsEmpty: false } => answer with { Problems = problems, MoreProblems = (answer.MoreProblems ?? 0) + answer.Problems.Length - problems.Length },
            _ => null,
        };
    }

    private static ApiSchemaChange Shortened(ApiSchemaChange change) =>
        change.Places.Length <= Places && !(change.Clients?.Length > Clients) ? change : change with
        {
            Places = [.. change.Places.Take(Places)],
            MorePlaces = change.Places.Length > Places ? change.Places.Length - Places : null,
            Clients = change.Clients is { } clients ? [.. clients.Take(Clients)] : null,
            MoreClients = change.Clients?.Length > Clients ? change.Clients.Value.Length - Clients : null,
        };

    private static ImmutableArray<T> Fitting<T>(IEnumerable<T> all, int most, Func<T, int> sizeOf)
    {
        var told = ImmutableArray.CreateBuilder<T>();
        var room = Characters;
        foreach (var one in all)
        {
            room -= sizeOf(one);
            if (room < 0 || told.Count == most)
            {
                break;
            }

            told.Add(one);
        }

        return told.ToImmutable();
    }

    private static int SizeOf(CompositionProblem problem) => CharactersAround + problem.Message.Length + problem.Hint.Length + SizeOf(problem.Places);

    private static int SizeOf(ApiSchemaChange change) =>
        CharactersAround + change.Coordinate.Length + change.Message.Length + SizeOf(change.Places) + (change.Clients?.Sum(client => CharactersAround + client.Name.Length) ?? 0);

    private static int SizeOf(ImmutableArray<ProblemPlace> places) => places.Sum(place => CharactersAround + place.Source.Length + place.File.Length);
}
