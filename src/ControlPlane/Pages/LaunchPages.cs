using System.Collections.Immutable;

namespace GraphGateway.ControlPlane;

/// <summary>A launch: its sources, what composition said, its supergraph.</summary>
internal static class LaunchPages
{
    public static async Task<Page> LaunchAsync(PageCall call, string graph, string stage, int number)
    {
        if (await call.Registry.LaunchAsync(graph, stage, number, call.Cancellation) is not { } details)
        {
            return await NotFoundAsync(call, graph, stage, number);
        }

        var (launch, path) = (details.Launch, PagePaths.Launch(graph, stage, number));
        return new Page($"#{number} of {stage} of {graph}", Html.Many(
            Parts.Facts(
                ("What", Parts.Words(launch)),
                ("By", launch.Note.Author),
                ("Tag", Parts.Tag(launch.Note)),
                ("When", Html.Time(launch.Created)),
                ("Approved by", launch.Approver),
                ("Rejected", launch.Rejection is { } rejection ? Html.Many(Html.Time(rejection.At), rejection.By is { } by ? $" by {by}" : null) : null),
                ("Why", launch.Rejection?.Reason),
                ("Consent", launch.Consent is { } consent ? $"{launch.Note.Author ?? "Its author"} has consented to what it does: it {consent.Words}." : null),
                ("Made on", launch.Base is { } before ? Html.Link(PagePaths.Launch(graph, stage, before), $"#{before}") : null),
                ("Rolled back to", launch is { Kind: LaunchKind.Rollback, Target: { } target } ? Html.Link(PagePaths.Launch(graph, stage, target), $"#{target}") : null),
                ("SHA-256", launch.Hash is { } hash ? Parts.Code(hash) : null)),
            !details.HasSupergraph ? Html.Of("p", WithoutSupergraph(launch)) : Parts.Links(
                launch.Base is null ? [("Supergraph", path + "/supergraph")] : [("Changes", path + "/changes"), ("Supergraph", path + "/supergraph")]),
            await new ProblemList(call, graph, stage, details).ShowAsync(),
            Broken(launch.Consent),
            await SourcesAsync(call, graph, stage, details)))
        {
            Trail = [.. StagePages.TrailOf(graph, stage)],
            Mark = Parts.Status(launch.Status),
        };
    }

    public static async Task<Page> SupergraphAsync(PageCall call, string graph, string stage, int number)
    {
        if (await call.Registry.FindLaunchAsync(graph, stage, number, call.Cancellation) is not { } launch)
        {
            return await NotFoundAsync(call, graph, stage, number);
        }

        // Read where there is room for it: many who wait for that have nothing in memory.
        return await call.RunHeavyAsync(async () => await call.Registry.SupergraphAsync(graph, stage, number, call.Cancellation) is not { } text
            ? await Refusals.NotFoundAsync(call, WithoutSupergraph(launch))
            : new Page($"Supergraph of #{number}", CodeLines.Page(text, "The supergraph", PagePaths.Launch(graph, stage, number) + "/supergraph", call.Number("line")))
            {
                Trail = TrailOf(graph, stage, number),
            });
    }

    public static async Task<Page> SourceAsync(PageCall call, string graph, string stage, int number, string name)
    {
        if (await call.Registry.FindLaunchAsync(graph, stage, number, call.Cancellation) is null)
        {
            return await NotFoundAsync(call, graph, stage, number);
        }

        var sources = await call.Registry.SourcesAsync(graph, stage, number, call.Cancellation);
        if (sources.FirstOrDefault(source => source.Source == name) is not { } found)
        {
            return await Refusals.NotFoundAsync(call, $"#{number} of {stage} of {graph} has no such source. It has: {string.Join(", ", sources.Select(source => source.Source))}.");
        }

        return await call.RunHeavyAsync(async () => await call.Registry.ContentAsync(graph, name, found.Version, call.Cancellation) is not { } content
            ? await NotFoundAsync(call, graph, stage, number)
            : new Page($"{found} in #{number}", SourcePages.Texts(call, content, PagePaths.LaunchSource(graph, stage, number, name), found.Url)) { Trail = TrailOf(graph, stage, number) });
    }

    /// <summary>The pages above those of a launch.</summary>
    public static ImmutableArray<(string Name, string Path)> TrailOf(string graph, string stage, int number) =>
        [.. StagePages.TrailOf(graph, stage), ($"#{number}", PagePaths.Launch(graph, stage, number))];

    /// <summary>There is no launch of that number: which ones there are is told.</summary>
    public static async Task<Page> NotFoundAsync(PageCall call, string graph, string stage, int number) => await Refusals.NotFoundAsync(
        call,
        await call.Registry.StageAsync(graph, stage, call.Cancellation) is { } summary
            ? $"There is no launch #{number} in {stage} of {graph}: it has #1 to #{summary.Last}."
            : "There is no such stage.");

    /// <summary>Why a launch has no supergraph.</summary>
    public static string WithoutSupergraph(Launch launch) => launch.Status == LaunchStatus.Draft
        ? $"#{launch.Number} is a draft: it does not compose, and has no supergraph."
        : $"The supergraph of #{launch.Number} is too old to be kept.";

    private static Html? Broken(LaunchConsent? consent) => consent is null or { Operations.IsEmpty: true } ? null : Parts.Section(
        "Persisted operations that it breaks",
        Html.Many([.. consent.Operations.Select(static broken => Html.Of("p", broken))]),
        consent.Broken > consent.Operations.Length ? Html.Of("p", $"And {consent.Broken - consent.Operations.Length} more.") : null);

    private static async Task<Html> SourcesAsync(PageCall call, string graph, string stage, LaunchDetails details)
    {
        var launch = details.Launch;
        var versions = await call.Listing.VersionsOfAsync(graph, stage, launch.Number, call.Cancellation);
        var before = launch.Base is { } number ? await call.Registry.SourcesAsync(graph, stage, number, call.Cancellation) : [];
        var old = before.ToDictionary(source => source.Source, StringComparer.Ordinal);
        var gone = before.Where(source => details.Sources.All(kept => kept.Source != source.Source)).ToList();
        return Parts.Section(
            "Sources",
            details.Sources.IsEmpty ? Html.Of("p", "It has none.") : Parts.Table(
                launch.Base is null ? "Sources of this launch" : $"Sources of this launch, and what is different from #{launch.Base}",
                ["Source", "Version", "Different", "Published by", "Tag", "When", "URL"],
                details.Sources.Select(source => new Html?[]
                {
                    Html.Link(PagePaths.LaunchSource(graph, stage, launch.Number, source.Source), source.Source),
                    call.MayRead(graph, null) ? Html.Link(PagePaths.Version(graph, source.Source, source.Version), $"@{source.Version}") : $"@{source.Version}",
                    launch.Base is null ? null : Difference(call, graph, source, old.GetValueOrDefault(source.Source)),
                    versions.GetValueOrDefault(source.Source)?.Note.Author,
                    versions.GetValueOrDefault(source.Source) is { } version ? Parts.Tag(version.Note) : null,
                    versions.GetValueOrDefault(source.Source) is { } published ? Html.Time(published.Published) : null,
                    source.Url is { } url ? Parts.Code(url) : null,
                })),
            gone.Count == 0 ? null : Html.Of("p", $"No longer there: {string.Join(", ", gone)}."));
    }

    private static Html? Difference(PageCall call, string graph, StageSource source, StageSource? old) =>
        old is null ? Html.Of("span", "new").Class("badge live")
        : old.Version != source.Version
            ? call.MayRead(graph, null)
                ? Html.Link(PagePaths.With(PagePaths.Version(graph, source.Source, source.Version), ("from", old.Version)), $"was @{old.Version}")
                : $"was @{old.Version}"
        : old.Url != source.Url ? "other URL"
        : null;
}
