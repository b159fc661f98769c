using System.Collections.Immutable;
using GraphGateway.Composition;
using GraphGateway.Language;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.ControlPlane;

/// <summary>How a check is made.</summary>
/// <param name="AllowRemovalOfDeprecated">True: what was deprecated may be removed, which is dangerous then instead of breaking.</param>
/// <param name="Days">In how many days it is looked who has used what would change, today among them.</param>
/// <param name="WithSupergraph">True: what was composed is answered, too.</param>
/// <param name="NewStage">True: the stage need not be there, since a publish makes it; else a name that was mistyped would never break anybody.</param>
public sealed record ReviewOptions(bool AllowRemovalOfDeprecated = false, int Days = ReviewOptions.UsualDays, bool WithSupergraph = false, bool NewStage = false)
{
    /// <summary>Where nobody says it.</summary>
    public const int UsualDays = 30;
}

/// <summary>What was asked for, or why there is none of it; exactly one of the two is there.</summary>
/// <typeparam name="T">What.</typeparam>
/// <param name="Value">It; null where there is none.</param>
/// <param name="Problem">Why there is none.</param>
public sealed record Found<T>(T? Value, string? Problem)
    where T : class;

/// <summary>What changes mean for the clients of a stage: those that were made, and those that somebody would make.</summary>
internal static class StageReviews
{
    /// <summary>From one launch to another one.</summary>
    public static async Task<Found<ChangesAnswer>> DiffAsync(SchemaRegistry registry, string graph, string stage, int? from, int? to, CancellationToken cancellation)
    {
        var (after, problem) = await FindAsync(registry, graph, stage, to, cancellation);
        if (after is null)
        {
            return new Found<ChangesAnswer>(null, problem);
        }

        if ((from ?? after.Launch.Base) is not { } older)
        {
            return new Found<ChangesAnswer>(null, $"#{after.Launch.Number} is the first of {stage} of {graph}: there is nothing to compare with.");
        }

        (var before, problem) = await FindAsync(registry, graph, stage, older, cancellation);
        if (before is null)
        {
            return new Found<ChangesAnswer>(null, problem);
        }

        var sources = new List<SourceTexts>();
        foreach (var source in await registry.SourcesAsync(graph, stage, after.Launch.Number, cancellation))
        {
            // They go with the graph's last stage.
            if (await registry.ContentAsync(graph, source.Source, source.Version, cancellation) is not { } content)
            {
                return new Found<ChangesAnswer>(null, StageProposals.Gone(graph, stage));
            }

            sources.Add(new SourceTexts(source.Source, new SourceText(content.Schema, source.ToString()), null, null));
        }

        // Only where members stand is asked; settings say nothing of that.
        var compared = SchemaComparison.CompareSome(
            Read(before.Text, before.Launch.Number), Read(after.Text, after.Launch.Number), new SchemaComparisonOptions { Most = AnswerBounds.Changes });
        var (told, more) = AnswerBounds.Of(ApiSchemaChange.Of(compared.Changes, SourcePlaces.Of(SourceTexts.Read(sources, "").Sources)), MoreChanges.Of(compared));
        return new Found<ChangesAnswer>(
            new ChangesAnswer(IsSafe(compared.Changes), before.Launch.Number, after.Launch.Number, told, [], MoreChanges: more), null);
    }

    /// <summary>Why nothing is checked in a stage that is not there.</summary>
    public static string NoStage(string graph, string stage) =>
        $"{graph} has no stage {stage}: there is nothing to check against. Where a publish is to make it, check with --new-stage (\"newStage\" over HTTP).";

    /// <summary>What a check has composed, beside what is live.</summary>
    public static async Task<Found<ChangesAnswer>> ReviewAsync(
        SchemaRegistry registry, string graph, string stage, StageCheck check, ReviewOptions options, DateTimeOffset now, CancellationToken cancellation)
    {
        if (check.Refusal is { } refusal)
        {
            return new Found<ChangesAnswer>(null, refusal);
        }

        var composed = check.Composed!;
        var live = check.Live is { } text ? Read(text, check.Launch!.Value) : null;
        var compared = composed.Supergraph is { } after && live is not null
            ? SchemaComparison.CompareSome(
                live, after, new SchemaComparisonOptions { AllowRemovalOfDeprecated = options.AllowRemovalOfDeprecated, Most = AnswerBounds.Changes })
            : new ComparedSchemas([], static _ => 0);
        var changes = compared.Changes;
        var clientsOf = live is null
            ? static _ => null
            : await ChangeUsage.FindAsync(registry, graph, stage, changes, live.PublicSchema.QueryType!.Name, UsageDays.Of(now, options.Days), cancellation);
        var (told, moreChanges) = AnswerBounds.Of(ApiSchemaChange.Of(changes, SourcePlaces.Of(check.Sources!.Sources), clientsOf), MoreChanges.Of(compared));
        var (problems, moreProblems) = ApiCompositionProblem.Of(composed.Problems, composed.MoreProblems);
        return new Found<ChangesAnswer>(
            new ChangesAnswer(
                composed.Supergraph is not null && IsSafe(changes), check.Launch, null, told, problems, options.WithSupergraph ? composed.Text : null, moreChanges, moreProblems,
                check.NewSources is { IsEmpty: false } added ? added : null, check.NewUrls is { IsEmpty: false } moved ? moved : null),
            null);
    }

    private static bool IsSafe(ImmutableArray<SchemaChange> changes) => changes.All(change => change.Severity != ChangeSeverity.Breaking);

    private static async Task<(Compared? Compared, string? Problem)> FindAsync(SchemaRegistry registry, string graph, string stage, int? launch, CancellationToken cancellation)
    {
        if ((launch ?? (await registry.StageAsync(graph, stage, cancellation))?.Live) is not { } number)
        {
            return (null, $"Nothing is live in {stage} of {graph}.");
        }

        return await registry.FindLaunchAsync(graph, stage, number, cancellation) is not { } found ? (null, $"{stage} of {graph} has no launch #{number}.")
            : await registry.SupergraphAsync(graph, stage, number, cancellation) is { } text ? (new Compared(found, text), null)
            : (null, found.WithoutSupergraph);
    }

    private sealed record Compared(Launch Launch, string Text);

    private static Supergraph Read(string text, int launch)
    {
        var read = SupergraphReader.Read(new SourceText(text, $"#{launch}"));
        return read.Supergraph ?? throw new InvalidDataException($"The supergraph of #{launch} cannot be read: {read.Errors[0].Message}");
    }
}
