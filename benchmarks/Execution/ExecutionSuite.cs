using System.Buffers;
using System.Globalization;
using GraphGateway.Execution;
using GraphGateway.Planning;

namespace GraphGateway.Benchmarks;

/// <summary>
/// What executing a plan costs as things grow, with sources in the same process that cost next to nothing: sending, reading, merging and
/// writing. <c>tests/Differential</c> has the same engine beside its plain twin.
/// </summary>
internal static class ExecutionSuite
{
    private const int Rounds = 9;

    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(300);
    private static readonly string[] Header = ["", "Requests", "In", "Out", "Time", "Time for each", "Beside that of 1,000", "Allocated", "Allocated for each"];

    /// <summary>Measures all and writes the table; with <c>show</c> it only prints it.</summary>
    public static int Run(string[] args)
    {
        var report = new Report("execution: a plan's cost as things grow");
        report.Environment("one thread, sources in the same process");
        Table(report, "Items of a list", GrowthCases.Items());
        Table(report, "Requests one after the other", GrowthCases.Rounds());
        Table(report, "Sources that add a field to 100 items", GrowthCases.Sources());
        Table(report, "Kilobytes of an answer", GrowthCases.Kilobytes());
        report.Paragraph("Medians of the processor time of one execution with all that it writes. What each row asks for: [README](../README.md).");
        if (args is ["show", ..])
        {
            report.Print();
        }
        else
        {
            report.Write("execution");
        }

        return 0;
    }

    private static void Table(Report report, string what, IEnumerable<GrowthCase> cases)
    {
        Console.Error.WriteLine(what);
        GrowthCase[] all = [.. cases];
        Func<Measured>[] measures = [.. all.Select(Prepare)];
        // In turns: what else happens on the machine falls on all sizes alike.
        Measured[][] rounds = [.. Enumerable.Range(0, Rounds).Select(_ => measures.Select(measure => measure()).ToArray())];
        var rows = all.Select((one, i) => (Case: one, Measured: Median([.. rounds.Select(round => round[i])]))).ToList();
        var thousand = rows.FirstOrDefault(row => row.Case.Count == 1_000).Measured;
        report.Table([what, .. Header[1..]], rows.Select(row => Row(row.Case.Count, row.Measured, thousand)));
    }

    private static string[] Row(int count, Measured measured, Measured? thousand) =>
    [
        count.ToString("N0", CultureInfo.InvariantCulture), $"{measured.Requests}", Bytes(measured.In), Bytes(measured.Out),
        Report.Duration(measured.Nanoseconds), Report.Duration(measured.Nanoseconds / count),
        thousand is null ? "" : Report.Digits(measured.Nanoseconds / count / (thousand.Nanoseconds / 1_000)),
        Bytes(measured.Allocated), Bytes(measured.Allocated / count),
    ];

    private static Measured Median(Measured[] rounds) => rounds[0] with { Nanoseconds = Clock.Median([.. rounds.Select(round => round.Nanoseconds)]) };

    // Warms up; what comes out measures one round.
    private static Func<Measured> Prepare(GrowthCase one)
    {
        var supergraph = PlanningSuite.Compose(new PlanningCase($"{one.Count}", one.Sources, [one.Query]));
        var plan = QueryPlanner.Plan(supergraph, PlanningSuite.Prepare(supergraph, one.Query)!);
        var transport = new CannedTransport(one.Root, one.Entity);
        var executor = new PlanExecutor(supergraph, transport, new ExecutionOptions { ReusesEntities = true });
        var executable = executor.Prepare(plan);
        var request = new ExecutionRequest { Document = new Language.SourceText(one.Query) };
        var output = new Drain();
        var requests = 0;
        object Execute()
        {
            // Nothing is waited for: the sources have answered by the time they return.
            using var result = executor.ExecuteAsync(executable, request, CancellationToken.None).AsTask().GetAwaiter().GetResult();
            if (result.ErrorCount > 0)
            {
                throw new InvalidOperationException($"{one.Query} with {one.Count} has errors");
            }

            result.WriteTo(output);
            requests = result.FetchCount;
            return output;
        }

        Clock.Run(Execute, TimeSpan.FromSeconds(1));
        (transport.Bytes, output.Bytes) = (0, 0);
        var before = GC.GetTotalAllocatedBytes(precise: true);
        Execute();
        var allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        var (bytesIn, bytesOut) = (transport.Bytes, output.Bytes);
        return () => new Measured(requests, bytesIn, bytesOut, Clock.Run(Execute, Round), allocated);
    }

    private static string Bytes(double bytes) => bytes switch
    {
        < 1e3 => $"{Report.Digits(bytes)} B",
        < 1e6 => $"{Report.Digits(bytes / 1e3)} KB",
        _ => $"{Report.Digits(bytes / 1e6)} MB",
    };

    private sealed record Measured(int Requests, long In, long Out, double Nanoseconds, double Allocated);

    /// <summary>Takes what is written, as a server's buffers do, and forgets it.</summary>
    private sealed class Drain : IBufferWriter<byte>
    {
        private byte[] buffer = new byte[4096];

        public long Bytes { get; set; }

        public void Advance(int count) => Bytes += count;

        public Memory<byte> GetMemory(int sizeHint = 0)
        {
            if (sizeHint > buffer.Length)
            {
                buffer = new byte[sizeHint];
            }

            return buffer;
        }

        public Span<byte> GetSpan(int sizeHint = 0) => GetMemory(sizeHint).Span;
    }
}
