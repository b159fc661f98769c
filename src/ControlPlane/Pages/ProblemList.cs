using System.Globalization;
using GraphGateway.Composition;

namespace GraphGateway.ControlPlane;

/// <summary>What composition said of a launch, with the lines of the sources that it is about.</summary>
internal sealed class ProblemList(PageCall call, string graph, string stage, LaunchDetails details)
{
    private const int MostPlaces = 5;
    private const int MostLines = 100;

    private readonly Dictionary<string, (TextLines Schema, TextLines? Settings)> texts = new(StringComparer.Ordinal);
    private int lines;

    /// <summary>The errors and the warnings; nothing where there are none.</summary>
    public async Task<Html?> ShowAsync()
    {
        if (details.Problems.IsEmpty)
        {
            return null;
        }

        var items = new List<Html>();
        foreach (var problem in details.Problems)
        {
            items.Add(await ShowAsync(problem));
        }

        if (details.MoreProblems > 0)
        {
            items.Add(Html.Of("li", Html.Of("p", $"{Parts.Count(details.MoreProblems, "more problem")} left out.")));
        }

        var errors = details.Problems.Count(problem => problem.Severity == ProblemSeverity.Error);
        var title = string.Join(" and ", new[] { (errors, "error"), (details.Problems.Length - errors, "warning") }.Where(some => some.Item1 > 0).Select(some => Parts.Count(some.Item1, some.Item2)));
        return Parts.Section($"{title} of composition", Html.Of("ol", [.. items]).Class("problems"));
    }

    private async Task<Html> ShowAsync(CompositionProblem problem)
    {
        var isError = problem.Severity == ProblemSeverity.Error;
        var places = new List<Html>();
        foreach (var place in problem.Places.Take(MostPlaces))
        {
            places.Add(await ShowAsync(place));
        }

        return Html.Of(
            "li",
            Html.Of("p", Html.Of("span", isError ? "error" : "warning").Class($"badge {(isError ? "draft" : "awaiting")}"), " ", Parts.Code(problem.Code.ToWire())),
            Html.Of("p", problem.Message),
            Html.Many([.. places]),
            problem.Places.Length + problem.MorePlaces > MostPlaces ? Html.Of("p", $"and at {Parts.Count(problem.Places.Length + problem.MorePlaces - MostPlaces, "more place")}") : null,
            Html.Of("p", Html.Of("strong", "What to do: "), problem.Hint)).Class(isError ? "error" : "warning");
    }

    private async Task<Html> ShowAsync(ProblemPlace place)
    {
        var (schema, settings) = await TextsAsync(place.Source);

        // What its author called the texts is kept in the place alone.
        var isSettings = place.File.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || place.File.EndsWith(" settings", StringComparison.Ordinal);
        var text = isSettings ? settings : schema;
        var name = string.Create(CultureInfo.InvariantCulture, $"{place.File}:{place.Line}:{place.Column}");
        if (text is null || place.Line > text.Count)
        {
            return Html.Of("p", place.Source, ", ", Parts.Code(name)).Class("place");
        }

        var head = Html.Of(
            "p",
            Html.Link(isSettings ? PathOf(place.Source) + "#settings" : CodeLines.PathOf(PathOf(place.Source), place.Line), place.Source, ", ", Parts.Code(name))).Class("place");
        return lines++ >= MostLines ? head : Html.Many(head, Line(text, place, isSettings));
    }

    private static Html Line(TextLines text, ProblemPlace place, bool isPlain)
    {
        var line = place.Line - 1;
        var code = new CodeLines(text, line, line, isPlain);
        var from = code.ByteAt(line, place.Column);
        var word = text.BytesOf(line)[from..];
        var length = 0;
        while (length < word.Length && (char.IsAsciiLetterOrDigit((char)word[length]) || word[length] is (byte)'_' || (length == 0 && word[length] < 0x80)))
        {
            length++;
        }

        return Parts.Scrolled(
            $"Line {place.Line} of {place.Source}",
            Html.Of("pre", Html.Of("code", Html.Of("span", code.Line(line, (from, from + length))).Class("line").With("data-n", CodeLines.Number(line)))));
    }

    private string PathOf(string source) => PagePaths.LaunchSource(graph, stage, details.Launch.Number, source);

    private async Task<(TextLines? Schema, TextLines? Settings)> TextsAsync(string source)
    {
        if (texts.TryGetValue(source, out var known))
        {
            return known;
        }

        if (details.Sources.FirstOrDefault(one => one.Source == source) is not { } found
            || await call.Registry.ContentAsync(graph, source, found.Version, call.Cancellation) is not { } content)
        {
            return (null, null);
        }

        return texts[source] = (new TextLines(content.Schema), content.Settings is { } settings ? new TextLines(settings) : null);
    }
}
