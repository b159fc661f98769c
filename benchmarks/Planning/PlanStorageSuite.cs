using System.Diagnostics;
using System.Globalization;
using GraphGateway.Execution;
using GraphGateway.Interop.Planning;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;

namespace GraphGateway.Benchmarks;

/// <summary>
/// From the text of an operation to a plan that can run: planned, read from what is kept on disk, and read and verified. In one process, where all code is compiled, and as the first
/// thing that a process does.
/// </summary>
internal static class PlanStorageSuite
{
    private const int Rounds = 5;
    private const int Starts = 5;
    private const int Operations = 1_000;
    private const int Seed = 20260101;

    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(2);

    private static readonly string[] Hard = ["an interface with 300", "1,000 fields", "120 writes"];

    /// <summary>Measures all; <c>start WAY FOLDER</c> is what a process of its own does.</summary>
    public static int Run(string[] args)
    {
        if (args is ["start", var way, var folder])
        {
            return Start(way, folder);
        }

        var cases = Cases();
        var report = new Report("plan-storage: plans read from disk, beside planning");
        report.Environment("processor time; medians of rounds that take turns");
        report.Table(
            ["Warm: a text to its executable plan", "Operations", "Bytes of a plan", "To the normal form", "Planned", "Read", "Times as fast", "Read and verified"], [.. cases.Select(Warm)]);
        report.Table(["First in a process: all of them", "Operations", "Planned", "Read", "Times as fast", "Read and verified"], [.. cases.Select(First)]);
        report.Paragraph("A plan that is read is not verified by default: verifying takes longer than planning, here as in [planning.md](planning.md).");
        if (args.Length == 0)
        {
            report.Write("plan-storage");
        }
        else
        {
            report.Print();
        }

        return 0;
    }

    private static PlanningCase[] Cases() =>
    [
        .. PlannedGraph.HandWritten().Where(graph => graph.Name == "shop" || graph.Name.StartsWith("reviews", StringComparison.Ordinal))
            .Select(graph => new PlanningCase(graph.Name, [.. graph.Sources], [.. graph.Operations.Select(operation => operation.Query)])).Select(WithMore),
        .. HardCases.All().Where(one => Hard.Any(name => one.Name.StartsWith(name, StringComparison.Ordinal))),
    ];

    // The hand-written ones and random ones, which are larger.
    private static PlanningCase WithMore(PlanningCase one)
    {
        var supergraph = PlanningSuite.Compose(one);
        var random = new PlanningOperations(supergraph.PublicSchema, new Random(Seed));
        var queries = new HashSet<string>(one.Queries, StringComparer.Ordinal);
        for (var i = 0; i < 100 * Operations && queries.Count < Operations; i++)
        {
            if (random.Next().Document() is var query && PlanningSuite.Prepare(supergraph, query) is not null)
            {
                queries.Add(query);
            }
        }

        return one with { Queries = [.. queries] };
    }

    private static string[] Warm(PlanningCase one)
    {
        Console.Error.WriteLine(one.Name);
        var supergraph = PlanningSuite.Compose(one);
        var work = new Work(supergraph, one.Queries, [.. one.Queries.Select(query => PlanStorage.Write(QueryPlanner.Plan(supergraph, PlanningSuite.Prepare(supergraph, query)!))!)]);
        Func<object>[] ways = [work.Normalized, work.Planned, work.Read, work.Verified];
        foreach (var way in ways)
        {
            Clock.Run(way, WarmUp);
        }

        var times = ways.Select(_ => new List<double>()).ToArray();
        for (var round = 0; round < Rounds; round++)
        {
            for (var way = 0; way < ways.Length; way++)
            {
                times[way].Add(Clock.Run(ways[way], Round) / one.Queries.Length);
            }
        }

        var medians = times.Select(Clock.Median).ToArray();
        return
        [
            one.Name, $"{one.Queries.Length:N0}", $"{work.Stored.Average(plan => plan.Length):N0}", Report.Duration(medians[0]), Report.Duration(medians[1]), Report.Duration(medians[2]),
            $"**{Report.Digits(medians[1] / medians[2])}**", Report.Duration(medians[3]),
        ];
    }

    private static string[] First(PlanningCase one)
    {
        Console.Error.WriteLine($"{one.Name}, first in a process");
        var folder = Directory.CreateTempSubdirectory("plan-storage");
        try
        {
            var supergraph = PlanningSuite.Compose(one);
            File.WriteAllText(Path.Combine(folder.FullName, "supergraph.graphql"), SupergraphWriter.Write(supergraph));
            // The graph as it is read: its types have the numbers that they have there.
            supergraph = Read(folder.FullName);
            foreach (var (index, query) in one.Queries.Index())
            {
                File.WriteAllText(Path.Combine(folder.FullName, $"{index}.graphql"), query);
                File.WriteAllBytes(Path.Combine(folder.FullName, $"{index}.plan"), PlanStorage.Write(QueryPlanner.Plan(supergraph, PlanningSuite.Prepare(supergraph, query)!))!);
            }

            string[] ways = ["planned", "read", "verified"];
            var times = ways.Select(_ => new List<double>()).ToArray();
            for (var start = 0; start < Starts; start++)
            {
                for (var way = 0; way < ways.Length; way++)
                {
                    times[way].Add(InProcess(ways[way], folder.FullName));
                }
            }

            var medians = times.Select(Clock.Median).ToArray();
            return
            [
                one.Name, $"{one.Queries.Length:N0}", Report.Duration(medians[0]), Report.Duration(medians[1]), $"**{Report.Digits(medians[0] / medians[1])}**", Report.Duration(medians[2]),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static double InProcess(string way, string folder)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!) { RedirectStandardOutput = true };
        string[] own = Path.GetFileNameWithoutExtension(Environment.ProcessPath!) == "dotnet" ? [typeof(PlanStorageSuite).Assembly.Location] : [];
        foreach (var argument in (string[])[.. own, "plan-storage", "start", way, folder])
        {
            start.ArgumentList.Add(argument);
        }

        using var process = Process.Start(start)!;
        var text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? double.Parse(text, CultureInfo.InvariantCulture) : throw new InvalidOperationException($"'{way}' of {folder} failed.");
    }

    // What is measured begins with the graph read, as a gateway has it when it warms up; processor time, the compiler's included.
    private static int Start(string way, string folder)
    {
        var supergraph = Read(folder);
        string[] files = [.. Directory.EnumerateFiles(folder, "*.plan").Order(StringComparer.Ordinal)];
        string[] queries = [.. files.Select(file => File.ReadAllText(Path.ChangeExtension(file, ".graphql")))];
        byte[][] stored = [.. files.Select(File.ReadAllBytes)];
        var work = new Work(supergraph, queries, stored);
        var before = Environment.CpuUsage.TotalTime;
        GC.KeepAlive(way switch
        {
            "planned" => work.Planned(),
            "read" => work.Read(),
            _ => work.Verified(),
        });
        Console.Out.Write((Environment.CpuUsage.TotalTime - before).TotalNanoseconds.ToString(CultureInfo.InvariantCulture));
        return 0;
    }

    private static Supergraph Read(string folder) =>
        SupergraphReader.Read(new Language.SourceText(File.ReadAllBytes(Path.Combine(folder, "supergraph.graphql")))).Supergraph!;

    /// <summary>All operations of a case, each way.</summary>
    private sealed class Work(Supergraph supergraph, string[] queries, byte[][] stored)
    {
        private readonly PlanExecutor executor = new(supergraph, new CannedTransport("{}", static _ => "{}"), new ExecutionOptions());

        public byte[][] Stored => stored;

        public object Normalized() => queries.Aggregate(default(object), (_, query) => PlanningSuite.Prepare(supergraph, query))!;

        public object Planned() => queries.Aggregate(default(object), (_, query) => executor.Prepare(QueryPlanner.Plan(supergraph, PlanningSuite.Prepare(supergraph, query)!)))!;

        public object Read() => All(isVerified: false);

        public object Verified() => All(isVerified: true);

        private object All(bool isVerified)
        {
            object last = this;
            for (var i = 0; i < queries.Length; i++)
            {
                var plan = PlanStorage.Read(stored[i], supergraph, PlanningSuite.Prepare(supergraph, queries[i])!, out var problem) ?? throw new InvalidOperationException(problem);
                last = !isVerified || PlanVerifier.Verify(plan).IsEmpty ? executor.Prepare(plan) : throw new InvalidOperationException("A plan is wrong.");
            }

            return last;
        }
    }
}
