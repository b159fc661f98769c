using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using GraphGateway.TestKit;
using GraphGateway.TypeSystem;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Benchmarks;

/// <summary>What was measured for sets of one size.</summary>
internal sealed class CompositionRow
{
    private const string Api = "api";
    private const double WarmUpNanoseconds = 5e9;
    private readonly List<(double Wall, double Processor)> ours = [];
    private readonly List<(double Wall, double Processor)> theirs = [];
    private readonly List<double> composite = [];
    private readonly List<double> mixed = [];

    private CompositionRow(int count) => Count = count;

    private int Count { get; }

    private int TypeCount { get; set; }

    private long Bytes { get; set; }

    private double First { get; set; }

    private double Peak { get; set; }

    private double TheirPeak { get; set; }

    /// <summary>Runs both sides in turns.</summary>
    /// <param name="count">How many sources.</param>
    /// <param name="seed">Of the set.</param>
    /// <param name="isAlone">Leaves the other side out.</param>
    /// <param name="versions">What the other side is, once it has been asked.</param>
    internal static CompositionRow Measure(int count, int seed, bool isAlone, ref JsonNode? versions)
    {
        var row = new CompositionRow(count);
        var set = SourceSetGenerator.Generate(count, seed, SourceSetDialect.Apollo);
        row.Bytes = set.Sum(source => (long)source.Sdl.Length);
        using var peer = isAlone ? null : NodePeer.Start("composition", "--stack-size=60000", "--max-old-space-size=12000");
        versions = peer?.Ask(new JsonObject { ["method"] = "load", ["sources"] = Sources(set) }) ?? versions;
        row.WarmUp(set, peer);
        for (var i = 0; i < Rounds(count); i++)
        {
            row.ours.Add(Time(set));
            if (peer is not null && i < TheirRounds(count))
            {
                row.AskPeer(peer);
            }
        }

        if (peer is not null && count is > 10 and <= 100)
        {
            CheckSame(CompositionSuite.Compose(set).Supergraph, peer);
        }

        row.Alone(seed);
        return row;
    }

    /// <summary>The row of the table.</summary>
    /// <param name="before">The rows for smaller sizes; the exponent is that of the growth since the last one.</param>
    internal string[] ToCells(List<string[]> before)
    {
        var (own, other) = (Median(ours, it => it.Wall), Median(theirs, it => it.Wall));
        var last = before.Count == 0 ? null : before[^1];
        grown[Count] = (own, other);
        return
        [
            Count.ToString("N0", CultureInfo.InvariantCulture),
            TypeCount.ToString("N0", CultureInfo.InvariantCulture),
            (Bytes / 1e6).ToString("0.00", CultureInfo.InvariantCulture),
            Report.Duration(own),
            theirs.Count == 0 ? "" : Report.Duration(other),
            theirs.Count == 0 ? "" : $"**{Report.Digits(other / own)}**",
            Report.Duration(Median(ours, it => it.Processor)),
            theirs.Count == 0 ? "" : Report.Duration(Median(theirs, it => it.Processor)),
            theirs.Count == 0 ? "" : $"**{Report.Digits(Median(theirs, it => it.Processor) / Median(ours, it => it.Processor))}**",
            last is null ? "" : Exponent(it => it.Ours),
            last is null || theirs.Count == 0 ? "" : Exponent(it => it.Theirs),
            Report.Duration(First),
            Report.Digits(Peak / 1e6),
            theirs.Count == 0 ? "" : Report.Digits(TheirPeak / 1e6),
            Report.Duration(Clock.Median(composite)),
            Report.Duration(Clock.Median(mixed)),
            $"{ours.Count}/{theirs.Count}",
            File.ReadAllText("/proc/loadavg").Split(' ')[1],
        ];
    }

    private static readonly SortedDictionary<int, (double Ours, double Theirs)> grown = [];

    private string Exponent(Func<(double Ours, double Theirs), double> side)
    {
        var before = grown.Last(entry => entry.Key < Count);
        return (Math.Log(side(grown[Count]) / side(before.Value)) / Math.Log((double)Count / before.Key)).ToString("0.00", CultureInfo.InvariantCulture);
    }

    // Of what takes some milliseconds a few rounds have no steady median.
    private static int Rounds(int count) => count > 100 ? 5 : count > 10 ? 7 : 31;

    // A hundred sources take the other side a minute or more, the largest set many: what it compiles at first is nothing beside that.
    private static int TheirRounds(int count) => count > 10 ? 1 : 31;

    // Both sides compile what is used often, for the same time; and both must have the same result.
    private void WarmUp(GeneratedSdl[] set, NodePeer? peer)
    {
        Supergraph supergraph = CompositionSuite.Compose(set).Supergraph;
        if (Count <= 10)
        {
            Repeat(() => Time(set).Processor);
        }

        TypeCount = supergraph.PublicSchema.Types.Count(type => !type.IsBuiltIn);
        if (peer is null || Count > 10)
        {
            return;
        }

        Repeat(() =>
        {
            AskPeer(peer);
            return theirs[^1].Processor;
        });
        theirs.Clear();
        CheckSame(supergraph, peer);
    }

    // Until it has taken WarmUpNanoseconds of processor time.
    private static void Repeat(Func<double> run)
    {
        for (var used = 0.0; used < WarmUpNanoseconds; used += run())
        {
        }
    }

    private static void CheckSame(Supergraph supergraph, NodePeer peer)
    {
        var own = peer.Ask(new JsonObject { ["method"] = "print", ["sdl"] = SchemaPrinter.Print(supergraph.PublicSchema) })[Api]!.GetValue<string>();
        var other = peer.Ask(new JsonObject { ["method"] = Api })[Api]!.GetValue<string>();
        if (own != other)
        {
            var (ownLines, otherLines) = (own.Split('\n'), other.Split('\n'));
            var line = ownLines.Zip(otherLines).TakeWhile(pair => pair.First == pair.Second).Count();
            throw new InvalidOperationException(
                $"The two sides compose different schemas, at line {line}: {ownLines.ElementAtOrDefault(line)} | {otherLines.ElementAtOrDefault(line)}");
        }
    }

    private void AskPeer(NodePeer peer)
    {
        var answer = peer.Ask(new JsonObject { ["method"] = "run" });
        if (answer["errors"]!.AsArray().Count > 0)
        {
            throw new InvalidOperationException($"The other side refuses the set: {answer["errors"]![0]}");
        }

        theirs.Add(((double)answer["wall"]!, (double)answer["processor"]!));
        TheirPeak = (double)answer["peak"]!;
    }

    // What needs no other side: the other dialects, and a process of its own.
    private void Alone(int seed)
    {
        foreach (var (dialect, times) in new[] { (SourceSetDialect.Composite, composite), (SourceSetDialect.Mixed, mixed) })
        {
            var set = SourceSetGenerator.Generate(Count, seed, dialect);
            for (var i = 0; i < 3; i++)
            {
                times.Add(Time(set).Wall);
            }
        }

        var start = CompositionSuite.Again(["composition", "child", nameof(SourceSetDialect.Apollo), $"{Count}", "1"]);
        start.RedirectStandardOutput = true;
        using var process = Process.Start(start)!;
        var answer = JsonNode.Parse(process.StandardOutput.ReadToEnd())!;
        process.WaitForExit();
        (First, Peak) = ((double)answer["wall"]![0]!, (double)answer["peak"]!);
    }

    private static (double Wall, double Processor) Time(GeneratedSdl[] set)
    {
        GC.Collect();
        var processor = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        GC.KeepAlive(CompositionSuite.Compose(set));
        return (watch.Elapsed.TotalNanoseconds, (Environment.CpuUsage.TotalTime - processor).TotalNanoseconds);
    }

    private static double Median(List<(double Wall, double Processor)> values, Func<(double Wall, double Processor), double> one) =>
        values.Count == 0 ? 0 : Clock.Median(values.Select(one));

    private static JsonArray Sources(GeneratedSdl[] set) =>
        [.. set.Select(source => (JsonNode)new JsonObject { ["name"] = source.Name, ["sdl"] = source.Sdl })];
}
