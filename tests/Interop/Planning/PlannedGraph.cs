using System.Collections.Immutable;
using GraphGateway.Composition;
using GraphGateway.Language;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Interop.Planning;

/// <summary>Apollo sources, and operations on what they compose to.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Sources">The sources by name.</param>
/// <param name="Operations">The operations, and the planners that plan them better than ours.</param>
internal sealed record PlannedGraph(string Name, ImmutableArray<(string Name, string Sdl)> Sources, ImmutableArray<(string Query, ImmutableArray<string> WorseThan)> Operations)
{
    private const string Link =
        """extend schema @link(url: "https://specs.apollo.dev/federation/v2.7", import: ["@key", "@shareable", "@external", "@requires", "@provides", "@interfaceObject", "@inaccessible"])""";

    /// <summary>
    /// The hand-written graphs: files of <c>=== NAME</c>, <c># source NAME</c> for each source, and <c># operations</c>, one a
    /// line; those that peers plan better stand under <c># worse than PLANNER and PLANNER: REASON</c>.
    /// </summary>
    internal static ImmutableArray<PlannedGraph> HandWritten() =>
        [
            .. Directory.GetFiles(Repository.PathOf("tests/Interop/Planning/Graphs"), "*.txt")
                .Order(StringComparer.Ordinal)
                .SelectMany(file => File.ReadAllText(file).Split("=== ", StringSplitOptions.RemoveEmptyEntries))
                .Select(Read),
        ];

    /// <summary>The composed graph; null where the sources do not compose.</summary>
    internal Supergraph? Compose() => Composer.Compose(
        [
            .. Sources.Select(source => new SourceInput
            {
                Name = source.Name,
                Documents = [new SourceText(source.Sdl, source.Name)],
                Settings = new SourceSettings { Url = new Uri("http://" + source.Name), Dialect = SourceDialect.Apollo },
            }),
        ]).Supergraph;

    /// <summary>As in the files, without operations.</summary>
    public override string ToString() => $"=== {Name}\n" + string.Concat(Sources.Select(source => $"# source {source.Name}\n{source.Sdl.TrimEnd()}\n"));

    private static PlannedGraph Read(string text)
    {
        var parts = text.Split("# ", StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('\n', 2)).ToList();
        return new PlannedGraph(
            parts[0][0].Trim(),
            [.. parts.Where(part => part[0].StartsWith("source ", StringComparison.Ordinal)).Select(part => (part[0]["source ".Length..].Trim(), Link + "\n" + part[1]))],
            [
                .. parts.Skip(1).Where(part => !part[0].StartsWith("source ", StringComparison.Ordinal)).SelectMany(part =>
                    part[1].Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(query => (query, WorseThan(part[0])))),
            ]);
    }

    private static ImmutableArray<string> WorseThan(string head) =>
        head.StartsWith("worse than ", StringComparison.Ordinal) ? [.. head["worse than ".Length..].Split(':')[0].Split(" and ")] : [];
}
