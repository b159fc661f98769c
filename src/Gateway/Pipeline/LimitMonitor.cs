using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using GraphGateway.Validation;

namespace GraphGateway.Gateway;

/// <summary>
/// Tells those who run the gateway of operations and the limits. The meter <c>GraphGateway</c> counts requests beyond a limit
/// (<c>graphgateway.limits.exceeded</c>, by <c>limit</c> and <c>mode</c>) and has the sizes of new operations
/// (<c>graphgateway.operation.size</c>, by <c>measure</c>); the log has a line for each new operation that is beyond a limit which only
/// measures. Lines are few, whatever clients send: <see cref="MaxLinesPerWindow"/> in a minute, and then how many were left out.
/// </summary>
internal sealed class LimitMonitor
{
    /// <summary>Lines in one <see cref="Window"/>.</summary>
    public const int MaxLinesPerWindow = 20;

    /// <summary>How long the lines are counted together.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly Lock gate = new();
    private readonly Counter<long> exceededRequests;
    private readonly Histogram<long> sizes;
    private readonly TimeProvider clock;
    private readonly ILogger<LimitMonitor> logger;
    private DateTimeOffset windowStart;
    private int lines;
    private long leftOut;

    public LimitMonitor(IMeterFactory meters, TimeProvider clock, ILogger<LimitMonitor> logger)
    {
        this.clock = clock;
        this.logger = logger;
        var meter = meters.Create(GatewayTelemetry.Name);
        exceededRequests = meter.CreateCounter<long>(
            "graphgateway.limits.exceeded", "{request}", "Requests whose operation is beyond a limit.");
        sizes = meter.CreateHistogram<long>(
            "graphgateway.operation.size", "{count}", "Sizes of operations, fragments spread out, and the tokens of their documents, each counted when it is new.");
    }

    /// <summary>Whether anybody wants to hear of limits that are exceeded.</summary>
    public bool Hears => exceededRequests.Enabled;

    /// <summary>A request came that exceeds this limit.</summary>
    public void Count(string limit, LimitMode mode) => exceededRequests.Add(1, new("limit", limit), new("mode", mode.ToString()));

    /// <summary>A request came whose operation exceeds these limits.</summary>
    public void Count(ImmutableArray<ExceededLimit> exceeded)
    {
        foreach (var limit in exceeded)
        {
            Count(limit.Name, limit.Limit.Mode);
        }
    }

    /// <summary>A document that was not there before has this many tokens and an operation of this size.</summary>
    public void Measured(DocumentKey key, OperationSize size, int tokens, ImmutableArray<ExceededLimit> exceeded)
    {
        sizes.Record(tokens, new KeyValuePair<string, object?>("measure", nameof(LimitOptions.Tokens)));
        sizes.Record(size.Depth, new KeyValuePair<string, object?>("measure", nameof(size.Depth)));
        sizes.Record(size.Aliases, new KeyValuePair<string, object?>("measure", nameof(size.Aliases)));
        sizes.Record(size.RootFields, new KeyValuePair<string, object?>("measure", nameof(size.RootFields)));
        sizes.Record(size.Directives, new KeyValuePair<string, object?>("measure", nameof(size.Directives)));
        sizes.Record(size.Breadth, new KeyValuePair<string, object?>("measure", nameof(size.Breadth)));
        foreach (var limit in exceeded)
        {
            if (limit.Limit.Mode == LimitMode.Measure && logger.IsEnabled(LogLevel.Warning) && MayLog(out var before))
            {
                Log(key, limit, before);
            }
        }
    }

    // No text of the client's, which can be long and say anything: the hash finds the operation.
    private void Log(DocumentKey key, ExceededLimit exceeded, long before)
    {
        if (before > 0)
        {
            logger.LogWarning("{Count} {Lines} left out about operations beyond a limit", before, before == 1 ? "line was" : "lines were");
        }

        logger.LogWarning(
            "Operation sha256:{Hash} is beyond {Setting}: {Count}{OrMore} where at most {Max} are allowed; it may run, as the limit's Mode is Measure",
            OperationIdentity.HashOf(key.Document),
            $"{LimitOptions.SettingPrefix}{exceeded.Name}",
            exceeded.Count,
            exceeded.IsAtLeast ? " or more" : "",
            exceeded.Limit.Max);
    }

    private bool MayLog(out long before)
    {
        lock (gate)
        {
            before = 0;
            var now = clock.GetUtcNow();
            if (now - windowStart >= Window)
            {
                (windowStart, lines) = (now, 0);
            }

            if (lines == MaxLinesPerWindow)
            {
                leftOut++;
                return false;
            }

            lines++;
            (before, leftOut) = (leftOut, 0);
            return true;
        }
    }
}
