using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using GraphGateway.Cli;
using GraphGateway.Composition;
using GraphGateway.Language;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Benchmarks;

/// <summary>
/// Composition with satisfiability beside @apollo/composition, on generated sets of sources: from the text of the sources to the text of the
/// supergraph. Before anything is measured, what clients see must be the same on both sides.
/// </summary>
internal static class CompositionSuite
{
    private const int Seed = 1;
    private static readonly int[] Sizes = [10, 100, 300];

    // As the project file of src/Cli has it.
    private static readonly (string Name, string Value)[] Settings = [("DOTNET_TieredPGO", "0")];

    /// <summary>
    /// Measures all sizes, or up to the one that the first argument says (then nothing is written); <c>ours</c> as second argument leaves the
    /// other side out. <c>short</c> as only argument leaves it out at the largest size alone, and writes the table without it.
    /// </summary>
    public static int Run(string[] args)
    {
        if (args is ["child", var dialect, var count, var rounds])
        {
            return Child(Enum.Parse<SourceSetDialect>(dialect), int.Parse(count, CultureInfo.InvariantCulture), int.Parse(rounds, CultureInfo.InvariantCulture));
        }

        if (Array.Exists(Settings, setting => Environment.GetEnvironmentVariable(setting.Name) != setting.Value))
        {
            using var again = Process.Start(Again(["composition", .. args]))!;
            again.WaitForExit();
            return again.ExitCode;
        }

        var isShort = args is ["short"];
        var max = args is [var size, ..] && !isShort ? int.Parse(size, CultureInfo.InvariantCulture) : Sizes[^1];
        var isAlone = args.Contains("ours");
        JsonNode? versions = null;
        var rows = new List<string[]>();
        foreach (var sources in Sizes.Where(it => it <= max))
        {
            Console.Error.WriteLine($"{sources} sources");
            rows.Add(CompositionRow.Measure(sources, Seed, isAlone || isShort && sources == Sizes[^1], ref versions).ToCells(rows));
        }

        Write(rows, versions, isWritten: args.Length == 0 || isShort);
        return 0;
    }

    /// <summary>This program once more, with the settings of the command whose work is measured.</summary>
    internal static ProcessStartInfo Again(string[] args)
    {
        // `dotnet GraphGateway.Benchmarks.dll`, where the process is not the program itself.
        string[] hosted = Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [Environment.GetCommandLineArgs()[0]] : [];
        var start = new ProcessStartInfo(Environment.ProcessPath!, [.. hosted, .. args]);
        foreach (var (name, value) in Settings)
        {
            start.Environment[name] = value;
        }

        return start;
    }

    /// <summary>From the texts to the supergraph's text.</summary>
    /// <exception cref="InvalidOperationException">The set does not compose.</exception>
    internal static (Supergraph Supergraph, string Text) Compose(GeneratedSdl[] sources)
    {
        ImmutableArray<SourceInput> inputs = [.. sources.Select(source => new SourceInput { Name = source.Name, Documents = [new SourceText(source.Sdl, source.Name)] })];
        using var pause = CollectorPause.Begin(inputs);
        var result = Composer.Compose(inputs, new ComposerOptions { WritesText = true });
        return result.Supergraph is { } supergraph
            ? (supergraph, result.Text!)
            : throw new InvalidOperationException(string.Join('\n', result.Problems.Take(10)));
    }

    // A process that composes one set: what it takes at first, when nothing is compiled, and how much memory that takes.
    private static int Child(SourceSetDialect dialect, int count, int rounds)
    {
        var sources = SourceSetGenerator.Generate(count, Seed, dialect);
        var times = new JsonArray();
        for (var i = 0; i < rounds; i++)
        {
            var watch = Stopwatch.StartNew();
            GC.KeepAlive(Compose(sources));
            times.Add(watch.Elapsed.TotalNanoseconds);
        }

        using var process = Process.GetCurrentProcess();
        Console.WriteLine(new JsonObject { ["wall"] = times, ["peak"] = process.PeakWorkingSet64 }.ToJsonString());
        return 0;
    }

    private static void Write(List<string[]> rows, JsonNode? versions, bool isWritten)
    {
        var report = new Report("composition: sources to supergraph, with satisfiability");
        report.Environment(versions is null
            ? "without the other side"
            : $"Node {versions["node"]}, @apollo/composition {versions["composition"]}, graphql-js {versions["graphql"]}");
        report.Table(
            [
                "Sources", "Types", "SDL, MB", "Ours", "@apollo/composition", "Times as fast", "Processor, ours", "Theirs", "Times as little", "Ours grows as n^", "Theirs grows as n^",
                "Ours, first in a process", "Peak, MB", "Theirs, MB", "Composite Schemas", "Mixed", "Rounds, ours/theirs", "Load",
            ],
            rows);
        report.Paragraph(
            "Times are medians of what passed on the clock, of sets of Apollo Federation 2 sources, from the sources' text to the supergraph's. "
            + "Composite Schemas and Mixed: the same content in that dialect, and every second source in either, ours alone. "
            + "Load: how many threads of the whole machine wanted to run, on average over the last five minutes; above the number of cores, "
            + "times on the clock are longer than they would be, and processor time is what can be compared. "
            + "How it is measured and what is in the sets: [README](../README.md).");
        if (isWritten)
        {
            report.Write("composition");
        }
        else
        {
            report.Print();
        }
    }
}
