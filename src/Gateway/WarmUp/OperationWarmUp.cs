using System.Diagnostics.Metrics;
using GraphGateway.Operations;

namespace GraphGateway.Gateway;

/// <summary>
/// Plans operations for a graph that takes no traffic yet, and later what is published meanwhile, one at a time, so that requests find their plans. What this graph cannot answer, and what there is no
/// time for, is left to the requests: nothing that happens here keeps a graph from taking traffic.
/// </summary>
internal sealed class OperationWarmUp
{
    // Of an operation of which nobody knows what clients send for its conditions.
    private const int UnknownOutcomes = 4;
    private const int MostOutcomes = 64;

    // Of a log's line.
    private const int MostNames = 20;

    private static readonly KeyValuePair<string, object?> Planned = new("result", "planned");
    private static readonly KeyValuePair<string, object?> Refused = new("result", "refused");
    private static readonly KeyValuePair<string, object?> Late = new("result", "late");

    private readonly WarmUpOptions options;
    private readonly TimeProvider clock;
    private readonly ILogger<OperationWarmUp> logger;
    private readonly Counter<long> operations;
    private readonly Counter<long> plans;

    public OperationWarmUp(GatewayOptions options, GatewayTelemetry telemetry, TimeProvider clock, ILogger<OperationWarmUp> logger)
    {
        this.options = options.WarmUp;
        this.clock = clock;
        this.logger = logger;
        operations = telemetry.Meter.CreateCounter<long>(
            "graphgateway.warm_up.operations",
            "{operation}",
            "Operations before anybody asked for them, by result: planned, refused (this graph cannot answer it), or late (there was no time for it).");
        plans = telemetry.Meter.CreateCounter<long>(
            "graphgateway.warm_up.plans",
            "{plan}",
            "Plans before anybody asked for them, where plans are kept on disk, by result: read (from there), planned, or refused (what is there is wrong, and was planned).");
    }

    /// <summary>Plans as many as the settings give number and time for.</summary>
    /// <param name="graph">What they are planned for.</param>
    /// <param name="wanted">The operations, the most wanted first; of equal ones the first counts.</param>
    /// <param name="collections">Steps between two operations, where all is made that requests do not wait for; null: on the pool, without them.</param>
    /// <param name="time">Its time is over: what is left is not planned.</param>
    /// <param name="cancellation">Ends it. Throws <see cref="OperationCanceledException"/> then, and nothing else.</param>
    public async Task RunAsync(ServedGraph graph, IEnumerable<WarmOperation> wanted, SmallCollections? collections, CancellationToken time, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time, cancellation);
        try
        {
            var operations = await MakeAsync(collections, () =>
            {
                graph.Kept?.Open();
                return wanted.DistinctBy(static operation => operation.Key, DocumentKeyComparer.Instance).Take(options.Operations).ToList();
            });
            await RunAsync(graph, operations, collections, start, either.Token, cancellation);
        }
        finally
        {
            Count(graph.Kept?.Close());
        }
    }

    private void Count(KeptPlanCounts? kept)
    {
        if (kept is not { } counts)
        {
            return;
        }

        foreach (var (result, count) in new[] { ("read", counts.Read), ("planned", counts.Made), ("refused", counts.Refused) })
        {
            plans.Add(count, new KeyValuePair<string, object?>("result", result));
        }

        logger.LogInformation("Warm-up: plans that came from disk: {Read}, were made: {Planned}, of disk could not be used: {Refused}", counts.Read, counts.Made, counts.Refused);
    }

    private async Task RunAsync(
        ServedGraph graph, List<WarmOperation> wanted, SmallCollections? collections, long start, CancellationToken time, CancellationToken cancellation)
    {
        var broken = new List<WarmOperation>();
        var counts = new Dictionary<string, int> { ["planned"] = 0, ["refused"] = 0, ["late"] = 0 };
        foreach (var operation in wanted)
        {
            var result = await PlanAsync(graph, operation, collections, time);
            cancellation.ThrowIfCancellationRequested();
            operations.Add(1, result);
            counts[(string)result.Value!]++;
            if (Equals(result.Value, Refused.Value) && operation.Publishers is not null)
            {
                broken.Add(operation);
            }
        }

        if (counts.Values.Sum() > 0)
        {
            logger.LogInformation(
                "Warm-up: {Planned} {Operations} planned in {Seconds:0.0} s, {Refused} cannot be answered by this graph, for {Late} there was no time",
                counts["planned"],
                counts["planned"] == 1 ? "operation was" : "operations were",
                clock.GetElapsedTime(start).TotalSeconds,
                counts["refused"],
                counts["late"]);
        }

        Tell(broken);
    }

    // Its clients will be told so when they ask: who runs the gateway hears it before.
    private void Tell(List<WarmOperation> broken)
    {
        if (broken.Count == 0)
        {
            return;
        }

        // One operation is planned by its name, and without one.
        var count = broken.DistinctBy(static operation => DocumentHash.Of(operation.Key.Document)).Count();
        string[] names = [.. broken.SelectMany(static operation => operation.Publishers!()).Distinct(StringComparer.Ordinal).Take(MostNames + 1)];
        logger.LogWarning(
            "{Count} published {What} cannot be answered by this graph, by client and identifier: {Operations}",
            count,
            count == 1 ? "operation" : "operations",
            $"{string.Join(", ", names.Take(MostNames))}{(names.Length > MostNames ? " and more" : "")}");
    }

    private async Task<KeyValuePair<string, object?>> PlanAsync(ServedGraph graph, WarmOperation wanted, SmallCollections? collections, CancellationToken time)
    {
        if (time.IsCancellationRequested)
        {
            return Late;
        }

        try
        {
            var isWhole = collections is null
                ? await PlanOutcomesAsync(graph, wanted, time)
                : await collections.Threads.MakeAsync(() => MakeOutcomes(graph, wanted, collections, time));
            return isWhole ? Planned : Refused;
        }
        catch (OperationCanceledException)
        {
            return Late;
        }
        catch (Exception exception)
        {
            // A fault of our own: a request for it meets it, too, and is told.
            logger.LogError(exception, "An operation could not be planned ahead: sha256:{OperationHash}", OperationIdentity.HashOf(wanted.Key.Document));
            return Refused;
        }
    }

    private static Task<T> MakeAsync<T>(SmallCollections? collections, Func<T> work) => collections is null ? Task.FromResult(work()) : collections.Threads.MakeAsync(work);

    private static async Task<bool> PlanOutcomesAsync(ServedGraph graph, WarmOperation wanted, CancellationToken time)
    {
        if (Resolve(graph, wanted, null) is not { } operation)
        {
            return false;
        }

        var isWhole = true;
        foreach (var outcome in OutcomesOf(operation, wanted))
        {
            // For a client that may see all of it.
            var plan = await operation.PlanForAsync(outcome, graph.Labels.Decide(operation.Labels), AccessOutcome.Free, time);
            graph.Pipeline.Prepare(operation, plan);
            isWhole &= plan.Plan is not null;
        }

        return isWhole;
    }

    // The same by the thread that makes graphs, which waits for nobody.
    private static bool MakeOutcomes(ServedGraph graph, WarmOperation wanted, SmallCollections collections, CancellationToken time)
    {
        try
        {
            if (Resolve(graph, wanted, GraphThreads.GiveWay) is not { } operation)
            {
                return false;
            }

            var isWhole = true;
            foreach (var outcome in OutcomesOf(operation, wanted))
            {
                var plan = operation.PlanAhead(outcome, graph.Labels.Decide(operation.Labels), AccessOutcome.Free, GraphThreads.GiveWay, time);
                GraphThreads.GiveWay();
                graph.Pipeline.Prepare(operation, plan);
                GraphThreads.GiveWay();
                isWhole &= plan.Plan is not null;
            }

            return isWhole;
        }
        finally
        {
            collections.Step();
        }
    }

    private static PreparedOperation? Resolve(ServedGraph graph, WarmOperation wanted, Action? betweenParts)
    {
        var resolution = graph.Cache.Warm(wanted.Key, key => graph.Planner.Resolve(key, betweenParts));
        if (resolution.Operation is { } operation && wanted.Key.OperationName is null && operation.Operation.Definition.Name is { } name)
        {
            // Some clients name the only operation.
            graph.Cache.Warm(new DocumentKey(wanted.Key.Document, name.Value), _ => resolution);
        }

        return resolution.Operation;
    }

    private static IEnumerable<ConditionValues> OutcomesOf(PreparedOperation operation, WarmOperation wanted) => wanted.Outcomes is { } known
        ? operation.Conditions.Outcomes(MostOutcomes).Where(outcome => known.Contains(outcome.Key))
        : operation.Conditions.Outcomes(UnknownOutcomes);
}
