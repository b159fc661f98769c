using GraphGateway.Composition;
using GraphGateway.Language;
using Xunit;

namespace GraphGateway.ControlPlane.Tests.Following;

/// <summary>Holds all that a stage of a registry has against what may never be half there.</summary>
internal static class WholeRegistry
{
    /// <summary>The launches, the newest first, when each is found to be whole: its sources, their texts, its supergraph, and its place among the others.</summary>
    public static async Task<IReadOnlyList<Launch>> ReadAsync(string store, string graph, string stage)
    {
        await using var registry = SchemaRegistry.At(store, readOnly: true);
        if (await registry.StageAsync(graph, stage, default) is not { } summary)
        {
            return [];
        }

        var launches = await registry.LaunchesAsync(graph, stage, int.MaxValue, default);
        Assert.Equal(Enumerable.Range(1, summary.Last).Reverse(), launches.Select(launch => launch.Number));
        Assert.Equal(summary.Live, launches.SingleOrDefault(launch => launch.Status == LaunchStatus.Live)?.Number);
        foreach (var launch in launches)
        {
            await CheckAsync(registry, graph, stage, launch);
        }

        foreach (var source in launches.IsEmpty ? [] : (await registry.LaunchAsync(graph, stage, launches[0].Number, default))!.Sources)
        {
            var versions = await registry.VersionsAsync(graph, source.Source, int.MaxValue, default);
            Assert.Equal(Enumerable.Range(1, versions.Length).Reverse(), versions.Select(version => version.Version));
        }

        return launches;
    }

    private static async Task CheckAsync(SchemaRegistry registry, string graph, string stage, Launch launch)
    {
        var details = (await registry.LaunchAsync(graph, stage, launch.Number, default))!;
        Assert.NotEmpty(details.Sources);
        var texts = new List<SourceTexts>();
        foreach (var source in details.Sources)
        {
            var content = (await registry.ContentAsync(graph, source.Source, source.Version, default))!;
            Assert.Equal(source.Hash, SourcePublication.HashOf(content.Schema, content.Settings));
            texts.Add(new SourceTexts(
                source.Source, new SourceText(content.Schema, source.ToString()), content.Settings is { } settings ? new SourceText(settings, "settings") : null, source.Url is { } url ? new Uri(url) : null));
        }

        // Of old ones it is not kept.
        Assert.Equal(details.HasSupergraph, await registry.SupergraphAsync(graph, stage, launch.Number, default) is not null);
        if (await registry.SupergraphAsync(graph, stage, launch.Number, default) is { } supergraph)
        {
            Assert.Equal(launch.Hash, PublishedOperation.HashOf(supergraph));
            Assert.Equal(SourceTexts.Read(texts, stage).Compose(new ComposerOptions { WritesText = true }).Text, supergraph);
        }
    }
}
