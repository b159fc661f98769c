using System.Globalization;
using System.Text.Json.Nodes;
using GraphGateway.Composition;
using GraphGateway.Interop.Planning;
using GraphGateway.Language;
using GraphGateway.Operations;
using GraphGateway.Planning;
using GraphGateway.TypeSystem.Supergraphs;
using GraphGateway.Validation;

namespace GraphGateway.Benchmarks;

/// <summary>
/// Planning beside @apollo/query-planner and @graphql-hive/router-query-planner, on the supergraph that we compose and in the same run: rounds
/// take turns. All start with the text of the operation; ours also validates it. And the hard cases, ours alone, with what they allocate.
/// </summary>
internal static class PlanningSuite
{
    private const int Rounds = 5;
    private const int WarmUpRoundsMax = 20;

    // So many rounds in a row that are no faster than the fastest: a single one can be what else the machine does.
    private const int WarmUpRoundsIdle = 3;
    private const int Seed = 20260101;
    private const string Link =
        "extend schema @link(url: \"https://specs.apollo.dev/federation/v2.7\", import: [\"@key\", \"@shareable\", \"@external\", \"@requires\", \"@provides\", \"@interfaceObject\"]) ";

    private static readonly TimeSpan Round = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan WarmUpRound = TimeSpan.FromSeconds(1);

    /// <summary>Measures all; with <c>ours</c> ours alone, with another argument the compared rows whose name contains it: then nothing is written.</summary>
    public static int Run(string[] args)
    {
        var isAlone = args is ["ours", ..];
        var part = isAlone ? null : args.FirstOrDefault();
        JsonNode? versions = null;
        var rows = new List<string[]>();
        foreach (var one in isAlone ? [] : Compared())
        {
            if (!one.Name.Contains(part ?? "", StringComparison.Ordinal))
            {
                continue;
            }

            Console.Error.WriteLine(one.Name);
            using var peer = NodePeer.Start("planning");
            var supergraph = Compose(one);
            versions = peer.Ask(new JsonObject { ["method"] = "load", ["supergraph"] = ApolloSupergraphWriter.Write(supergraph).Text! });
            rows.Add(Compare(one, supergraph, peer));
        }

        var report = new Report("planning: operation to plan");
        report.Environment(versions is null
            ? "without the other sides"
            : $"Node {versions["node"]}, @apollo/query-planner {versions["apollo"]}, @graphql-hive/router-query-planner {versions["hive"]}");
        report.Table(["Graph and operations", "Operations", "Ours, plan alone", "Ours, from the text", "Apollo", "Times as fast", "Hive", "Times as fast"], rows);
        if (part is not null)
        {
            report.Print();
            return 0;
        }

        report.Table(["Hard case", "Steps", "Plan", "Allocated, MB", "Verification"], [.. HardCases.All().Select(Hard)]);
        report.Table(["Generated operations", "Median", "99 of 100", "Slowest", "Steps of the slowest", "Most allocated, MB", "Verification, times planning"], [Spread()]);
        report.Paragraph("Medians of the processor time of one plan. What is in the graphs and what each column counts: [README](../README.md).");
        if (isAlone)
        {
            report.Print();
        }
        else
        {
            report.Write("planning");
        }

        return 0;
    }

    // The hand-written graphs of tests/Interop, and one generated graph with many operations.
    private static IEnumerable<PlanningCase> Compared()
    {
        foreach (var graph in PlannedGraph.HandWritten().Where(graph => graph.Name.StartsWith("shop", StringComparison.Ordinal) || graph.Name.StartsWith("reviews", StringComparison.Ordinal)))
        {
            yield return new PlanningCase(graph.Name, [.. graph.Sources], [.. graph.Operations.Select(operation => operation.Query)]);
        }

        foreach (var graph in Generated().Where(IsPlannedByPeers).Take(3))
        {
            yield return graph;
        }
    }

    // The peer in Rust ends its process on some operations: the first seeds are taken with which it does not.
    private static bool IsPlannedByPeers(PlanningCase one)
    {
        using var peer = NodePeer.Start("planning");
        try
        {
            peer.Ask(new JsonObject { ["method"] = "load", ["supergraph"] = ApolloSupergraphWriter.Write(Compose(one)).Text! });
            Theirs(peer, one, "apollo", TimeSpan.FromMilliseconds(1));
            Theirs(peer, one, "hive", TimeSpan.FromMilliseconds(1));
            return true;
        }
        catch (InvalidOperationException exception)
        {
            Console.Error.WriteLine($"{one.Name} is left out: {exception.Message}");
            return false;
        }
    }

    private static double Theirs(NodePeer peer, PlanningCase one, string planner, TimeSpan time) => (double)peer.Ask(new JsonObject
    {
        ["method"] = "run",
        ["planner"] = planner,
        ["queries"] = new JsonArray([.. one.Queries.Select(query => (JsonNode)query)]),
        ["milliseconds"] = time.TotalMilliseconds,
    })["nanoseconds"]!;

    private static IEnumerable<PlanningCase> Generated()
    {
        for (var seed = Seed; ; seed++)
        {
            var random = new Random(seed);
            var graph = new PlanningCase($"generated, seed {seed}", [.. new PlanningWorld(random, new Random(~seed)).Next()], []);
            var supergraph = Compose(graph);
            var operations = new GraphGateway.Interop.Planning.PlanningOperations(supergraph.PublicSchema, random);
            var queries = Enumerable.Range(0, 20).Select(_ => operations.Next().Document()).Where(query => Prepare(supergraph, query) is not null);
            yield return graph with { Queries = [.. queries] };
        }
    }

    /// <summary>The supergraph of Apollo sources.</summary>
    public static Supergraph Compose(PlanningCase one)
    {
        var result = Composer.Compose(
            [
                .. one.Sources.Select(source => new SourceInput
                {
                    Name = source.Name,
                    Documents = [new SourceText(one.Dialect == SourceDialect.Composite || source.Sdl.StartsWith("extend schema", StringComparison.Ordinal) ? source.Sdl : Link + source.Sdl, source.Name)],
                    Settings = new SourceSettings { Url = new Uri("http://" + source.Name), Dialect = one.Dialect },
                }),
            ]);
        return result.Supergraph ?? throw new InvalidOperationException($"{one.Name}: {string.Join('\n', result.Problems.Take(5))}");
    }

    /// <summary>An operation in its normal form; null when it is not valid.</summary>
    public static NormalizedOperation? Prepare(Supergraph supergraph, string query) =>
        Validator.Validate(supergraph.PublicSchema, Parser.ParseDocument(new SourceText(query)).Value!).Document is { } valid
            ? Normalizer.Normalize(valid.SelectOperation(null).Operation!, ConditionValues.None).Operation
            : null;

    private static string[] Compare(PlanningCase one, Supergraph supergraph, NodePeer peer)
    {
        var prepared = one.Queries.Select(query => Prepare(supergraph, query)!).ToArray();
        // The other side keeps one plan at a time, too.
        object Plan() => prepared.Aggregate(default(object), (_, operation) => QueryPlanner.Plan(supergraph, operation))!;
        object Whole() => one.Queries.Aggregate(default(object), (_, query) => QueryPlanner.Plan(supergraph, Prepare(supergraph, query)!))!;
        Settle(() => Clock.Run(Plan, WarmUpRound));
        Settle(() => Clock.Run(Whole, WarmUpRound));
        Settle(() => Theirs(peer, one, "apollo", WarmUpRound));
        Settle(() => Theirs(peer, one, "hive", WarmUpRound));
        var (plan, whole, apollo, hive) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < Rounds; i++)
        {
            plan.Add(Clock.Run(Plan, Round) / prepared.Length);
            whole.Add(Clock.Run(Whole, Round) / prepared.Length);
            apollo.Add(Theirs(peer, one, "apollo", Round));
            hive.Add(Theirs(peer, one, "hive", Round));
        }

        var ours = Clock.Median(whole);
        return
        [
            one.Name, $"{prepared.Length}", Report.Duration(Clock.Median(plan)), Report.Duration(ours),
            Report.Duration(Clock.Median(apollo)), $"**{Report.Digits(Clock.Median(apollo) / ours)}**",
            Report.Duration(Clock.Median(hive)), $"**{Report.Digits(Clock.Median(hive) / ours)}**",
        ];
    }

    // Compilers at run time are at work for seconds, and their time counts: each side runs until it gets no faster.
    private static void Settle(Func<double> round)
    {
        var (best, idle) = (double.MaxValue, 0);
        for (var rounds = 0; idle < WarmUpRoundsIdle && rounds < WarmUpRoundsMax; rounds++)
        {
            var now = round();
            idle = now < best * 0.97 ? 0 : idle + 1;
            best = Math.Min(best, now);
        }
    }

    private static string[] Hard(PlanningCase one)
    {
        Console.Error.WriteLine(one.Name);
        var supergraph = Compose(one);
        var operation = Prepare(supergraph, one.Queries[0])!;
        if (one.IsFirst)
        {
            return First(one, supergraph);
        }

        Clock.Run(() => QueryPlanner.Plan(supergraph, operation), TimeSpan.FromSeconds(2));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var plan = QueryPlanner.Plan(supergraph, operation);
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        var times = Enumerable.Range(0, Rounds).Select(_ => Clock.Run(() => QueryPlanner.Plan(supergraph, operation), Round));
        Clock.Run(() => PlanVerifier.Verify(plan), Round);
        var verification = Enumerable.Range(0, Rounds).Select(_ => Clock.Run(() => PlanVerifier.Verify(plan), Round));
        return [one.Name, $"{plan.Steps.Length}", Report.Duration(Clock.Median(times)), Report.Digits(bytes / 1e6), Report.Duration(Clock.Median(verification))];
    }

    // The planner keeps with a graph what it found: each plan gets a graph of its own.
    private static string[] First(PlanningCase one, Supergraph read)
    {
        var text = SupergraphWriter.Write(read);
        var (times, verification, bytes, steps) = (new List<double>(), new List<double>(), 0L, 0);
        for (var i = 0; i < 20; i++)
        {
            var supergraph = SupergraphReader.Read(new SourceText(text)).Supergraph!;
            var operation = Prepare(supergraph, one.Queries[0])!;
            var before = GC.GetAllocatedBytesForCurrentThread();
            times.Add(Stopwatch(() => QueryPlanner.Plan(supergraph, operation)));
            bytes = GC.GetAllocatedBytesForCurrentThread() - before;
            var plan = QueryPlanner.Plan(supergraph, operation);
            steps = plan.Steps.Length;
            verification.Add(Stopwatch(() => PlanVerifier.Verify(plan)));
        }

        return [one.Name, $"{steps}", Report.Duration(Clock.Median(times.Skip(10))), Report.Digits(bytes / 1e6), Report.Duration(Clock.Median(verification.Skip(10)))];
    }

    private static double Stopwatch(Func<object> operation)
    {
        var start = System.Diagnostics.Stopwatch.GetTimestamp();
        GC.KeepAlive(operation());
        return System.Diagnostics.Stopwatch.GetElapsedTime(start).TotalNanoseconds;
    }

    // Each operation's best of three, so that what else the machine does is no outlier.
    private static string[] Spread()
    {
        Console.Error.WriteLine("spread");
        var found = new List<(double Time, int Steps, long Bytes)>();
        var verification = 0.0;
        for (var seed = Seed; seed < Seed + 100; seed++)
        {
            var random = new Random(seed);
            var sources = new PlanningWorld(random, new Random(~seed)).Next();
            if (new PlannedGraph("", sources, []).Compose() is not { } supergraph)
            {
                continue;
            }

            var operations = new GraphGateway.Interop.Planning.PlanningOperations(supergraph.PublicSchema, random);
            foreach (var operation in Enumerable.Range(0, 10).Select(_ => Prepare(supergraph, operations.Next().Document())).OfType<NormalizedOperation>().ToList())
            {
                var plan = QueryPlanner.Plan(supergraph, operation);
                var before = GC.GetAllocatedBytesForCurrentThread();
                QueryPlanner.Plan(supergraph, operation);
                var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                found.Add((Enumerable.Range(0, 3).Min(_ => Stopwatch(() => QueryPlanner.Plan(supergraph, operation))), plan.Steps.Length, bytes));
                verification += Enumerable.Range(0, 3).Min(_ => Stopwatch(() => PlanVerifier.Verify(plan)));
            }
        }

        found.Sort((a, b) => a.Time.CompareTo(b.Time));
        return
        [
            found.Count.ToString("N0", CultureInfo.InvariantCulture), Report.Duration(found[found.Count / 2].Time), Report.Duration(found[found.Count * 99 / 100].Time),
            Report.Duration(found[^1].Time), $"{found[^1].Steps}", Report.Digits(found.Max(one => one.Bytes) / 1e6),
            Report.Digits(verification / found.Sum(one => one.Time)),
        ];
    }
}
