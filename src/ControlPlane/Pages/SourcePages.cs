namespace GraphGateway.ControlPlane;

/// <summary>A source over all stages: its versions, their texts, and how two of them differ.</summary>
internal static class SourcePages
{
    private const int PageVersions = 25;

    public static async Task<Page> VersionsAsync(PageCall call, string graph, string source)
    {
        var path = PagePaths.Source(graph, source);
        var versions = await call.Listing.VersionsAsync(graph, source, call.Number("before"), PageVersions + 1, call.Cancellation);
        return versions.IsEmpty ? await NotFoundAsync(call, graph) : new Page($"{source} in {graph}", Html.Many(
            Parts.Table(
                "Versions, the newest first",
                ["Version", "Published by", "Tag", "When", "Hash", "Compared"],
                versions.Take(PageVersions).Select(version => new Html?[]
                {
                    Html.Link(PagePaths.Version(graph, source, version.Version), $"@{version.Version}"), version.Note.Author, Parts.Tag(version.Note), Html.Time(version.Published),
                    Parts.Code(version.ShortHash),
                    version.Version == 1 ? null : Html.Link(PagePaths.With(PagePaths.Version(graph, source, version.Version), ("from", version.Version - 1)), $"with @{version.Version - 1}"),
                })),
            Parts.More(versions.Length > PageVersions ? PagePaths.With(path, ("before", versions[PageVersions - 1].Version)) : null, "Older versions")))
        {
            Trail = [("Graphs", PagePaths.Root), (graph, PagePaths.Graph(graph))],
        };
    }

    public static async Task<Page> VersionAsync(PageCall call, string graph, string source, int number)
    {
        if (await call.Registry.VersionAsync(graph, source, number, call.Cancellation) is not { } version)
        {
            return await NotFoundAsync(call, graph, source);
        }

        var path = PagePaths.Version(graph, source, number);
        var facts = Parts.Facts(
            ("Published by", version.Note.Author), ("Tag", Parts.Tag(version.Note)), ("When", Html.Time(version.Published)), ("SHA-256", Parts.Code(version.Hash)));
        var form = number == 1 && call.Number("from") is null ? null : Parts.Search(path, "Compare", Parts.Field("from", "Compare with version", $"{call.Number("from") ?? number - 1}", "number"));
        return await call.RunHeavyAsync(async () => await call.Registry.ContentAsync(graph, source, number, call.Cancellation) is not { } content ? await NotFoundAsync(call, graph, source) : new Page(
            $"{source}@{number}", Html.Many(facts, form, call.Number("from") is { } from ? await CompareAsync(call, graph, source, from, number, content) : Texts(call, content, path, null)))
        {
            Trail = [("Graphs", PagePaths.Root), (graph, PagePaths.Graph(graph)), (source, PagePaths.Source(graph, source))],
        });
    }

    /// <summary>The texts of a version.</summary>
    /// <param name="call">The request.</param>
    /// <param name="content">The texts.</param>
    /// <param name="path">Where the page is.</param>
    /// <param name="url">Where the source answers; null where only its settings say it.</param>
    public static Html Texts(PageCall call, SourceContent content, string path, string? url) => Html.Many(
        url is null ? null : Parts.Facts(("URL", Parts.Code(url))),
        Parts.Section("Schema", CodeLines.Page(content.Schema, "The schema", path, call.Number("line"))),
        content.Settings is not { } settings ? null : Html.Of("section", Html.Of("h2", "Settings").Id("settings"), SettingsOf(settings)));

    private static Html SettingsOf(string settings)
    {
        var lines = new TextLines(settings);
        var (code, shown) = (new CodeLines(lines, 0, -1, isPlain: true), Math.Min(lines.Count, CodeLines.PageLines));
        return Html.Many(
            Parts.Scrolled("The settings", Html.Of("pre", Html.Of("code", [.. Enumerable.Range(0, shown).Select(at =>
                Html.Many(Html.Of("span", code.Line(at)).Class("line").With("data-n", CodeLines.Number(at)), "\n"))]))),
            lines.Count > shown ? Html.Of("p", $"{Parts.Count(lines.Count - shown, "more line")} left out.") : null);
    }

    private static async Task<Html> CompareAsync(PageCall call, string graph, string source, int from, int to, SourceContent after)
    {
        if (await call.Registry.ContentAsync(graph, source, from, call.Cancellation) is not { } before)
        {
            return Html.Of("p", $"{source} has no version @{from}.").Class("notice bad");
        }

        return Html.Many(
            Parts.Section($"Schema: from @{from} to @{to}", DiffView.Of(before.Schema, after.Schema, $"The schema from @{from} to @{to}")),
            before.Settings == after.Settings ? null : Parts.Section($"Settings: from @{from} to @{to}", DiffView.Of(before.Settings ?? "", after.Settings ?? "", "The settings")));
    }

    private static async Task<Page> NotFoundAsync(PageCall call, string graph, string? source = null)
    {
        if (source is not null && await call.Registry.VersionsAsync(graph, source, 1, call.Cancellation) is [var last])
        {
            return await Refusals.NotFoundAsync(call, $"There is no such version: {source} has @1 to @{last.Version}.");
        }

        var known = await call.Listing.SourcesAsync(graph, 20, call.Cancellation);
        return await Refusals.NotFoundAsync(call, known.IsEmpty ? "There is no such graph." : $"There is no such source in {graph}. It has: {string.Join(", ", known.Select(one => one.Source))}.");
    }
}
