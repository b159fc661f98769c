using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using GraphGateway.Composition;
using GraphGateway.ControlPlane;

namespace GraphGateway.Cli;

/// <summary>How <c>check</c> shows what it found.</summary>
internal enum ChangeFormat
{
    /// <summary>For people.</summary>
    Text,

    /// <summary>For machines.</summary>
    Json,

    /// <summary>For a comment on a change.</summary>
    Markdown,
}

/// <summary>
/// The changes of a schema with their places in the sources, and which persisted operations would break or cost something else and which clients use what changes,
/// where that was asked: the same in each form.
/// </summary>
/// <param name="Changes">The changes.</param>
/// <param name="Problems">What composition warned of; to people that is told beside the changes.</param>
/// <param name="Operations">What becomes of persisted operations; null where nobody asked.</param>
/// <param name="Days">In how many days it was looked who has used what.</param>
internal sealed record ChangeReport(ImmutableArray<ApiSchemaChange> Changes, ImmutableArray<CompositionProblem> Problems, StoreVerdict? Operations, int Days)
{
    internal static readonly ImmutableArray<ChangeSeverity> Severities = [ChangeSeverity.Breaking, ChangeSeverity.Dangerous, ChangeSeverity.Safe];

    /// <summary>What Markdown has as its title.</summary>
    internal string Title { get; init; } = "Schema check";

    /// <summary>How many more changes there are than are told; null where there are none.</summary>
    internal MoreChanges? More { get; init; }

    /// <summary>How many more problems of composition there are than are told.</summary>
    internal int MoreProblems { get; init; }

    /// <summary>Why there was nothing to compare with; null where there was.</summary>
    internal string? Nothing { get; init; }

    /// <summary>Sources that the stage does not have yet.</summary>
    internal ImmutableArray<string> NewSources { get; init; } = [];

    /// <summary>Sources that would answer elsewhere.</summary>
    internal ImmutableArray<NewSourceUrl> NewUrls { get; init; } = [];

    /// <summary>False where clients would break.</summary>
    internal bool IsSafe => Count(ChangeSeverity.Breaking) == 0 && Broken.IsEmpty;

    internal ImmutableArray<OperationProblem> Broken => Operations?.Problems ?? [];

    internal ImmutableArray<OperationCostChange> Costs => Operations?.Costs?.Changed ?? [];

    /// <summary>What it comes to, in a sentence or two.</summary>
    internal string Summary => string.Join(' ', SourceNotes().Prepend(SummaryOfChanges()).Append(Operations?.Summary).OfType<string>());

    /// <summary>All of it, with the end of its last line.</summary>
    internal string In(ChangeFormat format) => format switch
    {
        ChangeFormat.Json => Json() + "\n",
        ChangeFormat.Markdown => new ChangeMarkdown(this).ToString(),
        _ => Text(),
    };

    internal IEnumerable<ApiSchemaChange> Of(ChangeSeverity severity) => Changes.Where(change => change.Severity == severity);

    internal int Count(ChangeSeverity severity) => Of(severity).Count() + MoreOf(severity);

    internal int MoreOf(ChangeSeverity severity) => severity switch
    {
        ChangeSeverity.Breaking => More?.Breaking ?? 0,
        ChangeSeverity.Dangerous => More?.Dangerous ?? 0,
        _ => More?.Safe ?? 0,
    };

    internal string TitleOf(ChangeSeverity severity) => $"{Count(severity)} {Word(severity)} change{(Count(severity) == 1 ? "" : "s")}";

    internal string? UseOf(ApiSchemaChange change) => change.Clients is { } clients ? StageUsage.Words(clients, Days, change.MoreClients ?? 0) : null;

    private string Text()
    {
        var text = new StringBuilder();
        foreach (var severity in Severities.Where(severity => Count(severity) > 0))
        {
            text.Append(CultureInfo.InvariantCulture, $"{TitleOf(severity)}:\n\n");
            foreach (var change in Of(severity))
            {
                text.Append(CultureInfo.InvariantCulture, $"  {change.Code} {change.Message}\n");
                text.AppendJoin("", change.Places.Select(place => $"    {place}\n"));
                text.Append(change.MorePlaces is { } places ? $"    and at {places} more place{(places == 1 ? "" : "s")}\n" : "");
                text.Append(UseOf(change) is { } use ? $"    {use}\n" : "");
            }

            text.Append(MoreOf(severity) > 0 ? $"  and {MoreOf(severity)} more, left out here\n\n" : "\n");
        }

        text.Append(Summary).Append('\n');
        text.AppendJoin("", Broken.Select(problem => $"  {problem}\n"));
        text.AppendJoin("", Costs.Take(OperationCostChanges.Told).Select(change => $"  {Words(change)}\n"));
        return text.Append(Costs.Length > OperationCostChanges.Told ? $"  and {Costs.Length - OperationCostChanges.Told} more; --json tells all.\n" : "").ToString();
    }

    private string Json() => JsonText.Of(new
    {
        Success = IsSafe,
        NotCompared = Nothing,
        Problems = Problems.Select(JsonText.Problem),
        MoreProblems = JsonText.More(MoreProblems),
        Changes = Changes.Select(change => new
        {
            change.Code,
            Severity = Word(change.Severity),
            change.Coordinate,
            change.Message,
            Places = change.Places.Select(JsonText.Place),
            change.MorePlaces,
            change.Clients,
            change.MoreClients,
        }),
        MoreChanges = More,
        NewSources = NewSources.IsEmpty ? null : (ImmutableArray<string>?)NewSources,
        NewUrls = NewUrls.IsEmpty ? null : NewUrls.Select(moved => new { moved.Source, moved.Before, moved.Url }),
        Operations = Operations is null ? null : new { Operations.Count, Broken = Broken.Select(OperationReport.Json), Costs = Operations.Costs?.Json },
    });

    // Nothing of them is seen in the schema.
    private IEnumerable<string> SourceNotes() =>
    [
        .. NewSources.Select(source => $"{source} is a new source of the stage: if that is not meant, check the name of --source."),
        .. NewUrls.Select(moved => $"{moved.Source} would answer at {moved.Url}{(moved.Before is { } before ? $", not at {before}" : "")}."),
    ];

    private string SummaryOfChanges() => Nothing is not null ? Nothing
        : Changes.IsEmpty ? "Nothing changes for clients."
        : $"{TitleOf(ChangeSeverity.Breaking)}, {Count(ChangeSeverity.Dangerous)} dangerous, {Count(ChangeSeverity.Safe)} safe."
            + (Count(ChangeSeverity.Breaking) > 0 ? " Clients would break." : " No client would break.");

    private string Words(OperationCostChange change) =>
        $"{change.Client ?? "all clients"}: {change.Id}{(change.Name is { } name ? $" ({name})" : "")}: field cost {change.FieldCost.Words("->")}, type cost {change.TypeCost.Words("->")}"
        + (change.Requests is { } requests ? string.Create(CultureInfo.InvariantCulture, $", {requests:N0} request{(requests == 1 ? "" : "s")} in {Days} days") : "");

    private static string Word(ChangeSeverity severity) => severity switch
    {
        ChangeSeverity.Breaking => "breaking",
        ChangeSeverity.Dangerous => "dangerous",
        _ => "safe",
    };
}
