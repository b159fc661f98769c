using System.Collections.Immutable;
using System.Globalization;
using GraphGateway.Composition;

namespace GraphGateway.Cli;

/// <summary>A <see cref="ChangeReport"/> as a comment on a change: what breaks is seen at once, the rest is opened by who wants it.</summary>
/// <param name="report">What is told.</param>
internal sealed class ChangeMarkdown(ChangeReport report)
{
    private const int MostPlaces = 5;

    /// <inheritdoc/>
    public override string ToString() => new MarkdownComment(
        report.Title,
        $"**{report.Summary}**",
        [Changes(ChangeSeverity.Breaking, isFolded: false), Broken(), Changes(ChangeSeverity.Dangerous), Costs(), Changes(ChangeSeverity.Safe), Problems(report.Problems, report.MoreProblems, isFolded: true)]).ToString();

    /// <summary>Where nothing could be compared: why.</summary>
    internal static string OfProblems(ImmutableArray<CompositionProblem> problems, int more)
    {
        var isMisused = problems.All(problem => problem.Code is ProblemCode.ArgumentsInvalid or ProblemCode.SourceNotReadable or ProblemCode.RegistryUnavailable or ProblemCode.RegistryRefused
            or ProblemCode.RegistryNotUsable);
        return new MarkdownComment(
            "Schema check",
            $"**{(isMisused ? "It could not be checked." : "It does not compose.")}** {CountOf(problems, more)}; changes were not looked at.",
            [Problems(problems, more, isFolded: false)]).ToString();
    }

    private static MarkdownTable Problems(ImmutableArray<CompositionProblem> problems, int more, bool isFolded) => new(
        CountOf(problems, more), ["Problem", "Code", "Where", "What to do"], problems.Length + more,
        problems.OrderBy(problem => problem.Severity == ProblemSeverity.Error ? 0 : 1).Select(problem => new[]
        {
            MarkdownText.Of(problem.Message), MarkdownText.Code(problem.Code.ToWire()), Places(problem.Places, problem.MorePlaces), MarkdownText.Of(problem.Hint),
        }),
        isFolded);

    private static string CountOf(ImmutableArray<CompositionProblem> problems, int more)
    {
        var (errors, warnings) = (problems.Count(problem => problem.Severity == ProblemSeverity.Error), problems.Count(problem => problem.Severity != ProblemSeverity.Error));
        var words = new[] { (errors, "error"), (warnings, "warning") }.Where(part => part.Item1 > 0).Select(part => $"{part.Item1} {part.Item2}{(part.Item1 == 1 ? "" : "s")}");
        return string.Join(" and ", words) + (more > 0 ? $", and {more} more" : "");
    }

    private MarkdownTable Changes(ChangeSeverity severity, bool isFolded = true)
    {
        var isUsageTold = report.Of(severity).Any(change => change.Clients is not null);
        return new MarkdownTable(
            report.TitleOf(severity), ["Change", "Code", "Where", .. isUsageTold ? ["Clients"] : Array.Empty<string>()], report.Count(severity),
            report.Of(severity).Select(change => (string[])
            [
                MarkdownText.Of(change.Message), MarkdownText.Code(change.Code), Places(change.Places, change.MorePlaces ?? 0), .. isUsageTold ? [MarkdownText.Of(report.UseOf(change) ?? "")] : Array.Empty<string>(),
            ]),
            isFolded);
    }

    private MarkdownTable Broken() => new(
        $"{report.Operations?.Broken} persisted operation{(report.Operations?.Broken == 1 ? "" : "s")} would break", ["Client", "Releases", "Operation", "What is wrong"], report.Broken.Length,
        report.Broken.Select(problem => new[]
        {
            MarkdownText.Of(problem.Client ?? "all"), MarkdownText.Of(string.Join(", ", problem.Tags)), Operation(problem.Name, problem.Id), MarkdownText.Of(problem.Error.Message),
        }),
        IsFolded: false);

    private MarkdownTable Costs()
    {
        var isUsageTold = report.Costs.Any(change => change.Requests is not null);
        return new MarkdownTable(
            $"{report.Costs.Length} persisted operation{(report.Costs.Length == 1 ? "" : "s")} would cost something else",
            ["Client", "Operation", "Field cost", "Type cost", .. isUsageTold ? [$"Requests in {report.Days} days"] : Array.Empty<string>()], report.Costs.Length,
            report.Costs.Select(change => (string[])
            [
                MarkdownText.Of(change.Client ?? "all"), Operation(change.Name, change.Id), Cost(change.FieldCost), Cost(change.TypeCost),
                .. isUsageTold ? [(change.Requests ?? 0).ToString("N0", CultureInfo.InvariantCulture)] : Array.Empty<string>(),
            ]),
            IsFolded: true)
        {
            MostRows = OperationCostChanges.Told,
        };
    }

    private static string Cost(CostChange cost) => cost.IsBeyond ? $"**{cost.Words("→")}**" : cost.Words("→");

    private static string Operation(string? name, string id) => $"{MarkdownText.Of(name ?? "-")} {MarkdownText.Code(id)}";

    private static string Places(ImmutableArray<ProblemPlace> places, int more) => string.Join("<br>", places.Take(MostPlaces).Select(place => MarkdownText.Code(place.ToString())))
        + (places.Length + more > MostPlaces ? $"<br>and {places.Length + more - MostPlaces} more" : "");
}
