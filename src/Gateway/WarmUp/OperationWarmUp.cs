using System.Diagnostics.Metrics;

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
    /// <param name="collections">Steps between two operations, where requests are answered meanwhile; null for none.</param>
    /// <param name="time">Its time is over: what is left is not planned.</param>
    /// <param name="cancellation">Ends it. Throws <see cref="OperationCanceledException"/> then, and nothing else.</param>
    public async Task RunAsync(ServedGraph graph, IEnumerable<WarmOperation> wanted, SmallCollections? collections, CancellationToken time, CancellationToken cancellation)
    {
        var start = clock.GetTimestamp();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(time, cancellation);
        graph.Kept?.Open();
        try
        {
            await RunAsync(graph, wanted, collections, start, either.Token, cancellation);
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
        ServedGraph graph, IEnumerable<WarmOperation> wanted, SmallCollections? collections, long start, CancellationToken time, CancellationToken cancellation)
    {
        var broken = new List<WarmOperation>();
        var counts = new Dictionary<string, int> { ["planned"] = 0, ["refused"] = 0, ["late"] = 0 };
        foreach (var operation in wanted.DistinctBy(operation => operation.Key, DocumentKeyComparer.Instance).Take(options.Operations))
        {
            var result = await PlanAsync(graph, operation, time);
            cancellation.ThrowIfCancellationRequested();
            operations.Add(1, result);
            counts[(string)result.Value!]++;
            if (Equals(result.Value, Refused.Value) && operation.Publishers is not null)
            {
                broken.Add(operation);
            }

            collections?.Step();
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

    private async Task<KeyValuePair<string, object?>> PlanAsync(ServedGraph graph, WarmOperation wanted, CancellationToken time)
    {
        if (time.IsCancellationRequested)
        {
            return Late;
        }

        try
        {
            return await PlanOutcomesAsync(graph, wanted, time) ? Planned : Refused;
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

    private static async Task<bool> PlanOutcomesAsync(ServedGraph graph, WarmOperation wanted, CancellationToken time)
    {
        var resolution = graph.Cache.Warm(wanted.Key, graph.Planner.Resolve);
        if (resolution.Operation is not { } operation)
        {
            return false;
        }

        if (wanted.Key.OperationName is null && operation.Operation.Definition.Name is { } name)
        {
            // Some clients name the only operation.
            graph.Cache.Warm(new DocumentKey(wanted.Key.Document, name.Value), _ => resolution);
        }

        var outcomes = wanted.Outcomes is { } known
            ? operation.Conditions.Outcomes(MostOutcomes).Where(outcome => known.Contains(outcome.Key))
            : operation.Conditions.Outcomes(UnknownOutcomes);
        var isWhole = true;
        foreach (var outcome in outcomes)
        {
            // For a client that may see all of it.
            var plan = await operation.PlanForAsync(outcome, graph.Labels.Decide(operation.Labels), GraphGateway.Operations.AccessOutcome.Free, time);
            FollowingThread.GiveWay();
            graph.Pipeline.Prepare(operation, plan);
            FollowingThread.GiveWay();
            isWhole &= plan.Plan is not null;
        }

        return isWhole;
    }
}
