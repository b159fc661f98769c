using System.Collections.Immutable;
using GraphGateway.Composition;
using GraphGateway.Language;

namespace GraphGateway.ControlPlane;

/// <summary>A source of a proposal.</summary>
/// <param name="Source">The source.</param>
/// <param name="Version">Its version; null where it is not stored yet.</param>
/// <param name="Url">Where it answers; null where its settings say it, or the gateway's.</param>
/// <param name="Hash">Of the content.</param>
/// <param name="Content">Its texts.</param>
internal sealed record ProposedSource(string Source, int? Version, string? Url, string Hash, SourceContent Content)
{
    public string? SchemaName { get; init; }

    public string? SettingsName { get; init; }

    private string Label => Version is { } version ? $"{Source}@{version}" : Source;

    public bool IsSameAs(ProposedSource other) => (Source, Hash, Url) == (other.Source, other.Hash, other.Url);

    public SourceTexts ToTexts() => new(
        Source,
        new SourceText(Content.Schema, SchemaName ?? Label),
        Content.Settings is { } settings ? new SourceText(settings, SettingsName ?? $"{Label} settings") : null,
        Url is null ? null : new Uri(Url));
}

/// <summary>What a stage is at, by which a change finds out whether it is still the same.</summary>
/// <param name="Live">The launch that is live; null where none is.</param>
/// <param name="Last">The last launch; 0 where there is no stage.</param>
/// <param name="Made">When that was made, in milliseconds.</param>
internal readonly record struct StageMark(int? Live, int Last, long Made);

/// <summary>A stage before a change.</summary>
/// <param name="Graph">Its graph.</param>
/// <param name="Stage">Its name.</param>
/// <param name="Mark">What it is at.</param>
/// <param name="Sources">The sources that are changed: those of the live launch, or as long as none is, of the last one that nobody has rejected.</param>
internal sealed record StageState(string Graph, string Stage, StageMark Mark, ImmutableArray<ProposedSource> Sources)
{
    public int? Live => Mark.Live;

    public int Last => Mark.Last;

    /// <summary>The launch whose sources are changed; null where there is none.</summary>
    public int? Base { get; init; } = Mark.Live;

    /// <summary>True where nothing is live and something waits for approval, which is in what comes after it: nobody has approved that.</summary>
    public bool IsBaseUnapproved { get; init; }
}

/// <summary>What a stage would be.</summary>
/// <param name="Kind">By what.</param>
/// <param name="Sources">Its sources.</param>
/// <param name="Changed">The names of those that change.</param>
internal sealed record Proposal(LaunchKind Kind, ImmutableArray<ProposedSource> Sources, ImmutableArray<string> Changed)
{
    /// <summary>What is changed, in words; null: the changed sources with their versions.</summary>
    public string? Subject { get; init; }

    /// <summary>The launch that is rolled back to, or approved.</summary>
    public int? Target { get; init; }

    /// <summary>The supergraph where it is composed already.</summary>
    public string? Supergraph { get; init; }

    /// <summary>What composition said then.</summary>
    public ImmutableArray<CompositionProblem> Problems { get; init; } = [];

    /// <summary>How many more problems there were then than were kept.</summary>
    public int MoreProblems { get; init; }
}

/// <summary>What is proposed, or why nothing can be.</summary>
internal readonly record struct Proposed(Proposal? Proposal, string? Refusal)
{
    public static implicit operator Proposed(Proposal proposal) => new(proposal, null);

    public static implicit operator Proposed(string refusal) => new(null, refusal);
}

/// <summary>Says what each kind of change makes of a stage as it is now. Asked again where others have changed the stage meanwhile.</summary>
internal sealed class StageProposals(RegistryReader reader, string graph, string stage, CancellationToken cancellation)
{
    // A rollback of a rollback goes further back; nobody goes further than that.
    private const int MostSteps = 1_000;

    public static Proposed Publish(StageState state, IReadOnlyCollection<SourcePublication> publications)
    {
        var fresh = publications.Select(publication =>
        {
            var before = state.Sources.FirstOrDefault(source => source.Source == publication.Source);
            return new ProposedSource(
                publication.Source,
                before?.Hash == publication.Hash ? before.Version : null,
                publication.Url ?? before?.Url,
                publication.Hash,
                new SourceContent(publication.Schema, publication.Settings))
            {
                SchemaName = publication.SchemaName,
                SettingsName = publication.SettingsName,
            };
        }).ToImmutableArray();
        var names = fresh.Select(source => source.Source).ToHashSet(StringComparer.Ordinal);
        return names.Count < fresh.Length
            ? "A source is published once at a time, and one comes several times."
            : new Proposal(LaunchKind.Publish, Ordered(state.Sources.Where(source => !names.Contains(source.Source)).Concat(fresh)), [.. names.Order(StringComparer.Ordinal)]);
    }

    public static Proposed Delete(StageState state, string source) => state.Sources.Any(known => known.Source == source)
        ? new Proposal(LaunchKind.Delete, [.. state.Sources.Where(known => known.Source != source)], []) { Subject = source }
        : $"{state.Stage} of {state.Graph} has no source {source}. {Known(state.Sources)}";

    /// <summary>The sources of another stage's live launch, each with the address that it has here.</summary>
    public async Task<Proposed> PromoteAsync(StageState state, string from, IReadOnlyDictionary<string, string> urls)
    {
        if (await reader.StageAsync(graph, from, cancellation) is not { Live: { } live })
        {
            return $"Nothing is live in {from} of {graph}.";
        }

        var there = await reader.ContentsAsync(graph, from, live, cancellation);
        if (urls.Keys.FirstOrDefault(name => there.All(source => source.Source != name)) is { } unknown)
        {
            return $"{from} of {graph} has no source {unknown}. {Known(there)}";
        }

        var here = state.Sources.ToDictionary(source => source.Source, source => source.Url, StringComparer.Ordinal);
        var sources = there.Select(source => source with { Url = urls.GetValueOrDefault(source.Source) ?? here.GetValueOrDefault(source.Source) }).ToImmutableArray();

        // An address of the other stage is never taken over: requests of this one would go there.
        var lost = sources.Where(source => source.Url is null && there.Single(other => other.Source == source.Source).Url is not null)
            .Select(source => source.Source).ToList();
        return lost.Count > 0
            ? $"Where {string.Join(", ", lost)} answer{(lost.Count == 1 ? "s" : "")} was said for {from}, and is not known for {stage}: give --url {lost[0]}=URL."
            : new Proposal(LaunchKind.Promote, sources, []) { Subject = $"{from} #{live}" };
    }

    /// <summary>An earlier launch as it was; without a number the one that was live before.</summary>
    public async Task<Proposed> RollbackAsync(StageState state, int? to)
    {
        if (state.Live is not { } live)
        {
            return $"Nothing is live in {stage} of {graph}.";
        }

        if ((to ?? await PreviousAsync(live)) is not { } number)
        {
            return $"No launch was live before #{live}.";
        }

        if (await reader.LaunchAsync(graph, stage, number, cancellation) is not { Status: LaunchStatus.Live or LaunchStatus.Superseded or LaunchStatus.RolledBack, Hash: not null } target)
        {
            return $"#{number} was never live in {stage} of {graph}.{(await reader.LaunchAsync(graph, stage, number, cancellation) is { Status: LaunchStatus.Approved } ? " It was approved, and what it changed became live with another launch." : "")}";
        }

        var supergraph = await reader.Supergraphs.TextAsync(graph, stage, number, cancellation);
        if (supergraph is not null && !target.IsSupergraph(supergraph))
        {
            return target.WithOtherSupergraph;
        }

        if (supergraph is null)
        {
            return $"The supergraph of #{number} is too old to be kept: publish the versions of its sources again.";
        }

        if (await reader.ProblemsAsync(graph, stage, number, cancellation) is not { } kept)
        {
            return Gone(graph, stage);
        }

        var (problems, more) = LaunchProblems.Read(kept);
        return new Proposal(LaunchKind.Rollback, await reader.ContentsAsync(graph, stage, number, cancellation), [])
        {
            Subject = $"to #{number}",
            Target = target.Number,
            Supergraph = supergraph,
            Problems = problems,
            MoreProblems = more,
        };
    }

    // What a rollback made live is as old as what it went back to.
    private async Task<int?> PreviousAsync(int live)
    {
        int? number = live;
        for (var step = 0; number is { } at && step < MostSteps; step++)
        {
            var launch = await reader.LaunchAsync(graph, stage, at, cancellation);
            if (launch is not { Kind: LaunchKind.Rollback })
            {
                // Before the first that was live there were drafts alone, and what waited, or was rejected.
                return launch?.Base is { } before && await reader.LaunchAsync(graph, stage, before, cancellation) is { Status: not (LaunchStatus.Draft or LaunchStatus.Awaiting or LaunchStatus.Approved or LaunchStatus.Rejected) }
                    ? before
                    : null;
            }

            number = launch.Target;
        }

        return null;
    }

    /// <summary>Somebody has taken the stage away while its launch was read.</summary>
    internal static string Gone(string graph, string stage) => $"{stage} of {graph} was taken away meanwhile.";

    internal static ImmutableArray<ProposedSource> Ordered(IEnumerable<ProposedSource> sources) => [.. sources.OrderBy(source => source.Source, StringComparer.Ordinal)];

    private static string Known(ImmutableArray<ProposedSource> sources) =>
        sources.IsEmpty ? "It has none." : $"It has: {string.Join(", ", sources.Select(source => source.Source))}.";
}
