using System.Collections.Immutable;
using GraphGateway.Composition;

namespace GraphGateway.ControlPlane;

/// <summary>What changes for clients.</summary>
/// <param name="Success">False where it does not compose, and where clients would break.</param>
/// <param name="From">The older launch; left out where there is none.</param>
/// <param name="To">The newer launch; left out for a check.</param>
/// <param name="Changes">The changes.</param>
/// <param name="Problems">What composition said.</param>
/// <param name="Supergraph">What was composed; left out where it was not asked for, and where it does not compose.</param>
/// <param name="MoreChanges">How many more changes there are than are told; left out where there are none.</param>
/// <param name="MoreProblems">How many more problems there are than are told; left out where there are none.</param>
/// <param name="NewSources">Of a check, the sources that the stage does not have yet; left out where there are none, and where the stage has no others.</param>
/// <param name="NewUrls">Of a check, the sources that would answer elsewhere; left out where there are none.</param>
public sealed record ChangesAnswer(
    bool Success, int? From, int? To, ImmutableArray<ApiSchemaChange> Changes, ImmutableArray<ApiCompositionProblem> Problems, string? Supergraph = null, MoreChanges? MoreChanges = null,
    int? MoreProblems = null, ImmutableArray<string>? NewSources = null, ImmutableArray<NewSourceUrl>? NewUrls = null);

/// <summary>A source that would answer elsewhere.</summary>
/// <param name="Source">Its name.</param>
/// <param name="Before">Where it answers now; left out where only its settings say it.</param>
/// <param name="Url">Where it would.</param>
public sealed record NewSourceUrl(string Source, string? Before, string Url)
{
    internal static ImmutableArray<NewSourceUrl> Of(ImmutableArray<ProposedSource> proposed, ImmutableArray<ProposedSource> known) =>
    [
        .. proposed.Join(known, static source => source.Source, static before => before.Source, static (source, before) =>
            source.Url is { } url && url != before.Url ? new NewSourceUrl(source.Source, before.Url, url) : null).OfType<NewSourceUrl>(),
    ];
}

/// <summary>How many more changes there are than are told.</summary>
/// <param name="Breaking">That break clients.</param>
/// <param name="Dangerous">That are dangerous.</param>
/// <param name="Safe">That are safe.</param>
public sealed record MoreChanges(int Breaking, int Dangerous, int Safe)
{
    internal static MoreChanges None { get; } = new(0, 0, 0);

    internal static MoreChanges Of(ComparedSchemas compared) =>
        new(compared.More(ChangeSeverity.Breaking), compared.More(ChangeSeverity.Dangerous), compared.More(ChangeSeverity.Safe));
}
