using System.Collections.Immutable;

namespace GraphGateway.ControlPlane;

/// <summary>A stage: what is live, what waits, and its launches.</summary>
internal static class StagePages
{
    private const int PageLaunches = 25;
    private const int MostAwaiting = 20;

    public static async Task<Page> StageAsync(PageCall call, string graph, string stage)
    {
        if (await call.Registry.StageAsync(graph, stage, call.Cancellation) is not { } summary)
        {
            return await Refusals.NotFoundAsync(call, "There is no such stage.");
        }

        var live = summary.Live is { } number ? await call.Registry.FindLaunchAsync(graph, stage, number, call.Cancellation) : null;
        LaunchStatus? status = Enum.GetValues<LaunchStatus>().Cast<LaunchStatus?>().FirstOrDefault(known => Parts.Word(known!) == call.Text("status"));
        var before = call.Number("before");
        return new Page($"{stage} of {graph}", Html.Many(
            Live(graph, stage, live),
            before is null && status is null ? await AwaitingAsync(call, graph, stage) : null,
            await LaunchesAsync(call, graph, stage, before, status)))
        {
            Trail = Trail(graph),
        };
    }

    /// <summary>The pages above a stage's.</summary>
    public static (string Name, string Path)[] TrailOf(string graph, string stage) => [.. Trail(graph), (stage, PagePaths.Stage(graph, stage))];

    /// <summary>Launches, each in a row.</summary>
    public static Html Table(string caption, string graph, string stage, IEnumerable<Launch> launches) => Parts.Table(
        caption,
        ["Launch", "Status", "What", "By", "Tag", "When"],
        launches.Select(launch => new Html?[]
        {
            Html.Link(PagePaths.Launch(graph, stage, launch.Number), $"#{launch.Number}"), Parts.Status(launch.Status), $"{Parts.Words(launch)}{(launch.Consent is { } consent ? $", {consent.Words}" : "")}",
            launch.Note.Author, Parts.Tag(launch.Note), Html.Time(launch.Created),
        }));

    private static ImmutableArray<(string Name, string Path)> Trail(string graph) => [("Graphs", PagePaths.Root), (graph, PagePaths.Graph(graph))];

    private static Html Live(string graph, string stage, Launch? live) => live is null
        ? Parts.Section("Live", Html.Of("p", "Nothing is live here yet: no launch has composed."))
        : Parts.Section(
            "Live",
            Parts.Facts(
                ("Launch", Html.Link(PagePaths.Launch(graph, stage, live.Number), $"#{live.Number}")),
                ("What", Parts.Words(live)),
                ("By", live.Note.Author),
                ("Tag", Parts.Tag(live.Note)),
                ("Since", Html.Time(live.Created)),
                ("Approved by", live.Approver)),
            Parts.Links(
                ("Types and owners", PagePaths.Types(graph, stage)),
                ("Usage", PagePaths.Usage(graph, stage)),
                ("Supergraph", PagePaths.Launch(graph, stage, live.Number) + "/supergraph"),
                ("Changes", PagePaths.Launch(graph, stage, live.Number) + "/changes")));

    private static async Task<Html?> AwaitingAsync(PageCall call, string graph, string stage)
    {
        var awaiting = await call.Listing.LaunchesAsync(graph, stage, null, LaunchStatus.Awaiting, MostAwaiting + 1, call.Cancellation);
        return awaiting.IsEmpty ? null : Parts.Section(
            "Waiting for approval",
            Table("Launches that wait for approval", graph, stage, awaiting.Take(MostAwaiting)),
            Parts.More(awaiting.Length > MostAwaiting ? PagePaths.With(PagePaths.Stage(graph, stage), ("status", "awaiting")) : null, "All that wait"),
            Html.Of("p", Parts.Code($"graphgateway approve --graph {graph} --stage {stage} --launch NUMBER"), " makes one of them live, and ", Parts.Code("reject"), " in its place ends its waiting."));
    }

    private static async Task<Html> LaunchesAsync(PageCall call, string graph, string stage, int? before, LaunchStatus? status)
    {
        var path = PagePaths.Stage(graph, stage);
        var launches = await call.Listing.LaunchesAsync(graph, stage, before, status, PageLaunches + 1, call.Cancellation);
        var word = status is { } wanted ? Parts.Word(wanted) : null;
        var filters = new List<(string, string)> { ("All", path) };
        filters.AddRange(Enum.GetValues<LaunchStatus>().Select(known => (Parts.Word(known).Replace('-', ' '), PagePaths.With(path, ("status", Parts.Word(known))))));
        return Parts.Section(
            "Launches",
            Html.Of("nav", Parts.Links([.. filters])).With("aria-label", "Launches by status"),
            launches.IsEmpty
                ? Html.Of("p", "There are none.")
                : Table($"Launches{(word is null ? "" : $" that are {word.Replace('-', ' ')}")}, the newest first", graph, stage, launches.Take(PageLaunches)),
            Parts.More(launches.Length > PageLaunches ? PagePaths.With(path, ("before", launches[PageLaunches - 1].Number), ("status", word)) : null, "Older launches"));
    }
}
