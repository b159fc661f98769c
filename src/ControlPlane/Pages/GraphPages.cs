using System.Collections.Immutable;

namespace GraphGateway.ControlPlane;

/// <summary>What the registry has: all graphs with their stages, or one.</summary>
internal static class GraphPages
{
    // A registry has 1,000 stages at most.
    private const int PageStages = 100;
    private const int MostSources = 200;

    public static async Task<Page> AllAsync(PageCall call)
    {
        var stages = await StagesAsync(call, null);
        if (stages.IsEmpty)
        {
            return new Page("Graphs", Html.Many(
                Html.Of("p", "There is no stage that your key may read."),
                Html.Of("p", $"The key of {call.Caller.Name} may: {(call.Caller.Scopes.IsEmpty ? "nothing" : string.Join(", ", call.Caller.Scopes))}."),
                Html.Of("p", "The first stage is made by ", Parts.Code("graphgateway publish --graph NAME --stage NAME --source NAME --schema FILE"), ".")));
        }

        var from = Math.Min(call.Number("from") ?? 1, stages.Length) - 1;
        var shown = stages.Skip(from).Take(PageStages).ToList();
        var sections = new List<Html?>();
        foreach (var graph in shown.GroupBy(stage => stage.Graph, StringComparer.Ordinal))
        {
            sections.Add(Html.Of("section", Html.Of("h2", Html.Link(PagePaths.Graph(graph.Key), graph.Key)), await TableAsync(call, graph)));
        }

        var next = from + PageStages;
        return new Page("Graphs", Html.Many([.. sections, Parts.More(next < stages.Length ? PagePaths.With(PagePaths.Root, ("from", next + 1)) : null, $"More stages ({stages.Length} in all)")]));
    }

    public static async Task<Page> GraphAsync(PageCall call, string graph)
    {
        var stages = await StagesAsync(call, graph);
        if (stages.IsEmpty)
        {
            return await Refusals.NotFoundAsync(call, "There is no such graph, or your key may read none of its stages.");
        }

        var table = await TableAsync(call, stages.Take(PageStages));
        return new Page(graph, Html.Many(
            Parts.Section("Stages", table, stages.Length > PageStages ? Html.Of("p", $"{stages.Length - PageStages} more are on ", Html.Link(PagePaths.Root, "the page of all graphs"), ".") : null),
            call.MayRead(graph, null) ? await SourcesAsync(call, graph) : null))
        {
            Trail = [("Graphs", PagePaths.Root)],
        };
    }

    private static async Task<ImmutableArray<StageSummary>> StagesAsync(PageCall call, string? graph) =>
        [.. (await call.Registry.StagesAsync(graph, call.Cancellation)).Where(stage => call.MayRead(stage.Graph, stage.Stage))];

    private static async Task<Html> TableAsync(PageCall call, IEnumerable<StageSummary> stages)
    {
        var rows = new List<Html?[]>();
        foreach (var stage in stages)
        {
            var live = stage.Live is { } number ? await call.Registry.FindLaunchAsync(stage.Graph, stage.Stage, number, call.Cancellation) : null;
            rows.Add(
            [
                Html.Link(PagePaths.Stage(stage.Graph, stage.Stage), stage.Stage),
                live is null ? Html.Of("span", "nothing yet").Class("none") : Html.Link(PagePaths.Launch(stage.Graph, stage.Stage, live.Number), $"#{live.Number}"),
                live is null ? null : Parts.Words(live),
                live?.Note.Author,
                live is null ? null : Parts.Tag(live.Note),
                live is null ? null : Html.Time(live.Created),
                Html.Link(PagePaths.Launch(stage.Graph, stage.Stage, stage.Last), $"#{stage.Last}"),
            ]);
        }

        return Parts.Table("Stages with what is live in them", ["Stage", "Live", "What", "By", "Tag", "Since", "Last launch"], rows);
    }

    private static async Task<Html> SourcesAsync(PageCall call, string graph)
    {
        var sources = await call.Listing.SourcesAsync(graph, MostSources + 1, call.Cancellation);
        return Parts.Section(
            "Sources",
            Parts.Table(
                "Sources of all stages with their newest version",
                ["Source", "Newest version"],
                sources.Take(MostSources).Select(source => new Html?[]
                {
                    Html.Link(PagePaths.Source(graph, source.Source), source.Source), Html.Link(PagePaths.Version(graph, source.Source, source.Last), $"@{source.Last}"),
                })),
            sources.Length > MostSources ? Html.Of("p", $"The first {MostSources} are shown; a launch has all of its sources.") : null);
    }
}
